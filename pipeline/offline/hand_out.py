"""Hands the tool out to be filled in offline: as PDF, Word and Excel forms and as a flat copy for the archive."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
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


class FormFile(StrEnum):
    """One of the files of a form; the value is its name."""

    PDF = PDF_FORM
    WORD = WORD_FORM
    EXCEL = EXCEL_FORM
    ARCHIVE = ARCHIVE_COPY


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


def hand_out_one(
    answers: Answers, workshop: FormWorkshop, file: FormFile, out: Path, only: Collection[str] = ()
) -> None:
    """Make one file of the form of a case; the same answers give the same bytes.

    Args:
        answers: the case.
        workshop: the machines.
        file: which; the Excel plan needs the section it belongs to.
        out: the file; one that is there is replaced.
        only: letters of the sections to take; empty takes all.

    Raises:
        AnswersError: there is no such section, or none of them holds the plan that Excel is made of.
        TemplateError: a Word template was refused.
        StepFailed: a machine failed; nothing was written.
    """
    tool = load_tool(answers.edition, workshop.editions)
    _refuse_unknown(only, tool)
    form = _form(answers, tool, only, blank=False)
    if file is FormFile.EXCEL and not has_plan(form.sections, tool):
        raise AnswersError("Regnearket hører til tids- og faseplanen, som ikke er med her. Vælg PDF eller Word.")
    _make_one(form, answers, workshop, file, out)


def has_plan(sections: Collection[FormSection], tool: Tool) -> bool:
    """Whether the tids- og faseplan is among some sections; then there is an Excel file too."""
    return any(slot.name.startswith(f"{tool.goals_field.key}.") for slot in all_slots(sections))


_SAID = {
    FormFile.PDF: "en PDF til at udfylde",
    FormFile.WORD: "en Word-fil til at udfylde",
    FormFile.EXCEL: "planen som regneark til at udfylde",
    FormFile.ARCHIVE: "en kopi til arkivet",
}


def _make(
    form: _Form, answers: Answers, workshop: FormWorkshop, folder: Path, say: Callable[[str], None]
) -> Iterator[str]:
    """Make one file after the other and name each."""
    for file, said in _SAID.items():
        if file is FormFile.EXCEL and not has_plan(form.sections, form.tool):
            continue
        _make_one(form, answers, workshop, file, folder / file.value)
        say(f"Lavet {file.value}: {said}")
        yield file.value


def _make_one(form: _Form, answers: Answers, workshop: FormWorkshop, file: FormFile, out: Path) -> None:
    asked = (form.sections, form.passport, form.paper, form.tool, workshop)
    match file:
        case FormFile.PDF:
            make_pdf_form(*asked, out, filled=not form.blank)
        case FormFile.WORD:
            make_word_form(*asked, out)
        case FormFile.EXCEL:
            make_excel_form(answers, form.tool, form.law, out, blank=form.blank)
        case FormFile.ARCHIVE:
            make_archive_copy(*asked, out)


def _refuse_unknown(only: Collection[str], tool: Tool) -> None:
    known = [section.key for section in tool.sections]
    unknown = sorted(set(only) - set(known))
    if unknown:
        raise AnswersError(f"Afsnit “{shown(unknown[0])}” findes ikke. Vælg blandt {', '.join(known)}.")
