"""Keeps a protected address, phone number and e-mail out of documents, and finds them in free text before dispatch.

A person may be protected (navne- og adressebeskyttelse) from the very parent whom the report is sent to. What the
tool's own contact fields say in that person's voice is replaced in every document; what somebody wrote in running
text cannot be replaced without changing their words, so it is found and shown to the caseworker.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.cases.answers import Answers, Attainment, GoalText
from pipeline.cases.record.case import Case
from pipeline.cases.record.people import CasePerson
from pipeline.cases.record.voices import members_of

CONTACT_FIELDS = frozenset({"email", "phone"})
"""Fields of the tool that ask how to reach the parents; keys of fields are never reused in a later edition."""

WITHHELD = "Kommunen har oplysningen."
"""Stands in documents where a protected person answered a contact field; that somebody is protected is not told."""

SHORTEST = 6
"""Characters; a street's name alone is looked for only if it is at least so long (“Ågade” would be found in much)."""

_NUMBERS = re.compile(r"\+?[0-9](?:[\s().\-–/]{0,2}[0-9])*")
# The first number after a letter: “10. Februars Vej 3, 2. tv.” is number 3.
_HOUSE_NUMBER = re.compile(r"(?<=[^\W\d_])[\W_]+([0-9]+)")
_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9])[^0-9a-z]+(?=[0-9])")
_FOLDED = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "ä": "ae", "ö": "oe", "ü": "u", "é": "e"})


@dataclass(frozen=True)
class Found:
    """A place where something protected stands in plain text.

    Attributes:
        place: key of a field, `goal/<id>/<column>`, or another part of the answers with its own: `approval/extent`.
        number: which contribution or entry there, from 1.
        what: `adresse`, `vej`, `telefonnummer` or `e-mail`; `vej` is a street's name alone and may be a coincidence.
        person_id: whose it is.
    """

    place: str
    number: int
    what: str
    person_id: str


def is_withheld(case: Case, key: str, voice: str) -> bool:
    """Whether an answer stays out of documents: a contact field in the voice of somebody who is protected."""
    return key in CONTACT_FIELDS and any(person.contact.protected for person in members_of(case, voice))


def protected_text_found(case: Case, answers: Answers) -> tuple[Found, ...]:
    """Every place of a document's answers where a protected person's address, phone number or e-mail stands."""
    hidden = [person for person in case.people.values() if person.contact.protected]
    return tuple(
        Found(place, number, what, person.id)
        for place, number, text in _texts(answers)
        for person in hidden
        for what in found_in(text, person)
    )


def found_in(text: str, person: CasePerson) -> tuple[str, ...]:
    """What of a person's contact a text tells, however it is spaced, cased or spelt (å or aa)."""
    contact = person.contact
    found = []
    if contact.address and (what := _address_in(_squashed(text), contact.address)):
        found.append(what)
    if contact.phone and any(_tells(number, contact.phone) for number in _NUMBERS.findall(text)):
        found.append("telefonnummer")
    if contact.email and _squashed(contact.email) in _squashed(text):
        found.append("e-mail")
    return tuple(found)


def _address_in(text: str, address: str) -> str:
    """The street with its number, wherever the rest of the address is; else the street alone."""
    first = address.replace("\n", ",").split(",")[0]
    house = _HOUSE_NUMBER.search(first)
    street = _squashed(first[: house.start()] if house else first)
    if house and re.search(re.escape(street + house.group(1)) + r"(?![0-9])", text):
        return "adresse"
    return "vej" if len(street) >= SHORTEST and street in text else ""


def _tells(written: str, phone: str) -> bool:
    """Whether digits hold a phone number; the country's code before it may be left out."""
    return any(number and number in _digits(written) for number in map(_without_country, _NUMBERS.findall(phone)))


def _without_country(number: str) -> str:
    digits = _digits(number)
    return digits[-8:] if len(digits) >= 8 else digits


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _squashed(text: str) -> str:
    """Letters and digits only, in one case and spelling; what parted two numbers is a bar, so that they stay two."""
    folded = unicodedata.normalize("NFC", text.casefold()).translate(_FOLDED)
    parted = _BETWEEN_NUMBERS.sub("|", folded)
    return "".join(character for character in parted if character.isalnum() or character == "|")


def _texts(answers: Answers) -> Iterator[tuple[str, int, str]]:
    for key, contributions in answers.contributions.items():
        for number, contribution in enumerate(contributions, start=1):
            yield key, number, contribution.value.as_text()
    yield from _goal_texts(answers)
    yield from _fact_texts(answers)


def _fact_texts(answers: Answers) -> Iterator[tuple[str, int, str]]:
    """What documents say beside fields and goals; each place can be left out by itself (hearing/hidden_facts.py)."""
    approval, municipality = answers.approval, answers.municipality
    yield "approval/extent", 1, approval.extent
    yield "approval/supervision_frame", 1, approval.supervision_frame
    yield from _numbered("approval/methods", approval.methods)
    yield from _numbered("approval/goals", approval.goals)
    yield from _numbered("enclosures/title", [one.title for one in answers.enclosures])
    yield from _numbered("enclosures/received_from", [one.received_from for one in answers.enclosures])
    yield from _numbered("events", [one.text for one in answers.events])
    yield from _numbered("people/name", [one.name for one in answers.people])
    yield from _numbered("people/work", [f"{one.title}\n{one.organisation}" for one in answers.people])
    yield from ((f"why_not_asked/{key}", 1, why) for key, why in answers.why_not_asked.items())
    yield "municipality/unit", 1, municipality.unit
    yield "municipality/contact", 1, municipality.contact


def _numbered(place: str, texts: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    yield from ((place, number, text) for number, text in enumerate(texts, start=1))


def _goal_texts(answers: Answers) -> Iterator[tuple[str, int, str]]:
    for goal in answers.goals:
        yield f"goal/{goal.id}/wording", 1, f"{goal.wording}\n{goal.before}"
        said: dict[str, Sequence[GoalText | Attainment]] = {
            "focus": goal.focus,
            "attainment": goal.attainment,
            "next": goal.next,
        }
        for column, words in said.items():
            for number, one in enumerate(words, start=1):
                yield f"goal/{goal.id}/{column}", number, one.value.as_text()
