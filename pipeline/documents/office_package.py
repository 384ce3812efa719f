"""A Word or Excel file is looked through before it is opened: no bomb, no DTD, nothing to run, nothing to fetch."""

import codecs
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit
from xml.parsers import expat

from pipeline.errors import TilsynError


class PackageRefused(TilsynError):
    """The file is broken, a bomb, or has something in it to run or to fetch; the message says what to change."""


@dataclass(frozen=True)
class OfficeKind:
    """One kind of file and the words for it in messages.

    Attributes:
        file: with the article, as it begins a sentence.
        what: without it.
        plain: what to save it as.
        main: the content type of its main part, without the common prefix.
        unlink: how links to the outside are broken.
    """

    file: str
    what: str
    program: str
    plain: str
    main: bytes
    unlink: str


WORD = OfficeKind(
    file="Word-filen",
    what="en Word-fil (.docx)",
    program="Word",
    plain="et almindeligt Word-dokument (.docx)",
    main=b"wordprocessingml.document.main+xml",
    unlink="Filer > Oplysninger > Rediger kæder til filer, eller vælg skabelonen Normal",
)
EXCEL = OfficeKind(
    file="Excel-filen",
    what="en Excel-fil (.xlsx)",
    program="Excel",
    plain="en almindelig Excel-projektmappe (.xlsx)",
    main=b"spreadsheetml.sheet.main+xml",
    unlink="Data > Rediger kæder",
)


@dataclass(frozen=True)
class Limits:
    """How much a file may unfold to.

    Attributes:
        parts: most parts.
        total_bytes: most bytes of all parts together.
        part_bytes: most bytes of one part; a parsed tree of XML takes up to 25 times as much memory.
    """

    parts: int = 2000
    total_bytes: int = 100 * 1024**2
    part_bytes: int = 100 * 1024**2


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

# Each of these is how zipfile or expat says that bytes are damaged, encrypted or packed in an unknown way.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError),
    *(EOFError, ValueError, NotImplementedError, RuntimeError),
)


def checked_parts(
    source: Path | IO[bytes], kind: OfficeKind, limits: Limits | None = None
) -> Iterator[tuple[str, bytes]]:
    """Every part of a package with its name, each once it has been found harmless; nothing is unpacked beyond limits.

    Args:
        source: ISO/IEC 29500 in a zip package.
        kind: what it has to be.
        limits: how much it may unfold to.

    Raises:
        PackageRefused: the message says what to change, and where that helps in which part it is.
    """
    return _Inspection(kind, limits or Limits()).parts(source)


class _Inspection:
    """The look through one package, in the words for its kind."""

    def __init__(self, kind: OfficeKind, limits: Limits) -> None:
        self._kind, self._limits = kind, limits
        self._unreadable = (
            f"{kind.file} er beskadiget eller ikke {kind.what}. Åbn den i {kind.program}, gem den på ny, og prøv igen."
        )

    def parts(self, source: Path | IO[bytes]) -> Iterator[tuple[str, bytes]]:
        try:
            with zipfile.ZipFile(source) as package:
                entries = package.infolist()
                self._check_sizes(entries)
                for entry in entries:
                    content = package.read(entry)
                    self._check_part(entry.filename, content)
                    yield entry.filename, content
                self._check_main_part(package)
        except OSError as error:
            raise PackageRefused(f"{self._kind.file} findes ikke eller kan ikke læses. Hent filen igen.") from error
        except _DAMAGE as error:
            raise PackageRefused(self._unreadable) from error

    def _check_sizes(self, entries: list[zipfile.ZipInfo]) -> None:
        names = {entry.filename.casefold() for entry in entries}
        if len(names) != len(entries) or any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise PackageRefused(self._unreadable)
        if any(entry.compress_type not in _PACKINGS for entry in entries):
            raise PackageRefused(self._unreadable)
        if self._is_bomb(entries):
            raise PackageRefused(
                f"{self._kind.file} er for stor, når den pakkes ud. "
                f"Gør billederne i den mindre, gem den i {self._kind.program}, og prøv igen."
            )

    def _is_bomb(self, entries: list[zipfile.ZipInfo]) -> bool:
        limits = self._limits
        if len(entries) > limits.parts or sum(entry.file_size for entry in entries) > limits.total_bytes:
            return True
        return any(
            entry.file_size > limits.part_bytes
            or (entry.file_size > _SMALL_PART and entry.file_size > _MOST_TIMES_LARGER * entry.compress_size)
            for entry in entries
        )

    def _check_part(self, name: str, content: bytes) -> None:
        path = name.casefold()
        if content.startswith(_EMBEDDED):
            raise self._macros(name) if "vbaproject" in path else self._objects(name)
        if path.endswith((".xml", ".rels")) or content.lstrip(_BEFORE_XML).startswith(b"<"):
            self._check_xml(name, content)
        elif "/media/" in path and not content.startswith(_PICTURES):
            raise self._picture(name)
        if path.endswith(".rels"):
            self._check_relationships(name, content)

    def _check_xml(self, name: str, content: bytes) -> None:
        """Look for markup by its bytes, which is sound because it is UTF-8 and "<" in text is always escaped."""
        declared = _DECLARED_ENCODING.match(content)
        if not content.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<") or b"\0" in content:
            raise _at(self._unreadable, name)
        if declared is not None and declared[1].lower() not in {b"utf-8", b"us-ascii"}:
            raise _at(self._unreadable, name)
        if b"<!DOCTYPE" in content:
            raise self._refusal("rummer en DTD, som ikke er tilladt. Åbn den i {program}, gem den på ny", name)
        if b"altChunk" in content and _ALTERNATIVE_CHUNK.search(content):
            raise self._objects(name)
        if b"svg" in content and _SVG.search(content) and _OUT_OF_SVG.search(content):
            raise self._picture(name)

    def _check_relationships(self, name: str, content: bytes) -> None:
        reader = expat.ParserCreate()
        reader.StartElementHandler = lambda _tag, attributes: self._check_relationship(name, attributes)
        reader.Parse(content, True)

    def _check_relationship(self, name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        scheme = urlsplit(target).scheme
        if kind in _MACRO_TYPES:
            raise self._macros(name)
        if attributes.get("TargetMode", "Internal").casefold() == "external":
            if kind != "hyperlink" or scheme not in _HYPERLINK_SCHEMES:
                raise self._links(name)
        elif scheme or target.startswith(("//", "\\")):
            raise self._links(name)
        elif kind in _EMBEDDING_TYPES:
            raise self._objects(name)

    def _check_main_part(self, package: zipfile.ZipFile) -> None:
        """Refuse a package of another kind, which LibreOffice would open as an empty page."""
        try:
            kinds = package.read("[Content_Types].xml")
            package.getinfo("_rels/.rels")
        except KeyError as error:
            raise PackageRefused(self._unreadable) from error
        if b"macroEnabled" in kinds:
            raise self._macros("")
        if self._kind.main not in kinds:
            raise PackageRefused(self._unreadable)

    def _macros(self, name: str) -> PackageRefused:
        return self._refusal("rummer makroer. Gem den i {program} som {plain}", name)

    def _objects(self, name: str) -> PackageRefused:
        return self._refusal("rummer et indlejret objekt (f.eks. et regneark). Sæt det ind som billede", name)

    def _picture(self, name: str) -> PackageRefused:
        what = "rummer et billede af en slags, der ikke er tilladt. Gem det som PNG eller JPEG, og sæt det ind igen."
        return _at(f"{self._kind.file} {what}", name)

    def _links(self, name: str) -> PackageRefused:
        what = "henter noget udefra (et kædet billede eller dokument eller en tilknyttet skabelon)."
        return self._refusal(f"{what} Bryd kæden i {{program}} under {self._kind.unlink}", name)

    def _refusal(self, what: str, name: str) -> PackageRefused:
        kind = self._kind
        return _at(f"{kind.file} {what.format(program=kind.program, plain=kind.plain)}, og prøv igen.", name)


def _at(message: str, part: str) -> PackageRefused:
    return PackageRefused(f"{message} (Sted: {part})" if part else message)
