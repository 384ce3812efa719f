"""The receipt for what was handed in: who, what and when, and the answers as they stand (PDF/A-2a, PDF/UA-1)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.cases.answers import Answers
from pipeline.documents.contents.paper import paper_of
from pipeline.documents.word_template import newest_template
from pipeline.law.dated_law import law_for
from pipeline.offline.form_workshop import FormWorkshop
from pipeline.offline.passport import passport_of
from pipeline.offline.pdf_form import make_archive_copy
from pipeline.offline.slots import FormSection, Slot, SlotGroup, form_sections
from pipeline.tool.definition import Kind
from pipeline.tool.load import load_tool

TITLE = "Kvittering for det, I har afleveret"
FILE_NAME = "kvittering.pdf"
# The template ends what stands under a heading with a full stop.
_TEXT = "Kommunen har modtaget de afsnit, der står her. Svarene følger bagefter, som de er nu"
_AS_THEY_ARE = "Sådan står svarene nu"


@dataclass(frozen=True)
class HandedIn:
    """A section that was handed in.

    Attributes:
        section: its key.
        words: who handed it in and when, and whether it was corrected since.
    """

    section: str
    words: str


def make_receipt(answers: Answers, handed_in: Sequence[HandedIn], workshop: FormWorkshop, out: Path) -> None:
    """Write the receipt.

    Args:
        answers: what those who handed in have said, and nobody else.
        handed_in: at least one section.
        workshop: the machines.
        out: the file; one that is there is replaced.

    Raises:
        TemplateError: a Word template was refused.
        StepFailed: a machine failed; nothing was written.
    """
    tool, law = load_tool(answers.edition, workshop.editions), law_for(answers.document_date)
    sections = form_sections(tool, law, answers, [one.section for one in handed_in])
    template = newest_template(tool, "formular_flad")
    paper = paper_of(answers, tool, law, title=TITLE, template=template.name)
    first = _first(handed_in, {section.key: section.title for section in sections})
    told = (first, *(_answered(section) for section in sections))
    make_archive_copy(told, passport_of(answers, sections), paper, tool, workshop, out)


def _first(handed_in: Sequence[HandedIn], titles: dict[str, str]) -> FormSection:
    slots = tuple(
        Slot(f"kvittering.{one.section}", title, title, Kind.TEXT, (), one.words)
        for one in handed_in
        if (title := f"{one.section}) {titles[one.section]}")
    )
    return FormSection("", "Afleveret", _TEXT, "", (SlotGroup("", "", (), slots),))


def _answered(section: FormSection) -> FormSection:
    """Without help, spare lines and what nobody answered."""
    groups = (replace(group, help="", questions=(), slots=_said(group)) for group in section.groups)
    title = f"{section.key}) {section.title}"
    return replace(
        section,
        title=title,
        instruction=_AS_THEY_ARE,
        own_note="",
        groups=tuple(group for group in groups if group.slots),
    )


def _said(group: SlotGroup) -> tuple[Slot, ...]:
    return tuple(slot for slot in group.slots if slot.value)
