"""How long each deadline is, from data with effective dates: by law where there is one, else as was chosen."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from pipeline.deadlines.calendar import DayOfYear, WorkingDays
from pipeline.deadlines.deadline import Deadline
from pipeline.errors import DefinitionError
from pipeline.toml_fault import line_of_fault

DEADLINES = Path(__file__).resolve().parents[2] / "templates_docx" / "ret" / "frister.toml"
HEARING, HEARING_REMINDER, MATERIAL, MATERIAL_REMINDER = "hearing", "hearing_reminder", "material", "material_reminder"
_KEYS = (HEARING, HEARING_REMINDER, MATERIAL, MATERIAL_REMINDER)
_LEAP_YEAR = 2024


class _Closed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    day: str
    name: str
    source: str


class _Length(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: Literal["hearing", "hearing_reminder", "material", "material_reminder"]
    valid_from: date
    days: int
    counts: Literal["working", "calendar"]
    verified: bool
    source: str


class Counting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How supervision visits are counted.

    Attributes:
        visits: so many are due in a year.
        year: which year counts in this municipality; pages tell both.
    """

    visits: int = 2
    year: Literal["calendar", "approval"] = "calendar"
    verified: bool = False
    source: str = ""


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    deadline: list[_Length]
    closed: list[_Closed] = []
    counting: Counting = Counting()


@dataclass(frozen=True)
class Deadlines:
    """The deadlines of an installation.

    Attributes:
        working_days: which days count.
        lengths: how long each is, from when on.
        counting: how many visits are due in which year.
    """

    working_days: WorkingDays
    lengths: tuple[_Length, ...]
    counting: Counting

    def hearing(self, sent: date) -> Deadline:
        """The last day of a hearing whose report was sent on a day."""
        return Deadline(self._after(sent, HEARING))

    def hearing_reminder(self, deadline: Deadline) -> date:
        """The day on which somebody who has not answered yet is reminded."""
        return self._before(deadline.day, HEARING_REMINDER)

    def material(self, visit_day: date) -> Deadline:
        """The last day for the family's material before a visit."""
        return Deadline(self._before(visit_day, MATERIAL))

    def material_reminder(self, deadline: Deadline) -> date:
        """The day on which a family whose material is missing is reminded."""
        return self._before(deadline.day, MATERIAL_REMINDER)

    def _after(self, day: date, key: str) -> date:
        length = self._length(key, day)
        is_working = length.counts == "working"
        return self.working_days.after(day, length.days) if is_working else day + timedelta(length.days)

    def _before(self, day: date, key: str) -> date:
        length = self._length(key, day)
        is_working = length.counts == "working"
        return self.working_days.before(day, length.days) if is_working else day - timedelta(length.days)

    def _length(self, key: str, on: date) -> _Length:
        known = [length for length in self.lengths if length.key == key and length.valid_from <= on]
        if not known:
            raise DefinitionError(f"Frister: “{key}” har ingen længde den {on.isoformat()}. Ret filen med frister.")
        return max(known, key=lambda length: length.valid_from)


@cache
def load_deadlines(path: Path = DEADLINES) -> Deadlines:
    """The deadlines as a file tells them.

    Raises:
        DefinitionError: the file is missing or wrong; the message names the place.
    """
    try:
        rules = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Rules)
    except OSError:
        raise DefinitionError(f"Filen {path.name} mangler. Ret indstillingen HJEMMETILSYN_DEADLINES.") from None
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{path.name}, {line_of_fault(error)}: filen er ikke gyldig TOML. Ret stedet.") from error
    except msgspec.ValidationError as error:
        raise DefinitionError(f"{path.name}: {error}. Ret stedet.") from error
    _check(rules, path.name)
    working_days = WorkingDays(frozenset(_day(one, path.name) for one in rules.closed))
    return Deadlines(working_days, tuple(rules.deadline), rules.counting)


def _check(rules: _Rules, name: str) -> None:
    if missing := [key for key in _KEYS if all(length.key != key for length in rules.deadline)]:
        raise DefinitionError(f"{name}: fristen “{missing[0]}” mangler. Tilføj den.")
    if wrong := [length for length in rules.deadline if length.days < 1]:
        raise DefinitionError(f"{name}: fristen “{wrong[0].key}” skal være mindst 1 dag. Ret tallet.")


def _day(closed: _Closed, name: str) -> DayOfYear:
    try:
        day = date.fromisoformat(f"{_LEAP_YEAR}-{closed.day}")
    except ValueError:
        raise DefinitionError(f"{name}: “{closed.day}” er ikke en dag skrevet som “12-24”. Ret den.") from None
    return DayOfYear(day.month, day.day)
