"""The goals of a workbook that came home, row by row, wherever its rows and columns have been moved to meanwhile."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exports.workbook import goal_sheet, long_texts
from exports.workbook.cells import Part, Row, Sheet, Words, sheets_of
from exports.workbook.goal_sheet import COLUMNS

MOST_ROWS = 500
"""A plan with more goals than this is not one that people filled in."""

FIELDS: Mapping[str, str] = {
    "goal_type": "1. Måltype",
    "wording": "1. Mål",
    "focus": "2. Fokus",
    "attainment": "3. Grad",
    "reasons": "3. Begrundelse",
    "next_goals": "4. Nye mål",
}
"""The fields of a goal that can be filled in, and the headings of their columns."""

_ID = "Mål-id"
_HEADINGS = frozenset(column.heading for column in COLUMNS)
_OF_A_PART = (_ID, "Kolonne", "Del", "Tekst")
_PART_OF = re.compile("([1-9][0-9]{0,3}) af ([1-9][0-9]{0,3})")
_CONTINUED = re.compile(r"(?s:(.*)) …\n\n\[Teksten fortsætter\. Alle [0-9.]+ tegn står på fanen “[^”]*” nr\. \d+\.\]")


class NotAPlan(ValueError):
    """The workbook has no table of goals with their ids, or one beyond measure; the message is Danish."""


@dataclass(frozen=True)
class PlanCell:
    """One field of a goal.

    Attributes:
        cell: what the table says.
        whole: what “Lange tekster” says, None where nothing of it stands there.
        beginning: the start of the text, where the table shows only that and refers to “Lange tekster”; else None.
    """

    cell: Words
    whole: Words | None = None
    beginning: str | None = None


@dataclass(frozen=True)
class PlanRow:
    """One goal; a field is missing where its column is. `id` is “” for a goal that was added."""

    id: str
    cells: Mapping[str, PlanCell]

    @property
    def says_something(self) -> bool:
        """Whether it is a goal and not a row that was left empty."""
        return bool(self.id) or any(not one.cell.is_empty for one in self.cells.values())


@dataclass(frozen=True)
class ReadPlan:
    """The rows that hold something, and words that stand beside the table's own cells."""

    rows: tuple[PlanRow, ...]
    beside: tuple[str, ...]


def read_plan(part: Part) -> ReadPlan:
    """Read the goals of a workbook.

    Args:
        part: gives the parsed XML of a part by its name, None where there is none.

    Raises:
        NotAPlan: there is no such table; the message says what to do.
    """
    sheets = {sheet.name: sheet for sheet in sheets_of(part)}
    for sheet in _likeliest_first(sheets):
        header = _find(sheet, (FIELDS["wording"], _ID))
        if header is not None:
            return _plan(sheet, header, _whole_texts(sheets.get(long_texts.SHEET_NAME)))
    raise NotAPlan(
        f"Regnearket har ingen tabel med kolonnerne “{FIELDS['wording']}” og “{_ID}”. "
        f"Hent planen igen, og skriv i den uden at slette kolonner."
    )


def _likeliest_first(sheets: Mapping[str, Sheet]) -> list[Sheet]:
    return sorted(sheets.values(), key=lambda sheet: sheet.name != goal_sheet.SHEET_NAME)


def _find(sheet: Sheet, headings: Iterable[str]) -> tuple[int, dict[str, str]] | None:
    """The number of the row that holds all these headings, and the letters of the column under each."""
    for number, row in sheet.rows.items():
        columns = {words.shown: letters for letters, words in row.items() if words.shown}
        if all(heading in columns for heading in headings):
            return number, columns
    return None


def _plan(sheet: Sheet, header: tuple[int, dict[str, str]], whole: Mapping[tuple[str, str], Words]) -> ReadPlan:
    top, columns = header
    ours = {columns[heading] for heading in _HEADINGS & columns.keys()}
    below = [row for number, row in sheet.rows.items() if number > top]
    if len(below) > MOST_ROWS:
        raise NotAPlan(f"Regnearket har mere end {MOST_ROWS} rækker. Hent planen igen, og skriv målene i den.")
    goals = [_goal(row, columns, whole) for row in below]
    beside = [words.shown or "" for row in sheet.rows.values() for at, words in row.items() if at not in ours]
    return ReadPlan(tuple(goal for goal in goals if goal.says_something), tuple(text for text in beside if text))


def _goal(row: Row, columns: Mapping[str, str], whole: Mapping[tuple[str, str], Words]) -> PlanRow:
    goal_id = row.get(columns[_ID], Words()).shown or ""
    cells = {
        field: _cell(row.get(columns[heading], Words()), whole.get((goal_id, heading)) if goal_id else None)
        for field, heading in FIELDS.items()
        if heading in columns
    }
    return PlanRow(goal_id, cells)


def _cell(cell: Words, whole: Words | None) -> PlanCell:
    continued = _CONTINUED.fullmatch(cell.shown or "")
    return PlanCell(cell, whole, continued[1] if continued else None)


def _whole_texts(sheet: Sheet | None) -> dict[tuple[str, str], Words]:
    """The texts of “Lange tekster” by goal and column; one that has lost a part cannot be told."""
    header = None if sheet is None else _find(sheet, long_texts.HEADINGS)
    if sheet is None or header is None:
        return {}
    top, columns = header
    parts: dict[tuple[str, str], list[tuple[str, Words]]] = {}
    for number, row in sheet.rows.items():
        if number > top:
            goal_id, column, which, text = (row.get(columns[name], Words()) for name in _OF_A_PART)
            parts.setdefault((goal_id.shown or "", column.shown or ""), []).append((which.shown or "", text))
    return {place: _together(found) for place, found in parts.items()}


def _together(parts: list[tuple[str, Words]]) -> Words:
    numbered = [(match, words) for which, words in parts if (match := _PART_OF.fullmatch(which))]
    in_order = sorted((int(match[1]), words) for match, words in numbered)
    numbers = [number for number, _ in in_order]
    totals = {int(match[2]) for match, _ in numbered}
    if len(numbered) != len(parts) or totals != {len(parts)} or numbers != list(range(1, len(parts) + 1)):
        return Words(None)
    shown = [words.shown for _, words in in_order]
    literal = "".join(words.literal for _, words in in_order)
    return Words(None if None in shown else "".join(text or "" for text in shown), literal)
