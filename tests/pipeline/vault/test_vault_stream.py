"""Sealed files: any size comes back, in little memory; anything done to the chunks is refused."""

import io
import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import Tampered
from pipeline.vault.data_key import DataKey
from pipeline.vault.installation_key import InstallationKey
from pipeline.vault.keyring import Keyring
from pipeline.vault.secret import Secret
from pipeline.vault.stream import CHUNK_BYTES, open_stream, seal_stream, sealing

_KEY = DataKey(Secret.fresh())
_SEALED_CHUNK = CHUNK_BYTES + 16
_SIZES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7]


def _plain(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def _sealed(plain: bytes, place: str = "files/a") -> bytes:
    target = io.BytesIO()
    seal_stream(_KEY, place, io.BytesIO(plain), target)
    return target.getvalue()


def _opened(sealed: bytes, place: str = "files/a") -> bytes:
    with open_stream(_KEY, place, io.BytesIO(sealed)) as file:
        return file.read()


def _write_and_break_off(target: io.BytesIO, size: int) -> None:
    with sealing(_KEY, "files/a", target) as file:
        file.write(_plain(size))
        raise OSError("afbrudt")


def _head(sealed: bytes) -> int:
    return 2 + sealed[1]


def _chunks(sealed: bytes) -> list[bytes]:
    return [sealed[at : at + _SEALED_CHUNK] for at in range(_head(sealed), len(sealed), _SEALED_CHUNK)]


@pytest.mark.parametrize("size", _SIZES)
def test_a_file_of_any_size_comes_back(size: int) -> None:
    assert _opened(_sealed(_plain(size))) == _plain(size)


@settings(deadline=None)
@given(st.lists(st.integers(0, 2 * CHUNK_BYTES), max_size=5))
def test_it_may_be_written_in_pieces_of_any_size(sizes: list[int]) -> None:
    target = io.BytesIO()
    with sealing(_KEY, "files/a", target) as file:
        for size in sizes:
            file.write(_plain(size))
    assert _opened(target.getvalue()) == b"".join(map(_plain, sizes))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 210_000), st.integers(0, 90_000)), max_size=6))
def test_it_may_be_read_from_anywhere(readings: list[tuple[int, int]]) -> None:
    plain = _plain(200_000)
    with open_stream(_KEY, "files/a", io.BytesIO(_sealed(plain))) as file:
        assert file.seek(0, io.SEEK_END) == len(plain)
        for begin, size in readings:
            file.seek(begin)
            assert file.read(size) == plain[begin : begin + size]


def test_there_is_nothing_before_the_beginning() -> None:
    with open_stream(_KEY, "files/a", io.BytesIO(_sealed(b"abc"))) as file, pytest.raises(ValueError, match="before"):
        file.seek(-4, io.SEEK_END)


def test_closing_the_opened_file_closes_the_sealed_one() -> None:
    sealed = io.BytesIO(_sealed(b"abc"))
    open_stream(_KEY, "files/a", sealed).close()
    assert sealed.closed


def test_it_opens_with_no_other_key_and_in_no_other_place(keyring: Keyring) -> None:
    sealed = _sealed(_plain(10))
    with pytest.raises(Tampered):
        _opened(sealed, "files/b")
    for other in (DataKey(Secret.fresh()), InstallationKey(keyring)):
        with pytest.raises(Tampered):
            open_stream(other, "files/a", io.BytesIO(sealed))


def test_the_installations_key_seals_files_too(keyring: Keyring) -> None:
    target = io.BytesIO()
    seal_stream(InstallationKey(keyring), "files/a", io.BytesIO(_plain(100_000)), target)
    keyring.add_generation()
    assert open_stream(InstallationKey(keyring), "files/a", io.BytesIO(target.getvalue())).read() == _plain(100_000)


def test_every_flipped_bit_refuses() -> None:
    sealed = _sealed(b"Opdigtet bilag")
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Tampered):
            _opened(bytes(changed))


def test_a_flipped_bit_in_any_chunk_refuses_the_read_that_comes_to_it() -> None:
    sealed = _sealed(_plain(3 * CHUNK_BYTES))
    for number in range(3):
        changed = bytearray(sealed)
        changed[_head(sealed) + number * _SEALED_CHUNK + 1000] ^= 1
        with pytest.raises(Tampered):
            _opened(bytes(changed))


@pytest.mark.parametrize("size", _SIZES)
def test_cut_at_any_boundary_of_chunks_it_gives_not_a_byte(size: int) -> None:
    sealed = _sealed(_plain(size))
    for cut in range(_head(sealed), len(sealed), _SEALED_CHUNK):
        for near in (cut - 1, cut, cut + 1, cut + 15, cut + 16, cut + 17):
            if near < len(sealed):
                with pytest.raises(Tampered):
                    open_stream(_KEY, "files/a", io.BytesIO(sealed[:near]))


@pytest.mark.parametrize("cut", range(63))
def test_cut_in_its_head_it_is_refused(cut: int) -> None:
    with pytest.raises(Tampered):
        _opened(_sealed(b"")[:cut])


@pytest.mark.parametrize("size", _SIZES)
def test_lengthened_it_gives_not_a_byte(size: int) -> None:
    sealed = _sealed(_plain(size))
    first, last = _chunks(sealed)[0], _chunks(sealed)[-1]
    for more in (b"\0", bytes(16), first, last, bytes(_SEALED_CHUNK)):
        with pytest.raises(Tampered):
            open_stream(_KEY, "files/a", io.BytesIO(sealed + more))


@given(st.permutations(range(5)), st.integers(1, 5))
def test_chunks_in_any_other_order_or_number_are_refused(order: list[int], kept: int) -> None:
    sealed = _sealed(_plain(4 * CHUNK_BYTES + 5))
    chunks = _chunks(sealed)
    changed = sealed[: _head(sealed)] + b"".join(chunks[number] for number in order[:kept])
    if changed != sealed:
        with pytest.raises(Tampered):
            _opened(changed)


def test_a_chunk_of_another_file_in_the_same_place_is_refused() -> None:
    ours, theirs = _sealed(_plain(3 * CHUNK_BYTES)), _sealed(_plain(3 * CHUNK_BYTES))
    assert ours != theirs
    for number in range(3):
        chunks = _chunks(ours)
        chunks[number] = _chunks(theirs)[number]
        with pytest.raises(Tampered):
            _opened(ours[: _head(ours)] + b"".join(chunks))


def test_a_file_that_was_not_written_to_its_end_never_opens() -> None:
    for size in _SIZES:
        target = io.BytesIO()
        with pytest.raises(OSError, match="afbrudt"):
            _write_and_break_off(target, size)
        with pytest.raises(Tampered):
            _opened(target.getvalue())


class _Zeros:
    def __init__(self, size: int) -> None:
        self._left = size

    def read(self, size: int, /) -> bytes:
        taken = min(size, self._left)
        self._left -= taken
        return bytes(taken)


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.usefixtures("traced")
def test_a_hundred_megabytes_pass_in_less_than_one(tmp_path: Path) -> None:
    size, path = 100 * 1024**2, tmp_path / "sealed"
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    with path.open("wb") as target:
        seal_stream(_KEY, "files/a", _Zeros(size), target)
    read = 0
    with open_stream(_KEY, "files/a", path.open("rb")) as file:
        while chunk := file.read(CHUNK_BYTES):
            read += len(chunk)
    assert read == size
    assert tracemalloc.get_traced_memory()[1] - before < 1024**2
