"""Cases are opened, read and added to, on both databases."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest
from fictional_case import (
    CASEWORKER,
    CHILD_CPR,
    CHILD_NAME,
    HOUSEHOLD,
    MOTHER,
    MOTHER_NAME,
    PEOPLE,
    VISIT,
    open_fictional_case,
    opening,
    text,
)
from movable_clock import MovableClock
from sqlalchemy import Update, func, select, update
from sqlalchemy.exc import DBAPIError

from pipeline.cases.hearing.events import HearingOpened, SilenceRecorded
from pipeline.cases.record.case import fold_all
from pipeline.cases.record.events import CaseClosed, CaseHandedOver, PersonRecorded
from pipeline.cases.record.journal_events import Agreed, JournalNoted, NoteKind
from pipeline.cases.record.people import CasePerson
from pipeline.cases.record.visit_events import GoalMoved, VisitDayChanged, Written
from pipeline.errors import StoreUnavailable, Tampered
from pipeline.store.case_lists import Order
from pipeline.store.clear_columns import CLOSED, OPEN
from pipeline.store.database import Database
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.refusals import CaseMovedOn, CaseNotFound, CaseNumberTaken, EventRefused
from pipeline.store.tables import cases, events


def _note(words: str) -> JournalNoted:
    return JournalNoted(NoteKind.NOTE, date(2026, 11, 1), "", words)


def _count(store: Store) -> int:
    with store.database.read() as connection:
        return connection.execute(select(func.count()).select_from(events)).scalar_one()


def test_what_was_put_into_a_case_is_read_by_another_process(store: Store, places: Places) -> None:
    case_id = open_fictional_case(store)
    before = store.cases.append(case_id, [_note("opdigtet")], CASEWORKER, "journal.write")
    other = open_store(places)
    assert other.cases.case(case_id) == before
    assert fold_all(other.cases.happened(case_id)) == before
    other.close()


def test_a_case_that_another_process_changed_is_read_as_it_is_now(store: Store, places: Places, case_id: str) -> None:
    other = open_store(places)
    assert other.cases.case(case_id).revision == len(PEOPLE) + 1
    store.cases.append(case_id, [_note("opdigtet"), _note("også")], CASEWORKER, "journal.write")
    assert len(other.cases.case(case_id).journal) == 2
    other.close()


def test_an_unknown_case_is_not_found(store: Store) -> None:
    with pytest.raises(CaseNotFound):
        store.cases.case("findes-ikke")
    with pytest.raises(CaseNotFound):
        store.cases.append("findes-ikke", [_note("x")], CASEWORKER, "journal.write")


def test_two_cases_do_not_have_one_number(store: Store, case_id: str) -> None:
    with pytest.raises(CaseNumberTaken, match="nummer"):
        store.cases.open_case(opening(), CASEWORKER)


def test_an_event_that_does_not_fit_is_refused_and_nothing_of_its_company_is_written(
    store: Store, case_id: str
) -> None:
    count = _count(store)
    with pytest.raises(EventRefused):
        store.cases.append(case_id, [_note("godt"), GoalMoved(VISIT, "intet-maal", "x", 1)], CASEWORKER, "goal.move")
    with pytest.raises(EventRefused):
        store.cases.append(case_id, [Written("intet-besoeg", "f", HOUSEHOLD, text("x"))], MOTHER, "answers.save")
    assert _count(store) == count
    assert store.cases.case(case_id).journal == ()


def test_whoever_looked_at_an_older_revision_is_told(store: Store, case_id: str) -> None:
    seen = store.cases.case(case_id).revision
    store.cases.append(case_id, [_note("først")], CASEWORKER, "journal.write", expected_revision=seen)
    with pytest.raises(CaseMovedOn, match="Intet er gemt"):
        store.cases.append(case_id, [_note("for sent")], CASEWORKER, "journal.write", expected_revision=seen)
    assert len(store.cases.case(case_id).journal) == 1


def _add_and_fail(store: Store, case_id: str) -> None:
    with store.cases.change(case_id, CASEWORKER, "journal.write") as change:
        change.add([_note("aldrig")], CASEWORKER)
        assert change.case.journal
        raise ZeroDivisionError


def test_what_fails_in_the_middle_of_a_change_leaves_no_trace_in_memory(store: Store, case_id: str) -> None:
    before = store.cases.case(case_id)
    with pytest.raises(ZeroDivisionError):
        _add_and_fail(store, case_id)
    assert store.cases.case(case_id) == before


@pytest.fixture
def clock() -> MovableClock:
    """Nine days before the visit."""
    return MovableClock()


@pytest.fixture
def moving_store(places: Places, clock: MovableClock) -> Iterator[Store]:
    with closing(open_store(places, clock)) as store:
        yield store


def test_columns_in_the_clear_follow_the_events(moving_store: Store) -> None:
    store, case_id = moving_store, open_fictional_case(moving_store)
    (row,) = store.lists.listing().cases
    assert (row.team, row.state, row.next_deadline, row.fictional) == ("nord", OPEN, date(2026, 12, 1), True)
    sooner = Agreed("aftale-1", VISIT, "ringe", CASEWORKER, date(2026, 11, 25))
    store.cases.append(case_id, [sooner, CaseHandedOver("syd", "u", "")], CASEWORKER, "case.hand-over")
    (row,) = store.lists.listing(teams=["syd"]).cases
    assert row.next_deadline == date(2026, 11, 25)
    store.cases.append(case_id, [CaseClosed("flyttet", "")], CASEWORKER, "case.close")
    (row,) = store.lists.listing(states=[CLOSED]).cases
    assert (row.outcome, row.next_deadline) == ("flyttet", None)
    assert row.closed_at is not None


def _due(store: Store) -> date | None:
    (row,) = store.lists.listing().cases
    return row.next_deadline


def test_a_visit_that_was_held_is_no_deadline_and_the_hearing_after_it_is(
    moving_store: Store, clock: MovableClock
) -> None:
    store, case_id = moving_store, open_fictional_case(moving_store)
    clock.move(timedelta(days=9))
    store.cases.append(case_id, [_note("på dagen")], CASEWORKER, "journal.write")
    assert _due(store) == date(2026, 12, 1)
    clock.move(timedelta(days=1))
    store.cases.append(case_id, [], "system", "journey.wait")
    assert _due(store) is None
    too_late = datetime(2026, 12, 16, 23, tzinfo=UTC)
    hearing = HearingOpened("h-1", VISIT, MOTHER, too_late, "rapport", "00", 1)
    store.cases.append(case_id, [hearing], CASEWORKER, "hearing.open")
    assert _due(store) == date(2026, 12, 16)
    store.cases.append(case_id, [SilenceRecorded("h-1")], "system", "journey.record_silence")
    assert _due(store) is None


def test_a_list_shows_the_nearest_deadline_first_and_those_without_last(store: Store) -> None:
    for number, day in (("2026-1", None), ("2026-2", date(2027, 1, 2)), ("2026-3", date(2026, 12, 24))):
        case_id = open_fictional_case(store, number)
        store.cases.append(case_id, [VisitDayChanged(VISIT, day)], CASEWORKER, "visit.move")
    by_deadline = store.lists.listing(order=Order.DEADLINE)
    assert [row.number for row in by_deadline.cases] == ["2026-3", "2026-2", "2026-1"]
    assert [row.number for row in store.lists.listing(due_by=date(2026, 12, 24)).cases] == ["2026-3"]
    second = store.lists.listing(order=Order.NUMBER, page=2, per_page=2)
    assert ([row.number for row in second.cases], second.total) == (["2026-3"], 3)
    assert store.lists.listing(teams=[]).cases == ()


def test_names_are_searched_only_in_the_cases_that_one_may_see(store: Store) -> None:
    mine, other = open_fictional_case(store, "2026-1"), open_fictional_case(store, "2026-2")
    found = store.lists.search_by_name(["påfund", "METTE"], [mine])
    assert [(one.case_id, one.person_id) for one in found] == [(mine, MOTHER)]
    assert store.lists.search_by_name(["Mette"], []) == ()
    assert store.lists.search_by_name([""], [mine, other]) == ()
    assert store.lists.summaries([mine])[mine].child == CHILD_NAME


def test_a_person_is_found_by_cpr_in_every_case_and_no_longer_once_it_is_corrected(store: Store) -> None:
    first, second = open_fictional_case(store, "2026-1"), open_fictional_case(store, "2026-2")
    found = store.lists.search_by_cpr(f"{CHILD_CPR[:6]}-{CHILD_CPR[6:]}")
    assert {one.case_id for one in found} == {first, second}
    corrected = PersonRecorded(CasePerson(MOTHER, MOTHER_NAME, "0303850003"))
    store.cases.append(first, [corrected], CASEWORKER, "person.change")
    assert {one.case_id for one in store.lists.search_by_cpr("0202850002")} == {second}
    assert {one.case_id for one in store.lists.search_by_cpr("0303850003")} == {first}


def test_a_sealed_value_does_not_open_in_another_row(store: Store, places: Places, case_id: str) -> None:
    other_id = open_fictional_case(store, "2026-2")
    with store.database.read() as connection:
        sealed = dict(
            connection.execute(select(events.c.seq, events.c.sealed).where(events.c.case_id == case_id)).all()
        )
        theirs = connection.execute(select(cases.c.wrapped_key, cases.c.summary).where(cases.c.id == other_id)).one()
    swapped = update(events).where(events.c.case_id == case_id, events.c.seq == 2).values(sealed=sealed[3])
    moved_key = update(cases).where(cases.c.id == case_id).values(wrapped_key=theirs.wrapped_key)
    moved_summary = update(cases).where(cases.c.id == case_id).values(summary=theirs.summary)
    for change in (swapped, moved_key):
        _try_change(store.database, places, change, lambda fresh: fresh.cases.case(case_id))
    _try_change(store.database, places, moved_summary, lambda fresh: fresh.lists.summaries([case_id]))


def _try_change(database: Database, places: Places, change: Update, read: Callable[[Store], object]) -> None:
    """Change the database past the store, and see a freshly opened one refuse it; then change it back."""
    fresh = open_store(places)
    connection = database.engine.connect()
    with connection, connection.begin() as transaction:
        connection.execute(change)
        transaction.commit()
    with pytest.raises(Tampered):
        read(fresh)
    fresh.close()


@pytest.mark.parametrize(
    "change", ["update events set at = at", "update events set seq = seq + 100", "delete from events"]
)
def test_the_database_itself_refuses_to_change_or_remove_what_happened(store: Store, case_id: str, change: str) -> None:
    with pytest.raises(DBAPIError), store.database.write() as connection:
        connection.exec_driver_sql(change)
    assert len(store.cases.happened(case_id)) == len(PEOPLE) + 1


def test_an_event_has_the_moment_that_the_clock_told(places: Places) -> None:
    moment = datetime(2026, 11, 22, 0, 36, 10, 7, tzinfo=UTC)
    store = open_store(places, clock=lambda: moment)
    case_id = open_fictional_case(store)
    assert {one.at for one in store.cases.happened(case_id)} == {moment}
    store.close()


def test_a_reader_is_not_kept_waiting_by_a_writer_and_sees_one_moment(store: Store, case_id: str) -> None:
    with store.cases.change(case_id, CASEWORKER, "journal.write") as change:
        change.add([_note("endnu ikke")], CASEWORKER)
        assert store.cases.case(case_id).journal == ()
    with store.database.read() as connection:
        first = connection.execute(select(cases.c.revision)).scalar_one()
        store.cases.append(case_id, [_note("nu")], CASEWORKER, "journal.write")
        assert connection.execute(select(cases.c.revision)).scalar_one() == first
    assert store.cases.case(case_id).revision == first + 1


def test_whoever_reads_cannot_write(store: Store) -> None:
    with pytest.raises((StoreUnavailable, DBAPIError)), store.database.read() as connection:
        connection.execute(update(cases).values(team="x"))


def test_a_write_inside_a_write_is_told_of_at_once(store: Store, case_id: str) -> None:
    with pytest.raises(RuntimeError), store.database.write(), store.database.write():
        pass
    with pytest.raises(RuntimeError), store.database.write():
        store.audit.record(CASEWORKER, "case.read", case_id)


def test_a_commit_is_on_the_disk_before_it_is_acknowledged(store: Store) -> None:
    asked = (
        {"PRAGMA journal_mode": "wal", "PRAGMA synchronous": 2, "PRAGMA foreign_keys": 1, "PRAGMA secure_delete": 1}
        if store.database.is_sqlite
        else {"SHOW synchronous_commit": "on", "SHOW fsync": "on"}
    )
    with store.database.write() as connection:
        assert {question: connection.exec_driver_sql(question).scalar_one() for question in asked} == asked
