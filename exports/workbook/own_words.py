"""What we wrote into a workbook ourselves, as short digests: on its return all other words are somebody's own.

A digest is of a whole row, of a cell of a goal, of a sheet's name, or of a line that stands in no cell; so a value that
was only swapped with its neighbour is not taken for ours. A number counts by its value, since every program writes it
down in its own way.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl.utils.datetime import to_excel
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.workbook import choice_lists, goal_sheet, long_texts, progress_sheet

_DIGEST_LENGTH = 8
_ID = "Mål-id"
_ROW, _CELL, _PART, _SHEET, _LINE = "row", "cell", "part", "sheet", "line"
_SHEETS = (goal_sheet.SHEET_NAME, progress_sheet.SHEET_NAME, long_texts.SHEET_NAME, choice_lists.SHEET_NAME)
_SHEETS_OF_WORDS = _SHEETS[:3]
_TEXT_IN_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"


@dataclass(frozen=True)
class OwnWords:
    """The digests of one workbook that we handed out."""

    marks: Collection[str] = frozenset()

    @classmethod
    def from_text(cls, text: str) -> "OwnWords":
        """As `as_text` put it."""
        return cls(frozenset(text.split(",")))

    def as_text(self) -> str:
        """As the file carries it."""
        return ",".join(sorted(self.marks))

    def has_row(self, sheet: str, texts: Iterable[str]) -> bool:
        """Whether we wrote such a row on that sheet; a sheet by another name may be a copy of any but the choices."""
        told = tuple(texts)
        names = (sheet,) if sheet in _SHEETS else _SHEETS_OF_WORDS
        return any(_mark(_ROW, name, *told) in self.marks for name in names)

    def has_cell(self, goal_id: str, heading: str, text: str) -> bool:
        """Whether we wrote that into the column of that goal."""
        return _mark(_CELL, goal_id, heading, text) in self.marks

    def has_part(self, texts: Iterable[str]) -> bool:
        """Whether we wrote such a row on “Lange tekster”, the text itself left out."""
        return _mark(_PART, *texts) in self.marks

    def has_sheet(self, name: str) -> bool:
        """Whether we gave a sheet that name."""
        return _mark(_SHEET, name) in self.marks

    def has_line(self, text: str) -> bool:
        """Whether we wrote that somewhere outside the cells."""
        return _mark(_LINE, on_one_line(text)) in self.marks


def on_one_line(text: str) -> str:
    """Words without the spaces and line breaks that programs put between them."""
    return " ".join(text.split())


def number_mark(value: float) -> str:
    """A number, as far as every program keeps it."""
    return f"#{value:.10g}"


def own_words(book: Workbook) -> OwnWords:
    """Everything that a workbook says, before it is written to a file."""
    return OwnWords(frozenset(_mark(*words) for words in _words(book)))


def _words(book: Workbook) -> Iterator[tuple[str, ...]]:
    yield _LINE, on_one_line(book.properties.title or "")
    for sheet in book.worksheets:
        rows = [[_text(cell.value) for cell in row] for row in sheet.iter_rows()]
        yield _SHEET, sheet.title
        yield from ((_ROW, sheet.title, *filter(None, row)) for row in rows)
        yield from ((_LINE, line) for line in _lines(sheet))
        if sheet.title == goal_sheet.SHEET_NAME:
            yield from _cells(rows)
        if sheet.title == long_texts.SHEET_NAME:
            at = long_texts.HEADINGS.index("Tekst")
            yield from ((_PART, *filter(None, row[:at] + row[at + 1 :])) for row in rows)


def _cells(rows: list[list[str]]) -> Iterator[tuple[str, ...]]:
    headings = [column.heading for column in goal_sheet.COLUMNS]
    for row in rows[rows.index(headings) + 1 :]:
        goal = dict(zip(headings, row, strict=True))
        yield from ((_CELL, goal[_ID], heading, text) for heading, text in goal.items() if goal[_ID])


def _lines(sheet: Worksheet) -> Iterator[str]:
    """What stands outside the cells: header, footer, charts."""
    margins: Any = sheet.HeaderFooter
    for margin in (margins.oddHeader, margins.oddFooter):
        yield from (on_one_line(part.text) for part in (margin.left, margin.center, margin.right) if part.text)
    charts: Any = sheet._charts  # type: ignore[attr-defined] # the stubs leave it out
    for chart in charts:
        yield from (on_one_line(text.text or "") for text in chart._write().iter(_TEXT_IN_DRAWING))
        yield from (on_one_line(chart.anchor.title), on_one_line(chart.anchor.description))


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case date():
            return number_mark(to_excel(value))  # type: ignore[no-untyped-call] # the stubs leave out its types
        case int() | float():
            return number_mark(value)
        case _:
            return str(value)


def _mark(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]
