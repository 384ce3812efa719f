"""The eight fictional cases: they are read, they say that they are fictional, and two visits belong together."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.cases.answers import Answers, GoalOrigin
from pipeline.cases.read_answers import read_answers, read_answers_file
from pipeline.tool.load import EDITIONS

FOLDER = EDITIONS / "2018"
SAMPLES = tuple(sorted(FOLDER.glob("sample_*.json")))
FAMILIES = ("autisme_boernehave", "autisme_skole", "cp_skole", "downs_foerskole")


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def visits(family: str) -> tuple[Answers, Answers]:
    first, second = (read_answers_file(FOLDER / f"sample_{family}_{number}.json") for number in (1, 2))
    return first, second


def texts(value: Any) -> str:
    """All texts in decoded JSON, one a line."""
    if isinstance(value, dict | list):
        return "\n".join(texts(inner) for inner in (value.values() if isinstance(value, dict) else value))
    return value if isinstance(value, str) else ""


def test_there_are_four_families_with_two_visits_each() -> None:
    assert [path.stem for path in SAMPLES] == [f"sample_{family}_{n}" for family in FAMILIES for n in (1, 2)]


def test_a_sample_is_read_and_says_that_it_is_fictional(sample: Path) -> None:
    assert read_answers_file(sample).is_fictional
    assert "opdigtede" in json.loads(sample.read_bytes())["note"]


def test_a_sample_names_only_addresses_and_numbers_that_nobody_has(sample: Path) -> None:
    everything = texts(json.loads(sample.read_bytes()))
    assert set(re.findall(r"@([\w.-]+\w)", everything)) == {"example.dk"}
    numbers = re.findall(r"(?<![\d.-])\d\d \d\d \d\d \d\d(?! ?\d)", everything)
    assert numbers
    assert {number[:9] for number in numbers} == {"20 00 00 "}
    assert re.findall(r"(?<!\d)[2-9]\d{7}(?!\d)", everything) == []


def test_a_sample_comes_from_one_municipality_that_is_none(sample: Path) -> None:
    answers = read_answers_file(sample)
    assert answers.municipality.name == "Testkommune"
    assert answers.case_number.startswith("DEMO-")


def test_what_is_read_is_what_stands_there(sample: Path) -> None:
    raw = json.loads(sample.read_bytes())
    answers = read_answers(raw)
    for key, contributions in raw["answers"].items():
        written = [
            {k: v for k, v in c.items() if k not in ("by", "at", "on_behalf_of", "by_phone")} for c in contributions
        ]
        read = [c.value.as_json() for c in answers.of(key)]
        assert [_filled(value) for value in read] == [_filled(value) for value in written], key


def _filled(value: Any) -> Any:
    """Without what may be left out when it is empty."""
    if isinstance(value, dict):
        return {key: _filled(inner) for key, inner in value.items() if inner != ""}
    return [_filled(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("family", FAMILIES)
def test_the_second_visit_carries_the_goals_of_the_first_over(family: str) -> None:
    first, second = visits(family)
    carried = [goal.id for goal in second.goals if goal.origin is not GoalOrigin.NEW]
    assert carried == [goal.id for goal in first.goals]
    assert len(second.goals) > len(carried)


@pytest.mark.parametrize("family", FAMILIES)
def test_an_adjusted_goal_keeps_its_type_and_its_former_wording(family: str) -> None:
    first, second = visits(family)
    before = {goal.id: goal for goal in first.goals}
    for goal in second.goals:
        if goal.origin is GoalOrigin.ADJUSTED:
            assert goal.before == before[goal.id].wording
            assert goal.wording != goal.before
        if goal.origin is GoalOrigin.CONTINUED:
            assert goal.wording == before[goal.id].wording
        if goal.origin is not GoalOrigin.NEW:
            assert goal.goal_type == before[goal.id].goal_type


@pytest.mark.parametrize("family", FAMILIES)
def test_the_second_visit_remembers_the_grades_of_the_first(family: str) -> None:
    first, second = visits(family)
    given = sorted((goal.goal_type.code, a.value.choice.code) for goal in first.goals for a in goal.attainment)
    *older, last = second.earlier_visits
    assert sorted((goal_type.code, grade.code) for goal_type, grade in last.grades) == given
    assert tuple(older) == first.earlier_visits


@pytest.mark.parametrize("family", FAMILIES)
def test_both_visits_are_of_one_case_and_in_order(family: str) -> None:
    first, second = visits(family)
    assert first.case_number == second.case_number
    assert first.visit_number + 1 == second.visit_number
    assert first.document_date < second.document_date
    assert first.events
    assert not second.events
