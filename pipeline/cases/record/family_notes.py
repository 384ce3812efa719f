"""What the family itself noted beside the form: points for a visit, and the diary."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.cases.record.case import Case
from pipeline.cases.record.extracts import Entry
from pipeline.cases.record.history import name_of
from pipeline.danish import danish_date


@dataclass(frozen=True)
class FamilyNote:
    """A point or an entry.

    Attributes:
        voice: whose it is.
        is_in_the_case: the municipality has been shown it.
        is_for_others: others than household and municipality have been too.
        entry: as an extract shows it.
    """

    voice: str
    is_in_the_case: bool
    is_for_others: bool
    entry: Entry


def family_notes(case: Case, day: date) -> Iterator[FamilyNote]:
    """Points visit by visit, then the diary by its days, as they may be read on a day."""
    for visit in case.visits.values():
        is_held = visit.day is not None and visit.day <= day
        for point in visit.agenda.values():
            heading = f"Punkt til besøg {visit.number}"
            yield FamilyNote(point.voice, True, is_held, Entry(heading, point.text, name_of(case, point.by)))
    for noted in sorted(case.diary.values(), key=lambda one: (one.on, one.at)):
        heading = f"Dagbog, {danish_date(noted.on)}"
        shared = noted.shared_at is not None
        yield FamilyNote(noted.voice, shared, shared, Entry(heading, noted.text, name_of(case, noted.by)))
