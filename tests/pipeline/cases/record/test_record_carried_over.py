"""The goals of the last visit stand in the new one, with their words and what became of them."""

from datetime import date

import pytest
from small_case import FAMILIES, family, family_case, sample, stamped

from pipeline.cases.record.carried_over import carried_over, what_is_new
from pipeline.cases.record.case import fold_all
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.events import Event
from pipeline.cases.record.from_answers import from_answers
from pipeline.cases.record.to_answers import to_answers
from pipeline.cases.record.visit_events import GoalPlaced, GoalRemoved, VisitOpened, Written
from pipeline.cases.record.voices import SHARED, goal_slot
from pipeline.cases.record.word_changes import Change
from pipeline.tool.definition import Tool

NEXT = VisitOpened("v2", 2, "ordinary", "2018", date(2026, 9, 10), "v1")


def goal(goal_id: str, position: int, wording: str, agreed: str, voice: str = "home-1") -> list[Event]:
    return [
        GoalPlaced("v1", goal_id, "motor", "new", position),
        Written("v1", goal_slot(goal_id, "wording"), SHARED, {"text": wording}),
        Written("v1", goal_slot(goal_id, "focus"), voice, {"text": "Gå 10 meter"}),
        Written("v1", goal_slot(goal_id, "next"), voice, {"text": agreed}),
    ]


PLAN = [
    *goal("b", 1, "Spise selv", "Bruge ske"),
    *goal("a", 0, "Gå", "Gå 20 meter"),
    *goal("rests", 2, "Hinke", "  "),
    *goal("gone", 3, "Klatre", "Højere"),
    GoalRemoved("v1", "gone"),
]


def test_goals_with_words_for_the_future_come_along_in_order() -> None:
    before = family_case(*PLAN)
    carried = carried_over(before.visits["v1"], "v2")
    placed = [event for event in carried.events if isinstance(event, GoalPlaced)]
    assert [(g.visit, g.goal, g.origin, g.position, g.before) for g in placed] == [
        ("v2", "a", "continued", 0, "Gå"),
        ("v2", "b", "continued", 1, "Spise selv"),
    ]
    assert carried.left == ("rests",)


def test_what_was_agreed_is_in_focus_now_in_the_words_of_who_said_it() -> None:
    # The caseworker of the small case holds the pen for the mother.
    said = Written("v1", goal_slot("a", "next"), "home-2", {"text": "Løbe"}, "father", "phone")
    events = [*family(), *PLAN, said]
    carried = carried_over(fold_all(stamped(events)).visits["v1"], "v2")
    case = fold_all(stamped([*events, NEXT, *carried.events]))
    first, second = to_answers(case, "v2", date(2026, 9, 1)).goals
    assert [(one.by.id, one.value.text) for one in first.focus] == [("m-1", "Gå 20 meter"), ("father", "Løbe")]
    assert (first.id, first.wording, first.origin.value) == ("a", "Gå", "continued")
    assert (second.attainment, second.next) == ((), ())


def test_what_is_new_is_shown_against_what_was_in_focus() -> None:
    visit = family_case(*PLAN).visits["v1"]
    changed = [(s.change, s.text) for s in what_is_new(visit, "a", "home-1") if s.change is not Change.SAME]
    assert changed == [(Change.REMOVED, " 10"), (Change.ADDED, " 20")]
    assert what_is_new(visit, "a", "home-2") == ()


@pytest.mark.parametrize("name", FAMILIES)
def test_every_goal_of_a_samples_first_visit_comes_along(name: str, tool: Tool) -> None:
    answers = sample(name, 1)
    happened = from_answers([answers], tool).happened
    case = fold_all(happened)
    last = case.visits[f"besoeg-{answers.visit_number}"]
    carried = carried_over(last, "v2")
    opened = [VisitOpened("v2", answers.visit_number + 1, "ordinary", "2018"), *carried.events]
    more = [Stamped(case.revision + n, happened[-1].at, "sagsbehandler", e) for n, e in enumerate(opened, start=1)]
    plan = to_answers(fold_all(more, case), "v2", answers.document_date).goals
    assert [(g.id, g.wording, g.goal_type) for g in plan] == [(g.id, g.wording, g.goal_type) for g in answers.goals]
    assert [[t.value.text for t in g.focus] for g in plan] == [[t.value.text for t in g.next] for g in answers.goals]
    assert carried.left == ()
