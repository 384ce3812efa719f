"""The tids- og faseplan as an Excel file to fill in offline, and the way back: rows become slots.

A goal is known by its id, which stands in a hidden column; its slots are numbered as the case numbered it when the file
was handed out. A row without an id is a new goal and gets the next free number.
"""

from dataclasses import replace
from pathlib import Path

from exports.workbook import OWN_WORDS, NotAPlan, OwnWords, PlanSheet, read_plan, write_workbook
from pipeline.cases.answers import Answers
from pipeline.documents.office_package import EXCEL
from pipeline.documents.plan_sheet import plan_sheet
from pipeline.errors import UnreadableFile
from pipeline.law.dated_law import Law
from pipeline.offline.excel_outside import words_outside_cells
from pipeline.offline.excel_rows import slots_of
from pipeline.offline.office_parts import open_office
from pipeline.offline.passport import PROPERTY, goal_marks, issue, read_passport
from pipeline.offline.slots import all_slots, form_sections
from pipeline.tool.definition import Tool


def make_excel_form(answers: Answers, tool: Tool, law: Law, out: Path, *, blank: bool = False) -> None:
    """Write the plan as a form; the same case gives the same bytes.

    Args:
        answers: the case.
        tool: its edition.
        law: for the slots.
        out: the file; one that is there is replaced.
        blank: leave out what the case holds.
    """
    plan = plan_sheet(answers, tool)
    shown = replace(plan, rows=(), visits=()) if blank else plan
    write_workbook(_with_passport(shown, answers, tool, law), out)


def plan_with_passport(answers: Answers, tool: Tool, law: Law) -> PlanSheet:
    """The plan of a case as it goes with the report: the same as is handed out, so it can be filled in and read back.

    Args:
        answers: the case.
        tool: its edition.
        law: for the slots.
    """
    return _with_passport(plan_sheet(answers, tool), answers, tool, law)


def _with_passport(plan: PlanSheet, answers: Answers, tool: Tool, law: Law) -> PlanSheet:
    """The plan, with all goals of the case or none, with a passport for what stands in its cells."""
    holds_the_plan = [section.key for section in tool.sections if tool.goals_field in section.fields]
    sections = form_sections(tool, law, answers if plan.rows else None, only=holds_the_plan)
    passport = issue(
        [slot for slot in all_slots(sections) if slot.name.startswith(f"{tool.goals_field.key}.")],
        edition=answers.edition,
        case_number=answers.case_number,
        visit_number=answers.visit_number,
        goals=goal_marks(answers) if plan.rows else (),
    )
    return replace(plan, passport=passport.as_text())


def read_xlsx(data: bytes) -> tuple[str, dict[str, str]]:
    """The passport of an Excel plan, and what stands in each slot.

    A slot is left out where its row or column is missing, where it cannot be told what Excel shows, or where the table
    and “Lange tekster” were changed in different ways. All else that we did not write is handed on under the name
    `OUTSIDE`.

    Raises:
        NotAForm: the file carries no passport.
        UnreadableFile: the file is broken, dangerous, or its table is lost.
    """
    file = open_office(data, EXCEL)
    text = file.carried(PROPERTY)
    own = OwnWords.from_text(file.carried(OWN_WORDS))
    passport = read_passport(text)
    try:
        plan = read_plan(file.tree, own)
    except NotAPlan as refusal:
        raise UnreadableFile(str(refusal)) from None
    beside = (*plan.beside, *words_outside_cells(file, own))
    return text, slots_of(replace(plan, beside=beside), passport)
