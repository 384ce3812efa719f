"""Word forms made with any words in their slots, and taken apart as Word would find them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree
from offline_packages import parts_of, zipped

from pipeline.cases.read_answers import read_answers_file
from pipeline.documents.contents.paper import paper_of
from pipeline.law.dated_law import law_for
from pipeline.offline.passport import passport_of
from pipeline.offline.slots import FormSection, Slot, all_slots, form_sections
from pipeline.offline.word_form import Merges, make_word_form
from pipeline.offline.word_xml import Element, value_of, w
from pipeline.tool.definition import Kind
from pipeline.tool.load import EDITIONS, load_tool

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@dataclass(frozen=True)
class WordForm:
    """A form, its slots and what it carries."""

    data: bytes
    slots: tuple[Slot, ...]
    passport: str

    @property
    def held(self) -> dict[str, str]:
        return {slot.name: slot.value for slot in self.slots}


def word_form(shop: Merges, name: str, *, only: str = "", blank: bool = False, texts: Iterable[str] = ()) -> WordForm:
    """The form of a fictional case; `texts` stand in its text slots instead of the case's, over and over."""
    case, tool = read_answers_file(EDITIONS / "2018" / f"sample_{name}.json"), load_tool()
    law = law_for(case.document_date)
    sections = form_sections(tool, law, None if blank else case, only)
    if texts:
        sections = _with_texts(sections, texts)
    passport = passport_of(case, sections, blank=blank)
    paper = paper_of(case, tool, law, title="Tilsynsredskab", template="formular-1")
    with TemporaryDirectory() as folder:
        out = Path(folder) / "form.docx"
        make_word_form(sections, passport, paper, tool, shop, out)
        return WordForm(out.read_bytes(), all_slots(sections), passport.as_text())


def _with_texts(sections: Iterable[FormSection], texts: Iterable[str]) -> tuple[FormSection, ...]:
    following = cycle(texts)

    def filled(slot: Slot) -> Slot:
        return slot if slot.kind is Kind.CHOICE else replace(slot, value=next(following))

    return tuple(
        replace(
            section,
            groups=tuple(replace(group, slots=tuple(map(filled, group.slots))) for group in section.groups),
        )
        for section in sections
    )


def document_of(data: bytes) -> Element:
    return etree.fromstring(parts_of(data)["word/document.xml"])


def edited(data: bytes, edit: Callable[[Element], None]) -> bytes:
    """The form after its document part was changed."""
    document = document_of(data)
    edit(document)
    return zipped(parts_of(data) | {"word/document.xml": etree.tostring(document)})


def control(document: Element, name: str) -> Element:
    """The control of a slot."""
    found = (box for box in document.iter(w("sdt")) if value_of(box.find(f"{w('sdtPr')}/{w('tag')}")) == name)
    return next(found)


def fragment(xml: str) -> list[Element]:
    """Elements of WordprocessingML."""
    return list(etree.fromstring(f"<x {NAMESPACE}>{xml}</x>"))


def write(document: Element, name: str, xml: str) -> None:
    """Let this stand in a slot as if somebody had typed it into its control."""
    box = control(document, name)
    for mark in box.findall(f"{w('sdtPr')}/{w('showingPlcHdr')}"):
        box.find(w("sdtPr")).remove(mark)  # type: ignore[union-attr] # it was found in there
    content = box.find(w("sdtContent"))
    assert content is not None
    content[:] = fragment(xml)
