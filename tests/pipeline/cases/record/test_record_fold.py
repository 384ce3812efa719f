"""The case computed from its events: any prefix, all at once or one by one, and what single events do."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_case import FAMILIES, begun, family, family_case, sample, stamped

from pipeline.cases.record.case import EMPTY, fold, fold_all
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.events import (
    ApprovalDecided,
    CaseClosed,
    CaseHandedOver,
    CaseOpened,
    CaseReopened,
    EarlierVisitRecorded,
    Event,
    StandingChanged,
)
from pipeline.cases.record.family_events import ConsentAnswered, ConsentAsked
from pipeline.cases.record.from_answers import from_answers
from pipeline.cases.record.journal_events import (
    Agreed,
    AgreementEnded,
    DocumentKept,
    DocumentSent,
    JournalNoted,
    NoteKind,
)
from pipeline.cases.record.parts import Slot
from pipeline.cases.record.people import Place, Standing
from pipeline.cases.record.visit_events import (
    FieldsNotAsked,
    GoalMoved,
    GoalPlaced,
    GoalRemoved,
    SectionHandedIn,
    SectionsLocked,
    VisitDayChanged,
    Written,
)
from pipeline.tool.load import load_tool

PLACED = Slot("other_information", "home-1")


def written(text: str | None, voice: str = "home-1", slot: str = "other_information") -> Written:
    return Written("v1", slot, voice, None if text is None else {"text": text})


LATER = st.one_of(
    st.builds(written, st.none() | st.text(max_size=5), st.sampled_from(["home-1", "home-2"])),
    st.builds(FieldsNotAsked, st.just("v1"), st.just(("theme_other",))),
    st.builds(SectionHandedIn, st.just("v1"), st.sampled_from("abc"), st.just("home-1")),
    st.builds(SectionsLocked, st.just("v1"), st.just(("a", "b")), st.booleans()),
    st.builds(
        GoalPlaced, st.just("v1"), st.sampled_from(["g1", "g2"]), st.just("motor"), st.just("new"), st.integers(0, 3)
    ),
    st.builds(VisitDayChanged, st.just("v1"), st.none() | st.dates()),
    st.builds(CaseReopened, st.text(max_size=3)),
)


@given(st.lists(LATER, max_size=25), st.data())
def test_any_prefix_and_its_rest_make_the_case_that_all_events_make(later: list[Event], data: st.DataObject) -> None:
    happened = stamped([*family(), *later])
    cut = data.draw(st.integers(0, len(happened)))
    whole = fold_all(happened)
    assert fold_all(happened[cut:], fold_all(happened[:cut])) == whole
    assert whole.revision == len(happened)


@given(st.lists(LATER, max_size=25))
def test_folding_at_once_is_folding_one_by_one(later: list[Event]) -> None:
    case = EMPTY
    happened = stamped([*family(), *later])
    for one in happened:
        case = fold(case, one)
    assert case == fold_all(happened)


@pytest.mark.parametrize("name", FAMILIES)
def test_every_prefix_of_a_sample_folds(name: str) -> None:
    happened = from_answers([sample(name, 1), sample(name, 2)], load_tool("2018")).happened
    case = EMPTY
    for one in happened:
        case = fold(case, one)
    assert case == fold_all(happened)


@pytest.mark.parametrize("seq", [0, 1, 3])
@pytest.mark.parametrize("event", [CaseReopened("x"), written("x")])
def test_a_gap_or_a_repetition_is_refused(seq: int, event: Event) -> None:
    one = stamped([CaseOpened("D", "t", "m", "u", True)])
    for folding in (fold, lambda case, late: fold_all([late], case)):
        with pytest.raises(ValueError, match="after revision 1"):
            folding(fold_all(one), Stamped(seq, one[0].at, "p", event))


def test_every_earlier_value_is_kept_and_the_last_is_shown() -> None:
    visit = family_case(written("et"), written("to"), written("tre", "home-2")).visits["v1"]
    assert [v.value for v in visit.answers[PLACED]] == [{"text": "et"}, {"text": "to"}]
    current = visit.current(PLACED)
    assert current is not None
    assert current.value == {"text": "to"}
    assert visit.revision_of(PLACED) == current.seq


def test_an_answer_taken_back_is_none_and_is_remembered() -> None:
    visit = family_case(written("et"), written(None)).visits["v1"]
    assert visit.current(PLACED) is None
    assert len(visit.answers[PLACED]) == 2
    assert visit.revision_of(PLACED) == visit.answers[PLACED][-1].seq
    assert visit.revision_of(Slot("siblings", "home-1")) == 0


def _changed(**changes: Any) -> StandingChanged:
    given: dict[str, Any] = {
        "place": Place.PARENTAL_AUTHORITY,
        "since": date(2020, 1, 1),
        "household": "home-1",
    } | changes
    return StandingChanged(Standing("mother-parental_authority", "mother", **given))


@pytest.mark.parametrize(
    ("event", "changes"),
    [
        (_changed(household="home-9"), False),
        (_changed(until=date(2026, 2, 1)), True),
        (_changed(since=date(2026, 2, 1)), True),
        (_changed(place=Place.TRAINING_PARENT), True),
        (_changed(place=Place.COMPANION), True),
        (begun("aunt", Place.TRAINING_PARENT), True),
        (begun("teacher", Place.DAYCARE), False),
    ],
    ids=["household", "last day", "first day", "training parent", "no parent any more", "a new one", "a helper"],
)
def test_authority_changes_with_the_parents_and_their_days(event: Event, changes: bool) -> None:
    before, after = family_case(), family_case(event)
    assert (after.authority_changed == after.revision) is changes
    assert changes or after.authority_changed == before.authority_changed


def test_of_two_approvals_from_one_day_the_later_recorded_corrects_the_other() -> None:
    def approval(day: date, extent: str) -> ApprovalDecided:
        return ApprovalDecided(day, extent, (), (), "", False)

    case = family_case(approval(date(2026, 2, 1), "forkert"), approval(date(2026, 2, 1), "rettet"))
    shown = {day: case.approval_on(day) for day in (date(2025, 7, 31), date(2026, 1, 31), date(2026, 2, 1))}
    assert [a.extent if a else None for a in shown.values()] == [None, "Deltid", "rettet"]


def test_earlier_visits_stand_in_order_and_a_day_once() -> None:
    case = family_case(
        EarlierVisitRecorded(date(2025, 9, 1), (("motor", "some"),)),
        EarlierVisitRecorded(date(2025, 3, 1), (("motor", "less"),)),
        EarlierVisitRecorded(date(2025, 9, 1), (("motor", "high"),)),
    )
    assert [(v.day.month, v.grades[0][1]) for v in case.earlier_visits] == [(3, "less"), (9, "high")]


def test_what_else_happens_in_a_case_is_found_in_it() -> None:
    case = family_case(
        CaseHandedOver("Team B", "Unge", "flyttet"),
        GoalPlaced("v1", "g1", "motor", "new", 1),
        GoalPlaced("v1", "g2", "social", "new", 0),
        GoalMoved("v1", "g1", "health", 5),
        GoalRemoved("v1", "g2"),
        SectionsLocked("v1", ("a", "b"), True),
        SectionsLocked("v1", ("a",), False),
        JournalNoted(NoteKind.PHONE, date(2026, 2, 1), "Ida", "Ringede."),
        Agreed("a1", "v1", "Ny tavle", "Ida"),
        AgreementEnded("a1", True),
        DocumentKept("f1", "bilag", "Udtalelse", "u.pdf", "application/pdf", 3, "ab"),
        DocumentSent("f1", "mother", "Digital Post"),
        ConsentAsked("c1", "mother", "Skolen", "En udtalelse."),
        ConsentAnswered("c1", "given"),
        ConsentAnswered("c1", "withdrawn"),
        CaseClosed("ophoer", "færdig"),
    )
    visit = case.visits["v1"]
    assert (case.team, case.unit, case.is_open, case.outcome) == ("Team B", "Unge", False, "ophoer")
    assert [(goal.id, goal.goal_type, goal.position) for goal in visit.plan] == [("g1", "health", 5)]
    assert visit.locked == {"b"}
    assert case.journal[0].by == "m-1"
    ended = case.agreements["a1"].ended
    assert ended is not None
    assert ended.fulfilled
    assert [sending.to for _, sending in case.documents["f1"].sent] == ["mother"]
    assert [answer for _, _, answer in case.consents["c1"].answers] == ["given", "withdrawn"]
    reopened = family_case(CaseClosed("ophoer", "x"), CaseReopened("y"))
    assert reopened.is_open
