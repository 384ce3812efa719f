"""The goals of a workbook that came home, row by row, wherever its rows and columns have been moved to meanwhile.

Whatever else it says, and we did not write, is handed on: no word that somebody wrote gets lost unseen.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from exports.workbook import goal_sheet, long_texts
from exports.workbook.cells import Part, Sheet, sheets_of
from exports.workbook.own_words import OwnWords
from exports.workbook.read_beside import Table, around_the_cells, beside_in_rows, beside_the_goals, row_told
from exports.workbook.read_goals import FIELDS, ID, PlanRow, read_goal
from exports.workbook.read_long_texts import LongTexts, find_headings, read_long_texts

MOST_ROWS = 500
"""A plan with more goals than this is not one that people filled in."""


class NotAPlan(ValueError):
    """The workbook has no table of goals with their ids, or one beyond measure; the message is Danish."""


@dataclass(frozen=True)
class ReadPlan:
    """The rows that hold something, and all other words that are not as we wrote them, each with its place."""

    rows: tuple[PlanRow, ...]
    beside: tuple[str, ...]


def read_plan(part: Part, own: OwnWords) -> ReadPlan:
    """Read a workbook.

    Args:
        part: gives the parsed XML of a part by its name, None where there is none.
        own: what we wrote into it.

    Raises:
        NotAPlan: there is no such table; the message says what to do.
    """
    sheets = list(sheets_of(part))
    table = _table(sheets)
    others = [sheet for sheet in sheets if sheet is not table.sheet]
    long = next((sheet for sheet in others if sheet.name == long_texts.SHEET_NAME), None)
    texts = LongTexts({}, {}) if long is None else read_long_texts(long, own, FIELDS.values())
    beside = [words for sheet in sheets for words in around_the_cells(sheet, own)]
    beside += beside_the_goals(table, own)
    beside += (row_told(long, number, row) for number, row in texts.beside.items() if long is not None)
    beside += (words for sheet in others if sheet is not long for words in beside_in_rows(sheet, own))
    return ReadPlan(tuple(_goals(table, texts, own)), tuple(beside))


def _table(sheets: list[Sheet]) -> Table:
    for sheet in sorted(sheets, key=lambda sheet: sheet.name != goal_sheet.SHEET_NAME):
        header = find_headings(sheet, (FIELDS["wording"], ID))
        if header is not None:
            return Table(sheet, *header)
    raise NotAPlan(
        f"Regnearket har ingen tabel med kolonnerne “{FIELDS['wording']}” og “{ID}”. "
        f"Hent planen igen, og skriv i den uden at slette kolonner."
    )


def _goals(table: Table, texts: LongTexts, own: OwnWords) -> Iterator[PlanRow]:
    below = {number: row for number, row in table.sheet.rows.items() if number > table.top}
    if len(below) > MOST_ROWS:
        raise NotAPlan(f"Regnearket har mere end {MOST_ROWS} rækker. Hent planen igen, og skriv målene i den.")
    for number, row in below.items():
        goal = read_goal(row, table.columns, texts.whole, own, f"{table.sheet.name}, række {number}")
        if goal.says_something:
            yield goal
