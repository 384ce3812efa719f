"""Words in the sheets of a workbook that came home that are neither ours nor read back as somebody's answer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exports.workbook import goal_sheet
from exports.workbook.cell_words import Words
from exports.workbook.cells import Row, Sheet
from exports.workbook.own_words import OwnWords
from exports.workbook.read_goals import FIELDS, ID
from exports.workbook.read_long_texts import is_own

_OUR_COLUMNS = tuple(column.heading for column in goal_sheet.COLUMNS)
_NOT_READ_BACK = tuple(heading for heading in _OUR_COLUMNS if heading not in FIELDS.values())
_EMPTIED = "[slettet]"
_NAMED_BY_THE_PROGRAM = re.compile("(?:Ark|Sheet|Tabelle|Feuil)[0-9]+")


@dataclass(frozen=True)
class Table:
    """The sheet that holds the goals, the number of its row of headings, and the column under each heading."""

    sheet: Sheet
    top: int
    columns: Mapping[str, str]

    @property
    def ours(self) -> Mapping[str, str]:
        """Our own headings by the letters of their column."""
        return {self.columns[heading]: heading for heading in _OUR_COLUMNS if heading in self.columns}


def beside_the_goals(table: Table, own: OwnWords) -> Iterator[str]:
    """What stands above the table, right of it, and in those of its columns that are not read back."""
    for number, row in table.sheet.rows.items():
        in_our_columns = {letters: words for letters, words in row.items() if letters in table.ours}
        for letters, words in row.items():
            if letters not in in_our_columns:
                yield _told(table.sheet, f"{letters}{number}", words.told)
        if number > table.top:
            yield from _not_read_back(table, number, in_our_columns, own)
        elif in_our_columns and not is_own(in_our_columns, goal_sheet.SHEET_NAME, own):
            yield row_told(table.sheet, number, in_our_columns)


def _not_read_back(table: Table, number: int, row: Row, own: OwnWords) -> Iterator[str]:
    goal_id = row.get(table.columns[ID], Words()).told
    is_goal_of_ours = own.has_cell(goal_id, ID, goal_id)
    for letters, heading in table.ours.items():
        words = row.get(letters, Words())
        is_as_written = any(own.has_cell(goal_id, heading, text) for text in words.readings)
        if heading in _NOT_READ_BACK and not is_as_written and (words.told or is_goal_of_ours):
            yield _told(table.sheet, f"{letters}{number} ({heading})", words.told or _EMPTIED)


def beside_in_rows(sheet: Sheet, own: OwnWords) -> Iterator[str]:
    """The rows of a sheet without goals that are not as we wrote them."""
    return (row_told(sheet, number, row) for number, row in sheet.rows.items() if not is_own(row, sheet.name, own))


def around_the_cells(sheet: Sheet, own: OwnWords) -> Iterator[str]:
    """A name, a header or footer, and links that somebody gave a sheet."""
    if not (own.has_sheet(sheet.name) or _NAMED_BY_THE_PROGRAM.fullmatch(sheet.name)):
        yield f"Fanens navn: {sheet.name}"
    for margin in sheet.margins:
        if not own.has_line(margin):
            yield _told(sheet, "sidehoved eller sidefod", margin)
    for link in sheet.links:
        address = link.target.removeprefix("mailto:").rstrip("/")
        if address.casefold() not in sheet.cell(link.cell).told.casefold():
            yield _told(sheet, f"{link.cell}, link", link.target)


def row_told(sheet: Sheet, number: int, row: Row) -> str:
    """A row for a person to look at."""
    return _told(sheet, f"række {number}", " | ".join(words.told for words in row.values()))


def _told(sheet: Sheet, place: str, text: str) -> str:
    return f"{sheet.name}, {place}: {text}"
