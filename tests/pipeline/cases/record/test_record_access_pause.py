"""Who gets in on which day: the rules as a table of cases."""

from datetime import UTC, date, datetime

import pytest
from small_case import CHILD_CPR, begun, family, family_case, stamped

from pipeline.cases.record import events as ev
from pipeline.cases.record.access_pause import Pause, PauseKind, open_standings, paused
from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.people import CasePerson, Place

TODAY = date(2026, 3, 1)
BIRTHDAY = date(2034, 6, 14)
DAY_BEFORE = date(2034, 6, 13)


def allowed(person: str) -> ev.AccessDecided:
    return ev.AccessDecided(person, True, "opdigtet")


def kind(pause: Pause | None) -> PauseKind | None:
    return pause.kind if pause else None


def ended(person: str, place: Place, until: date) -> ev.StandingChanged:
    return ev.StandingChanged(begun(person, place, until=until).standing)


GRANDMA = begun("grandma", Place.POWER_OF_ATTORNEY, until=date(2026, 6, 30), sections=("b",), speaks_for="mother")
AUNT = begun("aunt", Place.TRAINING_PARENT, since=date(2026, 1, 1))

TABLE: list[tuple[str, list[ev.Event], str, date, PauseKind | None]] = [
    ("a parent with a decision gets in", [], "mother", TODAY, None),
    ("so does the other", [], "father", TODAY, None),
    ("a stranger does not", [], "nobody", TODAY, PauseKind.NO_STANDING),
    ("a new training parent waits for a decision", [AUNT], "aunt", TODAY, PauseKind.NOT_DECIDED),
    ("and the parents wait with them", [AUNT], "mother", TODAY, PauseKind.AUTHORITY_CHANGED),
    ("an earlier decision does not count", [allowed("mother"), AUNT], "mother", TODAY, PauseKind.AUTHORITY_CHANGED),
    ("a decision after it does", [AUNT, allowed("mother")], "mother", TODAY, None),
    ("for each parent alone", [AUNT, allowed("mother")], "father", TODAY, PauseKind.AUTHORITY_CHANGED),
    ("a refusal closes", [ev.AccessDecided("father", False, "x")], "father", TODAY, PauseKind.CLOSED),
    ("and is no refusal of the other", [ev.AccessDecided("father", False, "x")], "mother", TODAY, None),
    ("the day before 18 the parents get in", [], "mother", DAY_BEFORE, None),
    ("on the day they do not", [], "mother", BIRTHDAY, PauseKind.CHILD_OF_AGE),
    ("nor later", [], "father", date(2040, 1, 1), PauseKind.CHILD_OF_AGE),
    ("the child needs a decision", [], "child", TODAY, PauseKind.NOT_DECIDED),
    ("and gets in with one", [allowed("child")], "child", TODAY, None),
    ("also once grown", [allowed("child")], "child", BIRTHDAY, None),
    ("a sibling needs a decision", [begun("sister", Place.SIBLING)], "sister", TODAY, PauseKind.NOT_DECIDED),
    ("a helper follows the days", [], "teacher", TODAY, None),
    ("also after 18", [], "teacher", BIRTHDAY, None),
    ("until the last day", [ended("teacher", Place.SCHOOL, TODAY)], "teacher", TODAY, None),
    ("and no day longer", [ended("teacher", Place.SCHOOL, date(2026, 2, 28))], "teacher", TODAY, PauseKind.NO_STANDING),
    ("nor before the first", [], "teacher", date(2019, 12, 31), PauseKind.NO_STANDING),
    ("a caseworker gets in", [AUNT], "m-1", BIRTHDAY, None),
    ("a fuldmagt gets in", [GRANDMA], "grandma", TODAY, None),
    ("on its last day too", [GRANDMA], "grandma", date(2026, 6, 30), None),
    ("then not", [GRANDMA], "grandma", date(2026, 7, 1), PauseKind.NO_STANDING),
    ("nor while the parent does not", [GRANDMA, AUNT], "grandma", TODAY, PauseKind.AUTHORITY_CHANGED),
    (
        "nor for a parent who is gone",
        [GRANDMA, *(ended("mother", p, date(2026, 2, 1)) for p in (Place.PARENTAL_AUTHORITY, Place.TRAINING_PARENT))],
        "grandma",
        TODAY,
        PauseKind.NO_STANDING,
    ),
    (
        "a mother with her grown child's fuldmagt gets in by it",
        [begun("mother", Place.POWER_OF_ATTORNEY, sections=("b",), speaks_for="child")],
        "mother",
        BIRTHDAY,
        None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "person", "day", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_the_table_of_pauses(events: list[ev.Event], person: str, day: date, expected: PauseKind | None) -> None:
    assert kind(paused(family_case(*events), person, day)) is expected


def _decided_at(at: datetime) -> Case:
    before = stamped(family())
    return fold_all([*before, Stamped(len(before) + 1, at, "m-1", allowed("mother"))])


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        (datetime(2034, 6, 13, 21, 59, tzinfo=UTC), PauseKind.CHILD_OF_AGE),
        (datetime(2034, 6, 13, 22, 0, tzinfo=UTC), None),
        (datetime(2034, 6, 20, 9, 0, tzinfo=UTC), None),
    ],
    ids=["late on the evening before", "at midnight in Denmark", "a week later"],
)
def test_the_decision_is_taken_again_once_the_child_is_18(decided: datetime, expected: PauseKind | None) -> None:
    assert kind(paused(_decided_at(decided), "mother", date(2034, 7, 1))) is expected


@pytest.mark.parametrize(
    ("child", "day", "expected"),
    [
        (CasePerson("child", "Aksel Prøvesen", cpr="2902085001"), date(2026, 2, 27), None),
        (CasePerson("child", "Aksel Prøvesen", cpr="2902085001"), date(2026, 2, 28), PauseKind.CHILD_OF_AGE),
        (
            CasePerson("child", "Aksel Prøvesen", cpr="1406164AB1", born=date(2008, 3, 1)),
            date(2026, 3, 1),
            PauseKind.CHILD_OF_AGE,
        ),
        (CasePerson("child", "Aksel Prøvesen", born=date(2008, 3, 2)), date(2026, 3, 1), None),
        (CasePerson("child", "Aksel Prøvesen"), date(2026, 3, 1), PauseKind.AGE_UNKNOWN),
    ],
    ids=["the day before 28 February", "28 February", "a replacement number", "not yet", "no birthday"],
)
def test_the_childs_birthday_decides(child: CasePerson, day: date, expected: PauseKind | None) -> None:
    assert kind(paused(family_case(ev.PersonRecorded(child)), "mother", day)) is expected


def test_only_what_is_open_lets_in() -> None:
    fuldmagt = begun("mother", Place.POWER_OF_ATTORNEY, sections=("b",), speaks_for="child")
    case = family_case(fuldmagt)
    assert [s.place for s in open_standings(case, "mother", BIRTHDAY)] == [Place.POWER_OF_ATTORNEY]
    assert len(open_standings(case, "mother", DAY_BEFORE)) == 3


def test_every_pause_says_why_and_what_to_do_and_names_nobody() -> None:
    seen = {
        p.kind: p
        for events, person, day in [row[1:4] for row in TABLE]
        if (p := paused(family_case(*events), person, day))
    }
    unknown = paused(family_case(ev.PersonRecorded(CasePerson("child", "Aksel Prøvesen"))), "mother", TODAY)
    assert unknown
    assert {*seen, unknown.kind} == set(PauseKind)
    for pause in (*seen.values(), unknown):
        words = f"{pause.reason} {pause.next_step}"
        assert pause.reason.endswith(".")
        assert "kontaktpersonen" in pause.next_step.lower()
        assert not any(secret in words for secret in ("Prøvesen", CHILD_CPR, "mother", "child"))
