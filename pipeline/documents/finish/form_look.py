"""What a filled box looks like: words wrapped with the form font's widths, and the content stream that draws them."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pipeline.documents.fonts.windows_1252 import ENCODING, FIRST_CODE, widths

FORM_FONT = "Carlito"
"""The name under which the form's fields call for the font."""

SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)
"""Sizes in points that are tried until the words fit."""

_SOFT_HYPHEN = "\u00ad"
_LEADING, _DESCENT = 1.2, 0.25
_SIDE, _TOP = 3.5, 2.5
_FRAME = b"q 0.97 0.98 1 rg 0 0 %.2f %.2f re f 0.55 0.6 0.65 RG 1 w 0.5 0.5 %.2f %.2f re S Q\n"


@dataclass(frozen=True)
class Look:
    """Words as lines at a size in points; in characters of Windows-1252 only."""

    lines: tuple[str, ...] = ()
    size: float = SIZES[0]


def whole(text: str, width: float, height: float) -> Look | None:
    """The look of a box that shows its whole text.

    Args:
        text: any text.
        width: of the box in points.
        height: of the box in points.

    Returns:
        None where the text is too long, or has characters that the form font cannot draw.
    """
    shown = _shown(text)
    return _fitted(shown, width, height) if _drawable(shown) else None


def shortened(text: str, width: float, height: float, reference: str) -> Look:
    """The look of a box that shows as much as fits, and then where the rest is."""
    shown = "".join(character if _drawable(character) else "?" for character in _shown(text))
    complete = _fitted(f"{shown} {reference}".lstrip(), width, height)
    if complete is not None:
        return complete
    low, high = 0, min(len(shown), _most(width, height))
    while low < high:
        middle = (low + high + 1) // 2
        if _fitted(_cut(shown, middle, reference), width, height):
            low = middle
        else:
            high = middle - 1
    return _fitted(_cut(shown, low, reference), width, height) or Look((reference,), SIZES[-1])


def drawing(look: Look, width: float, height: float) -> bytes:
    """The content stream of a box with its frame (ISO 32000-1, 12.7.3.3)."""
    frame = _FRAME % (width, height, width - 1, height - 1)
    if not look.lines:
        return frame + b"/Tx BMC EMC"
    leading = look.size * _LEADING
    used = leading * len(look.lines)
    top = height - _TOP if height > 2 * leading + 2 * _TOP else (height + used) / 2
    baseline = top - leading + _DESCENT * look.size
    words = b" T*\n".join(b"<%s> Tj" % line.encode(ENCODING).hex().encode() for line in look.lines)
    return b"%s/Tx BMC q 1 1 %.2f %.2f re W n BT /%s %.4g Tf 0 g %.2f TL %.2f %.2f Td\n%s\nET Q EMC" % (
        frame, width - 2, height - 2, FORM_FONT.encode(), look.size, leading, _SIDE, baseline, words
    )  # fmt: skip


def _shown(text: str) -> str:
    """The text as it is drawn: accents in one character with their letter, tabs as spaces, no hidden hyphens."""
    return unicodedata.normalize("NFC", text).replace(_SOFT_HYPHEN, "").expandtabs(4).rstrip()


def _drawable(text: str) -> bool:
    try:
        return min(text.replace("\n", " ").encode(ENCODING), default=FIRST_CODE) >= FIRST_CODE
    except UnicodeEncodeError:
        return False


def _fitted(text: str, width: float, height: float) -> Look | None:
    if len(text) > _most(width, height):
        return None
    for size in SIZES:
        room = int((height - 2 * _TOP) / (size * _LEADING))
        lines = tuple(islice(_wrapped(text, (width - 2 * _SIDE) * 1000 / size), room + 1))
        if len(lines) <= room:
            return Look(lines, size)
    return None


def _most(width: float, height: float) -> int:
    """More characters than this no box of the size holds, not even of the letter “i” in the smallest size."""
    return int(width * height / 12)


def _cut(shown: str, length: int, reference: str) -> str:
    """The beginning of a text, up to the end of a word where there is one near."""
    kept = shown[:length]
    end = max(kept.rfind(" "), kept.rfind("\n"))
    if length < len(shown) and end > length - 30:
        kept = kept[:end]
    return f"{kept.rstrip()} {reference}".lstrip()


def _wrapped(text: str, room: float) -> Iterator[str]:
    """Lines that are no wider than `room`, in thousandths of the font size."""
    for paragraph in text.split("\n"):
        line, used = "", 0
        for word in paragraph.split(" "):
            wide = _width(word)
            if line and used + _width(" ") + wide <= room:
                line, used = f"{line} {word}", used + _width(" ") + wide
                continue
            if line:
                yield line
            *full, line = _broken(word, room) if wide > room else [word]
            used = _width(line)
            yield from full
        yield line


def _broken(word: str, room: float) -> list[str]:
    """A word that is wider than a line, in pieces."""
    pieces, used = [""], 0
    for character in word:
        wide = _width(character)
        if pieces[-1] and used + wide > room:
            pieces.append("")
            used = 0
        pieces[-1] += character
        used += wide
    return pieces


def _width(text: str) -> int:
    wide = widths()
    return sum(wide[code - FIRST_CODE] for code in text.encode(ENCODING))
