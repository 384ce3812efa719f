"""The rows of an Excel plan that came home, as slots: which goal each is, and which of its words hold."""

import re
from collections.abc import Iterable, Iterator

from exports.workbook import FIELDS, PlanCell, PlanRow, ReadPlan, Words
from pipeline.offline.passport import Passport, digest
from pipeline.offline.slot_values import SLOT_OF
from pipeline.offline.slots import OUTSIDE

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
        self._beside: list[str] = []

    def slots_of(self, plan: ReadPlan) -> dict[str, str]:
        self._beside += plan.beside
        slots = self._spare()
        for number, row in self._numbered(plan.rows):
            self._beside += self._uncertain(row, number)
            names = self._names(row, number).values()
            slots = {name: words for name, words in slots.items() if name not in names} | self._values(row, number)
        return slots | ({OUTSIDE: "\n".join(self._beside)} if self._beside else {})

    def _numbered(self, rows: Iterable[PlanRow]) -> Iterator[tuple[int, PlanRow]]:
        """The goals that the form was handed out with, then the new ones."""
        known: dict[int, list[PlanRow]] = {}
        new: list[PlanRow] = []
        for row in rows:
            number = self._goals.get(digest(row.id))
            known.setdefault(number, []).append(row) if number else new.append(row)
        for number, same in known.items():
            goal, others = self._told_apart(number, same)
            new += others
            if goal is None:
                self._beside += [words for row in same for words in self._all_words(row)]
            else:
                yield number, goal
        yield from enumerate(new, start=len(self._goals) + 1)

    def _told_apart(self, number: int, rows: list[PlanRow]) -> tuple[PlanRow | None, list[PlanRow]]:
        """The goal's own row among those with its id, and new goals: a copied row has the hidden id, too."""
        if len(rows) == 1:
            return rows[0], []
        untouched = [row for row in rows if self._is_untouched(row, number)]
        if not untouched:
            return None, []
        return untouched[0], [row for row in rows if row not in untouched]

    def _is_untouched(self, row: PlanRow, number: int) -> bool:
        values = self._values(row, number)
        return len(values) == len(row.cells) and all(
            digest(words) == self._base.get(name, "") for name, words in values.items()
        )

    def _values(self, row: PlanRow, number: int) -> dict[str, str]:
        values = {name: self._said(row, field, name) for field, name in self._names(row, number).items()}
        return {name: words for name, words in values.items() if words is not None}

    def _uncertain(self, row: PlanRow, number: int) -> Iterator[str]:
        """What stands in the fields that cannot be told, for a person to look at."""
        names = self._names(row, number)
        return (_told(row, field) for field in row.cells if self._said(row, field, names[field]) is None)

    def _all_words(self, row: PlanRow) -> Iterator[str]:
        return (_told(row, field) for field, one in row.cells.items() if not one.cell.is_empty)

    def _names(self, row: PlanRow, number: int) -> dict[str, str]:
        """The slot of each field."""
        return {field: f"{self._prefix}.{number}.{SLOT_OF[field]}" for field in row.cells}

    def _said(self, row: PlanRow, field: str, name: str) -> str | None:
        return said(row.cells[field], self._base.get(name, ""))

    def _spare(self) -> dict[str, str]:
        """The slots of rows that were left empty."""
        numbered = {name: _NUMBER.fullmatch(name) for name in self._base}
        return {name: "" for name, match in numbered.items() if match and int(match[1]) > len(self._goals)}


def _told(row: PlanRow, field: str) -> str:
    one = row.cells[field]
    words = [words.told for words in (one.cell, one.whole) if words is not None and words.told]
    return f"{row.place}, {FIELDS[field]}: {' / '.join(dict.fromkeys(words))}"


def said(one: PlanCell, base: str) -> str | None:
    """What a field of a goal says; None where that is uncertain.

    A long text stands twice: in the table, or its beginning, and on “Lange tekster”. What was changed holds.
    """
    cell, whole = _read(one.cell, base), None if one.whole is None else _read(one.whole, base)
    if one.is_beginning:
        return whole if one.as_written else None
    if one.whole is None or cell == whole:
        return cell
    if whole is not None and digest(whole) == base:
        return cell
    return whole if cell is not None and digest(cell) == base else None


def _read(words: Words, base: str) -> str | None:
    """What a cell says: as it was handed out, if it can be read so."""
    return words.literal if words.literal and digest(words.literal) == base else words.shown
