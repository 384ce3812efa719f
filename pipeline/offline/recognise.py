"""What a file from outside is, by what stands in it and never by what it is called."""

import io
import zipfile
from enum import StrEnum

from pipeline.errors import UnreadableFile


class NotAForm(UnreadableFile):
    """A file that does no harm, but is none of our forms: it is kept as it is."""


class FileFormat(StrEnum):
    """A kind of file that may come home: the three forms, and pictures of filled-in paper."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    HEIC = "heic"
    WEBP = "webp"
    GIF = "gif"
    BMP = "bmp"

    @property
    def media_type(self) -> str:
        """As registered with IANA."""
        return _OFFICE.get(self, f"image/{self.value}") if self is not FileFormat.PDF else "application/pdf"

    @property
    def is_picture(self) -> bool:
        """Whether it holds nothing that can be read back."""
        return self not in (FileFormat.PDF, FileFormat.DOCX, FileFormat.XLSX)


_OFFICE = {
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_BEGINNINGS = (
    (b"\xff\xd8\xff", FileFormat.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileFormat.PNG),
    (b"II*\0", FileFormat.TIFF),
    (b"MM\0*", FileFormat.TIFF),
    (b"GIF8", FileFormat.GIF),
    (b"BM", FileFormat.BMP),
)
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
_MAIN_PARTS = {"word/document.xml": FileFormat.DOCX, "xl/workbook.xml": FileFormat.XLSX}
_PDF_MARK, _LATEST_PDF_MARK = b"%PDF-", 1024  # bytes; readers forgive something before it (ISO 32000-1, annex H.3.4.1)
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")

_UNKNOWN = (
    "Filen er hverken en PDF-, Word- eller Excel-fil eller et billede. "
    "Åbn den i det program, den er lavet i, gem den som PDF, Word (.docx) eller Excel (.xlsx), og prøv igen."
)
_EMPTY = "Filen er tom. Bed om at få den sendt igen."
_OLD = (
    "Filen er i et gammelt Office-format eller låst med adgangskode. "
    "Åbn den i Word eller Excel, gem den uden adgangskode som .docx eller .xlsx, og prøv igen."
)


def recognise(data: bytes) -> FileFormat:
    """The format of a file.

    Raises:
        UnreadableFile: it is none of those that may come home.
    """
    if not data:
        raise UnreadableFile(_EMPTY)
    if data.startswith(_OLD_OFFICE):
        raise UnreadableFile(_OLD)
    if data.startswith(b"PK"):
        return _package(data)
    picture = _picture(data)
    if picture is not None:
        return picture
    if _PDF_MARK in data[:_LATEST_PDF_MARK]:
        return FileFormat.PDF
    raise UnreadableFile(_UNKNOWN)


def _picture(data: bytes) -> FileFormat | None:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return FileFormat.HEIC
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return FileFormat.WEBP
    return next((known for beginning, known in _BEGINNINGS if data.startswith(beginning)), None)


def _package(data: bytes) -> FileFormat:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnreadableFile("Filen er beskadiget. Bed om at få den sendt igen.") from None
    found = [known for part, known in _MAIN_PARTS.items() if part in names]
    if len(found) != 1:
        raise UnreadableFile(_UNKNOWN)
    return found[0]
