"""The sheet for texts that their cell cannot show, or hold: each of them whole, in parts of a page's height."""

from dataclasses import dataclass

from openpyxl.workbook import Workbook

from exports.workbook.looks import COLUMN_HEADING, WRITTEN, WRITTEN_CENTRED, Wardrobe
from exports.workbook.page import set_paper, write_top_lines
from exports.workbook.pen import Pen
from exports.workbook.plan import PlanSheet
from exports.workbook.text_size import MAX_LINES, lines_needed, row_points

SHEET_NAME = "Lange tekster"
HEADINGS = ("Nr.", "Måltype", "Kolonne", "Del", "Tekst", "Mål-id")

_TEXT_WIDTH = 110
_WIDTHS = (6, 26, 24, 9, _TEXT_WIDTH, 12)
_PART_LINES = MAX_LINES - 5
_PART_CHARACTERS = 2_000


@dataclass(frozen=True)
class LongText:
    """A text that stands whole on this sheet, and where it belongs."""

    goal_id: str
    goal_type: str
    column: str
    text: str


def parts_of(text: str) -> list[str]:
    """A text in parts, each low enough to be seen whole; joined they are the text, to the last space."""
    parts = []
    start = 0
    while start < len(text):
        end = _end_of_part(text, start)
        parts.append(text[start:end])
        start = end
    return parts


def write_long_texts(book: Workbook, wardrobe: Wardrobe, plan: PlanSheet, texts: list[LongText]) -> None:
    """Write the sheet: one row a part, numbered as the pointers on the plan say."""
    sheet = book.create_sheet(SHEET_NAME)
    pen = Pen(sheet, wardrobe)
    header = write_top_lines(pen, plan, f"{plan.title}: lange tekster")
    for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True), start=1):
        pen.text(header, column, heading, COLUMN_HEADING)
        sheet.column_dimensions["ABCDEF"[column - 1]].width = width
    sheet.column_dimensions["F"].hidden = True
    row = header + 1
    for number, long_text in enumerate(texts, start=1):
        row = _write_parts(pen, row, number, long_text)
    sheet.freeze_panes = f"A{header + 1}"
    sheet.print_title_rows = f"1:{header}"
    sheet.print_area = f"A1:E{row - 1}"
    set_paper(sheet)


def _write_parts(pen: Pen, row: int, number: int, long_text: LongText) -> int:
    parts = parts_of(long_text.text)
    for index, part in enumerate(parts, start=1):
        pen.text(row, 1, str(number), WRITTEN_CENTRED)
        pen.text(row, 2, long_text.goal_type, WRITTEN)
        pen.text(row, 3, long_text.column, WRITTEN)
        pen.text(row, 4, f"{index} af {len(parts)}", WRITTEN_CENTRED)
        pen.text(row, 5, part, WRITTEN)
        pen.text(row, 6, long_text.goal_id, WRITTEN)
        pen.sheet.row_dimensions[row].height = row_points(lines_needed(part, _TEXT_WIDTH), least=35.0)
        row += 1
    return row


def _end_of_part(text: str, start: int) -> int:
    """Where the part ends: after the last word that fits, or after the last character where there is no space."""
    end = start + _PART_CHARACTERS
    while lines_needed(text[start:end], _TEXT_WIDTH) > _PART_LINES:
        end = start + (min(end, len(text)) - start) * 4 // 5
    if end >= len(text):
        return len(text)
    after_a_break = max(text.rfind(" ", start, end), text.rfind("\n", start, end)) + 1
    return after_a_break if after_a_break > start else end
