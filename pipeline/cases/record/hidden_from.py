"""What one person of the case must not be told of the others: protected contact, the other home's contact, drafts.

Parents living apart are two parties. Each reads the case, but neither learns through it where the other lives or how
to reach them, nor what the other has begun to write and not handed in.
"""

import re
from dataclasses import dataclass
from datetime import date

from pipeline.cases.record.case import Case
from pipeline.cases.record.extracts import Omission
from pipeline.cases.record.parts import Slot, Visit
from pipeline.cases.record.people import CasePerson
from pipeline.cases.record.protected import CONTACT_FIELDS, found_in
from pipeline.cases.record.voices import SHARED, household_of, section_of
from pipeline.tool.definition import FilledBy, Tool

PROTECTED = "Oplysningen er beskyttet, eller den er en andens private kontaktoplysning."
NOT_HANDED_IN = "Svaret er ikke sendt ind endnu. Det er den andens kladde."
STREET_ALONE = "vej"

_CPR = re.compile(r"(?<![0-9])([0-9]{6})[\s-]?([0-9A-Z]{4})(?![0-9])")


@dataclass(frozen=True)
class Reader:
    """Somebody who reads the case, with all that has to stay hidden from them.

    Attributes:
        voices: the voices that are the reader's own.
        hidden: people whose contact the reader must not learn.
        cpr_of_others: numbers that are not the reader's business; the child's stands in the tool's own field.
        municipal: voices of the municipality's people.
    """

    person_id: str
    voices: frozenset[str]
    hidden: tuple[CasePerson, ...]
    cpr_of_others: frozenset[str]
    municipal: frozenset[str]


def reader_of(case: Case, person_id: str, day: date) -> Reader:
    """The reader on a day."""
    home = household_of(case, person_id, day)
    others = tuple(person for person in case.people.values() if person.id != person_id)
    child = case.child.id if case.child else ""
    return Reader(
        person_id=person_id,
        voices=frozenset({person_id, home}),
        hidden=tuple(person for person in others if _is_hidden(case, person, home, day)),
        cpr_of_others=frozenset(person.cpr for person in others if person.cpr and person.id != child),
        municipal=frozenset(s.person_id for s in case.standings.values() if s.place.is_municipal),
    )


def hidden_in(text: str, reader: Reader) -> str:
    """Why a text may not be shown to the reader as it stands; empty: it may."""
    for person in reader.hidden:
        told = found_in(text, person)
        # A street's name alone may be a coincidence; for a protected person that is no reason to take the risk.
        if told and (person.contact.protected or told != (STREET_ALONE,)):
            return PROTECTED
    numbers = {"".join(match) for match in _CPR.findall(text)}
    return "Teksten nævner en andens CPR-nummer." if numbers & reader.cpr_of_others else ""


def hidden_answer(visit: Visit, slot: Slot, reader: Reader, tool: Tool) -> Omission | None:
    """Why another's answer is left out whatever it says; None: it may be read (if its words may)."""
    section = section_of(slot.key, tool)
    if slot.voice in reader.voices or slot.voice == SHARED or section is None:
        return None
    if slot.key in CONTACT_FIELDS:
        return Omission("En andens kontaktoplysninger i skemaet", PROTECTED)
    by_hand_in = section.filled_by is FilledBy.PARENTS and slot.voice not in reader.municipal
    if by_hand_in and (section.key, slot.voice) not in visit.handed_in:
        return Omission(f"En andens svar i afsnit ({section.key})", NOT_HANDED_IN)
    return None


def _is_hidden(case: Case, person: CasePerson, home: str, day: date) -> bool:
    """Everybody who is protected and lives elsewhere, and the other parents who live elsewhere."""
    if household_of(case, person.id, day) == home:
        return False
    is_parent = any(s.person_id == person.id and s.place.is_parent for s in case.standings.values())
    return person.contact.protected or is_parent
