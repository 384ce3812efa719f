"""Lines of a form, such as goals and agreements, found again in a case where lines came or went meanwhile.

Slots are numbered by position. A goal is known again by the mark of its id, a line of another table by what all its
cells held when the form was handed out; what is written on a line must never land on another one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.errors import UnreadableFile
from pipeline.offline.passport import Passport, digest
from pipeline.offline.slots import Slot

MOST_ROWS = 500
"""A form with more lines than this is not one that people filled in."""

_CELL = re.compile(r"(?P<table>[a-z0-9_]+)\.(?P<number>[1-9][0-9]{0,2})\.(?P<column>[a-z0-9_]+)")
_GOAL_GONE = "Målet findes ikke længere i sagen. Se, om teksten hører til et andet mål, eller lad den ligge."
_LINE_GONE = "Linjen er ændret eller slettet i sagen, siden formularen blev hentet. Se, hvor teksten hører til."

Identity = str | frozenset[tuple[str, str]] | None
"""What a line is known by; None for an empty one."""


@dataclass(frozen=True)
class LinedUp:
    """A form whose lines are numbered as the case now has them.

    Attributes:
        name_in_form: for each slot what it is called in the form itself.
        rows: how many lines each table must have to hold all.
        astray: slots of lines that the case no longer has as they were, and why.
    """

    passport: Passport
    incoming: Mapping[str, str]
    name_in_form: Mapping[str, str]
    rows: Mapping[str, int]
    astray: Mapping[str, str]


@dataclass(frozen=True)
class _Table:
    """One table in the form and in the case: the lines of each by number, with what they are known by."""

    form: Mapping[int, Identity]
    case: Mapping[int, Identity]


def line_up(passport: Passport, incoming: Mapping[str, str], slots: Iterable[Slot], goals_key: str,
            goals: tuple[str, ...]) -> LinedUp:  # fmt: skip
    """Number the form's lines as the case now has them.

    Args:
        passport: of the form.
        incoming: what the form says, by slot.
        slots: of the case as it is now.
        goals_key: which table holds the goals.
        goals: the marks of the case's goals, in its order.

    Raises:
        UnreadableFile: there are more lines than anybody writes.
    """
    in_form = _identities(passport.base, passport.goals, goals_key, [*passport.base, *incoming])
    marks = goals if passport.goals else ()  # a form that names no goals is lined up by what their lines held
    in_case = _identities({slot.name: digest(slot.value) for slot in slots}, marks, goals_key)
    new_number: dict[tuple[str, int], int] = {}
    astray: dict[tuple[str, int], str] = {}
    for key, form in in_form.items():
        gone = _GOAL_GONE if key == goals_key and passport.goals else _LINE_GONE
        placed, lost = _place(_Table(form, in_case.get(key, {})))
        new_number.update({(key, old): new for old, new in placed.items()})
        astray.update({(key, old): gone for old in lost})
    return _renamed(passport, incoming, new_number, astray)


def _identities(
    base: Mapping[str, str], goals: tuple[str, ...], goals_key: str, names: Iterable[str] = ()
) -> dict[str, dict[int, Identity]]:
    cells: dict[str, dict[int, set[tuple[str, str]]]] = {}
    for name in dict.fromkeys([*base, *names]):
        if (cell := _CELL.fullmatch(name)) and int(cell["number"]) <= MOST_ROWS:
            row = cells.setdefault(cell["table"], {}).setdefault(int(cell["number"]), set())
            row.update({(cell["column"], base[name])} if base.get(name) else ())
    found: dict[str, dict[int, Identity]] = {
        key: {number: frozenset(row) or None for number, row in rows.items()} for key, rows in cells.items()
    }
    if goals_key in found:
        found[goals_key].update(enumerate(goals, start=1))
    return found


def _place(table: _Table) -> tuple[dict[int, int], list[int]]:
    """The new number of each line of the form, and those that the case no longer has as they were."""
    placed = dict(_found_again(table))
    taken = {number for number, identity in table.case.items() if identity is not None} | set(placed.values())
    lost = [number for number, identity in table.form.items() if identity is not None and number not in placed]
    for number in sorted(number for number, identity in table.form.items() if identity is None):
        placed[number] = _first_free(number, taken)
        taken.add(placed[number])
    claimed = set(placed.values())
    for number in lost:
        stays = isinstance(table.form[number], frozenset) and number in table.case and number not in claimed
        placed[number] = number if stays else _first_free(max(*taken, *table.form) + 1, taken)
        taken.add(placed[number])
    return placed, lost


def _found_again(table: _Table) -> Iterator[tuple[int, int]]:
    free = {number: identity for number, identity in table.case.items() if identity is not None}
    known = {number: identity for number, identity in table.form.items() if identity is not None}
    at_home = [number for number, identity in known.items() if free.get(number) == identity]
    for number in at_home:
        del free[number]
        yield number, number
    for number in sorted(known.keys() - set(at_home)):
        found = next((n for n in sorted(free) if free[n] == known[number]), None)
        if found is not None:
            del free[found]
            yield number, found


def _first_free(number: int, taken: set[int]) -> int:
    while number in taken:
        number += 1
    return number


def _renamed(
    passport: Passport,
    incoming: Mapping[str, str],
    new_number: Mapping[tuple[str, int], int],
    astray: Mapping[tuple[str, int], str],
) -> LinedUp:
    names: dict[str, str] = {}
    why: dict[str, str] = {}
    rows: dict[str, int] = {}
    for name in dict.fromkeys([*passport.base, *incoming]):
        names[name] = name
        cell = _CELL.fullmatch(name)
        if cell and (line := (cell["table"], int(cell["number"]))) in new_number:
            names[name] = f"{cell['table']}.{new_number[line]}.{cell['column']}"
            rows[cell["table"]] = max(rows.get(cell["table"], 0), new_number[line])
            why |= {names[name]: astray[line]} if line in astray else {}
    base = {names[name]: mark for name, mark in passport.base.items()}
    words = {names[name]: word for name, word in incoming.items()}
    if len(set(names.values())) != len(names):
        raise UnreadableFile("Formularen har flere linjer, end der er plads til. Skriv svarene ind i sagen.")
    return LinedUp(replace(passport, base=base), words, {new: old for old, new in names.items()}, rows, why)
