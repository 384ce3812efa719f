"""A hundred backups under a writing load, each put on an empty machine: not a row and not a file is another one."""

import io
import json
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import test_store_rotation
from fictional_case import CASEWORKER, HOUSEHOLD, MOTHER, PEOPLE, SECTION, VISIT, open_fictional_case, text
from fictional_installation import NewPlaces, all_files, all_rows, keys_of
from sqlalchemy import Row
from test_store_files import PHOTO

from pipeline.backup.backup import make_backup
from pipeline.backup.restore import restore
from pipeline.cases.record.parts import Slot
from pipeline.errors import StoreUnavailable
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.save_answers import Answer, SaveAnswers, Writer

ROUNDS = {"sqlite": 80, "postgresql": 20}
ROUNDS_OF_ONE = 10
"""So many in one test, that several processors may share them."""

IN_EVERY_RUN = {"sqlite": 20, "postgresql": 10}
"""So many of them in every run; all hundred in `make campaign`."""

MOST_TURNS = 30
"""So often somebody writes during one backup; on a busy machine it would become more and more."""

_AT_REST = ("cpr_index", "employees", "installation", "invitations")
_EVENTS_AT_FIRST = len(PEOPLE) + 1


@contextmanager
def _writing(store: Store, case_ids: list[str]) -> Iterator[None]:
    """Somebody answers and sends photos for as long as the block lasts; each is an event and a line of the log."""
    ended, begun = threading.Event(), threading.Event()
    save = SaveAnswers(store.cases, store.drafts, lambda edition, slot: SECTION)

    def write() -> None:
        for turn in range(MOST_TURNS):
            case_id = case_ids[turn % len(case_ids)]
            seen = store.cases.case(case_id).visits[VISIT].revision_of(Slot("a1", HOUSEHOLD))
            words = text(f"opdigtet svar efter nr. {seen}")  # each time another one, or nothing would happen
            save.save(case_id, VISIT, SECTION, [Answer("a1", seen, words)], Writer(MOTHER, HOUSEHOLD))
            store.files.keep(case_id, io.BytesIO(b"%d" % turn * 500), PHOTO, MOTHER)
            begun.set()
            if ended.wait(0.003):
                return

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait()
    try:
        yield
    finally:
        ended.set()
        writer.join()


def _as_it_was(rows: dict[str, list[Row[Any]]], lines: int) -> dict[str, list[Row[Any]]]:
    """What the tables that only grow held when the log had so many lines."""
    log = rows["audit"][:lines]
    changes = Counter(row.case_id for row in log if row.action in ("answers.save", "file.keep"))
    events = [row for row in rows["events"] if row.seq <= _EVENTS_AT_FIRST + changes[row.case_id]]
    moments = {(row.case_id, row.at) for row in events}
    return {"audit": log, "events": events, "files": [row for row in rows["files"] if (row.case_id, row.at) in moments]}


def _assert_same(source: Places, machine: Places) -> None:
    rows, restored = all_rows(source), all_rows(machine)
    *log, last = restored["audit"]
    assert last.action == "backup.restore"
    for table, expected in _as_it_was(rows, len(log)).items():
        assert (log if table == "audit" else restored[table]) == expected
    for table in _AT_REST:
        assert restored[table] == rows[table]
    revisions = Counter(row.case_id for row in restored["events"])
    assert {row.id: row.revision for row in restored["cases"]} == revisions
    assert {row.id: row.wrapped_key for row in restored["cases"]} == {row.id: row.wrapped_key for row in rows["cases"]}
    for draft in restored["drafts"]:
        # A save leaves a mark among the drafts, a moment after its event.
        before = [row for row in rows["events"] if row.case_id == draft.case_id and row.at <= draft.at]
        assert before[-1] == _last_save(restored, draft.case_id)
    names = {f"{row.stored_name[:2]}/{row.stored_name}" for row in restored["files"]}
    assert all_files(machine) == {name: content for name, content in all_files(source).items() if name in names}


def _last_save(rows: dict[str, list[Row[Any]]], case_id: str) -> Row[Any]:
    photos = {row.at for row in rows["files"] if row.case_id == case_id}
    return [row for row in rows["events"] if row.case_id == case_id and row.at not in photos][-1]


def _tens() -> Iterator[Any]:
    for kind, rounds in ROUNDS.items():
        for begin in range(0, rounds, ROUNDS_OF_ONE):
            yield pytest.param(kind, marks=[] if begin < IN_EVERY_RUN[kind] else pytest.mark.campaign)


@pytest.mark.parametrize("kind", [*_tens()])
def test_a_backup_while_somebody_writes_is_one_moment_whole(new_places: NewPlaces, kind: str, folder: Path) -> None:
    source, lines = new_places(kind), []
    with closing(open_store(source)) as store:
        ids = [open_fictional_case(store, f"2026-{number}") for number in range(3)]
        for number in range(ROUNDS_OF_ONE):
            with _writing(store, ids):
                make_backup(source, folder / f"{number}.tar")
            machine = new_places(kind)
            restored = restore(folder / f"{number}.tar", machine, keys_of(source))
            assert restored.log.good
            assert restored.cases_with_lost_files == ()
            _assert_same(source, machine)
            lines.append(restored.log.entries)
    assert lines == sorted(set(lines))


def test_a_backup_while_cases_are_erased_restores_without_them(
    store: Store, places: Places, machine: Places, folder: Path
) -> None:
    ids = [open_fictional_case(store, f"2026-{number}") for number in range(12)]
    for case_id in ids:
        store.files.keep(case_id, io.BytesIO(bytes(200_000)), PHOTO, MOTHER)
    eraser = threading.Thread(target=lambda: [store.erase.erase(case_id, CASEWORKER) for case_id in ids[:10]])
    eraser.start()
    made = make_backup(places, folder / "kopi.tar")
    eraser.join()
    assert made.cases_with_lost_files == ()
    restored = restore(folder / "kopi.tar", machine, keys_of(places))
    assert restored.cases == 2
    assert {row.case_id for row in all_rows(machine)["events"]} == set(ids[10:])
    assert len(all_files(machine)) == 2


def _refusal(places: Places, target: Path) -> str:
    try:
        make_backup(places, target)
    except StoreUnavailable as refusal:
        return "" if target.exists() else str(refusal)
    return ""


def test_a_backup_while_all_cases_get_new_keys_is_whole_or_refused(
    sqlite_store: Store, sqlite_places: Places, folder: Path, new_places: NewPlaces
) -> None:
    ids = [open_fictional_case(sqlite_store, f"2026-{number}") for number in range(4)]
    for case_id in ids:
        sqlite_store.files.keep(case_id, io.BytesIO(b"opdigtet" * 1000), PHOTO, MOTHER)
    program = Path(test_store_rotation.__file__).with_name("rotating_process.py")
    said = json.dumps({"home": str(sqlite_places.files.parent), "database": sqlite_places.database})
    with subprocess.Popen([sys.executable, str(program), said], stdout=subprocess.PIPE) as rotating:
        assert rotating.stdout
        rotating.stdout.readline()
        for number in range(5):
            refusal = _refusal(sqlite_places, folder / f"{number}.tar")
            assert "keys rotate" in refusal or (not refusal and (folder / f"{number}.tar").exists())
        rotating.kill()
    make_backup(sqlite_places, folder / "bagefter.tar")
    for backup in folder.glob("*.tar"):
        machine = new_places("sqlite")
        restored = restore(backup, machine, keys_of(sqlite_places))
        assert (restored.cases, restored.files, restored.cases_with_lost_files) == (4, 4, ())
        shutil.rmtree(machine.files.parent)
        machine.files.parent.mkdir()


def test_a_file_that_the_disk_has_lost_is_told_and_the_rest_is_kept(
    sqlite_store: Store, sqlite_places: Places, folder: Path, empty: Places
) -> None:
    for number in ("2026-1", "2026-2"):
        case_id = open_fictional_case(sqlite_store, number)
        sqlite_store.files.keep(case_id, io.BytesIO(b"opdigtet"), PHOTO, MOTHER)
    (lost,) = [row for row in all_rows(sqlite_places)["files"] if row.case_id == case_id]
    (sqlite_places.files / lost.stored_name[:2] / lost.stored_name).unlink()
    made = make_backup(sqlite_places, folder / "kopi.tar")
    assert (made.files, made.cases_with_lost_files) == (1, ("2026-2",))
    restored = restore(folder / "kopi.tar", empty, keys_of(sqlite_places))
    assert (restored.cases, restored.files, restored.cases_with_lost_files) == (2, 1, ("2026-2",))
