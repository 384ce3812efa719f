"""A save that disk or database refuses, at any point of it: a clear message, nothing half-written, and on it goes."""

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Self

import psycopg
import pytest
from fictional_case import HOUSEHOLD, MOTHER, SECTION, VISIT, open_fictional_case, text
from sqlalchemy import Connection, event
from test_store_files import PHOTO

from pipeline.audit.chain import Chain
from pipeline.audit.verify import ask_anchor, verify
from pipeline.errors import StoreUnavailable
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.save_answers import Answer, SaveAnswers, Writer

LONG = "Opdigtede ord om træningen. " * 300
ANSWERS = [Answer(f"a{number}", 0, text(LONG)) for number in range(3)]
Fault = Callable[[Any], None]
"""Is given the driver's connection."""


def _save_answers(store: Store, case_id: str) -> None:
    save = SaveAnswers(store.cases, store.drafts, lambda edition, slot: SECTION)
    assert len(save.save(case_id, VISIT, SECTION, ANSWERS, Writer(MOTHER, HOUSEHOLD)).written) == len(ANSWERS)


def _keep_file(store: Store, case_id: str) -> None:
    store.files.keep(case_id, io.BytesIO(bytes(200_000)), PHOTO, MOTHER)


def _as_kept(places: Places, case_id: str) -> object:
    """All of the case and its files, read by a program that starts now; it starts only on a whole audit log."""
    fresh = open_store(places)
    try:
        assert verify(fresh.audit.entries(), Chain(fresh.keyring), ask_anchor(fresh.anchor)).good
        return fresh.cases.happened(case_id), fresh.audit.head().seq, sorted(places.files.glob("??/*"))
    finally:
        fresh.close()


@contextmanager
def _fault_at(store: Store, step: int, fault: Fault) -> Iterator[None]:
    """The fault comes at the n-th statement that the driver of a writing connection is given; its commit counts too."""
    left = step

    def at_statement(driver: Any) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            fault(driver)

    def at_commit(connection: Connection) -> None:
        at_statement(connection.connection.driver_connection)

    watch = _watch_sqlite(at_statement) if store.database.is_sqlite else _watch_server(at_statement)
    event.listen(store.database.engine, "checkout", watch)
    if not store.database.is_sqlite:  # there it is a statement like the others
        event.listen(store.database.engine, "commit", at_commit)
    try:
        yield
    finally:
        left = 0
        event.remove(store.database.engine, "checkout", watch)
        if not store.database.is_sqlite:
            event.remove(store.database.engine, "commit", at_commit)


def _watch_sqlite(at_statement: Fault) -> Callable[..., None]:
    return lambda driver, *_: driver.set_trace_callback(lambda _: at_statement(driver))


def _watch_server(at_statement: Fault) -> Callable[..., None]:
    class Watched(psycopg.Cursor[Any]):
        def execute(self, *given: Any, **more: Any) -> Self:
            at_statement(self.connection)
            return super().execute(*given, **more)

        def executemany(self, *given: Any, **more: Any) -> None:
            at_statement(self.connection)
            super().executemany(*given, **more)

    def watch(driver: Any, record: Any, _: object) -> None:
        driver.cursor_factory = Watched
        record.info.clear()  # the cursor that stayed with it is not watched

    return watch


def _interrupt_sqlite(driver: Any) -> None:
    told = count()
    # SQLite gives up the statement that it comes to next; only that one.
    driver.set_progress_handler(lambda: 1 if next(told) == 0 else 0, 1)


def _end_server_process(driver: Any) -> None:
    with psycopg.connect(driver.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [driver.info.backend_pid])


@pytest.mark.parametrize("work", [_save_answers, _keep_file])
def test_a_fault_at_any_statement_leaves_nothing_half_written(
    store: Store, places: Places, case_id: str, work: Callable[[Store, str], None]
) -> None:
    fault = _interrupt_sqlite if store.database.is_sqlite else _end_server_process
    before, messages = _as_kept(places, case_id), set()
    for step in range(1, 100):
        try:
            with _fault_at(store, step, fault):
                work(store, case_id)
            break
        except StoreUnavailable as refusal:
            messages.add(str(refusal))
            assert _as_kept(places, case_id) == before
    assert step > 6
    (message,) = messages
    assert message.startswith("Der kan ikke gemmes eller hentes lige nu. Intet er ændret. Prøv igen")
    assert store.cases.case(case_id).revision == len(store.cases.happened(case_id))


def test_a_database_that_may_not_grow_by_n_pages_leaves_nothing_half_written(
    sqlite_store: Store, sqlite_places: Places
) -> None:
    case_id = open_fictional_case(sqlite_store)
    before = _as_kept(sqlite_places, case_id)
    refused = 0
    for pages in range(100):
        _limit_pages(sqlite_store, pages)
        try:
            _save_answers(sqlite_store, case_id)
            break
        except StoreUnavailable:
            refused += 1
            assert _as_kept(sqlite_places, case_id) == before
    assert refused
    _limit_pages(sqlite_store, 1_000_000)
    _save_answers(sqlite_store, open_fictional_case(sqlite_store, "2026-2"))


def _limit_pages(store: Store, more: int) -> None:
    """No more pages than there are, and some more."""
    borrowed = store.database.engine.raw_connection()
    driver = borrowed.driver_connection
    assert driver
    (now,) = driver.execute("PRAGMA page_count").fetchone()
    driver.execute(f"PRAGMA max_page_count={now + more}")
    borrowed.close()


@pytest.mark.parametrize("work", ["answers", "file"])
def test_a_disk_that_is_full_after_n_bytes_leaves_nothing_half_written(sqlite_places: Places, work: str) -> None:
    """In a process of its own, whose files the operating system does not let grow beyond a size."""
    command = [sys.executable, str(Path(__file__).with_name("full_disk_process.py"))]
    said = json.dumps({"home": str(sqlite_places.files.parent), "work": work})
    done = subprocess.run([*command, said], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["refused"] >= 5
    assert told["half_written"] == []
    assert told["other_messages"] == []
    assert told["good_afterwards"]


def test_a_database_that_is_damaged_is_told_in_danish(sqlite_places: Places) -> None:
    store = open_store(sqlite_places)
    open_fictional_case(store)
    store.close()
    database = sqlite_places.files.parent / "tilsyn.sqlite"
    content = bytearray(database.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    database.write_bytes(content)
    with pytest.raises(StoreUnavailable, match="sig det til den, der driver systemet"):
        open_store(sqlite_places)


def test_a_server_that_is_gone_is_told_in_danish_and_used_again_when_it_is_back(
    request: pytest.FixtureRequest, home: Path
) -> None:
    server = request.getfixturevalue("postgresql")
    store = open_store(Places.in_home(home, server.new_database()))
    case_id = open_fictional_case(store)
    server.crash()
    _save_answers(store, case_id)
    assert len(store.cases.case(case_id).visits[VISIT].answers) == len(ANSWERS)
    store.close()
    with pytest.raises(StoreUnavailable, match="Prøv igen om lidt"):
        open_store(Places.in_home(home, "postgresql+psycopg://ingen@/intet?host=/findes/ikke"))
