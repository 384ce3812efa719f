"""A table: a real one on a wide screen, a card for each row on a phone; rows come and go by buttons of the form."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from webforms.design.page import Problem
from webforms.inputs.base import PRESS, Input, Value
from webforms.inputs.controls import Control, Posted, control_for

MOST_ROWS = 200
"""More rows than anybody writes; a longer post is not from our page."""
ADD, REMOVE = "add", "remove"


class Row:
    """One row.

    Args:
        number: from 1; part of the controls' names.
        controls: one for each column.
    """

    def __init__(self, number: int, controls: tuple[Control, ...]) -> None:
        self.number, self.controls = number, controls
        self.is_new = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written in it."""
        return all(control.is_blank for control in self.controls)


class TableInput(Input):
    """Rows of cells."""

    template = "table"

    def build(self) -> None:
        """The stored rows, or one to begin with."""
        stored = (self.asking.answers.get(self.asked.key) or {}).get("rows", [])
        self.rows = [self._row(number, cells) for number, cells in enumerate(stored or [{}], start=1)]
        self.rearranged = False

    def controls(self) -> Iterable[Control]:
        """Row by row."""
        return [control for row in self.rows for control in row.controls]

    def values(self) -> dict[str, Value]:
        """The rows in which something was written."""
        rows = [self._cells(row) for row in self.rows if not row.is_blank]
        return {self.asked.key: {"rows": rows} if rows else None}

    def take(self, posted: Posted) -> None:
        """As many rows as the browser sent, then the press of a button for rows."""
        sent = self._sent(posted)
        if sent:
            self.rows = [self._row(number, {}) for number in sent]
        super().take(posted)
        self._press(posted.get(PRESS, ""))

    def check_answered(self) -> tuple[Problem, ...]:
        """A table that must be answered says so in its own name, not in that of its first cell."""
        if self.values()[self.asked.key] is not None:
            return ()
        first = self.rows[0].controls[0]
        return (first.refuse(self.asking.say("inputs.required", label=self.asked.label)),)

    def _sent(self, posted: Posted) -> list[int]:
        name = re.compile(rf"{re.escape(self.name)}\.([1-9][0-9]{{0,2}})\.[a-z_]+")
        numbers = {int(found.group(1)) for key in posted if (found := name.fullmatch(key))}
        return sorted(number for number in numbers if number <= MOST_ROWS)

    def _press(self, pressed: str) -> None:
        if pressed == f"{self.name}.{ADD}" and len(self.rows) < MOST_ROWS:
            new = self._row(self.rows[-1].number + 1 if self.rows else 1, {})
            new.is_new = self.rearranged = True
            self.rows.append(new)
        for row in [row for row in self.rows if pressed == f"{self.name}.{REMOVE}.{row.number}"]:
            self.rows.remove(row)
            self.rearranged = True
        if self.rearranged:
            self._number_anew()

    def _number_anew(self) -> None:
        kept = self.rows or [self._row(1, {})]
        self.rows = []
        for number, old in enumerate(kept, start=1):
            row = self._row(number, {})
            row.is_new = old.is_new
            for control, before in zip(row.controls, old.controls, strict=True):
                control.typed = before.typed
            self.rows.append(row)

    def _row(self, number: int, cells: Mapping[str, Any]) -> Row:
        row = Row(number, tuple(self._control(number, index) for index in range(len(self.asked.columns))))
        for column, control in zip(self.asked.columns, row.controls, strict=True):
            control.show(str(cells.get(column.key, "")))
        return row

    def _control(self, number: int, index: int) -> Control:
        column, say = self.asked.columns[index], self.asking.say
        called = self.asking.explained.columns.get(column.key) or column.label
        label = say("inputs.cell", column=called, row=number)
        return control_for(column, f"{self.name}.{number}.{column.key}", label, say, self.asking.explained.choices)

    def _cells(self, row: Row) -> dict[str, str]:
        read = {column.key: control.read() for column, control in zip(self.asked.columns, row.controls, strict=True)}
        return {key: value for key, value in read.items() if value}
