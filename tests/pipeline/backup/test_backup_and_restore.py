"""What is backed up comes back: every row and every file, on either database; what must not come back stays away."""

import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import tracemalloc
from datetime import date, timedelta
from pathlib import Path

import pytest
from demo_process import MARKED
from fictional_case import CASEWORKER, MOTHER, open_fictional_case
from fictional_installation import LOG, PASSING, NewPlaces, all_files, all_rows, fill_a_little, keys_of
from test_store_files import PHOTO

from pipeline.backup.backup import make_backup
from pipeline.backup.restore import restore
from pipeline.cases.record.journal_events import JournalNoted, NoteKind
from pipeline.store.clear_columns import ERASED
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.refusals import CaseNotFound
from pipeline.store.sessions import Sessions
from pipeline.store.tables import metadata


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_every_row_and_file_comes_back_on_either_database(
    store: Store, places: Places, folder: Path, new_places: NewPlaces, to: str
) -> None:
    fill_a_little(store)
    made = make_backup(places, folder / "kopi.tar")
    before, machine = all_rows(places), new_places(to)
    restored = restore(folder / "kopi.tar", machine, keys_of(places))
    after = all_rows(machine)
    for table in before.keys() - {*PASSING, *LOG}:
        assert before[table], table
        assert after[table] == before[table], table
    assert after["audit"][:-1] == before["audit"]
    assert all_files(machine) == all_files(places)
    assert (restored.cases, restored.files, restored.erased_again) == (2, made.files, 0)
    assert made.rows == sum(len(rows) for table, rows in before.items() if table not in PASSING)
    assert restored.cases_with_lost_files == ()
    assert places.keyring.read_bytes() == machine.keyring.read_bytes()


def test_a_restore_is_the_last_line_of_a_whole_log_and_the_log_goes_on(
    store: Store, places: Places, folder: Path, machine: Places
) -> None:
    case_id = open_fictional_case(store)
    make_backup(places, folder / "kopi.tar")
    restored = restore(folder / "kopi.tar", machine, keys_of(places))
    assert restored.log.good
    assert ["blev en sikkerhedskopi lagt på plads" in note for note in restored.log.notes] == [True]
    again = open_store(machine)
    assert [entry.action for entry in again.audit.entries()][-2:] == ["backup.make", "backup.restore"]
    note = JournalNoted(NoteKind.NOTE, date(2026, 11, 22), "", "opdigtet")
    revision = again.cases.append(case_id, [note], CASEWORKER, "journal.write").revision
    assert revision == store.cases.case(case_id).revision + 1
    again.close()


def test_a_backup_can_be_made_of_what_was_restored(
    sqlite_store: Store, backup: Path, sqlite_places: Places, empty: Places, folder: Path, new_places: NewPlaces
) -> None:
    restore(backup, empty, keys_of(sqlite_places))
    make_backup(empty, folder / "anden.tar")
    third = new_places("sqlite")
    restore(folder / "anden.tar", third, keys_of(empty))
    assert all_files(third) == all_files(sqlite_places)
    assert all_rows(third)["events"] == all_rows(sqlite_places)["events"]


def test_a_case_that_was_erased_since_does_not_come_back(
    store: Store, places: Places, folder: Path, machine: Places
) -> None:
    gone, stays = (open_fictional_case(store, number) for number in ("2026-1", "2026-2"))
    for case_id in (gone, stays):
        store.files.keep(case_id, io.BytesIO(b"opdigtet"), PHOTO, MOTHER)
    make_backup(places, folder / "kopi.tar")
    store.erase.erase(gone, CASEWORKER)
    restored = restore(folder / "kopi.tar", machine, keys_of(places))
    assert (restored.cases, restored.erased_again, restored.cases_with_lost_files) == (1, 1, ())
    again = open_store(machine)
    with pytest.raises(CaseNotFound):
        again.cases.case(gone)
    assert len(again.cases.case(stays).documents) == 1
    again.close()
    (row,) = [row for row in all_rows(machine)["cases"] if row.id == gone]
    assert row.state == ERASED
    assert {row.case_id for row in all_rows(machine)["events"]} == {stays}
    assert len(all_files(machine)) == 1


def test_the_list_of_erased_cases_in_its_place_is_used_too(backup: Path, sqlite_places: Places, empty: Places) -> None:
    shutil.copytree(sqlite_places.keyring.parent, empty.keyring.parent)
    restored = restore(backup, empty, keys_of(empty))
    assert restored.cases == 2


def test_a_backup_holds_nothing_readable_no_key_and_no_list(store: Store, places: Places, folder: Path) -> None:
    fill_a_little(store)
    gone = open_fictional_case(store, "2026-9")
    store.erase.erase(gone, CASEWORKER)
    make_backup(places, folder / "kopi.tar")
    content = (folder / "kopi.tar").read_bytes()
    # Nothing in it is compressed: what it holds can be searched for as it stands.
    for word in MARKED:
        for code in ("utf-8", "utf-16-le", "latin-1"):
            assert word.lower().encode(code) not in content.lower()
    keys = json.loads(places.keyring.read_text())
    for key in (*keys["masters"].values(), keys["blind_index"], keys["audit"]):
        assert key.encode() not in content
        assert bytes.fromhex(key) not in content
    for line in places.destroyed_keys.read_text().splitlines():
        assert line.split()[1].encode() not in content
    assert gone.encode() in content  # its skeleton, so the search finds what is there


def test_a_backup_is_a_tar_file_that_others_can_look_over_too(backup: Path, folder: Path) -> None:
    with tarfile.open(backup) as tar:
        tar.extractall(folder / "ud", filter="data")
    names = sorted(path.relative_to(folder / "ud").as_posix() for path in (folder / "ud").rglob("*.*"))
    assert names[0] == "hoved.json"
    assert names[1:3] == ["manifest.mac", "manifest.sha256"]
    for line in (folder / "ud" / "manifest.sha256").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / "ud" / name).read_bytes()).hexdigest() == digest
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "manifest.sha256"], cwd=folder / "ud", check=False
    )
    assert done.returncode == 0


def test_a_backup_is_for_its_owner_alone(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0


def test_nobody_is_signed_in_after_a_restore(store: Store, places: Places, folder: Path, machine: Places) -> None:
    secret = Sessions(store.database, store.keyring).begin("person", b"indhold", timedelta(hours=1))
    make_backup(places, folder / "kopi.tar")
    restore(folder / "kopi.tar", machine, keys_of(places))
    again = open_store(machine)
    assert Sessions(again.database, again.keyring).find(secret) is None
    again.close()
    assert all_rows(places)["sessions"]


def test_every_table_is_kept_or_left_out_on_purpose() -> None:
    """Whoever adds a table decides whether it belongs into a backup."""
    assert {table.name for table in metadata.sorted_tables} == {
        *("cases", "events", "cpr_index", "drafts", "files", "employees", "invitations", "installation"),
        *("journeys", "journey_log"),
        *LOG,
        *PASSING,
    }


def test_a_large_file_takes_little_memory(
    sqlite_store: Store, sqlite_places: Places, folder: Path, empty: Places
) -> None:
    case_id = open_fictional_case(sqlite_store)
    sqlite_store.files.keep(case_id, io.BytesIO(bytes(40_000_000)), PHOTO, MOTHER)
    tracemalloc.start()
    made = make_backup(sqlite_places, folder / "kopi.tar")
    restore(folder / "kopi.tar", empty, keys_of(sqlite_places))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert made.size > 40_000_000
    assert most < 10_000_000
