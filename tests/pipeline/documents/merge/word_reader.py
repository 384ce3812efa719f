"""Reads a docx back with nothing of ours: which words stand in which paragraph, under which elements."""

import io
import zipfile
from typing import NamedTuple
from xml.etree import ElementTree as ET

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}br": "\n", f"{_W}tab": "\t"}


class Paragraph(NamedTuple):
    """Where a paragraph stands (tags from the root down) and what it says."""

    place: tuple[str, ...]
    text: str


def parts_of(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def paragraphs(docx: bytes, part: str = "word/document.xml") -> list[Paragraph]:
    found: list[Paragraph] = []
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        root = ET.fromstring(archive.read(part))  # noqa: S314 - a document that we made ourselves
    _walk(root, (), found)
    return found


def texts(docx: bytes, part: str = "word/document.xml") -> list[str]:
    return [paragraph.text for paragraph in paragraphs(docx, part)]


def properties(docx: bytes) -> dict[str, str]:
    root = ET.fromstring(parts_of(docx)["docProps/core.xml"])  # noqa: S314 - same
    return {item.tag.rpartition("}")[2]: item.text or "" for item in root}


def _walk(element: ET.Element, place: tuple[str, ...], found: list[Paragraph]) -> None:
    here = (*place, element.tag.removeprefix(_W))
    if element.tag == f"{_W}p":
        found.append(Paragraph(here, "".join(_said(element))))
        if element.find(f".//{_W}p") is None:
            return
    for child in element:
        _walk(child, here, found)


def _said(element: ET.Element) -> list[str]:
    """The words of a paragraph's runs, those of a text box inside it left out."""
    said: list[str] = []
    for child in element:
        if child.tag == f"{_W}t":
            # Word drops the spaces at both ends of a text that is not marked to keep them, and shows a line break or
            # tab that is written as a character, and not as an element, as a space.
            kept = child.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
            text = (child.text or "").replace("\n", " ").replace("\t", " ")
            said.append(text if kept else text.strip(" "))
        elif element.tag == f"{_W}r" and child.tag in _BREAKS:
            said.append(_BREAKS[child.tag])
        elif child.tag != f"{_W}p":
            said += _said(child)
    return said
