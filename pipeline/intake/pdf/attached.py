"""Files inside a PDF: what our own reports and invoices carry may come along, and nothing that could be a program."""

import io
from pathlib import PurePosixPath

from pikepdf import Dictionary, Object, Stream

from pipeline.documents.office_package import EXCEL, WORD, OfficeKind, PackageRefused
from pipeline.intake.office.check import look_through

_OFFICE: dict[str, OfficeKind] = {".docx": WORD, ".xlsx": EXCEL}
_TEXT = {".xml", ".json", ".csv", ".txt"}
_MOST_BYTES = 25 * 1024**2
_MARKUP_THAT_RUNS = (b"<html", b"<script", b"<svg", b"<!doctype", b"<!entity")

NAMES = {"/EF"}
"""A dictionary without it carries no file."""


def is_harmful_attachment(holder: Object) -> bool:
    """Whether it is a file specification with a file in it that we would not take by itself."""
    files = holder.get("/EF")
    if not isinstance(files, Dictionary):
        return False
    named = [str(holder[key]) for key in ("/F", "/UF") if key in holder]
    streams = [value for _, value in files.items()]
    if not named:
        return True
    return not all(isinstance(stream, Stream) and _is_harmless(name, stream) for stream in streams for name in named)


def _is_harmless(name: str, stream: Stream) -> bool:
    """By its name, under which a viewer would open it, and by its content."""
    extension = PurePosixPath(name.rstrip(". \0")).suffix.lower()
    content = bytes(stream.read_bytes())
    if len(content) > _MOST_BYTES:
        return False
    if extension in _OFFICE:
        return _is_harmless_office(content, _OFFICE[extension])
    return extension in _TEXT and _is_harmless_text(content)


def _is_harmless_office(content: bytes, kind: OfficeKind) -> bool:
    try:
        look_through(io.BytesIO(content), kind)
    except PackageRefused:
        return False
    return True


def _is_harmless_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in content and not any(mark in content.lower() for mark in _MARKUP_THAT_RUNS)
