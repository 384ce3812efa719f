"""The tool as a Word form with a content control for each slot, and the way back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from exports.carried_text import in_pieces
from pipeline.documents.contents.form_document import FormDocument, FormGroup, FormPart, FormSlot
from pipeline.documents.contents.words import Paper
from pipeline.documents.merge.merger import Merger
from pipeline.documents.office_package import WORD
from pipeline.documents.word_template import newest_template
from pipeline.errors import UnreadableFile
from pipeline.offline.office_parts import open_office
from pipeline.offline.passport import PROPERTY, Passport, read_passport
from pipeline.offline.slots import OUTSIDE, FormSection, SlotGroup, all_slots
from pipeline.offline.word_answers import answers_in, controls_in
from pipeline.offline.word_controls import add_controls
from pipeline.offline.word_outside import added_outside, digests_outside, is_margin
from pipeline.offline.word_package import DOCUMENT, parts_of, with_form
from pipeline.offline.word_xml import Element, parse, w
from pipeline.tool.definition import Tool

_LABELS_PROPERTY = f"{PROPERTY} ledetekster"
_MOST_PARAGRAPHS, _MOST_CONTROLS = 20_000, 3_000
"""A form has at most 2,000 and 300."""


class Merges(Protocol):
    """What a Word form is made with."""

    @property
    def merger(self) -> Merger: ...  # noqa: D102 - said by the attribute's name


def make_word_form(
    sections: Sequence[FormSection], passport: Passport, paper: Paper, tool: Tool, workshop: Merges, out: Path
) -> None:
    """Write a Word form; the same input gives the same bytes.

    Args:
        sections: what is asked, and what the case holds: an empty slot gets words that ask for an answer.
        passport: carried inside.
        paper: for header, footer and properties.
        tool: the edition, which has the Word template.
        workshop: the machines.
        out: the file; one that is there is replaced.

    Raises:
        TemplateError: the template was refused, or has not one box for each slot.
        StepFailed: the template ran away and was stopped.
    """
    slots = all_slots(sections)
    words = FormDocument(paper, passport.form_id, tuple(_part(section) for section in sections))
    parts = parts_of(workshop.merger.merge(newest_template(tool, "formular"), tool, words))
    document = parse(parts[DOCUMENT])
    add_controls(document, slots)
    margins = (parse(parts[name]) for name in parts if is_margin(name))
    labels = digests_outside([document, *margins], set(document.iter(w("sdt"))))
    carried = in_pieces(PROPERTY, passport.as_text()) | in_pieces(_LABELS_PROPERTY, labels)
    out.write_bytes(with_form(parts, document, carried))


def read_docx(data: bytes) -> tuple[str, dict[str, str]]:
    """The passport of a Word form, and what stands in each slot.

    A slot that is missing, holds something else than words, or stands there twice with different words is left out.
    Words written beside the boxes, in headers, footers and notes, and comments, are handed on under the name `OUTSIDE`.

    Raises:
        UnreadableFile: the file is broken, dangerous, or not one of our forms.
    """
    file = open_office(data, WORD)
    passport = file.carried(PROPERTY)
    base = read_passport(passport).base
    document = file.tree(DOCUMENT)
    if document is None or document.tag != w("document"):
        raise UnreadableFile("Word-filen er gemt i et format, vi ikke kan læse. Gem den som .docx i Word.")
    if _count(document, "p") > _MOST_PARAGRAPHS or _count(document, "sdt") > _MOST_CONTROLS:
        raise UnreadableFile("Word-filen rummer mere, end vi kan læse. Gem den som bilag, og skriv svarene ind.")
    controls = controls_in(document, base)
    answers = answers_in(controls, base, by_libreoffice=file.is_by_libreoffice)
    labels = file.carried(_LABELS_PROPERTY)
    margins = (tree for name in sorted(file.parts) if is_margin(name) and (tree := file.tree(name)) is not None)
    beside = added_outside([document, *margins], {control.element for control in controls}, labels)
    beside += file.comments()
    return passport, answers | ({OUTSIDE: "\n".join(beside)} if beside else {})


def _count(document: Element, name: str) -> int:
    return sum(1 for _ in document.iter(w(name)))


def _part(section: FormSection) -> FormPart:
    groups = tuple(_group(group) for group in section.groups)
    return FormPart(section.title, section.instruction, section.own_note, groups)


def _group(group: SlotGroup) -> FormGroup:
    first = group.slots[0].name
    slots = tuple(
        FormSlot(slot.short, group.help if slot.name == first else "", "line", slot.value) for slot in group.slots
    )
    return FormGroup(group.heading, group.questions, slots)
