"""Who has read and written in the case, from the audit log; a line for each person, deed and day."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.audit.chain import Entry
from pipeline.cases.record.case import Case
from pipeline.cases.record.extracts import Seen
from pipeline.danish import COPENHAGEN, danish_date
from pipeline.journey.workflow import STEPS
from pipeline.store.employees import Employees
from webforms.design.words import Speaker
from webforms.identity.access import TABLE

_SYSTEM = "system"
_OF_THE_JOURNEY = "journey."


@dataclass(frozen=True)
class LookedLine:
    """What somebody did on a day, how often."""

    day: str
    who: str
    what: str
    times: int
    was_refused: bool


@dataclass(frozen=True)
class _Key:
    day: str
    actor: str
    action: str
    was_refused: bool


def looked(entries: Iterable[Entry], case: Case, employees: Employees, say: Speaker) -> tuple[LookedLine, ...]:
    """The lines of the log on a case, the newest first."""
    counted: dict[_Key, int] = {}
    for entry in entries:
        day = danish_date(entry.moment.astimezone(COPENHAGEN).date())
        key = _Key(day, entry.actor, entry.action, entry.outcome.startswith("refused"))
        counted[key] = counted.pop(key, 0) + 1
    names = _Names(case, employees, say)
    newest_first = reversed(counted.items())
    return tuple(
        LookedLine(key.day, names.of(key.actor), meaning(key.action, say), times, key.was_refused)
        for key, times in newest_first
    )


def seen(entries: Iterable[Entry], case: Case, say: Speaker) -> tuple[Seen, ...]:
    """The same for an extract that is handed out: employees by what they are, not by name."""
    once: dict[tuple[object, str, str], Seen] = {}
    for entry in entries:
        if entry.outcome.startswith("refused"):
            continue
        day = entry.moment.astimezone(COPENHAGEN).date()
        what = meaning(entry.action, say)
        by_whom = _in_what_capacity(case, entry.actor, say)
        once.setdefault((day, by_whom, what), Seen(day, by_whom, f"({what[:1].lower()}{what[1:]})"))
    return tuple(once.values())


def meaning(action: str, say: Speaker) -> str:
    """An action in words; a task of the program's own is a step of the journey, or told by its code."""
    if action in TABLE:
        return TABLE[action].meaning
    if not action.startswith(_OF_THE_JOURNEY):
        return say("caseworkers.looked.other", code=action)
    step = action.removeprefix(_OF_THE_JOURNEY)
    return say(f"caseworkers.looked.step.{step}" if step in STEPS else "caseworkers.looked.goes_on")


class _Names:
    """Finds each name once."""

    def __init__(self, case: Case, employees: Employees, say: Speaker) -> None:
        self._case, self._employees, self._say = case, employees, say
        self._known: dict[str, str] = {}

    def of(self, actor: str) -> str:
        """Who somebody is."""
        if actor not in self._known:
            self._known[actor] = self._find(actor)
        return self._known[actor]

    def _find(self, actor: str) -> str:
        if actor == _SYSTEM:
            return self._say("caseworkers.looked.system")
        person = self._case.people.get(actor)
        if person:
            return person.name
        known = self._employees.with_id(actor)
        return known.employee.name if known else self._say("caseworkers.looked.stranger")


def _in_what_capacity(case: Case, actor: str, say: Speaker) -> str:
    if actor == _SYSTEM:
        return say("caseworkers.looked.system")
    is_municipal = any(s.place.is_municipal for s in case.standings.values() if s.person_id == actor)
    if actor in case.people and not is_municipal:
        return case.people[actor].name
    return say("caseworkers.looked.employee")
