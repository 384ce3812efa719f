"""What stands on the paper of a PDF form, and of its flattened copy: labels, hints and boxes for the slots."""

from collections.abc import Collection, Mapping, Sequence

from pipeline.documents.contents.form_document import Continued, FormDocument, FormGroup, FormPart, FormSlot
from pipeline.documents.contents.words import Paper
from pipeline.documents.finish.form_boxes import GROUP, LABEL, SECTION, LeftBehind
from pipeline.offline.slots import FormSection, Slot, SlotGroup
from pipeline.tool.definition import Kind

_NO_BREAK_SPACE = "\u00a0"
"""Stands in every empty box: LibreOffice tags no paragraph without words."""
_NOT_FILLED = "Ikke udfyldt"
_BESIDES = "Andet, der står i formularen"


class _Pages:
    """Says which words begin a page."""

    def __init__(self, breaks: Collection[LeftBehind]) -> None:
        self._breaks = breaks
        self.boxes = 0

    def begin_here(self, style: str) -> bool:
        return LeftBehind(self.boxes, style) in self._breaks


def fillable(
    sections: Sequence[FormSection],
    paper: Paper,
    form_id: str,
    breaks: Collection[LeftBehind] = (),
    continued: Sequence[Continued] = (),
) -> FormDocument:
    """The paper with an empty box for each slot.

    Args:
        sections: what is asked.
        paper: for header, footer and properties.
        form_id: printed, so that a paper can be told from another.
        breaks: words that have to begin a page.
        continued: texts that do not fit their box.
    """
    pages = _Pages(breaks)
    parts = tuple(_part(section, pages) for section in sections)
    return FormDocument(paper, form_id, parts, tuple(continued))


def _part(section: FormSection, pages: _Pages) -> FormPart:
    new_page = pages.begin_here(SECTION)
    groups = tuple(_group(group, pages) for group in section.groups)
    return FormPart(section.title, section.instruction, section.own_note, groups, new_page)


def _group(group: SlotGroup, pages: _Pages) -> FormGroup:
    new_page = pages.begin_here(GROUP)
    slots = tuple(_empty(slot, group.help if first else "", pages) for slot, first in _with_first(group.slots))
    return FormGroup(group.heading, group.questions, slots, new_page)


def _with_first(slots: Sequence[Slot]) -> Sequence[tuple[Slot, bool]]:
    return [(slot, place == 0) for place, slot in enumerate(slots)]


def _empty(slot: Slot, help_text: str, pages: _Pages) -> FormSlot:
    new_page = pages.begin_here(LABEL)
    pages.boxes += 1
    words = " ".join(part for part in (help_text, _how_to_answer(slot)) if part)
    return FormSlot(slot.short, words, _size(slot), _NO_BREAK_SPACE, new_page)


def _how_to_answer(slot: Slot) -> str:
    """For whoever fills the form in by hand, where no list can be opened."""
    if slot.kind is Kind.CHOICE:
        return f"Vælg: {' / '.join(choice.label for choice in slot.choices)}"
    return "Dato, fx 31.03.2026" if slot.kind is Kind.DATE else ""


def _size(slot: Slot) -> str:
    if slot.kind is not Kind.LONG_TEXT:
        return "line"
    return "medium" if "." in slot.name else "long"


def flattened(sections: Sequence[FormSection], paper: Paper, form_id: str, values: Mapping[str, str]) -> FormDocument:
    """The paper with each slot's whole text; what belongs to no slot stands at the end, so that nothing is lost."""
    known = {slot.name for section in sections for group in section.groups for slot in group.slots}
    parts = [_written_part(section, values) for section in sections]
    besides = tuple(FormSlot(name, "", "", text) for name, text in values.items() if name not in known and text)
    if besides:
        parts.append(FormPart(_BESIDES, "Felter, som skemaet ikke har", "", (FormGroup("", (), besides),)))
    return FormDocument(paper, form_id, tuple(parts))


def _written_part(section: FormSection, values: Mapping[str, str]) -> FormPart:
    groups = tuple(
        FormGroup(group.heading, (), tuple(_written(slot, values.get(slot.name, "")) for slot in group.slots))
        for group in section.groups
    )
    return FormPart(section.title, section.instruction, section.own_note, groups)


def _written(slot: Slot, value: str) -> FormSlot:
    label = next((choice.label for choice in slot.choices if choice.code == value), value)
    return FormSlot(slot.short, "", "", label if label.strip() else _NOT_FILLED)
