"""What an uploaded file is, by what stands in it; what we do not take is told apart so that the advice fits."""

from pathlib import Path

from pipeline.errors import UnreadableFile
from pipeline.intake.kinds import Kind
from pipeline.intake.refusals import FileRefused, Reason, refusal, too_large, wrong_kind
from pipeline.offline.recognise import FileFormat
from pipeline.offline.recognise import recognise as recognise_form

_HEAD = 64 * 1024  # bytes
_SAME = {
    FileFormat.JPEG: Kind.JPEG,
    FileFormat.PNG: Kind.PNG,
    FileFormat.WEBP: Kind.WEBP,
    FileFormat.HEIC: Kind.HEIC,
    FileFormat.PDF: Kind.PDF,
    FileFormat.DOCX: Kind.DOCX,
    FileFormat.XLSX: Kind.XLSX,
}
_MP4_BRANDS = {
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"mp4v",
    b"avc1",
    b"dash",
    b"M4V ",
    b"MSNV",
}
_EBML = b"\x1a\x45\xdf\xa3"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_LOCKED_OFFICE = "EncryptedPackage".encode(
    "utf-16-le"
)  # the stream that holds a locked docx or xlsx (MS-OFFCRYPTO 2.3.4.3)
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"dex\n")
_PAGES = (b"<!doctype", b"<html", b"<svg", b"<script", b"<?xml", b"<head", b"<body", b"<iframe", b"<img")
_OTHER_PICTURES = (b"8BPS", b"\0\0\x01\0", b"\0\0\x02\0", b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51", b"\0\0\0\x0cJXL ")
_OTHER_PICTURE_BRANDS = {b"avif", b"avis", b"crx "}
_ARCHIVES = (b"PK", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OTHER_OFFICE_PARTS = (b"mimetypeapplication/vnd.oasis", b"Index/Document.iwa", b"Index.zip", b"xl/workbook.bin")


def recognise(path: Path) -> Kind:
    """The kind of a file.

    Raises:
        FileRefused: it is none that may come in, or locked.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return _video(head) or _known(path, head)


def _video(head: bytes) -> Kind | None:
    if head.startswith(_EBML):
        return Kind.WEBM
    if head[4:8] != b"ftyp":
        return None
    brand = head[8:12]
    if brand in _OTHER_PICTURE_BRANDS:
        raise wrong_kind("picture")
    if brand == b"qt  ":
        return Kind.MOV
    if brand in _MP4_BRANDS:
        return Kind.MP4
    if brand.startswith((b"3g", b"M4A", b"M4B", b"F4")):
        raise wrong_kind("video")
    return None


def _known(path: Path, head: bytes) -> Kind:
    """A package is known by a part that may stand anywhere in it, so it is read whole."""
    whole = _whole(path) if head.startswith((b"PK", _OLE)) else head
    if _LOCKED_OFFICE in whole:
        raise refusal(Reason.PASSWORD)
    try:
        found = recognise_form(whole)
    except UnreadableFile:
        raise _other(whole) from None
    if found not in _SAME:
        raise wrong_kind("picture")
    return _SAME[found]


def _whole(path: Path) -> bytes:
    most = Kind.DOCX.limits.file_bytes
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise too_large(Kind.DOCX, most)
    return data


def _other(data: bytes) -> FileRefused:
    text = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if data.startswith(_PROGRAMS):
        return wrong_kind("program")
    if text.startswith(_PAGES):
        return wrong_kind("page")
    if data.startswith(_OLE) or any(part in data for part in _OTHER_OFFICE_PARTS) or text.startswith(b"{\\rtf"):
        return wrong_kind("office")
    if data.startswith(_OTHER_PICTURES):
        return wrong_kind("picture")
    if data.startswith(_ARCHIVES):
        return wrong_kind("archive")
    if data[:4] == b"RIFF" or data[:3] == b"ID3":
        return wrong_kind("video")
    return refusal(Reason.WRONG_KIND)
