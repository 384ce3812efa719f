"""Files are kept byte for byte and sealed; what is missing or damaged is told, what a crash left is swept."""

import fcntl
import hashlib
import io
from pathlib import Path

import pytest
from fictional_case import CASEWORKER, MOTHER, open_fictional_case
from sqlalchemy import update

from pipeline.errors import StoreUnavailable
from pipeline.store.files import NewDocument
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.refusals import CaseNotFound, FileLost
from pipeline.store.tables import files

PHOTO = NewDocument("foto", "Træning på gulvet", "IMG_0001.jpg", "image/jpeg", received_from=MOTHER)
CONTENT = bytes(range(256)) * 1000 + b"slut"


def _keep(store: Store, case_id: str, content: bytes = CONTENT) -> str:
    return store.files.keep(case_id, io.BytesIO(content), PHOTO, MOTHER)


def _stored(places: Places) -> list[Path]:
    return sorted(path for path in places.files.glob("??/*"))


@pytest.mark.parametrize("content", [b"", b"x", CONTENT, bytes(65536), bytes(65536 * 3)])
def test_a_file_comes_back_as_it_was_sent_and_the_case_tells_of_it(store: Store, case_id: str, content: bytes) -> None:
    file_id = _keep(store, case_id, content)
    assert b"".join(store.files.read(case_id, file_id)) == content
    told = store.cases.case(case_id).documents[file_id].document
    assert (told.size, told.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (told.title, told.original_name, told.received_from) == (PHOTO.title, PHOTO.original_name, MOTHER)
    with store.files.open(case_id, file_id) as file:
        file.seek(len(content) // 2)
        assert file.read() == content[len(content) // 2 :]


def test_neither_name_nor_content_of_a_file_says_anything(store: Store, places: Places, case_id: str) -> None:
    _keep(store, case_id, b"opdigtet diagnose" * 100)
    (path,) = _stored(places)
    assert "IMG" not in path.name
    assert b"opdigtet" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_belongs_to_its_case_alone(store: Store, case_id: str) -> None:
    other = open_fictional_case(store, "2026-2")
    file_id = _keep(store, case_id)
    with pytest.raises(FileLost, match="findes ikke i sagen"):
        store.files.open(other, file_id)
    with pytest.raises(CaseNotFound):
        _keep(store, "findes-ikke")


def test_a_missing_file_is_told_and_the_case_is_read_all_the_same(store: Store, places: Places, case_id: str) -> None:
    file_id = _keep(store, case_id)
    (path,) = _stored(places)
    path.unlink()
    with pytest.raises(FileLost, match="mangler"):
        store.files.open(case_id, file_id)
    assert file_id in store.cases.case(case_id).documents
    assert list(store.files.check()) == [(case_id, file_id)]


@pytest.mark.parametrize("at", [0, 1, 40, 70_000, -1])
def test_a_changed_file_is_told(store: Store, places: Places, case_id: str, at: int) -> None:
    file_id = _keep(store, case_id)
    (path,) = _stored(places)
    damaged = bytearray(path.read_bytes())
    damaged[at] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(FileLost, match="beskadiget"):
        list(store.files.read(case_id, file_id))
    assert list(store.files.check()) == [(case_id, file_id)]


def test_a_cut_or_exchanged_file_gives_not_a_byte(store: Store, places: Places, case_id: str) -> None:
    first = _keep(store, case_id)
    (path,) = _stored(places)
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    with pytest.raises(FileLost):
        store.files.open(case_id, first)
    path.write_bytes(whole)
    second = _keep(store, case_id, b"en anden")
    (other,) = (p for p in _stored(places) if p != path)
    with store.database.write() as connection:
        connection.execute(update(files).where(files.c.id == first).values(stored_name="x"))
        connection.execute(update(files).where(files.c.id == second).values(stored_name=path.name))
        connection.execute(update(files).where(files.c.id == first).values(stored_name=other.name))
    for file_id in (first, second):
        with pytest.raises(FileLost):
            store.files.open(case_id, file_id)


class _BrokenUpload:
    """A line that breaks at the n-th read."""

    def __init__(self, reads: int) -> None:
        self._left = reads

    def read(self, size: int, /) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise ConnectionResetError
        return bytes(size)


@pytest.mark.parametrize("reads", [0, 1, 5])
def test_an_upload_that_breaks_leaves_nothing(store: Store, places: Places, case_id: str, reads: int) -> None:
    with pytest.raises(StoreUnavailable, match="Intet er ændret"):
        store.files.keep(case_id, _BrokenUpload(reads), PHOTO, MOTHER)
    assert _stored(places) == []
    assert store.cases.case(case_id).documents == {}


def test_what_a_crash_left_is_swept_at_the_next_start_but_not_what_is_being_made(
    store: Store, places: Places, case_id: str
) -> None:
    file_id = _keep(store, case_id)
    folder = places.files / "ab"
    folder.mkdir(exist_ok=True)
    (folder / "ab-efterladt").write_bytes(b"x")
    with (folder / "ab-i-gang").open("wb") as busy:
        fcntl.flock(busy, fcntl.LOCK_EX)
        open_store(places).close()
        assert sorted(path.name for path in folder.glob("ab-*")) == ["ab-i-gang"]
    assert store.files.sweep() == 1
    assert b"".join(store.files.read(case_id, file_id)) == CONTENT


def test_a_file_that_the_case_got_another_key_for_meanwhile_is_sent_again(
    store: Store, places: Places, case_id: str
) -> None:
    class _RekeyedInTheMiddle:
        asked = False

        def read(self, size: int, /) -> bytes:
            if self.asked:
                return b""
            self.asked = True
            store.reseal.one(case_id)
            return b"indhold"

    with pytest.raises(StoreUnavailable, match="Send filen igen"):
        store.files.keep(case_id, _RekeyedInTheMiddle(), PHOTO, CASEWORKER)
    assert _stored(places) == []
