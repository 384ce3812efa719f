"""What stands in a field and how it came there: every version with who, when and through what, and what changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Slot, Version, Visit
from pipeline.cases.record.word_changes import Segment, segments
from pipeline.cases.values import parse_value
from pipeline.danish import danish_moment
from pipeline.tool.definition import Choice, Field, Tool, label_of

CARRIED_OVER = "carried_over"
"""`through` of words that came along from the last visit."""

WEB = "web"
"""`through` of words that were typed on a page."""

PHONE = "phone"
"""`through` of words that an employee wrote down while somebody told them on the phone."""

SYSTEM = "system"
"""`by` of what no person did."""

_THROUGH = {
    WEB: "skrevet her",
    PHONE: "skrevet ned efter en samtale i telefonen",
    "pdf": "fra en udfyldt PDF-formular",
    "word": "fra en udfyldt Word-formular",
    "excel": "fra et udfyldt regneark",
    CARRIED_OVER: "taget med fra sidste besøg",
}


class State(StrEnum):
    """Three things that are not the same, and none of them is an answer of “no”."""

    NOT_ASKED = "not_asked"
    NOT_ANSWERED = "not_answered"
    ANSWERED = "answered"

    @property
    def in_words(self) -> str:
        """As a page shows it."""
        return _STATES[self]


_STATES = {
    State.NOT_ASKED: "Kommunen spørger ikke om det denne gang.",
    State.NOT_ANSWERED: "Ikke besvaret endnu.",
    State.ANSWERED: "Besvaret.",
}


@dataclass(frozen=True)
class PastVersion:
    """One version of an answer as a page shows it.

    Attributes:
        seq: what a save based on this version names.
        words: the answer in words; “no” is the answer “Nej”.
        taken_back: whether the answer was withdrawn with this version.
        changed: against the version before.
        headline: who, when and through what, in Danish.
    """

    seq: int
    at: datetime
    words: str
    taken_back: bool
    changed: tuple[Segment, ...]
    headline: str


def state_of(visit: Visit, key: str, voice: str = "") -> State:
    """What a field is: not asked, not answered or answered; by any voice, or by one."""
    if key in visit.left_out:
        return State.NOT_ASKED
    slots = [slot for slot in visit.answers if slot.key == key and voice in ("", slot.voice)]
    return State.ANSWERED if any(visit.current(slot) for slot in slots) else State.NOT_ANSWERED


def history_of(
    case: Case, visit: Visit, slot: Slot, tool: Tool, headline: Callable[[Case, Version], str] | None = None
) -> tuple[PastVersion, ...]:
    """Every version of an answer, oldest first, each with what changed; `headline` says who and when, if not we."""
    told = headline or headline_of
    shown: list[PastVersion] = []
    before = ""
    for version in visit.answers.get(slot, ()):
        words = words_of(slot.key, version.value, tool) if version.value is not None else ""
        taken_back = version.value is None
        changed = segments(before, words)
        shown.append(PastVersion(version.seq, version.at, words, taken_back, changed, told(case, version)))
        before = words
    return tuple(shown)


def words_of(key: str, value: Mapping[str, Any], tool: Tool) -> str:
    """An answer in words: a choice as its label and reason, a table line by line."""
    if key.startswith("goal/"):
        return _goal_words(value, tool.goals_field.choices)
    field = tool.find(key)
    return parse_value(value, field, _place(field)).as_text() if field else _plain(value)


def headline_of(case: Case, version: Version) -> str:
    """Who, when and through what, e.g. “Karen …, myndighedsrådgiver, 3. marts 2026 kl. 14.05, skrevet her”."""
    behalf = f" for {name_of(case, version.on_behalf_of)}" if version.on_behalf_of else ""
    through = _THROUGH.get(version.through, version.through)
    taken_back = ", svaret er taget tilbage" if version.value is None else ""
    return f"{name_of(case, version.by)}{behalf}, {danish_moment(version.at)}, {through}{taken_back}"


def name_of(case: Case, person_id: str) -> str:
    """Name and title of a person of the case, as people know them."""
    if person_id == SYSTEM:
        return "Systemet"
    person = case.people.get(person_id)
    return ", ".join(part for part in (person.name, person.title) if part) if person else "En medarbejder i kommunen"


def confirmed_on_the_phone(case: Case, who: str, by: str) -> str:
    """Whose answers were handed in on the phone, and who read them out and noted the yes."""
    return f"{name_of(case, who)} (læst op og bekræftet i telefonen, noteret af {name_of(case, by)})"


def _goal_words(value: Mapping[str, Any], grades: tuple[Choice, ...]) -> str:
    reason = str(value.get("text", ""))
    if "choice" not in value:
        return reason
    label = label_of(grades, value["choice"])
    return f"{label}. {reason}" if reason else label


def _place(field: Field) -> str:
    return field.heading or field.label


def _plain(value: Mapping[str, Any]) -> str:
    """A field that this edition does not have (another edition's): its words as they are."""
    return "\n".join(str(part) for part in value.values())
