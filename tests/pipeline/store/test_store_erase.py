"""An erased case is gone: from the program, from the database's own files, and from every backup that is restored."""

import io
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fictional_case import (
    CASEWORKER,
    CHILD_CPR,
    HOUSEHOLD,
    MOTHER,
    SECTION,
    VISIT,
    open_fictional_case,
    text,
)
from sqlalchemy import func, select
from test_store_files import PHOTO

from pipeline.audit.anchor import Anchor
from pipeline.audit.chain import Chain
from pipeline.audit.verify import ask_anchor, verify
from pipeline.store.clear_columns import ERASED
from pipeline.store.database import Database
from pipeline.store.drafts import DraftOf
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.refusals import CaseNotFound
from pipeline.store.save_answers import Answer, SaveAnswers, Writer
from pipeline.store.tables import audit_head, cases, cpr_index, drafts, events, files
from pipeline.vault.destroyed_keys import DestroyedKeys
from pipeline.vault.head_file import Head
from pipeline.vault.keyring import Keyring


@pytest.fixture
def full_case(store: Store, case_id: str, save_answers: SaveAnswers) -> str:
    """A case with an answer, a draft and a file."""
    save_answers.save(case_id, VISIT, SECTION, [Answer("a1", 0, text("opdigtet"))], Writer(MOTHER, HOUSEHOLD))
    store.drafts.keep(DraftOf(case_id, VISIT, "b", MOTHER), 1, {"b1": "opdigtet"})
    store.files.keep(case_id, io.BytesIO(b"opdigtet"), PHOTO, MOTHER)
    return case_id


def _rows(store: Store, case_id: str) -> dict[str, int]:
    with store.database.read() as connection:
        tables = (events, cpr_index, drafts, files)
        count = select(func.count())
        return {
            t.name: connection.execute(count.select_from(t).where(t.c.case_id == case_id)).scalar_one() for t in tables
        }


def test_nothing_is_left_but_the_skeleton(store: Store, places: Places, full_case: str) -> None:
    other = open_fictional_case(store, "2026-2")
    store.erase.erase(full_case, CASEWORKER)
    assert set(_rows(store, full_case).values()) == {0}
    assert [path for path in places.files.glob("??/*")] == []
    for read in (store.cases.case, store.cases.happened):
        with pytest.raises(CaseNotFound):
            read(full_case)
    assert [row.id for row in store.lists.listing().cases] == [other]
    assert {one.case_id for one in store.lists.search_by_cpr(CHILD_CPR)} == {other}
    assert list(store.lists.summaries([full_case, other])) == [other]
    with store.database.read() as connection:
        row = connection.execute(select(cases).where(cases.c.id == full_case)).one()
    assert (row.state, row.number, row.wrapped_key, row.summary) == (ERASED, "2026-001", None, None)
    assert [e.action for e in store.audit.of_case(full_case)][-1] == "archive.erase"
    assert verify(store.audit.entries(), Chain(store.keyring), ask_anchor(store.anchor)).good


def test_a_case_is_erased_once(store: Store, full_case: str) -> None:
    store.erase.erase(full_case, CASEWORKER)
    with pytest.raises(CaseNotFound):
        store.erase.erase(full_case, CASEWORKER)
    with pytest.raises(CaseNotFound):
        store.erase.erase("findes-ikke", CASEWORKER)
    assert store.erase.replay() == 0


def _secrets(store: Store, case_id: str) -> list[bytes]:
    """What an erased case must leave no trace of: its wrapped key and all that is sealed with it."""
    with store.database.read() as connection:
        row = connection.execute(select(cases.c.wrapped_key, cases.c.summary).where(cases.c.id == case_id)).one()
        sealed = connection.execute(select(events.c.sealed).where(events.c.case_id == case_id)).scalars().all()
    return [*row, *sealed]


def test_no_trace_is_left_in_the_files_of_the_database(
    store: Store, places: Places, full_case: str, request: pytest.FixtureRequest
) -> None:
    traces = _secrets(store, full_case)
    # The beginning of a value may be moved by the database; a piece from its middle is looked for.
    pieces = [trace[20:44] for trace in traces]
    server = None if store.database.is_sqlite else request.getfixturevalue("postgresql")
    folder = server.data / "base" if server else places.files.parent
    _to_disk(store)
    assert all(_found(piece, folder) for piece in pieces)
    store.erase.erase(full_case, CASEWORKER)
    store.erase.scrub()
    _to_disk(store)
    assert not any(_found(piece, folder) for piece in pieces)


def _to_disk(store: Store) -> None:
    if not store.database.is_sqlite:
        with store.database.write() as connection:
            connection.exec_driver_sql("CHECKPOINT")


def _found(piece: bytes, folder: Path) -> bool:
    return any(piece in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_restored_backup_forgets_the_case_again(sqlite_places: Places) -> None:
    store = open_store(sqlite_places)
    case_id, other = open_fictional_case(store, "2026-1"), open_fictional_case(store, "2026-2")
    store.erase.scrub()
    store.close()
    home = sqlite_places.files.parent
    database = home / "tilsyn.sqlite"
    shutil.copy(database, home / "kopi")
    store = open_store(sqlite_places)
    store.erase.erase(case_id, CASEWORKER)
    head = store.audit.head()
    store.close()
    shutil.copy(home / "kopi", database)
    restored = _open_restored(sqlite_places)
    with pytest.raises(CaseNotFound):
        restored.cases.case(case_id)
    assert restored.cases.case(other).number == "2026-2"
    assert restored.audit.head().seq == head.seq
    restored.close()


def _open_restored(places: Places) -> Store:
    """What `restore` does first: it lets the log go on from where the backup ends."""
    database = Database.at(places.database)
    with database.read() as connection:
        head = connection.execute(select(audit_head.c.seq, audit_head.c.mac, audit_head.c.at)).one()
    database.close()
    Anchor(places.anchor, Keyring.load(places.keyring)).set_back(Head(*head), datetime.now(UTC))
    return open_store(places)


def test_a_crash_in_the_middle_of_erasing_is_made_good_at_the_next_start(
    store: Store, places: Places, full_case: str
) -> None:
    DestroyedKeys(places.destroyed_keys, store.keyring).add(full_case, datetime.now(UTC))
    again = open_store(places)
    with pytest.raises(CaseNotFound):
        again.cases.case(full_case)
    assert list(places.files.glob("??/*")) == []
    again.close()


def test_a_case_that_another_process_erased_is_gone_from_memory_too(
    store: Store, places: Places, full_case: str
) -> None:
    other = open_store(places)
    assert other.cases.case(full_case).number
    store.erase.erase(full_case, CASEWORKER)
    with pytest.raises(CaseNotFound):
        other.cases.case(full_case)
    with pytest.raises(CaseNotFound):
        other.drafts.keep(DraftOf(full_case, VISIT, SECTION, MOTHER), 9, {"a1": "x"})
    other.close()
