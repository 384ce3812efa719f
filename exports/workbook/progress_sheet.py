"""The second sheet: how far each goal type has come over the visits, as a table in numbers and as a chart."""

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from exports.workbook.looks import COLUMN_HEADING, DATE_HEADING, MEAN, ROW_NAME, SUBTITLE, Wardrobe
from exports.workbook.page import set_paper, write_top_lines
from exports.workbook.pen import Pen
from exports.workbook.plan import PlanSheet
from exports.workbook.progress_chart import GradeTable, add_progress_chart
from exports.workbook.text_size import lines_needed, row_points

SHEET_NAME = "Udvikling over besøg"

_TYPE_WIDTH = 50
_VISIT_WIDTH = 14


def write_progress_sheet(book: Workbook, wardrobe: Wardrobe, plan: PlanSheet) -> None:
    """Write the sheet; without any grade it says so in words and has no chart."""
    sheet = book.create_sheet(SHEET_NAME)
    pen = Pen(sheet, wardrobe)
    row = write_top_lines(pen, plan, f"{plan.title}: udvikling over besøg")
    set_paper(sheet, pages_high=1)
    sheet.column_dimensions["A"].width = _TYPE_WIDTH
    types = plan.graded_types()
    if not types:
        pen.text(row, 1, "Ingen mål er vurderet endnu. Tallene kommer, når der er vurderinger fra et besøg.", SUBTITLE)
        return
    pen.text(row, 1, f"Gennemsnit af de vurderede mål, hvor {scale_in_words(plan.scale)}.", SUBTITLE)
    pen.text(row + 1, 1, "Et tomt felt betyder, at ingen mål af den type blev vurderet ved besøget.", SUBTITLE)
    table = GradeTable(header=row + 2, types=len(types), visits=len(plan.visits))
    _write_table(pen, plan, types, table)
    sheet.freeze_panes = f"B{table.header + 1}"
    add_progress_chart(sheet, plan, table)


def scale_in_words(scale: tuple[str, ...]) -> str:
    """The points of a scale, e.g. “0 = Slet ikke, 1 = I mindre grad”."""
    return ", ".join(f"{points} = {label}" for points, label in enumerate(reversed(scale)))


def _write_table(pen: Pen, plan: PlanSheet, types: tuple[str, ...], table: GradeTable) -> None:
    pen.text(table.header, 1, "Måltype", COLUMN_HEADING)
    pen.sheet.row_dimensions[table.header].height = 24.0
    for column, visit in enumerate(plan.visits, start=2):
        pen.day(table.header, column, visit.date, DATE_HEADING)
        pen.sheet.column_dimensions[get_column_letter(column)].width = _VISIT_WIDTH
    for row, goal_type in enumerate(types, start=table.header + 1):
        pen.text(row, 1, goal_type, ROW_NAME)
        pen.sheet.row_dimensions[row].height = row_points(lines_needed(goal_type, _TYPE_WIDTH))
        for column, visit in enumerate(plan.visits, start=2):
            pen.number(row, column, plan.mean_grade(visit, goal_type), MEAN)
