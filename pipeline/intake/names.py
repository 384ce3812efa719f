"""Names of files from outside: kept as data, shown so that they cannot deceive, and sent so that nothing breaks."""

import re
import unicodedata
from urllib.parse import quote

_LONGEST_SHOWN = 120  # characters
_LONGEST_SENT = 100  # characters before the extension; 255 bytes is what file systems take
_UNNAMED = "fil"
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Refused by Windows, or by Digital Post's rules for names of files.
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*;%\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)")


def shown(name: str) -> str:
    """A name for the screen: nothing invisible, nothing that turns reading order around, and not too long.

    The end is kept, for there stands what kind of file it claims to be.
    """
    plain = "".join(_visible(character) for character in name).strip()
    if len(plain) > _LONGEST_SHOWN:
        half = _LONGEST_SHOWN // 2
        plain = f"{plain[:half]}…{plain[-half:]}"
    return plain or _UNNAMED


def download_name(original_name: str, extension: str) -> str:
    """A name under which a browser may save the file.

    Args:
        original_name: as sent; of a path only the last part counts.
        extension: what the file really is, with its dot; whatever the name claimed is replaced.
    """
    last = re.split(r"[/\\]", original_name)[-1]
    stem = last.rpartition(".")[0] or last
    plain = "".join(_visible(character) for character in unicodedata.normalize("NFC", stem))
    plain = _NOT_IN_NAMES.sub("_", plain.replace(_REPLACEMENT, "_"))
    plain = re.sub(r"\s+", " ", plain).strip(". ")[:_LONGEST_SENT].strip(". ")
    if not plain or _DEVICES.match(plain):
        plain = f"{_UNNAMED}_{plain}" if plain else _UNNAMED
    return plain + extension


def content_disposition(name: str) -> str:
    """The header that makes a browser save and never show (RFC 6266, with the encoding of RFC 8187).

    Args:
        name: from `download_name`.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().strip() or _UNNAMED
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _visible(character: str) -> str:
    """Controls, marks of direction, surrogates and private signs become the replacement character; spaces a space."""
    category = unicodedata.category(character)
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    return _REPLACEMENT if category.startswith("C") else character
