"""The rows of an Excel plan that came home, as slots: which goal each is, and which of its words hold."""

import re
from collections.abc import Mapping

from exports.workbook import PlanCell, PlanRow, ReadPlan, Words
from pipeline.offline.passport import Passport, digest
from pipeline.offline.word_outside import OUTSIDE

SLOT_OF: Mapping[str, str] = {
    "goal_type": "goal_type",
    "wording": "wording",
    "focus": "focus",
    "attainment": "attainment",
    "reasons": "reason",
    "next_goals": "next",
}
"""The last name of the slot of each field of a row."""

_NUMBER = re.compile(r"[a-z0-9_]+\.([1-9][0-9]{0,3})\.[a-z0-9_]+")


def slots_of(plan: ReadPlan, passport: Passport) -> dict[str, str]:
    """What stands in each slot.

    Args:
        plan: the rows.
        passport: numbers the goals; rows with another id or none are new and get the numbers after them.
    """
    return _Numbering(passport).slots_of(plan)


class _Numbering:
    """Gives each row its number."""

    def __init__(self, passport: Passport) -> None:
        self._base = passport.base
        self._goals = {mark: number for number, mark in enumerate(passport.goals, start=1)}
        self._prefix = next(iter(passport.base), "").partition(".")[0]

    def slots_of(self, plan: ReadPlan) -> dict[str, str]:
        known: dict[int, list[PlanRow]] = {}
        new: list[PlanRow] = []
        beside = list(plan.beside)
        for row in plan.rows:
            number = self._goals.get(digest(row.id))
            known.setdefault(number, []).append(row) if number else new.append(row)
        slots: dict[str, str] = {}
        for number, rows in known.items():
            goal, others = self._told_apart(number, rows)
            if goal is None:
                beside += [words for row in rows for words in self._values(row, number).values() if words]
            else:
                slots |= self._values(goal, number)
                new += others
        for number, row in enumerate(new, start=len(self._goals) + 1):
            slots |= self._values(row, number)
        return self._spare() | slots | ({OUTSIDE: "\n".join(beside)} if beside else {})

    def _told_apart(self, number: int, rows: list[PlanRow]) -> tuple[PlanRow | None, list[PlanRow]]:
        """The goal's own row among those with its id, and new goals: a copied row has the hidden id, too."""
        if len(rows) == 1:
            return rows[0], []
        untouched = [row for row in rows if self._is_untouched(self._values(row, number))]
        if not untouched:
            return None, []
        return untouched[0], [row for row in rows if row not in untouched]

    def _is_untouched(self, values: Mapping[str, str]) -> bool:
        return all(digest(words) == self._base.get(name, "") for name, words in values.items())

    def _values(self, row: PlanRow, number: int) -> dict[str, str]:
        names = {field: f"{self._prefix}.{number}.{SLOT_OF[field]}" for field in row.cells}
        values = {names[field]: said(cell, self._base.get(names[field], "")) for field, cell in row.cells.items()}
        return {name: words for name, words in values.items() if words is not None}

    def _spare(self) -> dict[str, str]:
        """The slots of rows that were left empty."""
        numbered = {name: _NUMBER.fullmatch(name) for name in self._base}
        return {name: "" for name, match in numbered.items() if match and int(match[1]) > len(self._goals)}


def said(one: PlanCell, base: str) -> str | None:
    """What a field of a goal says; None where that is uncertain.

    A long text stands twice: in the table, or its beginning, and on “Lange tekster”. What was changed holds.
    """
    cell, whole = _read(one.cell, base), None if one.whole is None else _read(one.whole, base)
    if one.beginning is not None:
        was_changed_in_table = whole is not None and digest(whole) == base and not whole.startswith(one.beginning)
        return None if was_changed_in_table else whole
    if one.whole is None or cell == whole:
        return cell
    if whole is not None and digest(whole) == base:
        return cell
    return whole if cell is not None and digest(cell) == base else None


def _read(words: Words, base: str) -> str | None:
    """What a cell says: as it was handed out, if it can be read so."""
    return words.literal if words.literal and digest(words.literal) == base else words.shown
