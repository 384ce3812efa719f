"""Builds small fictional cases out of events; all people in them are made up."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers_file
from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.demo_people import DemoPeople, read_demo_people
from pipeline.cases.record.events import (
    AccessDecided,
    ApprovalDecided,
    CaseOpened,
    Event,
    PersonRecorded,
    StandingBegun,
)
from pipeline.cases.record.people import CasePerson, Contact, Place, Standing
from pipeline.cases.record.visit_events import VisitOpened
from pipeline.tool.load import EDITIONS

SAMPLES = EDITIONS / "2018"
FAMILIES = ("autisme_boernehave", "autisme_skole", "cp_skole", "downs_foerskole")
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
CHILD_CPR = "1406164111"
"""Born on 14 June 2016, of age on 14 June 2034; breaks the old check rule, so nobody has it."""


def stamped(events: Iterable[Event], by: str = "m-1", start: datetime = START) -> tuple[Stamped, ...]:
    """The events a minute apart, numbered from 1."""
    return tuple(Stamped(n, start + timedelta(minutes=n), by, event) for n, event in enumerate(events, start=1))


def family() -> list[Event]:
    """A child, two parents living apart with the father protected, a teacher, a caseworker; everybody is let in."""
    people = [
        CasePerson("child", "Aksel Prøvesen", cpr=CHILD_CPR, title="barnet"),
        CasePerson("mother", "Ida Prøvesen", title="mor", contact=Contact("Enghaven 3, 9999 Testby", "20 00 00 61")),
        CasePerson(
            "father",
            "Bo Prøvesen",
            title="far",
            contact=Contact("Lyngvej 14, 9999 Testby", "20 00 00 62", "bo@example.dk", True),
        ),
        CasePerson("teacher", "Per Lærersen", title="lærer"),
        CasePerson("m-1", "Eva Rådgiver", title="myndighedsrådgiver", contact=Contact(phone="20 00 00 60")),
        CasePerson("m-2", "Kim Fagperson", title="psykolog"),
    ]
    return [
        CaseOpened("DEMO-0001", "Team A", "Testkommune", "Børn", True),
        *(PersonRecorded(person) for person in people),
        begun("child", Place.CHILD),
        begun("mother", Place.PARENTAL_AUTHORITY, household="home-1"),
        begun("mother", Place.TRAINING_PARENT, household="home-1"),
        begun("father", Place.PARENTAL_AUTHORITY, household="home-2"),
        begun("teacher", Place.SCHOOL, sections=("f",)),
        begun("m-1", Place.CASEWORKER),
        begun("m-2", Place.VISITING_PROFESSIONAL),
        AccessDecided("mother", True, "opdigtet"),
        AccessDecided("father", True, "opdigtet"),
        ApprovalDecided(date(2025, 8, 1), "Deltid", ("Metode",), ("Mål",), "To tilsyn om året", False),
        VisitOpened("v1", 1, "ordinary", "2018", date(2026, 3, 10)),
    ]


def begun(
    person: str,
    place: Place,
    since: date = date(2020, 1, 1),
    until: date | None = None,
    household: str = "",
    sections: tuple[str, ...] = (),
    speaks_for: str = "",
) -> StandingBegun:
    """Somebody stands in the case as something."""
    standing_id = f"{person}-{place}"
    scope = "opdigtet" if speaks_for else ""
    return StandingBegun(Standing(standing_id, person, place, since, until, household, sections, scope, speaks_for))


def family_case(*more: Event) -> Case:
    """The small family, and what happened then."""
    return fold_all(stamped([*family(), *more]))


def sample(name: str, number: int) -> Answers:
    """The answers of one visit of one of the sample families."""
    return read_answers_file(SAMPLES / f"sample_{name}_{number}.json")


def demo_people() -> DemoPeople:
    """What demo_people.toml tells."""
    return read_demo_people(Path(SAMPLES / "demo_people.toml").read_text(encoding="utf-8"))
