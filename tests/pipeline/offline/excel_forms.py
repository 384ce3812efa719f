"""Excel plans made with any words in their cells, and changed as people and programs change them."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.workbook import PlanSheet, workbook_bytes
from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers_file
from pipeline.documents.plan_sheet import visit_date
from pipeline.law.dated_law import law_for
from pipeline.offline.excel_form import plan_with_passport
from pipeline.offline.passport import goal_marks, issue
from pipeline.offline.slot_values import SLOT_OF
from pipeline.offline.slots import Slot, all_slots, form_sections
from pipeline.tool.load import EDITIONS, load_tool

KEY = "tids_og_faseplan"


def case_of(name: str) -> Answers:
    return read_answers_file(EDITIONS / "2018" / f"sample_{name}.json")


def goal_slots(case: Answers) -> dict[str, Slot]:
    """The slots of the case's goals, spare ones too, as all forms have them."""
    tool, law = load_tool(), law_for(case.document_date, visit_date(case))
    return {slot.name: slot for slot in all_slots(form_sections(tool, law, case)) if slot.name.startswith(f"{KEY}.")}


def plan_of(case: Answers) -> PlanSheet:
    return plan_with_passport(case, load_tool(), law_for(case.document_date, visit_date(case)))


@dataclass(frozen=True)
class ExcelForm:
    """A plan and what its slots hold."""

    data: bytes
    held: dict[str, str]


def excel_form(name: str, texts: Sequence[str]) -> ExcelForm:
    """The plan of a case, with these texts in its goals' wording, focus and reasons as far as they go, then “-”."""
    case = case_of(name)
    plan, following = plan_of(case), iter(texts)
    rows = tuple(
        replace(row, wording=next(following, "-"), focus=next(following, "-"), reasons=next(following, "-"))
        for row in plan.rows
    )
    numbers = {goal.id: number for number, goal in enumerate(case.goals, start=1)}
    held = dict.fromkeys(goal_slots(case), "") | {
        f"{KEY}.{numbers[row.id]}.{part}": getattr(row, field) for row in rows for field, part in SLOT_OF.items()
    }
    slots = [replace(slot, value=held[slot.name]) for slot in goal_slots(case).values()]
    passport = issue(
        slots,
        edition=case.edition,
        case_number=case.case_number,
        visit_number=case.visit_number,
        goals=goal_marks(case),
    )
    return ExcelForm(workbook_bytes(replace(plan, rows=rows, passport=passport.as_text())), held)


@dataclass(frozen=True)
class Table:
    """The table of goals in openpyxl's hands."""

    book: Workbook
    sheet: Worksheet
    top: int

    def column(self, heading: str) -> int:
        return next(cell.column for cell in self.sheet[self.top] if cell.value == heading)

    def row(self, goal_id: str) -> int:
        """Where a goal stands."""
        column = self.column("Mål-id")
        rows = range(self.top + 1, self.sheet.max_row + 1)
        return next(row for row in rows if self.sheet.cell(row, column).value == goal_id)

    def first_free(self) -> int:
        column = self.column("Mål-id")
        return next(row for row in range(self.top + 1, 9999) if not self.sheet.cell(row, column).value)

    def write(self, row: int, heading: str, value: object) -> None:
        self.sheet.cell(row, self.column(heading)).value = value  # type: ignore[assignment] # whatever a cell takes


def edited(data: bytes, edit: Callable[[Table], None]) -> bytes:
    """The plan after somebody changed it with openpyxl."""
    book = load_workbook(io.BytesIO(data), rich_text=True)
    sheet = book["Tids- og faseplan"]
    top = next(row[0].row or 0 for row in sheet.iter_rows() if "Mål-id" in [cell.value for cell in row])
    edit(Table(book, sheet, top))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
