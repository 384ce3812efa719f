"""After a visit: what goes into the report, where the final goals go, what the family is shown, how far goals came."""

from datetime import date

import pytest
from small_case import family, family_case, stamped

from pipeline.cases.record.after_visit import CHANGED, is_changed_since, last_shared, sharing, to_share
from pipeline.cases.record.attainment import attainment_over_visits
from pipeline.cases.record.carried_over import carried_over
from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.events import EarlierVisitRecorded, Event
from pipeline.cases.record.final_goals import final_goals
from pipeline.cases.record.parts import Slot, Version, Visit
from pipeline.cases.record.to_answers import to_answers, wording_of
from pipeline.cases.record.visit_events import (
    AfterVisitShared,
    ContributionWeighed,
    FinalGoalPlace,
    FinalGoalsPlaced,
    GoalPlaced,
    GoalRemoved,
    SharedAgreement,
    SharedGoal,
    VisitOpened,
    Written,
)
from pipeline.cases.record.voices import SHARED, goal_slot

DAY = date(2026, 4, 1)
NEXT = VisitOpened("v2", 2, "ordinary", "2018", date(2026, 9, 10), "v1")


def wrote(key: str, voice: str, text: str) -> Written:
    return Written("v1", key, voice, {"text": text})


def final(*rows: dict[str, str], voice: str = "m-1") -> Written:
    return Written("v1", "final_goals", voice, {"rows": list(rows)})


def agreements(*rows: dict[str, str]) -> Written:
    return Written("v1", "agreements", "m-1", {"rows": list(rows)})


def planned(goal: str, wording: str, next_words: str = "") -> list[Event]:
    events: list[Event] = [
        GoalPlaced("v1", goal, "motor", "new", 0),
        Written("v1", goal_slot(goal, "wording"), SHARED, {"text": wording}),
    ]
    return [*events, Written("v1", goal_slot(goal, "next"), "home-1", {"text": next_words})] if next_words else events


def visit_of(*more: Event) -> Visit:
    return family_case(*more).visits["v1"]


# --- what goes into the report ---

TWO_SAY = [wrote("conclusion", "m-1", "Godt"), wrote("conclusion", "m-2", "Mindre godt")]
OUT = ContributionWeighed("v1", "conclusion", "m-2", included=False, reason="Står også i bilaget")


def said(case: Case) -> list[str]:
    return [one.value.as_text() for one in to_answers(case, "v1", DAY).of("conclusion")]


def test_what_was_left_out_is_in_the_case_and_in_no_document() -> None:
    case = family_case(*TWO_SAY, OUT)
    assert said(case) == ["Godt"]
    current = case.visits["v1"].current(Slot("conclusion", "m-2"))
    assert current is not None
    assert current.value == {"text": "Mindre godt"}


def test_who_left_it_out_and_why_is_known() -> None:
    decided = visit_of(*TWO_SAY, OUT).weighed[Slot("conclusion", "m-2")]
    assert (decided.by, decided.included, decided.reason) == ("m-1", False, "Står også i bilaget")


def test_what_was_left_out_can_be_taken_in_again() -> None:
    again = ContributionWeighed("v1", "conclusion", "m-2", included=True)
    assert said(family_case(*TWO_SAY, OUT, again)) == ["Godt", "Mindre godt"]


def test_an_answer_stays_out_when_it_is_rewritten() -> None:
    assert said(family_case(*TWO_SAY, OUT, wrote("conclusion", "m-2", "Nyt"))) == ["Godt"]


# --- final goals ---


def test_final_goals_are_read_from_what_is_in_the_report() -> None:
    rows = ({"goal": "Gå selv", "measure": "3 dage", "by_date": "2026-10-01"}, {"goal": "  "}, {"goal": "Spise"})
    first, second = final_goals(visit_of(final(*rows)))
    assert (first.goal, first.measure, first.by_day) == ("Gå selv", "3 dage", date(2026, 10, 1))
    assert first.in_focus == "Sådan måles det: 3 dage\nSenest 1. oktober 2026"
    assert (second.goal, second.in_focus, second.place) == ("Spise", "Spise", None)
    out = ContributionWeighed("v1", "final_goals", "m-1", included=False, reason="Rettes")
    assert final_goals(visit_of(final(*rows), out)) == ()


def test_a_goal_that_is_called_as_in_the_plan_goes_on_with_it() -> None:
    (goal,) = final_goals(visit_of(*planned("a", "Gå selv"), final({"goal": "gå  selv."})))
    assert goal.place == FinalGoalPlace("gå  selv.", "motor", "a")


def carried(*more: Event) -> Visit:
    before = [*family(), *more]
    last = fold_all(stamped(before)).visits["v1"]
    return fold_all(stamped([*before, NEXT, *carried_over(last, "v2").events])).visits["v2"]


def test_a_final_goal_rewords_the_goal_that_it_goes_on_with() -> None:
    placed = FinalGoalsPlaced("v1", (FinalGoalPlace("Gå til bussen", "motor", "a"),))
    visit = carried(*planned("a", "Gå", "Øve mere"), final({"goal": "Gå til bussen", "measure": "3 dage"}), placed)
    (goal,) = visit.plan
    assert (goal.id, goal.origin, goal.before, wording_of(visit, "a")) == ("a", "continued", "Gå", "Gå til bussen")
    focus = {slot.voice: v[-1].value for slot, v in visit.answers.items() if slot.key == goal_slot("a", "focus")}
    assert focus == {"home-1": {"text": "Øve mere"}, "m-1": {"text": "Sådan måles det: 3 dage"}}


def test_a_new_final_goal_stands_in_the_next_plan_and_in_the_documents() -> None:
    placed = FinalGoalsPlaced("v1", (FinalGoalPlace("Ringe selv", "communication"),))
    visit = carried(*planned("a", "Gå", "Øve mere"), final({"goal": "Ringe selv"}), placed)
    assert [(goal.goal_type, goal.origin, wording_of(visit, goal.id)) for goal in visit.plan] == [
        ("motor", "continued", "Gå"),
        ("communication", "new", "Ringe selv"),
    ]


@pytest.mark.parametrize("places", [(), (FinalGoalPlace("Ringe selv", ""),)])
def test_a_final_goal_without_a_place_is_not_guessed_into_the_plan(places: tuple[FinalGoalPlace, ...]) -> None:
    assert carried(final({"goal": "Ringe selv"}), FinalGoalsPlaced("v1", places)).plan == ()


def test_a_place_in_a_goal_that_was_removed_is_no_place() -> None:
    placed = FinalGoalsPlaced("v1", (FinalGoalPlace("Gå til bussen", "motor", "a"),))
    visit = visit_of(*planned("a", "Gå"), final({"goal": "Gå til bussen"}), placed, GoalRemoved("v1", "a"))
    assert [goal.place for goal in final_goals(visit)] == [None]


# --- what the family is shown ---

CALL = {"what": "Ringe til skolen", "who": "Eva", "deadline": "2026-05-01"}
SWIM = {"what": "Svømme", "who": "Ida"}


def shared_case(*rows: dict[str, str]) -> Case:
    before = [*family(), agreements(*rows), final({"goal": "Gå selv"})]
    case = fold_all(stamped(before))
    return fold_all(stamped([*before, *sharing(case, case.visits["v1"], "Tak for kaffe")]))


def test_the_family_is_shown_a_copy_that_does_not_change_by_itself() -> None:
    case = shared_case(CALL)
    shared = last_shared(case.visits["v1"])
    assert shared is not None
    assert shared.what.agreements == (SharedAgreement("Ringe til skolen", "Eva", date(2026, 5, 1)),)
    assert (shared.what.goals, shared.what.greeting) == ((SharedGoal("Gå selv"),), "Tak for kaffe")
    assert not is_changed_since(case.visits["v1"])


def test_a_later_change_is_noticed_and_not_shown() -> None:
    before = [*family(), agreements(CALL)]
    case = fold_all(stamped(before))
    after = fold_all(stamped([*before, *sharing(case, case.visits["v1"], ""), agreements(CALL, SWIM)])).visits["v1"]
    shared = last_shared(after)
    assert shared is not None
    assert (len(shared.what.agreements), is_changed_since(after)) == (1, True)


def test_what_was_shared_is_followed_as_agreements_once() -> None:
    case = shared_case(CALL, SWIM)
    assert [(one.agreed.what, one.agreed.by_day, one.ended) for one in case.agreements.values()] == [
        ("Ringe til skolen", date(2026, 5, 1), None),
        ("Svømme", None, None),
    ]
    again = sharing(case, case.visits["v1"], "")
    assert [type(event) for event in again] == [AfterVisitShared]


def test_an_agreement_that_is_no_longer_in_the_conclusion_ends_when_it_is_shared_again() -> None:
    before = [*family(), agreements(CALL, SWIM)]
    case = fold_all(stamped(before))
    before += [*sharing(case, case.visits["v1"], ""), agreements(SWIM)]
    case = fold_all(stamped(before))
    case = fold_all(stamped([*before, *sharing(case, case.visits["v1"], "")]))
    ended = [(one.agreed.what, one.ended and one.ended.remark) for one in case.agreements.values()]
    assert ended == [("Ringe til skolen", CHANGED), ("Svømme", None)]


def test_the_day_of_following_up_is_shown() -> None:
    asked = Written("v1", "next_follow_up_date", "m-1", {"date": "2026-06-24"})
    assert to_share(visit_of(asked)).follow_up == date(2026, 6, 24)


# --- how far goals came ---


def graded(goal: str, grade: str, voice: str = "home-1", visit: str = "v1") -> Written:
    return Written(visit, goal_slot(goal, "attainment"), voice, {"choice": grade})


def seen(visit: Visit, slot: Slot, version: Version) -> bool:
    return slot.voice != "home-2"


def test_grades_are_told_visit_by_visit_as_far_as_the_reader_sees_them() -> None:
    earlier = EarlierVisitRecorded(date(2025, 9, 1), (("motor", "low"), ("motor", "none")))
    case = family_case(earlier, *planned("a", "Gå"), graded("a", "some"), graded("a", "high", "home-2"), NEXT)
    first, second = attainment_over_visits(case, seen)
    assert (first.number, first.day, first.grades) == (0, date(2025, 9, 1), {"motor": ("low", "none")})
    assert (second.number, second.grades) == (1, {"motor": ("some",)})


def test_a_visit_without_grades_is_no_step() -> None:
    assert attainment_over_visits(family_case(*planned("a", "Gå")), seen) == ()
