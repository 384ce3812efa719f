"""A Word document is looked through before LibreOffice sees it: no bomb, no DTD, nothing to run, nothing to fetch."""

import codecs
import re
import zipfile
import zlib
from pathlib import Path
from urllib.parse import urlsplit
from xml.parsers import expat

from pipeline.errors import StepFailed

_MOST_PARTS = 2000
_MOST_BYTES = 100 * 1024**2
_MOST_TIMES_LARGER = 100  # how far a part above _SMALL_PART may unfold
_SMALL_PART = 1024**2
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the two that ISO/IEC 29500-2 allows
_ENCRYPTED = 0x1  # general purpose bit 0 of a zip entry

# Parts are known by what they are, not by what they are called: LibreOffice follows a relationship by its id alone.
_EMBEDDED = (bytes.fromhex("D0CF11E0A1B11AE1"), b"PK\x03\x04", b"{\\rtf")  # OLE, another package, RTF
_PICTURES = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"),
    *(bytes.fromhex(head) for head in ("01000000", "D7CDC69A", "01000900", "02000900")),  # EMF and WMF
)
_EMBEDDING_TYPES = {"oleObject", "package", "control", "activeXControlBinary", "aFChunk"}
_MACRO_TYPES = {"vbaProject", "wordVbaData"}
_HYPERLINK_SCHEMES = {"http", "https", "mailto", "tel"}
_BEFORE_XML = codecs.BOM_UTF8 + codecs.BOM_UTF16_LE + b"\0 \t\r\n"
_DECLARED_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"']+)""")
_ALTERNATIVE_CHUNK = re.compile(rb"<(\w+:)?altChunk\b")
_SVG = re.compile(rb"<(\w+:)?svg\b")
# LibreOffice 7.4 reads and shows a file that an SVG names, and does the same for an SVG inside a data: address.
_OUT_OF_SVG = re.compile(rb"""\bhref\s*=\s*["']\s*[^#"'\s]""")

_UNREADABLE = "Word-filen er beskadiget eller ikke en Word-fil (.docx). Åbn den i Word, gem den på ny, og prøv igen."
_BOMB = "Word-filen er for stor, når den pakkes ud. Gør billederne i den mindre, gem den i Word, og prøv igen."
_MACROS = "Word-filen rummer makroer. Gem den i Word som et almindeligt Word-dokument (.docx), og prøv igen."
_OBJECTS = "Word-filen rummer et indlejret objekt (f.eks. et regneark). Sæt det ind som billede, og prøv igen."
_PICTURE = (
    "Word-filen rummer et billede af en slags, der ikke er tilladt. Gem det som PNG eller JPEG, og sæt det ind igen."
)
_DOCTYPE = "Word-filen rummer en DTD, som ikke er tilladt. Åbn den i Word, gem den på ny, og prøv igen."
_LINKS = (
    "Word-filen henter noget udefra (et kædet billede eller dokument eller en tilknyttet skabelon)."
    " Bryd kæden i Word under Filer > Oplysninger > Rediger kæder til filer, eller vælg skabelonen Normal,"
    " og prøv igen."
)


def check_package(docx: Path) -> None:
    """Refuse a Word document that is broken, a bomb, or has anything in it to run or to fetch.

    Args:
        docx: The document, ISO/IEC 29500 in a zip package.

    Raises:
        StepFailed: Permanent; the message says what to change, and where that helps in which part it is.
    """
    try:
        with zipfile.ZipFile(docx) as package:
            parts = package.infolist()
            _check_sizes(parts)
            for part in parts:
                _check_part(part.filename, package.read(part))
            _check_main_part(package)
    except OSError as error:
        raise _refusal("Word-filen findes ikke eller kan ikke læses. Dan dokumentet igen.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, expat.ExpatError) as error:
        raise _refusal(_UNREADABLE) from error


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename.casefold() for part in parts}
    if len(names) != len(parts) or any(part.flag_bits & _ENCRYPTED for part in parts):
        raise _refusal(_UNREADABLE)
    if any(part.compress_type not in _PACKINGS for part in parts):
        raise _refusal(_UNREADABLE)
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
        raise _refusal(_BOMB)
    for part in parts:
        if part.file_size > _SMALL_PART and part.file_size > _MOST_TIMES_LARGER * part.compress_size:
            raise _refusal(_BOMB)


def _check_part(name: str, content: bytes) -> None:
    path = name.casefold()
    if content.startswith(_EMBEDDED):
        raise _refusal(_MACROS if "vbaproject" in path else _OBJECTS, name)
    if path.endswith((".xml", ".rels")) or content.lstrip(_BEFORE_XML).startswith(b"<"):
        _check_xml(name, content)
    elif "/media/" in path and not content.startswith(_PICTURES):
        raise _refusal(_PICTURE, name)
    if path.endswith(".rels"):
        _check_relationships(name, content)


def _check_xml(name: str, content: bytes) -> None:
    """Look for markup by its bytes, which is sound because it is UTF-8 and "<" in text is always escaped."""
    declared = _DECLARED_ENCODING.match(content)
    if not content.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<") or b"\0" in content:
        raise _refusal(_UNREADABLE, name)
    if declared is not None and declared[1].lower() not in {b"utf-8", b"us-ascii"}:
        raise _refusal(_UNREADABLE, name)
    if b"<!DOCTYPE" in content:
        raise _refusal(_DOCTYPE, name)
    if b"altChunk" in content and _ALTERNATIVE_CHUNK.search(content):
        raise _refusal(_OBJECTS, name)
    if b"svg" in content and _SVG.search(content) and _OUT_OF_SVG.search(content):
        raise _refusal(_PICTURE, name)


def _check_relationships(name: str, content: bytes) -> None:
    reader = expat.ParserCreate()
    reader.StartElementHandler = lambda _tag, attributes: _check_relationship(name, attributes)
    reader.Parse(content, True)


def _check_relationship(name: str, attributes: dict[str, str]) -> None:
    kind = attributes.get("Type", "").rpartition("/")[2]
    target = attributes.get("Target", "")
    scheme = urlsplit(target).scheme
    if kind in _MACRO_TYPES:
        raise _refusal(_MACROS, name)
    if attributes.get("TargetMode", "Internal").casefold() == "external":
        if kind != "hyperlink" or scheme not in _HYPERLINK_SCHEMES:
            raise _refusal(_LINKS, name)
    elif scheme or target.startswith(("//", "\\")):
        raise _refusal(_LINKS, name)
    elif kind in _EMBEDDING_TYPES:
        raise _refusal(_OBJECTS, name)


def _check_main_part(package: zipfile.ZipFile) -> None:
    """Refuse a package that is no Word document at all, which LibreOffice would open as an empty page."""
    try:
        kinds = package.read("[Content_Types].xml")
        package.getinfo("_rels/.rels")
    except KeyError as error:
        raise _refusal(_UNREADABLE) from error
    if b"macroEnabled" in kinds:
        raise _refusal(_MACROS)
    if b"wordprocessingml.document.main+xml" not in kinds:
        raise _refusal(_UNREADABLE)


def _refusal(message: str, part: str | None = None) -> StepFailed:
    return StepFailed(f"{message} (Sted: {part})" if part else message, permanent=True)
