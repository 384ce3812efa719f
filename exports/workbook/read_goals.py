"""One row of the table of goals in a workbook that came home."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from exports.workbook.cell_words import Words
from exports.workbook.cells import Row
from exports.workbook.own_words import OwnWords

FIELDS: Mapping[str, str] = {
    "goal_type": "1. Måltype",
    "wording": "1. Mål",
    "focus": "2. Fokus",
    "attainment": "3. Grad",
    "reasons": "3. Begrundelse",
    "next_goals": "4. Nye mål",
}
"""The fields of a goal that can be filled in, and the headings of their columns."""

ID = "Mål-id"
_CONTINUED = re.compile(r"(?s:(.*)) …\n\n\[Teksten fortsætter\. Alle [0-9.]+ tegn står på fanen “[^”]*” nr\. \d+\.\]")


@dataclass(frozen=True)
class PlanCell:
    """One field of a goal.

    Attributes:
        cell: what the table says.
        whole: what “Lange tekster” says, None where nothing of it stands there.
        is_beginning: whether the table shows only the start of the text and refers to “Lange tekster”.
        as_written: whether the table says what we wrote there.
    """

    cell: Words
    whole: Words | None = None
    is_beginning: bool = False
    as_written: bool = False


@dataclass(frozen=True)
class PlanRow:
    """One goal; a field is missing where its column is. `id` is “” for a goal that was added.

    Attributes:
        place: where it stands, in Danish.
    """

    id: str
    cells: Mapping[str, PlanCell]
    place: str = ""

    @property
    def says_something(self) -> bool:
        """Whether it is a goal and not a row that was left empty."""
        return bool(self.id) or any(not one.cell.is_empty for one in self.cells.values())


def read_goal(
    row: Row, columns: Mapping[str, str], whole: Mapping[tuple[str, str], Words], own: OwnWords, place: str
) -> PlanRow:
    """A row of the table.

    Args:
        row: its cells.
        columns: the letters of the column under each heading.
        whole: what “Lange tekster” says, by goal and heading.
        own: what we wrote.
        place: where the row stands.
    """
    goal_id = row.get(columns[ID], Words()).told
    cells = {
        field: _cell(goal_id, heading, row.get(columns[heading], Words()), whole, own)
        for field, heading in FIELDS.items()
        if heading in columns
    }
    return PlanRow(goal_id, cells, place)


def _cell(goal_id: str, heading: str, cell: Words, whole: Mapping[tuple[str, str], Words], own: OwnWords) -> PlanCell:
    as_written = any(own.has_cell(goal_id, heading, reading) for reading in cell.readings)
    is_beginning = _CONTINUED.fullmatch(cell.told) is not None
    return PlanCell(cell, whole.get((goal_id, heading)) if goal_id else None, is_beginning, as_written)
