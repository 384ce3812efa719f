"""Hands the tool out to be filled in offline: as PDF, Word and Excel forms and as a flat copy for the archive."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.cases.answers import Answers
from pipeline.cases.text_at_the_door import shown
from pipeline.documents.contents.paper import paper_of
from pipeline.documents.contents.words import Paper
from pipeline.documents.kinds import MANIFEST, PLAN
from pipeline.documents.out_folder import folder_beside, hand_over
from pipeline.documents.plan_sheet import visit_date
from pipeline.documents.word_template import newest_template
from pipeline.errors import AnswersError, StepFailed
from pipeline.law.dated_law import Law, law_for
from pipeline.offline.excel_form import make_excel_form
from pipeline.offline.form_workshop import FormWorkshop
from pipeline.offline.passport import Passport, passport_of
from pipeline.offline.pdf_form import make_archive_copy, make_pdf_form
from pipeline.offline.slots import FormSection, all_slots, form_sections
from pipeline.offline.word_form import make_word_form
from pipeline.tool.definition import Tool
from pipeline.tool.load import load_tool

PDF_FORM = "tilsynsredskab.pdf"
WORD_FORM = "tilsynsredskab-udfyld.docx"
EXCEL_FORM = PLAN.file_name
ARCHIVE_COPY = "tilsynsredskab-arkiv.pdf"


@dataclass(frozen=True)
class _Form:
    """What all four files are made of."""

    tool: Tool
    law: Law
    sections: tuple[FormSection, ...]
    passport: Passport
    paper: Paper
    blank: bool


def hand_out(
    answers: Answers,
    workshop: FormWorkshop,
    out: Path,
    only: Collection[str] = (),
    blank: bool = False,
    say: Callable[[str], None] = lambda line: None,
) -> tuple[str, ...]:
    """Make the forms of a case and put them into a folder, all at once.

    Args:
        answers: the case.
        workshop: the machines.
        out: the folder; it is made where it is missing.
        only: letters of the sections to take; empty takes all. The Excel plan comes with the section it belongs to.
        blank: leave out what the case holds.
        say: told in Danish what has been done.

    Returns:
        The names of the files.

    Raises:
        AnswersError: there is no such section.
        TemplateError: a Word template was refused.
        StepFailed: a machine failed, or the folder holds a finished case; nothing was written.
    """
    tool = load_tool(answers.edition, workshop.editions)
    _refuse_unknown(only, tool)
    if (out / MANIFEST).exists():
        raise StepFailed("Mappen rummer en færdig sag. Vælg en anden mappe til formularerne.", permanent=True)
    form = _form(answers, tool, only, blank)
    with folder_beside(out) as scratch:
        names = tuple(_make(form, answers, workshop, Path(scratch), say))
        hand_over(Path(scratch), out, names)
    say(f"Færdig. Filerne ligger i {out}")
    return names


def _form(answers: Answers, tool: Tool, only: Collection[str], blank: bool) -> _Form:
    law = law_for(answers.document_date, visit_date(answers))
    sections = form_sections(tool, law, None if blank else answers, only)
    template = newest_template(tool, "formular")
    return _Form(
        tool=tool,
        law=law,
        sections=sections,
        passport=passport_of(answers, sections, blank=blank),
        paper=paper_of(answers, tool, law, title=template.title, template=template.name),
        blank=blank,
    )


def _make(
    form: _Form, answers: Answers, workshop: FormWorkshop, folder: Path, say: Callable[[str], None]
) -> Iterator[str]:
    """Make one file after the other and name each."""
    asked = (form.sections, form.passport, form.paper, form.tool, workshop)
    make_pdf_form(*asked, folder / PDF_FORM, filled=not form.blank)
    say(f"Lavet {PDF_FORM}: en PDF til at udfylde")
    yield PDF_FORM
    make_word_form(*asked, folder / WORD_FORM)
    say(f"Lavet {WORD_FORM}: en Word-fil til at udfylde")
    yield WORD_FORM
    if any(slot.name.startswith(f"{form.tool.goals_field.key}.") for slot in all_slots(form.sections)):
        make_excel_form(answers, form.tool, form.law, folder / EXCEL_FORM, blank=form.blank)
        say(f"Lavet {EXCEL_FORM}: planen som regneark til at udfylde")
        yield EXCEL_FORM
    make_archive_copy(*asked, folder / ARCHIVE_COPY)
    say(f"Lavet {ARCHIVE_COPY}: en kopi til arkivet")
    yield ARCHIVE_COPY


def _refuse_unknown(only: Collection[str], tool: Tool) -> None:
    known = [section.key for section in tool.sections]
    unknown = sorted(set(only) - set(known))
    if unknown:
        raise AnswersError(f"Afsnit “{shown(unknown[0])}” findes ikke. Vælg blandt {', '.join(known)}.")
