"""Answers that can be had without writing them again: last time's, and what the municipality knows already.

They are offered beside an empty field and taken only by a press. Then they stand in the form as a draft, to be read
through and saved like everything else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.cases.record.case import Case
from pipeline.cases.record.history import words_of
from pipeline.cases.record.parts import Slot, Visit
from pipeline.cases.record.people import Place
from pipeline.danish import danish_list
from pipeline.tool.definition import Field, Kind
from webforms.forms.kept_draft import Pair
from webforms.forms.section_at_hand import SectionAtHand
from webforms.inputs.controls import Control, Words
from webforms.inputs.section_form import Fill, SectionForm, only, section_form
from webforms.inputs.section_page import Drawable

AGAIN, ALL = "again", "all"
"""What the buttons say: take the offered answer of this field, or those of all fields of the page."""
_KNOWN = frozenset({"filled_in_on", "child_name", "child_cpr", "parents_names"})
"""Fields that the case knows the answer to."""
_NOT_AGAIN = (Kind.GOALS, Kind.DRAWN, Kind.DATE)


@dataclass(frozen=True)
class Offered:
    """An answer that can be taken.

    Attributes:
        value: as in the documents' JSON.
        said: what stands above it, e.g. “Sidst skrev I (6. maj 2026)”.
    """

    value: Mapping[str, Any]
    words: str
    said: str


def offered_answers(at_hand: SectionAtHand, form: Drawable, today: date) -> dict[str, Offered]:
    """By field of the open page what is offered; nothing where something is answered, typed or not asked."""
    if not at_hand.may_write:
        return {}
    known = _known(at_hand.case, today) if form.blank & _KNOWN else {}
    last = at_hand.case.visits.get(at_hand.visit.before)
    answered = {slot.key for slot in last.answers if slot.voice == at_hand.reader.voice} if last else set()
    keys = form.blank & (known.keys() | answered)
    found = {field.key: _offer(at_hand, field, known) for field in at_hand.section.fields if field.key in keys}
    return {key: one for key, one in found.items() if one}


def taken(at_hand: SectionAtHand, form: SectionForm, today: date) -> tuple[Pair, ...]:
    """What the press of a button puts into the form; words that stand there already stay, the others come after."""
    press = form.press
    if press is None or press.deed != AGAIN:
        return ()
    everything = {**_known(at_hand.case, today)}
    keys = at_hand.leaf.keys if press.which == ALL else (press.field,)
    fields = [field for field in at_hand.section.fields if field.key in keys and field.key in form]
    pairs: list[Pair] = []
    for field in fields:
        offer = _offer(at_hand, field, everything)
        if offer:
            pairs += _laid_in(at_hand, field, offer, form)
    return tuple(pairs)


def _laid_in(at_hand: SectionAtHand, field: Field, offer: Offered, form: SectionForm) -> Iterator[Pair]:
    old = section_form(
        at_hand.tool, only(at_hand.section, [field.key]), at_hand.law, at_hand.say, Fill({field.key: offer.value})
    )
    now = {control.name: control for control in form[field.key].controls()}
    for control in old[field.key].controls():
        yield control.name, _both(control, now.get(control.name))


def _both(old: Control, now: Control | None) -> str:
    if now is None or now.is_blank:
        return old.typed
    is_other = isinstance(now, Words) and old.typed.strip() and old.typed.strip() not in now.typed
    return f"{now.typed}\n\n{old.typed}" if is_other else now.typed


def _offer(at_hand: SectionAtHand, field: Field, known: Mapping[str, Mapping[str, Any]]) -> Offered | None:
    if field.key in known:
        return _known_one(at_hand, field, known[field.key])
    last = at_hand.case.visits.get(at_hand.visit.before)
    return _last_time(at_hand, field, last) if last else None


def _last_time(at_hand: SectionAtHand, field: Field, last: Visit) -> Offered | None:
    current = last.current(Slot(field.key, at_hand.reader.voice))
    if current is None or field.kind in _NOT_AGAIN:
        return None
    value = current.value or {}
    when = at_hand.say.day(last.day) if last.day else str(last.number)
    return Offered(value, words_of(field.key, value, at_hand.tool), at_hand.say("forms.last_time", when=when))


def _known_one(at_hand: SectionAtHand, field: Field, value: Mapping[str, Any]) -> Offered:
    said = at_hand.say("forms.today" if "date" in value else "forms.known")
    return Offered(value, words_of(field.key, value, at_hand.tool), said)


def _known(case: Case, today: date) -> dict[str, Mapping[str, Any]]:
    """What the case knows of the fields that ask for it, whatever voice answers; contact data are not among them."""
    child, parents = case.child, _parents(case, today)
    known: dict[str, Mapping[str, Any]] = {"filled_in_on": {"date": today.isoformat()}}
    if child:
        known["child_name"] = {"text": child.name}
    if child and child.cpr:
        known["child_cpr"] = {"text": f"{child.cpr[:6]}-{child.cpr[6:]}"}
    if parents:
        known["parents_names"] = {"text": danish_list(parents)}
    return known


def _parents(case: Case, today: date) -> list[str]:
    standings = case.standings_on(today, Place.PARENTAL_AUTHORITY, Place.TRAINING_PARENT)
    return list(dict.fromkeys(case.people[s.person_id].name for s in standings if s.person_id in case.people))
