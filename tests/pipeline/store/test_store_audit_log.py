"""The audit log in the database: every line with what it tells of, whole to the verifier, healed after a crash."""

import shutil
import threading

import pytest
from fictional_case import CASEWORKER, MOTHER, open_fictional_case
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from pipeline.audit.chain import Chain
from pipeline.audit.findings import Verdict
from pipeline.audit.verify import ask_anchor, verify
from pipeline.cases.record.events import CaseClosed
from pipeline.cases.record.visit_events import GoalRemoved
from pipeline.errors import Tampered
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.refusals import EventRefused
from pipeline.store.tables import audit, audit_head


def _verdict(store: Store) -> Verdict:
    said = ask_anchor(store.anchor)
    return verify(store.audit.entries(), Chain(store.keyring), said)


def test_changes_and_reads_stand_in_the_log_by_random_ids(store: Store) -> None:
    case_id = open_fictional_case(store)
    store.audit.record(MOTHER, "case.read", case_id)
    store.audit.record("nogen", "case.read", case_id, "denied")
    said = [(e.actor, e.action, e.case_id, e.outcome) for e in store.audit.entries()]
    assert said == [
        (CASEWORKER, "case.open", case_id, "ok"),
        (MOTHER, "case.read", case_id, "ok"),
        ("nogen", "case.read", case_id, "denied"),
    ]
    assert _verdict(store).good
    assert store.anchor.head() == store.audit.head()


def test_a_change_that_is_refused_leaves_no_line(store: Store, case_id: str) -> None:
    before = store.audit.head()
    with pytest.raises(EventRefused):
        store.cases.append(case_id, [GoalRemoved("intet", "intet")], CASEWORKER, "goal.remove")
    assert store.audit.head() == before


def test_reads_that_come_together_are_all_in_the_log_when_they_are_answered(store: Store, case_id: str) -> None:
    missing: list[str] = []

    def read(reader: int) -> None:
        for page in range(25):
            outcome = f"laeser-{reader}-side-{page}"
            store.audit.record(f"laeser-{reader}", "case.read", case_id, outcome)
            with store.database.read() as connection:
                if not connection.execute(select(audit.c.seq).where(audit.c.outcome == outcome)).first():
                    missing.append(outcome)

    readers = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert missing == []
    verdict = _verdict(store)
    assert (verdict.good, verdict.entries) == (True, 201)
    assert store.anchor.head().seq == 201


def test_lines_that_were_begun_are_written_together_with_the_first_that_is_waited_for(
    store: Store, case_id: str
) -> None:
    before = store.audit.head().seq
    begun = [store.audit.begin(MOTHER, "case.read", case_id, f"side-{page}") for page in range(3)]
    assert store.audit.head().seq == before
    begun[1].wait()
    assert [one.outcome for one in store.audit.entries(after=before)] == ["side-0", "side-1", "side-2"]
    for line in begun:
        line.wait()
    assert store.audit.head().seq == before + 3
    assert _verdict(store).good


def test_who_asks_who_has_read_a_case_finds_the_line_that_they_have_begun(store: Store, case_id: str) -> None:
    line = store.audit.begin(MOTHER, "journal.read", case_id)
    assert store.audit.of_case(case_id)[-1].action == "journal.read"
    line.wait()


def test_all_hear_of_it_when_their_lines_cannot_be_written(store: Store, case_id: str) -> None:
    begun = [store.audit.begin(MOTHER, "case.read", case_id) for _ in range(2)]
    with store.database.write() as connection:
        connection.execute(delete(audit_head))
    for line in begun:
        with pytest.raises(Tampered, match="Revisionsloggen er ikke hel"):
            line.wait()


@pytest.mark.parametrize("change", ["update audit set outcome = 'ok'", "delete from audit"])
def test_the_database_itself_refuses_to_change_or_remove_a_line(store: Store, case_id: str, change: str) -> None:
    with pytest.raises(DBAPIError), store.database.write() as connection:
        connection.exec_driver_sql(change)
    assert _verdict(store).good


def test_an_anchor_that_a_crash_left_behind_is_moved_on_at_the_next_start(
    store: Store, places: Places, case_id: str
) -> None:
    kept = places.anchor.with_name("anker-foer")
    shutil.copytree(places.anchor, kept)
    store.audit.record(MOTHER, "case.read", case_id)
    shutil.rmtree(places.anchor)
    kept.rename(places.anchor)
    assert store.anchor.head().seq < store.audit.head().seq
    again = open_store(places)
    assert again.anchor.head() == again.audit.head()
    assert _verdict(again).good
    again.close()


def _without_triggers(store: Store) -> None:
    tables = {"audit_is_never_changed": "audit", "audit_is_never_deleted": "audit"}
    with store.database.write() as connection:
        for name, table in tables.items():
            on_table = "" if store.database.is_sqlite else f" ON {table}"
            connection.exec_driver_sql(f"DROP TRIGGER {name}{on_table}")


def test_a_log_that_lost_its_end_keeps_the_program_from_starting(store: Store, places: Places, case_id: str) -> None:
    store.audit.record(MOTHER, "case.read", case_id)
    _without_triggers(store)
    first = next(store.audit.entries())
    with store.database.write() as connection:
        connection.execute(delete(audit).where(audit.c.seq > 1))
        connection.execute(update(audit_head).values(seq=1, mac=first.mac, at=first.at))
    with pytest.raises(Tampered, match="Revisionsloggen er ikke hel"):
        open_store(places)


def test_a_line_that_is_not_ours_beyond_the_anchor_keeps_the_program_from_starting(
    store: Store, places: Places, case_id: str
) -> None:
    kept = places.anchor.with_name("anker-foer")
    shutil.copytree(places.anchor, kept)
    store.audit.record(MOTHER, "case.read", case_id)
    shutil.rmtree(places.anchor)
    kept.rename(places.anchor)
    _without_triggers(store)
    with store.database.write() as connection:
        connection.execute(update(audit).where(audit.c.seq == 2).values(actor="en-anden"))
    with pytest.raises(Tampered, match="Revisionsloggen er ikke hel"):
        open_store(places)


def test_an_anchor_that_cannot_be_moved_is_told_to_the_operator_and_the_answer_stands(
    store: Store, places: Places, case_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    (places.anchor / "hoved.txt").unlink()
    store.cases.append(case_id, [CaseClosed("flyttet", "")], CASEWORKER, "case.close")
    assert not store.cases.case(case_id).is_open
    assert "anker" in caplog.text


def test_the_log_of_two_processes_is_one_chain(store: Store, places: Places, case_id: str) -> None:
    other = open_store(places)
    for turn in range(10):
        (store if turn % 2 else other).audit.record(MOTHER, "case.read", case_id)
    assert _verdict(store).good
    with store.database.read() as connection:
        assert connection.execute(select(func.max(audit.c.seq))).scalar_one() == 11
    other.close()


def test_a_start_while_others_write_finds_the_log_whole(store: Store, places: Places, case_id: str) -> None:
    other, stopped = open_store(places), threading.Event()

    def write() -> None:
        while not stopped.is_set():
            other.audit.record(MOTHER, "case.read", case_id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(100):
            store.audit.catch_up()
    finally:
        stopped.set()
        writer.join()
        other.close()
    assert _verdict(store).good


def test_a_log_of_many_lines_is_read_in_parts(store: Store, case_id: str) -> None:
    with store.audit.writing() as work:
        for _ in range(2500):
            work.note(MOTHER, "case.read", case_id)
    assert [e.seq for e in store.audit.entries()] == list(range(1, 2502))
    assert [e.seq for e in store.audit.entries(after=2499)] == [2500, 2501]
    assert _verdict(store).good


def _note_and_fail(store: Store, case_id: str) -> None:
    with store.audit.writing() as work:
        work.note(MOTHER, "case.read", case_id)
        raise ZeroDivisionError


def test_what_was_noted_goes_with_the_transaction_that_failed(store: Store, case_id: str) -> None:
    before = store.audit.head()
    with pytest.raises(ZeroDivisionError):
        _note_and_fail(store, case_id)
    assert store.audit.head() == before
