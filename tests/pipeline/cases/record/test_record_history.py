"""Who wrote what, when and through what; and three states that are not one."""

from datetime import date

import pytest
from small_case import family_case

from pipeline.cases.record import visit_events as ev
from pipeline.cases.record.history import CARRIED_OVER, State, history_of, state_of, words_of
from pipeline.cases.record.parts import Slot
from pipeline.cases.record.voices import goal_slot
from pipeline.cases.record.word_changes import Change
from pipeline.tool.definition import Tool


def test_every_version_is_shown_with_what_changed(tool: Tool) -> None:
    case = family_case(
        ev.Written("v1", "siblings", "home-1", {"text": "Ronja er ti år"}),
        ev.Written("v1", "siblings", "home-1", {"text": "Ronja er elleve år"}, "mother", "phone"),
        ev.Written("v1", "siblings", "home-1", None),
    )
    first, second, third = history_of(case, case.visits["v1"], Slot("siblings", "home-1"), tool)
    minute = case.revision - 2  # the small case's events are a minute apart, from ten o'clock in Denmark
    assert first.headline == f"Eva Rådgiver, myndighedsrådgiver, 5. januar 2026 kl. 10.{minute}, skrevet her"
    assert second.headline.startswith("Eva Rådgiver, myndighedsrådgiver for Ida Prøvesen, mor, ")
    assert second.headline.endswith("skrevet ned efter en samtale i telefonen")
    assert [(s.change, s.text) for s in second.changed if s.change is not Change.SAME] == [
        (Change.REMOVED, " ti"),
        (Change.ADDED, " elleve"),
    ]
    assert (third.taken_back, third.words) == (True, "")
    assert third.headline.endswith("svaret er taget tilbage")
    assert [first.seq, second.seq, third.seq] == [case.revision - 2, case.revision - 1, case.revision]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("siblings", {"text": "Nej"}, "Nej"),
        ("visit_date", {"date": "2026-03-10"}, "10. marts 2026"),
        ("condition_methods", {"choice": "no", "text": "Se bilag."}, "Nej. Se bilag."),
        ("condition_methods", {"choice": "no"}, "Nej"),
        ("agreements", {"rows": [{"what": "Tavle", "deadline": "2026-05-01"}]}, "Hvad: Tavle\nHvornår: 1. maj 2026"),
        (goal_slot("g", "attainment"), {"choice": "some", "text": "Næsten."}, "I nogen grad. Næsten."),
        (goal_slot("g", "attainment"), {"choice": "none"}, "Slet ikke"),
        (goal_slot("g", "next"), {"text": "Gå 20 meter"}, "Gå 20 meter"),
        ("of_another_edition", {"text": "Ord"}, "Ord"),
    ],
)
def test_an_answer_is_told_in_words(key: str, value: dict[str, object], words: str, tool: Tool) -> None:
    assert words_of(key, value, tool) == words


def test_not_asked_not_answered_and_no_are_three_things() -> None:
    case = family_case(
        ev.FieldsNotAsked("v1", ("theme_other",)),
        ev.Written("v1", "condition_methods", "m-1", {"choice": "no"}),
        ev.Written("v1", "siblings", "home-1", {"text": "Ingen"}),
        ev.Written("v1", "siblings", "home-1", None),
    )
    visit = case.visits["v1"]
    states = {key: state_of(visit, key) for key in ("theme_other", "condition_methods", "siblings", "email")}
    assert list(states.values()) == [State.NOT_ASKED, State.ANSWERED, State.NOT_ANSWERED, State.NOT_ANSWERED]
    assert len({state.in_words for state in State}) == len(State)
    assert state_of(visit, "condition_methods", "m-2") is State.NOT_ANSWERED


def test_a_version_of_the_system_or_of_a_stranger_to_the_case_is_still_told(tool: Tool) -> None:
    carried = ev.Written("v1", "siblings", "home-1", {"text": "x"}, "mother", CARRIED_OVER)
    case = family_case(carried)
    (version,) = history_of(case, case.visits["v1"], Slot("siblings", "home-1"), tool)
    assert version.headline.endswith("taget med fra sidste besøg")
    assert version.at.date() == date(2026, 1, 5)
