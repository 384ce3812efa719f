"""The people of the demo: all made up, complete, and read strictly."""

import re
from datetime import date

import pytest
from small_case import FAMILIES, SAMPLES, demo_people, sample

from pipeline.cases.record.access_pause import paused
from pipeline.cases.record.case import fold_all
from pipeline.cases.record.cpr import read_cpr
from pipeline.cases.record.demo_people import read_demo_people
from pipeline.cases.record.from_answers import from_answers
from pipeline.cases.record.people import Place
from pipeline.errors import DefinitionError
from pipeline.tool.definition import Tool

TEXT = (SAMPLES / "demo_people.toml").read_text(encoding="utf-8")
DAY = date(2026, 5, 1)


def test_the_file_says_that_everybody_is_made_up() -> None:
    assert "opdigtede" in demo_people().note


def test_nobody_can_have_been_given_the_numbers() -> None:
    """They break the old check rule, and only people born on 1 January have been given such numbers (cpr.dk)."""
    numbers = [read_cpr(number) for number in re.findall(r'cpr = "([^"]+)"', TEXT)]
    assert len(numbers) >= 16
    assert all(number.hint and not number.is_replacement for number in numbers)
    assert not [number for number in numbers if number.number.startswith("0101")]


def test_addresses_phones_and_mails_are_nobodys() -> None:
    assert set(re.findall(r"@([\w.-]+\w)", TEXT)) == {"example.dk"}
    assert {address[-11:] for address in re.findall(r'address = "([^"]+)"', TEXT)} == {"9999 Testby"}
    assert {phone[:9] for phone in re.findall(r'phone = "([^"]+)"', TEXT)} == {"20 00 00 "}


@pytest.mark.parametrize("name", FAMILIES)
def test_everybody_in_a_sample_is_told_of_and_born_as_the_sample_says(name: str) -> None:
    answers = sample(name, 2)
    demo = demo_people().cases[answers.case_number]
    assert [person.id for person in answers.people if person.id not in dict(demo.ids)] == []
    child = next(person for person in demo.people if person.id == dict(demo.ids)[_child(name)])
    assert [child.cpr] == [c.value.as_text().replace("-", "") for c in answers.of("child_cpr")]


@pytest.mark.parametrize("name", FAMILIES)
def test_the_parents_of_the_demo_get_in(name: str, tool: Tool) -> None:
    answers = sample(name, 2)
    case = fold_all(from_answers([answers], tool, demo_people().cases[answers.case_number]).happened)
    parents = {s.person_id for s in case.standings_on(DAY) if s.place.is_parent}
    assert len(parents) == 2
    assert [paused(case, parent, DAY) for parent in parents] == [None, None]


def test_the_demo_has_what_the_samples_lack() -> None:
    demo = demo_people()
    standings = [s for case in demo.cases.values() for s in case.standings]
    places = {s.place for s in standings}
    assert {
        Place.COMPANION,
        Place.POWER_OF_ATTORNEY,
        Place.PARTY_REPRESENTATIVE,
        Place.SUBSTITUTE,
        Place.MANAGER,
    } <= places
    assert any(p.contact.protected for case in demo.cases.values() for p in case.people)
    assert any(s.until and s.scope for s in standings if s.place is Place.POWER_OF_ATTORNEY)
    assert all(len({s.household for s in case.standings if s.household}) in (1, 2) for case in demo.cases.values())
    assert any(len({s.household for s in case.standings if s.household}) == 2 for case in demo.cases.values())
    roles = {role for employee in demo.employees for role in employee.roles}
    assert {"caseworker", "manager", "archivist", "operator", "administrator"} <= roles


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('place = "companion"', 'place = "friend"'),
        ('team = "Børnehandicap"', 'teem = "Børnehandicap"'),
        ('person = "p-0101-9"', 'person = "p-9999"'),
        ('speaks_for = "p-0101-1"', 'speaks_for = "p-9999"'),
        ("[[employee]]", "[[employee"),
        ("since = 2016-06-14", 'since = "i går"'),
    ],
)
def test_what_may_not_stand_there_is_refused(was: str, becomes: str) -> None:
    assert was in TEXT
    with pytest.raises(DefinitionError, match=r"demo_people\.toml"):
        read_demo_people(TEXT.replace(was, becomes, 1))


def _child(name: str) -> str:
    return next(person.id for person in sample(name, 2).people if person.role == "child")
