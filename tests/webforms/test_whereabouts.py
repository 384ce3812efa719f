"""The panel speaks to whoever reads: to the family of its own next step, to an employee of the municipality's."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.cases.hearing.events import HearingOpened
from pipeline.cases.hearing.state import Hearings, after
from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from webforms.design.words import Speaker, Words
from webforms.whereabouts import where_is

ROOM = Path(__file__).parents[2] / "webforms" / "words"
VISIT_DAY, DAY_AFTER = date(2026, 5, 5), date(2026, 5, 6)
OPENED_AT = datetime(2026, 5, 10, tzinfo=UTC)
TO_MOTHER = HearingOpened("h-1", "v1", "mor", datetime(2026, 5, 25, 22, tzinfo=UTC), "rapport", "00", 1)


@pytest.fixture(scope="module")
def say() -> Speaker:
    return Words(ROOM).speaker("da")


@pytest.fixture
def case() -> Case:
    """An open case with one visit, prepared until its day."""
    visit = Visit("v1", 1, "ordinary", "2018", VISIT_DAY, "")
    return Case(opened_at=datetime(2026, 1, 5, tzinfo=UTC), unit="Børn", visits={"v1": visit})


def heard(case: Case) -> Case:
    return replace(case, hearings=after(Hearings(), TO_MOTHER, OPENED_AT, "sagsbehandler"))


@pytest.mark.parametrize(
    ("day", "to_family", "to_employee"),
    [
        (date(2026, 4, 1), "I udfylder jeres del", "Familien udfylder sin del"),
        (date(2026, 5, 1), "Kommunen kommer på besøg.", "Besøget bliver holdt."),
        (DAY_AFTER, "Kommunen skriver en rapport.", "Skriv rapporten"),
    ],
)
def test_the_next_step_is_told_to_whoever_reads(
    case: Case, say: Speaker, day: date, to_family: str, to_employee: str
) -> None:
    assert where_is(case, day, say, "mor").next_step.startswith(to_family)
    told = where_is(case, day, say, "sagsbehandler", is_employed=True)
    assert told.next_step.startswith(to_employee)
    assert (told.promise, where_is(case, day, say).promise == "") == ("", False)


def test_whoever_is_heard_is_told_their_own_deadline_and_nobody_elses(case: Case, say: Speaker) -> None:
    day = date(2026, 5, 20)
    hers, his = where_is(heard(case), day, say, "mor"), where_is(heard(case), day, say, "far")
    assert (hers.next_step[:24], hers.when) == ("Du kan læse rapporten og", "Senest 25. maj 2026.")
    assert (his.state, his.when) == ("Rapporten om besøg nr. 1 er i høring.", "")
    assert where_is(heard(case), day, say, "x", is_employed=True).next_step.startswith("De, der er hørt")


def test_after_the_hearing_the_remarks_are_answered_and_the_report_is_made(case: Case, say: Speaker) -> None:
    late = where_is(heard(case), date(2026, 5, 26), say, "mor")
    assert (late.state, late.next_step[:13]) == ("Høringen om besøg nr. 1 er slut.", "Kommunen svar")
    over = heard(case)
    done = replace(over, hearings=replace(over.hearings, final={"v1": object()}))  # type: ignore[dict-item]  # that there is one is all that counts
    assert where_is(done, date(2026, 6, 26), say, "mor").state == "Den endelige rapport om besøg nr. 1 er lavet."


def test_a_closed_case_says_so_to_both(case: Case, say: Speaker) -> None:
    closed = replace(case, closed_at=OPENED_AT)
    assert where_is(closed, DAY_AFTER, say).state == "Sagen er afsluttet."
    assert where_is(closed, DAY_AFTER, say, is_employed=True).next_step == "Der sker ikke mere i sagen her."
