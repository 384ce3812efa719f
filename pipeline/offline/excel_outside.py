"""What a workbook that came home says outside its cells: comments, text boxes, charts, pictures, its properties."""

import re
from collections.abc import Iterator

from lxml import etree

from exports.workbook import OwnWords
from pipeline.offline.office_parts import OfficeParts
from pipeline.offline.word_xml import Element

_DRAWINGS = re.compile(r"xl/(?:drawings|charts|diagrams)/[^/]+\.xml")
_OLD_DRAWINGS = re.compile(r"xl/(?:[^/]+/)?[^/]+\.vml")
_NO_WORDS = re.compile(r"xl/(?:media|ink)/.+")
_PROPERTIES = "docProps/core.xml"
_TYPED_PROPERTIES = {"title": "titel", "subject": "emne", "description": "kommentarer", "keywords": "nøgleord",
                     "category": "kategori"}  # fmt: skip

_PARAGRAPH, _TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}p", "{*}t"
_FACTS_OF_A_SHAPE, _SHAPES = "{*}cNvPr", ("{*}sp", "{*}cxnSp", "{*}pic", "{*}contentPart")
_A_TEXT_BOX = "{urn:schemas-microsoft-com:vml}textbox"


def words_outside_cells(file: OfficeParts, own: OwnWords) -> Iterator[str]:
    """Whatever somebody added, each with a word on what it is.

    Args:
        file: the workbook.
        own: what we wrote into it.

    Raises:
        UnreadableFile: a part is too large or damaged.
    """
    yield from file.comments()
    for name in sorted(file.parts):
        if _DRAWINGS.fullmatch(name):
            yield from _drawn(file.tree(name), own)
        elif _OLD_DRAWINGS.fullmatch(name):
            yield from _drawn_the_old_way(file.parts[name])
    if any(_NO_WORDS.fullmatch(name) for name in file.parts):
        yield "[Et billede eller en tegning]"
    yield from _typed_properties(file.tree(_PROPERTIES), own)


def _drawn(root: Element | None, own: OwnWords) -> Iterator[str]:
    """The words of shapes and charts, and those that describe them; a shape without words is told, too."""
    if root is None:
        return
    said = ["".join(str(text.text or "") for text in paragraph.iter(_TEXT)) for paragraph in root.iter(_PARAGRAPH)]
    said += [facts.get(name, "") for facts in root.iter(_FACTS_OF_A_SHAPE) for name in ("title", "descr")]
    yield from (f"Tegning: {words}" for words in dict.fromkeys(said) if words.strip() and not own.has_line(words))
    silent = [shape for shape in root.iter(*_SHAPES) if not "".join(map(str, shape.itertext())).strip()]
    if silent:
        yield f"[{len(silent)} figur(er) eller billede(r) uden tekst]"


def _drawn_the_old_way(content: bytes) -> Iterator[str]:
    """The words of VML, which need not be well-formed XML; the frame of a comment has none."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    for box in root.iter(_A_TEXT_BOX) if root is not None else ():
        words = " ".join(" ".join(map(str, box.itertext())).split())
        if words:
            yield f"Tegning: {words}"


def _typed_properties(root: Element | None, own: OwnWords) -> Iterator[str]:
    for one in root if root is not None else ():
        name = etree.QName(one).localname
        words = str(one.text or "").strip()
        if name in _TYPED_PROPERTIES and words and not own.has_line(words):
            yield f"Filens egenskaber, {_TYPED_PROPERTIES[name]}: {words}"
