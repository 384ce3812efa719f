"""The tids- og faseplan as an Excel file to fill in offline, and the way back: rows become slots.

A goal is known by its id, which stands in a hidden column; its slots are numbered as the case numbered it when the file
was handed out. A row without an id is a new goal and gets the next free number.
"""

from dataclasses import replace
from pathlib import Path

from exports.workbook import GoalRow, NotAPlan, PlanSheet, read_plan, write_workbook
from pipeline.cases.answers import Answers, Goal
from pipeline.documents.office_package import EXCEL
from pipeline.documents.plan_sheet import plan_sheet
from pipeline.errors import UnreadableFile
from pipeline.law.dated_law import Law
from pipeline.offline.excel_rows import SLOT_OF, slots_of
from pipeline.offline.office_parts import open_office
from pipeline.offline.passport import PROPERTY, goal_marks, issue, read_passport
from pipeline.offline.slot_values import goal_values
from pipeline.offline.slots import all_slots, form_sections
from pipeline.tool.definition import Tool


def make_excel_form(answers: Answers, tool: Tool, law: Law, out: Path, *, blank: bool = False) -> None:
    """Write the plan as a form; the same case gives the same bytes.

    Its words are those of the other forms: where several agree on a grade, their reasons do not repeat it.

    Args:
        answers: the case.
        tool: its edition.
        law: for the slots.
        out: the file; one that is there is replaced.
        blank: leave out what the case holds.
    """
    goals = {goal.id: goal for goal in answers.goals}
    plan = plan_sheet(answers, tool)
    rows = tuple(_with_slots_words(row, goals[row.id]) for row in plan.rows)
    plan = replace(plan, rows=(), visits=()) if blank else replace(plan, rows=rows)
    write_workbook(_with_passport(plan, answers, tool, law), out)


def plan_with_passport(answers: Answers, tool: Tool, law: Law) -> PlanSheet:
    """The plan of a case as it goes with the report; it can be filled in and read back, too.

    Args:
        answers: the case.
        tool: its edition.
        law: for the slots.
    """
    return _with_passport(plan_sheet(answers, tool), answers, tool, law)


def _with_passport(plan: PlanSheet, answers: Answers, tool: Tool, law: Law) -> PlanSheet:
    """The plan, with all goals of the case or none, with a passport for what stands in its cells."""
    rows = {row.id: row for row in plan.rows}
    sections = form_sections(tool, law, answers if rows else None)
    prefix = f"{tool.goals_field.key}."
    held = {
        f"{prefix}{number}.{part}": getattr(rows[goal.id], field)
        for number, goal in enumerate(answers.goals if rows else (), start=1)
        for field, part in SLOT_OF.items()
    }
    slots = [
        replace(slot, value=held.get(slot.name, "")) for slot in all_slots(sections) if slot.name.startswith(prefix)
    ]
    passport = issue(
        slots,
        edition=answers.edition,
        case_number=answers.case_number,
        visit_number=answers.visit_number,
        goals=goal_marks(answers) if rows else (),
    )
    return replace(plan, passport=passport.as_text())


def read_xlsx(data: bytes) -> tuple[str, dict[str, str]]:
    """The passport of an Excel plan, and what stands in each slot.

    A slot is left out where its row or column is missing, where it cannot be told what Excel shows, or where the table
    and “Lange tekster” were changed in different ways. Words beside the table, and comments, are handed on under the
    name `OUTSIDE`.

    Raises:
        UnreadableFile: the file is broken, dangerous, or not one of our plans.
    """
    file = open_office(data, EXCEL)
    text = file.carried(PROPERTY)
    passport = read_passport(text)
    try:
        plan = read_plan(file.tree)
    except NotAPlan as refusal:
        raise UnreadableFile(str(refusal)) from None
    beside = (*plan.beside, *file.comments())
    return text, slots_of(replace(plan, beside=beside), passport)


def _with_slots_words(row: GoalRow, goal: Goal) -> GoalRow:
    values = goal_values(goal)
    return replace(row, **{field: values[part] for field, part in SLOT_OF.items()})
