"""Whose voice answers, and which sections may be filled with it."""

from datetime import UTC, date, datetime

import pytest
from small_case import FAMILIES, begun, demo_people, family_case, sample

from pipeline.cases.record.case import fold_all
from pipeline.cases.record.events import AccessDecided, PersonRecorded, StandingChanged
from pipeline.cases.record.from_answers import from_answers
from pipeline.cases.record.parts import Slot
from pipeline.cases.record.people import CasePerson, Contact, Place
from pipeline.cases.record.visit_events import Written
from pipeline.cases.record.voices import (
    SHARED,
    contact_person,
    goal_slot,
    household_of,
    may_write,
    members_of,
    section_of,
    voices_of,
)
from pipeline.danish import COPENHAGEN
from pipeline.tool.definition import Tool

TODAY = date(2026, 3, 1)
PARENTS = frozenset("abcdef")
TOGETHER = begun("father", Place.PARENTAL_AUTHORITY, household="home-1")
ALLOWED = [AccessDecided(person, True, "opdigtet") for person in ("mother", "father", "child")]


def written(slot: str, voice: str, behalf: str = "") -> Written:
    return Written("v1", slot, voice, {"text": "x"}, behalf)


def test_parents_living_apart_each_have_their_own_voice(tool: Tool) -> None:
    case = family_case()
    voices = {person: voices_of(case, person, TODAY, tool)[0] for person in ("mother", "father")}
    assert {person: voice.id for person, voice in voices.items()} == {"mother": "home-1", "father": "home-2"}
    assert all(voice.sections == PARENTS for voice in voices.values())
    assert not any(v.own_view for person in voices for v in voices_of(case, person, TODAY, tool))


def test_parents_of_one_household_have_one_voice_and_each_a_view_of_their_own(tool: Tool) -> None:
    case = family_case(TOGETHER, *ALLOWED)
    offered = [(v.id, v.own_view) for v in voices_of(case, "father", TODAY, tool) if not v.on_behalf_of]
    assert offered == [("home-1", False), ("father", True)]
    assert household_of(case, "mother", TODAY) == household_of(case, "father", TODAY) == "home-1"
    assert {p.id for p in members_of(case, "home-1")} == {"mother", "father"}
    assert {p.id for p in members_of(case, "teacher")} == {"teacher"}


def test_a_paused_parent_writes_nothing(tool: Tool) -> None:
    case = family_case(begun("aunt", Place.TRAINING_PARENT))
    assert voices_of(case, "mother", TODAY, tool) == ()


FULDMAGT = begun("grandma", Place.POWER_OF_ATTORNEY, sections=("b", "g"), speaks_for="mother")
LAWYER = begun("lawyer", Place.PARTY_REPRESENTATIVE, speaks_for="father")
LEADER = begun("leader", Place.MANAGER)
FRIEND = begun("friend", Place.COMPANION, speaks_for="mother")
FOR_GROWN = begun("grandma", Place.POWER_OF_ATTORNEY, sections=("b",), speaks_for="child")

# who, slot, voice, on behalf of -> may
TABLE: list[tuple[str, str, str, str, bool]] = [
    ("mother", "siblings", "home-1", "", True),
    ("mother", "siblings", "home-2", "", False),
    ("mother", "siblings", "mother", "", False),
    ("mother", "conclusion", "home-1", "", False),
    ("mother", "child_experience", "child", "child", True),
    ("mother", "siblings", "home-2", "father", False),
    ("mother", "siblings", SHARED, "", False),
    ("mother", "invented", "home-1", "", False),
    ("teacher", "cooperation_parents", "teacher", "", True),
    ("teacher", "siblings", "teacher", "", False),
    ("teacher", "cooperation_municipality", "teacher", "", False),
    ("teacher", goal_slot("g1", "attainment"), "teacher", "", False),
    ("m-2", "conclusion", "m-2", "", True),
    ("m-2", "conclusion", "m-1", "", False),
    ("m-2", goal_slot("g1", "attainment"), "m-2", "", True),
    ("m-2", "siblings", "m-2", "", False),
    ("m-2", "siblings", "home-2", "father", False),
    ("m-1", "siblings", "home-2", "father", True),
    ("m-1", "siblings", "home-2", "", False),
    ("m-1", "siblings", "home-2", "mother", False),
    ("m-1", "cooperation_parents", "teacher", "teacher", True),
    ("m-1", "siblings", "teacher", "teacher", False),
    ("m-1", "conclusion", "m-1", "", True),
    ("mother", goal_slot("g1", "wording"), SHARED, "", True),
    ("mother", goal_slot("g1", "wording"), "home-1", "", False),
    ("mother", goal_slot("g1", "focus"), SHARED, "", False),
    ("mother", goal_slot("g1", "invented"), "home-1", "", False),
    ("teacher", goal_slot("g1", "wording"), SHARED, "", False),
    ("child", "child_experience", "child", "", False),
    ("grandma", "training_description", "home-1", "mother", True),
    ("grandma", "training_description", "home-1", "", False),
    ("grandma", "visit_date", "home-1", "mother", False),
    ("grandma", "siblings", "home-1", "mother", False),
    ("lawyer", "siblings", "home-2", "father", True),
    ("lawyer", "siblings", "home-1", "mother", False),
    ("lawyer", "conclusion", "home-2", "father", False),
    ("leader", "conclusion", "leader", "", False),
    ("friend", "siblings", "home-1", "mother", False),
    ("stranger", "siblings", "home-1", "", False),
]  # fmt: skip


@pytest.mark.parametrize(("who", "slot", "voice", "behalf", "may"), TABLE)
def test_the_table_of_who_may_write_what(who: str, slot: str, voice: str, behalf: str, may: bool, tool: Tool) -> None:
    case = family_case(FULDMAGT, LAWYER, LEADER, FRIEND, AccessDecided("child", True, "opdigtet"))
    assert may_write(case, who, TODAY, tool, written(slot, voice, behalf)) is may


def test_a_fuldmagt_of_the_grown_child_covers_the_named_sections(tool: Tool) -> None:
    case = family_case(FOR_GROWN)
    (voice,) = voices_of(case, "grandma", date(2035, 1, 1), tool)
    assert (voice.id, voice.on_behalf_of, voice.sections) == ("child", "child", frozenset("b"))


def test_a_child_with_help_fills_the_sections_that_were_opened(tool: Tool) -> None:
    opened = StandingChanged(begun("child", Place.CHILD, sections=("b",)).standing)
    case = family_case(opened, AccessDecided("child", True, "opdigtet"))
    assert [(v.id, v.sections) for v in voices_of(case, "child", TODAY, tool)] == [("child", frozenset("b"))]


@pytest.mark.parametrize("name", FAMILIES)
def test_all_that_the_samples_say_may_be_said(name: str, tool: Tool) -> None:
    answers = [sample(name, 1), sample(name, 2)]
    demo = demo_people().cases[answers[0].case_number]
    happened = from_answers(answers, tool, demo).happened
    case = fold_all(happened)
    refused = [
        one.event
        for one in happened
        if isinstance(one.event, Written)
        and not may_write(case, one.by, one.at.astimezone(COPENHAGEN).date(), tool, one.event)
    ]
    # A child's own words come by its own hand only with a decision, which the demo cases leave to the caseworker.
    assert all(
        event.voice in {s.person_id for s in case.standings.values() if s.place is Place.CHILD} for event in refused
    )
    assert len(refused) <= 1


def test_a_slot_is_found_in_its_section(tool: Tool) -> None:
    sections = [section_of(slot, tool) for slot in ("siblings", goal_slot("g", "next"), "conclusion", "invented")]
    assert [section.key if section else None for section in sections] == ["a", "c", "l", None]


def test_the_contact_person_is_the_caseworker_and_in_the_holidays_the_substitute() -> None:
    substitute = CasePerson("m-3", "Ulla Afløser", contact=Contact(phone="20 00 00 63"))
    away = begun("m-3", Place.SUBSTITUTE, date(2026, 7, 1), date(2026, 7, 31))
    later = begun("m-2", Place.CASEWORKER, date(2026, 9, 1))
    case = family_case(PersonRecorded(substitute), away, later)
    days = [date(2026, 6, 30), date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1), date(2019, 1, 1)]
    contacts = [contact_person(case, day) for day in days]
    assert [c.id if c else None for c in contacts] == ["m-1", "m-3", "m-1", "m-2", None]


def test_several_professionals_stand_side_by_side(tool: Tool) -> None:
    at = datetime(2026, 3, 10, 12, tzinfo=UTC)
    case = family_case(written("conclusion", "m-1"), written("conclusion", "m-2"))
    assert at > case.visits["v1"].answers[Slot("conclusion", "m-1")][0].at
    assert {slot.voice for slot in case.visits["v1"].answers} == {"m-1", "m-2"}
