"""Killed in the middle, or on a full disk: no half backup under its name, and a restore is begun again and is whole."""

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fictional_case import MOTHER, open_fictional_case
from fictional_installation import LOG, PASSING, all_files, all_rows, fill_a_little, keys_of
from test_store_files import PHOTO

from pipeline.backup.backup import make_backup
from pipeline.backup.restore import restore
from pipeline.store.opening import Places, Store, open_store

_PROGRAM = Path(__file__).with_name("backup_process.py")


def _said(work: str, places: Places, file: Path, source: Places, **more: object) -> str:
    said = {"work": work, "home": str(places.files.parent), "database": places.database, "file": str(file)}
    keys = {"keyring": str(source.keyring), "destroyed": str(source.destroyed_keys)}
    return json.dumps({**said, **keys, **more})


def _killed(said: str, when: Callable[[], bool]) -> None:
    """Run the process, and kill it as soon as this is so."""
    with subprocess.Popen([sys.executable, str(_PROGRAM), said], stdout=subprocess.PIPE, text=True) as process:
        while not when():
            assert process.poll() is None, "it was done before it could be killed"
            time.sleep(0.005)
        process.kill()


def _run(said: str) -> str:
    done = subprocess.run([sys.executable, str(_PROGRAM), said], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.splitlines()[-1]


def _assert_same(source: Places, machine: Places) -> None:
    before, after = all_rows(source), all_rows(machine)
    for table in before.keys() - {*PASSING, *LOG}:
        assert after[table] == before[table]
    assert all_files(machine) == all_files(source)


def _fill(store: Store) -> None:
    fill_a_little(store)
    case_id = open_fictional_case(store, "2026-3")
    for _ in range(20):
        store.files.keep(case_id, io.BytesIO(os.urandom(500_000)), PHOTO, MOTHER)


@contextmanager
def _halting(path: Path) -> Iterator[None]:
    """Whoever opens the file waits for ever: there the process will be when it is killed."""
    kept = path.read_bytes() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    yield
    path.unlink()
    if kept is not None:
        path.write_bytes(kept)


def _stored(places: Places, number: int) -> str:
    """Where the n-th file lies that a backup comes to."""
    name = all_rows(places)["files"][number].stored_name
    return f"{name[:2]}/{name}"


@pytest.mark.parametrize("files", [0, 20])
def test_a_backup_that_is_killed_leaves_nothing_under_its_name(
    store: Store, places: Places, folder: Path, files: int
) -> None:
    _fill(store)
    copies = folder / "kopier"
    copies.mkdir()
    with _halting(places.files / _stored(places, files)):
        _killed(
            _said("backup", places, copies / "kopi.tar", places),
            when=lambda: any(path.stat().st_size >= files * 200_000 for path in copies.iterdir()),
        )
    assert [path.name for path in copies.iterdir()] == [".kopi.tar.ufaerdig-kopi"]
    made = make_backup(places, copies / "kopi.tar")
    assert made.cases_with_lost_files == ()
    assert [path.name for path in copies.iterdir()] == ["kopi.tar"]


@pytest.mark.parametrize("files", [0, 20])
def test_a_restore_that_is_killed_is_begun_again(
    store: Store, places: Places, folder: Path, machine: Places, files: int
) -> None:
    _fill(store)
    make_backup(places, folder / "kopi.tar")
    with _halting(machine.files / f"{_stored(places, files)}.ufaerdig"):
        _killed(
            _said("restore", machine, folder / "kopi.tar", places),
            when=lambda: machine.destroyed_keys.exists() and len(list(machine.files.glob("??/*"))) > files,
        )
    assert restore(folder / "kopi.tar", machine, keys_of(places)).log.good
    _assert_same(places, machine)


def test_a_restore_that_is_killed_after_its_last_step_is_made_good_at_the_next_start(
    sqlite_store: Store, sqlite_places: Places, folder: Path, empty: Places
) -> None:
    _fill(sqlite_store)
    make_backup(sqlite_places, folder / "kopi.tar")
    _killed(
        _said("restore", empty, folder / "kopi.tar", sqlite_places),
        when=(empty.files.parent / "tilsyn.sqlite").exists,
    )
    open_store(empty).close()
    _assert_same(sqlite_places, empty)


@pytest.mark.parametrize("most", [1, 5_000, 300_000, 5_000_000])
def test_on_a_full_disk_there_is_no_backup_and_a_clear_message(
    sqlite_store: Store, sqlite_places: Places, folder: Path, most: int
) -> None:
    _fill(sqlite_store)
    (folder / "kopier").mkdir()
    said = _run(_said("backup", sqlite_places, folder / "kopier" / "kopi.tar", sqlite_places, most=most))
    assert said.startswith("Sikkerhedskopien kunne ikke laves færdig")
    assert list((folder / "kopier").iterdir()) == []


@pytest.mark.parametrize("most", [1, 5_000, 200_000, 400_000])
def test_a_restore_on_a_full_disk_says_so_and_is_begun_again(
    sqlite_store: Store, sqlite_places: Places, folder: Path, empty: Places, most: int
) -> None:
    _fill(sqlite_store)
    make_backup(sqlite_places, folder / "kopi.tar")
    said = _run(_said("restore", empty, folder / "kopi.tar", sqlite_places, most=most))
    assert "plads" in said or "Prøv igen" in said
    restore(folder / "kopi.tar", empty, keys_of(sqlite_places))
    _assert_same(sqlite_places, empty)
