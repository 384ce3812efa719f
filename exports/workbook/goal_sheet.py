"""The first sheet: the tids- og faseplan as a table that can be filtered, printed and filled in offline."""

from dataclasses import dataclass

from openpyxl.formatting.rule import Rule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from exports.workbook import long_texts
from exports.workbook.cell_text import fits_a_cell
from exports.workbook.choice_lists import drop_down
from exports.workbook.long_texts import LongText
from exports.workbook.looks import COLUMN_HEADING, OFFICIAL_HEADING, POINTER, UNWRITTEN, WRITTEN, Wardrobe, grade_look
from exports.workbook.page import set_paper, write_top_lines
from exports.workbook.pen import Pen
from exports.workbook.plan import GoalRow, OfficialHeadings, PlanSheet
from exports.workbook.text_size import MAX_LINES, lines_needed, row_points

SHEET_NAME = "Tids- og faseplan"
TABLE_NAME = "Maal"


@dataclass(frozen=True)
class Column:
    """A column of the table and its width in digits; together they make an A4 page at a readable size."""

    heading: str
    width: float


COLUMNS = (
    Column("1. Måltype", 26),
    Column("1. Mål", 36),
    Column("2. Fokus", 36),
    Column("3. Grad", 13),
    Column("3. Begrundelse", 40),
    Column("4. Nye mål", 36),
    Column("Kommer fra", 14),
    Column("Tidligere ordlyd", 30),
    Column("Læs videre", 22),
    Column("Mål-id", 12),
)
_BEFORE, _READ_ON, _ID = 8, 9, 10
_LAST_PRINTED = _READ_ON

_LEAST_ROWS = 12
_LEAST_SPARE_ROWS = 5
_LEAST_ROW_POINTS = 35.0
_OFFICIAL_LINE_POINTS = 13.0  # it is set a size smaller
_BEGINNING_CHARACTERS = 500

# From best to worst; pale enough for black text, told apart by lightness too where colours cannot be seen.
_GRADE_COLOURS = ("FFA9D18E", "FFE2EFDA", "FFFFF2CC", "FFF8CBAD")


class GoalSheet:
    """Writes the sheet row by row and gathers the texts that have to stand whole on “Lange tekster”."""

    def __init__(self, sheet: Worksheet, wardrobe: Wardrobe, plan: PlanSheet) -> None:
        self.too_long: list[LongText] = []
        self._plan = plan
        self._sheet = sheet
        self._sheet.title = SHEET_NAME
        self._pen = Pen(sheet, wardrobe)

    def write(self) -> None:
        """Write the whole sheet."""
        official = write_top_lines(self._pen, self._plan, self._plan.title)
        _write_official_headings(self._pen, official, self._plan.headings)
        header = official + 1
        self._write_column_headings(header)
        for row, goal in enumerate(self._plan.rows, start=header + 1):
            self._write_goal(row, goal)
        last = self._write_spare_rows(header)
        _add_table(self._sheet, header, last)
        self._add_choices(header + 1, last)
        self._set_view_and_print(header, last)

    def _write_column_headings(self, row: int) -> None:
        for number, column in enumerate(COLUMNS, start=1):
            self._pen.text(row, number, column.heading, COLUMN_HEADING)
            self._sheet.column_dimensions[get_column_letter(number)].width = column.width
        self._sheet.row_dimensions[row].height = 24.0

    def _write_goal(self, row: int, goal: GoalRow) -> None:
        texts = (
            goal.goal_type,
            goal.wording,
            goal.focus,
            goal.attainment,
            goal.reasons,
            goal.next_goals,
            goal.origin,
            goal.before,
        )
        pointers: list[str] = []
        most_lines = 1
        for number, text in enumerate(texts, start=1):
            column = COLUMNS[number - 1]
            lines = lines_needed(text, column.width)
            shown = text if lines <= MAX_LINES else self._pointed_at(goal, column, text, pointers)
            self._pen.text(row, number, shown, WRITTEN if shown else UNWRITTEN)
            most_lines = max(most_lines, lines)
        self._pen.text(row, _READ_ON, "\n".join(pointers), POINTER)
        self._pen.text(row, _ID, goal.id, WRITTEN)
        self._sheet.row_dimensions[row].height = row_points(most_lines, least=_LEAST_ROW_POINTS)

    def _pointed_at(self, goal: GoalRow, column: Column, text: str, pointers: list[str]) -> str:
        """Hand a text that cannot be seen whole on to “Lange tekster”, and return what its cell says."""
        self.too_long.append(LongText(goal.id, goal.goal_type, column.heading, text))
        place = f"“{long_texts.SHEET_NAME}” nr. {len(self.too_long)}"
        pointers.append(f"{column.heading}: hele teksten står på fanen {place}.")
        if fits_a_cell(text):
            return text
        length = f"{len(text):,}".replace(",", ".")
        beginning = text[:_BEGINNING_CHARACTERS]
        return f"{beginning} …\n\n[Teksten fortsætter. Alle {length} tegn står på fanen {place}.]"

    def _write_spare_rows(self, header: int) -> int:
        """Empty rows to fill in offline; they belong to the table, so that filter and print take them along."""
        first = header + 1 + len(self._plan.rows)
        last = max(first + _LEAST_SPARE_ROWS - 1, header + _LEAST_ROWS)
        for row in range(first, last + 1):
            for number in range(1, len(COLUMNS) + 1):
                self._pen.blank(row, number, UNWRITTEN)
            self._sheet.row_dimensions[row].height = _LEAST_ROW_POINTS
        return last

    def _add_choices(self, first: int, last: int) -> None:
        types, scale = self._plan.goal_types, self._plan.scale
        self._sheet.add_data_validation(drop_down("A", len(types), f"A{first}:A{last}", "en måltype"))
        self._sheet.add_data_validation(drop_down("B", len(scale), f"D{first}:D{last}", "en grad"))
        for label, colour in zip(scale, _colours(len(scale)), strict=True):
            escaped = label.replace('"', '""')
            rule = Rule(type="cellIs", operator="equal", formula=[f'"{escaped}"'], dxf=grade_look(colour))
            self._sheet.conditional_formatting.add(f"D{first}:D{last}", rule)

    def _set_view_and_print(self, header: int, last: int) -> None:
        sheet = self._sheet
        sheet.column_dimensions[get_column_letter(_ID)].hidden = True
        sheet.column_dimensions[get_column_letter(_BEFORE)].hidden = not any(row.before for row in self._plan.rows)
        sheet.column_dimensions[get_column_letter(_READ_ON)].hidden = not self.too_long
        sheet.freeze_panes = f"A{header + 1}"
        sheet.print_title_rows = f"1:{header}"
        sheet.print_area = f"A1:{get_column_letter(_LAST_PRINTED)}{last}"
        set_paper(sheet)


def _write_official_headings(pen: Pen, row: int, headings: OfficialHeadings) -> None:
    """The form's own words above the table, each over the columns that share it; merged only outside the table."""
    most_lines = 1
    for first, last, text in (
        (1, 2, headings.goals),
        (3, 3, headings.focus),
        (4, 5, headings.attainment),
        (6, 6, headings.next_goals),
    ):
        pen.text(row, first, text, OFFICIAL_HEADING)
        if last > first:
            pen.blank(row, last, OFFICIAL_HEADING)
            pen.sheet.merged_cells.add(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}")
        width = sum(column.width for column in COLUMNS[first - 1 : last])
        most_lines = max(most_lines, lines_needed(text, width * 1.1))
    pen.sheet.row_dimensions[row].height = most_lines * _OFFICIAL_LINE_POINTS + 4.0


def _add_table(sheet: Worksheet, header: int, last: int) -> None:
    ref = f"A{header}:{get_column_letter(len(COLUMNS))}{last}"
    table = Table(displayName=TABLE_NAME, name=TABLE_NAME, ref=ref)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)


def _colours(count: int) -> list[str]:
    """A colour for each grade of a scale of any length, the best and the worst always at the ends."""
    steps = max(count - 1, 1)
    return [_GRADE_COLOURS[round(index * (len(_GRADE_COLOURS) - 1) / steps)] for index in range(count)]
