"""A damaged, cut or foreign backup is refused before anything is touched, wherever it was damaged."""

import io
import random
import sqlite3
import tarfile
from collections import deque
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from fictional_case import CASEWORKER, open_fictional_case
from fictional_installation import NewPlaces, all_files, all_rows, keys_of, untouched

from pipeline.backup.archive import MAC, MANIFEST, read_archive, writing
from pipeline.backup.backup import make_backup
from pipeline.backup.brought_along import BroughtAlong
from pipeline.backup.contents import HEAD, BackupHead, backup_key
from pipeline.backup.refusals import (
    BackupDamaged,
    BackupOfAnotherKeyring,
    BackupOfAnotherRelease,
    ErasedListMissing,
    ErasedListTooOld,
    NotEmpty,
)
from pipeline.backup.restore import restore
from pipeline.errors import KeyringError, Tampered, TilsynError, UnreadableFile
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.refusals import WrongKeyring
from pipeline.vault.keyring import Keyring

_BLOCK = 512
_REFUSED = (BackupDamaged, BackupOfAnotherKeyring, BackupOfAnotherRelease)


@pytest.fixture
def small_backup(sqlite_store: Store, sqlite_places: Places, folder: Path) -> bytes:
    open_fictional_case(sqlite_store)
    make_backup(sqlite_places, folder / "lille.tar")
    return (folder / "lille.tar").read_bytes()


def _refused(content: bytes, folder: Path, machine: Places, brought: BroughtAlong) -> bool:
    (folder / "proeve.tar").write_bytes(content)
    try:
        restore(folder / "proeve.tar", machine, brought)
    except _REFUSED as refusal:
        return "Intet er ændret" in str(refusal) and untouched(machine)
    return False


def test_every_block_of_it_is_vouched_for(
    small_backup: bytes, folder: Path, sqlite_places: Places, empty: Places
) -> None:
    """A byte in each block: heads, contents, what lies between, the manifest, its code, and the end."""
    chance, brought = random.Random(8520), keys_of(sqlite_places)
    for start in range(0, len(small_backup), _BLOCK):
        for position in (start, chance.randrange(start, start + _BLOCK), start + _BLOCK - 1):
            damaged = bytearray(small_backup)
            damaged[position] ^= 1 << chance.randrange(8)
            assert _refused(bytes(damaged), folder, empty, brought), position


def test_every_bit_counts(small_backup: bytes, sqlite_places: Places) -> None:
    """In the reading alone, which is quicker: a position here and there, each of its bits."""
    key = backup_key(Keyring.load(sqlite_places.keyring))
    for position in range(0, len(small_backup), 97):
        for bit in range(8):
            damaged = bytearray(small_backup)
            damaged[position] ^= 1 << bit
            with pytest.raises(BackupDamaged):
                deque(read_archive(io.BytesIO(damaged), key), maxlen=0)


def test_one_that_is_cut_or_lengthened_anywhere_is_refused(
    small_backup: bytes, folder: Path, sqlite_places: Places, empty: Places
) -> None:
    brought = keys_of(sqlite_places)
    for length in (0, 1, *range(_BLOCK, len(small_backup), _BLOCK), len(small_backup) - 1):
        assert _refused(small_backup[:length], folder, empty, brought), length
    for more in (b"\0", bytes(_BLOCK), small_backup):
        assert _refused(small_backup + more, folder, empty, brought)


def test_parts_that_are_moved_doubled_or_left_out_are_refused(
    backup: Path, folder: Path, sqlite_places: Places, empty: Places
) -> None:
    content, brought = backup.read_bytes(), keys_of(sqlite_places)
    with tarfile.open(backup) as tar:
        begins = [member.offset for member in tar.getmembers()]
    pieces = [content[begin:end] for begin, end in zip(begins, [*begins[1:], len(content)], strict=True)]
    for at in range(1, len(pieces) - 3):
        before, one, two, after = pieces[:at], pieces[at], pieces[at + 1], pieces[at + 2 :]
        for anew in ((two, one), (one, one, two), (two,)):
            assert _refused(b"".join([*before, *anew, *after]), folder, empty, brought)


def test_other_files_are_refused(folder: Path, sqlite_places: Places, empty: Places, small_backup: bytes) -> None:
    with tarfile.open(folder / "fremmed.tar", "w") as tar:
        (folder / "x").write_text("x")
        tar.add(folder / "x", "x")
    brought = keys_of(sqlite_places)
    for other in ((folder / "fremmed.tar").read_bytes(), b"PK\x03\x04" * 1000, bytes(10_000)):
        assert _refused(other, folder, empty, brought)
    with pytest.raises(UnreadableFile, match="findes ikke"):
        restore(folder / "findes-ikke.tar", empty, brought)


def _rewritten(backup: Path, target: Path, places: Places, **changed: object) -> None:
    """The same backup, genuinely vouched for, with another head."""
    key = backup_key(Keyring.load(places.keyring))
    with backup.open("rb") as file, target.open("wb") as out, writing(out, key) as archive:
        for part in read_archive(file, key):
            content = part.content()
            if part.name == HEAD:
                content = msgspec.json.encode({**msgspec.json.decode(content), **changed})
            assert part.name not in (MANIFEST, MAC)
            archive.add(part.name, len(content), [content])


@pytest.mark.parametrize("changed", [{"format": 2}, {"format": 2, "schema": None}, {"schema": "0099"}])
def test_one_of_another_release_is_refused(
    backup: Path, folder: Path, sqlite_places: Places, empty: Places, changed: dict[str, object]
) -> None:
    _rewritten(backup, folder / "nyere.tar", sqlite_places, program="9.9", **changed)
    with pytest.raises(BackupOfAnotherRelease, match=r"anden udgave af programmet \(9\.9\)"):
        restore(folder / "nyere.tar", empty, keys_of(sqlite_places))
    assert untouched(empty)


def test_one_of_another_installation_is_refused(
    backup: Path, folder: Path, empty: Places, new_places: NewPlaces, sqlite_places: Places
) -> None:
    other = new_places("sqlite")
    open_store(other).close()
    with pytest.raises(BackupOfAnotherKeyring, match="--keyring"):
        restore(backup, empty, keys_of(other))
    # Also one that only claims to be of this installation.
    _rewritten(backup, folder / "kopi2.tar", sqlite_places, keyring=_mark(other))
    with pytest.raises(BackupDamaged, match="jeres nøgle"):
        restore(folder / "kopi2.tar", empty, keys_of(other))
    assert untouched(empty)


def _mark(places: Places) -> str:
    return Keyring.load(places.keyring).mark


def test_a_key_ring_that_is_too_old_is_refused(
    sqlite_store: Store, sqlite_places: Places, folder: Path, empty: Places
) -> None:
    keyring = sqlite_places.keyring.read_bytes()
    sqlite_store.keyring.add_generation()
    open_fictional_case(sqlite_store)
    make_backup(sqlite_places, folder / "kopi.tar")
    older = folder / "boks" / "noeglering.json"
    older.parent.mkdir(mode=0o700)
    older.touch(0o600)
    older.write_bytes(keyring)
    with pytest.raises(KeyringError, match=r"nøgle nr\. 2"):
        restore(folder / "kopi.tar", empty, BroughtAlong(older, sqlite_places.destroyed_keys))
    assert untouched(empty)


def test_without_a_key_ring_nothing_is_made(backup: Path, empty: Places) -> None:
    with pytest.raises(KeyringError, match="mangler"):
        restore(backup, empty, BroughtAlong(nothing_erased=True))
    assert untouched(empty)


def test_a_backup_is_not_put_over_another_installation(
    backup: Path, places: Places, store: Store, sqlite_places: Places
) -> None:
    open_fictional_case(store, "2026-7")
    before = all_rows(places), all_files(places)
    with pytest.raises(NotEmpty, match="en anden noeglering"):
        restore(backup, places, keys_of(sqlite_places))
    with pytest.raises(BackupOfAnotherKeyring):
        restore(backup, places, BroughtAlong())
    assert (all_rows(places), all_files(places)) == before


def test_an_installation_is_not_set_back_over_itself(store: Store, places: Places, folder: Path, kind: str) -> None:
    open_fictional_case(store)
    make_backup(places, folder / "kopi.tar")
    store.cases.append(next(iter(store.lists.listing().cases)).id, [], CASEWORKER, "case.read")
    before = all_rows(places)
    with pytest.raises(NotEmpty, match="allerede en database") as refusal:
        restore(folder / "kopi.tar", places, BroughtAlong())
    assert ("tom database" in str(refusal.value)) == (kind == "postgresql")
    assert all_rows(places) == before


def test_files_that_the_backup_does_not_know_are_not_lost(backup: Path, empty: Places, sqlite_places: Places) -> None:
    known = next(iter(all_files(sqlite_places)))
    for name in (known, "ab/" + "ab" * 16):
        (empty.files / name).parent.mkdir(parents=True)
        (empty.files / name).write_bytes(b"andet")
    with pytest.raises(NotEmpty, match="filer"):
        restore(backup, empty, keys_of(sqlite_places))
    assert all_files(empty) == {known: b"andet", "ab/" + "ab" * 16: b"andet"}


def test_another_key_ring_or_list_in_its_place_is_not_written_over(
    backup: Path, empty: Places, sqlite_places: Places
) -> None:
    brought = keys_of(sqlite_places)
    for name in (sqlite_places.keyring.name, sqlite_places.destroyed_keys.name):
        place = empty.keyring.with_name(name)
        place.parent.mkdir(exist_ok=True)
        place.write_text("andet")
        with pytest.raises(NotEmpty, match=name):
            restore(backup, empty, brought)
        assert place.read_text() == "andet"
        place.unlink()


def test_without_the_list_of_erased_cases_nothing_is_restored_unless_there_is_none(
    backup: Path, empty: Places, sqlite_places: Places
) -> None:
    with pytest.raises(ErasedListMissing, match="--destroyed"):
        restore(backup, empty, BroughtAlong(sqlite_places.keyring))
    assert untouched(empty)
    restored = restore(backup, empty, BroughtAlong(sqlite_places.keyring, nothing_erased=True))
    assert restored.cases == 2


def test_a_list_that_is_too_old_or_cut_is_refused(
    sqlite_store: Store, sqlite_places: Places, folder: Path, empty: Places
) -> None:
    lists = sorted(sqlite_places.keyring.parent.glob("slettede*"))
    old = {path.name: path.read_bytes() for path in lists}
    sqlite_store.erase.erase(open_fictional_case(sqlite_store), CASEWORKER)
    make_backup(sqlite_places, folder / "kopi.tar")
    for name, content in old.items():
        (folder / name).write_bytes(content)
    with pytest.raises(ErasedListTooOld, match="1 af de slettede"):
        restore(folder / "kopi.tar", empty, BroughtAlong(sqlite_places.keyring, folder / "slettede.txt"))
    with pytest.raises(ErasedListTooOld):
        restore(folder / "kopi.tar", empty, BroughtAlong(sqlite_places.keyring, nothing_erased=True))
    (folder / "slettede.txt.hoved").write_bytes(sqlite_places.keyring.with_name("slettede.txt.hoved").read_bytes())
    with pytest.raises(Tampered, match="der skal være 1"):
        restore(folder / "kopi.tar", empty, BroughtAlong(sqlite_places.keyring, folder / "slettede.txt"))
    brought = BroughtAlong(sqlite_places.keyring, sqlite_places.destroyed_keys, nothing_erased=True)
    with pytest.raises(TilsynError, match="uden --nothing-erased"):
        restore(folder / "kopi.tar", empty, brought)
    assert untouched(empty)


def test_an_anchor_that_outlived_the_database_goes_on_and_tells_of_it(
    sqlite_store: Store, sqlite_places: Places, folder: Path, empty: Places
) -> None:
    case_id = open_fictional_case(sqlite_store)
    make_backup(sqlite_places, folder / "kopi.tar")
    sqlite_store.audit.record(CASEWORKER, "case.read", case_id)
    sqlite_places.anchor.rename(empty.anchor)
    restored = restore(folder / "kopi.tar", empty, keys_of(sqlite_places))
    assert restored.log.good
    assert len(restored.log.notes) == 1


def test_a_forged_anchor_is_refused_before_anything_is_touched(
    backup: Path, empty: Places, sqlite_places: Places
) -> None:
    empty.anchor.mkdir()
    (empty.anchor / "hoved.txt").write_text("andet")
    with pytest.raises(Tampered, match="ændret eller beskadiget"):
        restore(backup, empty, keys_of(sqlite_places))
    assert [path.name for path in empty.anchor.parent.rglob("*")] == ["anker", "hoved.txt"]


def test_no_backup_is_made_where_nothing_is(empty: Places, folder: Path) -> None:
    with pytest.raises(TilsynError, match="ingen sager endnu"):
        make_backup(empty, folder / "kopi.tar")
    assert untouched(empty)
    assert not (folder / "kopi.tar").exists()


def test_no_backup_is_made_with_anothers_keys(
    sqlite_store: Store, sqlite_places: Places, new_places: NewPlaces, folder: Path
) -> None:
    other = new_places("sqlite")
    open_store(other).close()
    sqlite_places.keyring.write_bytes(other.keyring.read_bytes())
    with pytest.raises(WrongKeyring):
        make_backup(sqlite_places, folder / "kopi.tar")
    assert not (folder / "kopi.tar").exists()


def test_nothing_is_written_over(backup: Path, sqlite_places: Places, folder: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(TilsynError, match="findes allerede"):
        make_backup(sqlite_places, backup)
    assert backup.read_bytes() == before
    with pytest.raises(TilsynError, match="Mappen"):
        make_backup(sqlite_places, folder / "findes-ikke" / "kopi.tar")


def test_the_head_says_what_the_backup_is(backup: Path, sqlite_places: Places) -> None:
    with tarfile.open(backup) as tar:
        member = tar.extractfile(HEAD)
        assert member
        head = msgspec.json.decode(member.read(), type=BackupHead)
    last = all_rows(sqlite_places)["audit"][-1]
    with closing(sqlite3.connect(sqlite_places.files.parent / "tilsyn.sqlite")) as connection:
        (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert (head.format, head.schema, head.keyring) == (1, schema, _mark(sqlite_places))
    assert (head.audit_head.seq, head.audit_head.mac) == (last.seq, last.mac)
