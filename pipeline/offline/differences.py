"""A form that came home held against the case: field by field what is new, changed, unchanged, unreadable, in conflict.

Nothing is taken over here: a person looks and chooses.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from pipeline.cases.text_at_the_door import accept_text
from pipeline.errors import AnswersError
from pipeline.offline.passport import Passport, digest
from pipeline.offline.slot_values import form_date
from pipeline.offline.slots import OUTSIDE, Slot
from pipeline.tool.definition import Kind


class Status(StrEnum):
    """How a slot in the form stands to the case."""

    UNCHANGED = "unchanged"
    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"
    UNREADABLE = "unreadable"

    @property
    def in_words(self) -> str:
        """For people."""
        return _WORDS[self]


_WORDS = {
    Status.UNCHANGED: "uændret",
    Status.NEW: "nyt svar",
    Status.CHANGED: "ændret",
    Status.CONFLICT: "ændret begge steder",
    Status.UNREADABLE: "kan ikke læses",
}


@dataclass(frozen=True)
class Difference:
    """One slot: what the case holds now and what the form says.

    Attributes:
        why: for an unreadable or conflicting slot what is the matter and what to do, in Danish.
        name_in_form: under which name it stands in the form; another one where lines were added or removed meanwhile.
    """

    name: str
    label: str
    status: Status
    now: str
    incoming: str
    why: str = ""
    name_in_form: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "name": self.name,
            "name_in_form": self.name_in_form or self.name,
            "label": self.label,
            "status": self.status.value,
            "now": self.now,
            "incoming": self.incoming,
            "why": self.why,
        }


_NONE: Mapping[str, str] = MappingProxyType({})


def differences(
    slots: Iterable[Slot], passport: Passport, incoming: Mapping[str, str], astray: Mapping[str, str] = _NONE
) -> tuple[Difference, ...]:
    """Compare every slot of the form with the case as it is now; words in slots that are not known are reported too.

    Args:
        slots: of the whole tool, as the case is now.
        passport: what the form held when it was handed out.
        incoming: what the form holds now.
        astray: slots whose line the case no longer has as it was, and why; what is written there is a conflict.
    """
    known = {slot.name: slot for slot in slots}
    asked = dict.fromkeys([*passport.base, *incoming])
    found = (_difference(name, known.get(name), passport, incoming.get(name)) for name in asked)
    return tuple(_warned(difference, astray.get(difference.name, "")) for difference in found)


def _warned(difference: Difference, why: str) -> Difference:
    if why and difference.status in (Status.NEW, Status.CHANGED, Status.CONFLICT):
        return replace(difference, status=Status.CONFLICT, why=why)
    return difference


_BESIDE = "Se, om noget af det hører til i et felt, og skriv det ind der."
_UNKNOWN = "Feltet hører ikke til formularen. Flyt teksten til det rette felt."
_MISSING = (
    "Feltet mangler i filen, eller dets indhold kan ikke læses med sikkerhed. "
    "Se i filen, eller spørg den, der har udfyldt den."
)


def _difference(name: str, slot: Slot | None, passport: Passport, written: str | None) -> Difference:
    if slot is None:
        slot = Slot(name, name, name, Kind.LONG_TEXT, (), "")
        if name not in passport.base:
            return _unreadable(slot, written or "", _BESIDE if name == OUTSIDE else _UNKNOWN)
    if written is None:
        return _unreadable(slot, "", _MISSING)
    try:
        value = _cleaned(slot, written)
    except AnswersError as error:
        return _unreadable(slot, written, str(error))
    return _compared(slot, value, passport.base.get(name, ""))


_BOTH = "Svaret er også ændret i sagen, siden formularen blev hentet. Vælg det ene, eller saml dem."
_ALREADY = "Sagen har et svar, som ikke stod i formularen, da den blev hentet. Vælg det ene, eller saml dem."


def _compared(slot: Slot, value: str, base: str) -> Difference:
    if value == slot.value or digest(value) == base:
        return Difference(slot.name, slot.label, Status.UNCHANGED, slot.value, value)
    if digest(slot.value) != base:
        return Difference(slot.name, slot.label, Status.CONFLICT, slot.value, value, _BOTH if base else _ALREADY)
    status = Status.CHANGED if slot.value else Status.NEW
    return Difference(slot.name, slot.label, status, slot.value, value)


def _unreadable(slot: Slot, written: str, why: str) -> Difference:
    return Difference(slot.name, slot.label, Status.UNREADABLE, slot.value, written, why)


def _cleaned(slot: Slot, written: str) -> str:
    text = accept_text(written, f"“{slot.label}”")
    match slot.kind:
        case Kind.CHOICE if text:
            return _choice(slot, text)
        case Kind.DATE if text and text != slot.value:
            return _date(slot, text)
        case _:
            return text


def _choice(slot: Slot, text: str) -> str:
    by_word = {word.casefold(): choice.label for choice in slot.choices for word in (choice.label, choice.code)}
    found = by_word.get(text.strip().casefold())
    if found is None:
        labels = ", ".join(choice.label for choice in slot.choices)
        raise AnswersError(f"“{text[:60]}” er ikke en af mulighederne: {labels}. Vælg en af dem.")
    return found


_DANISH_DATE = re.compile(r"\s*(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})\s*")


def _date(slot: Slot, text: str) -> str:
    match = _DANISH_DATE.fullmatch(text)
    try:
        day = date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(text.strip())
    except ValueError:
        raise AnswersError(f"“{text[:60]}” er ikke en dato. Skriv den som 31.03.2026.") from None
    return form_date(day)
