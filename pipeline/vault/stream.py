"""Files, sealed in chunks: of any size, in little memory, refused when a chunk is changed, moved, cut off or added.

Each file has a fresh key of its own, sealed for the file's place at its beginning. A chunk's number and whether it is
the last one are its nonce and its associated data, so a nonce never comes twice under one key, and a chunk opens only
where it stood (the STREAM construction: Hoang, Reyhanitabar, Rogaway, Vizár 2015).

    format byte | length of the sealed key | sealed key | chunks of 64 KiB and 16 bytes, the last one shorter
"""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pipeline.vault.data_key import Seals, does_not_open
from pipeline.vault.secret import KEY_BYTES

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK_BYTES = 64 * 1024
_FORMAT = b"\x03"
_TAG_BYTES = 16
_SEALED_CHUNK = CHUNK_BYTES + _TAG_BYTES


class Source(Protocol):
    """Where plain bytes come from."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


class Target(Protocol):
    """Where bytes go to."""

    def write(self, data: bytes, /) -> object:
        """Take all of them."""


def seal_stream(key: Seals, place: str, plain: Source, sealed: Target) -> None:
    """Seal all that comes.

    Args:
        key: of the case that the file belongs to.
        place: where the file is kept, of random ids alone.
        plain: read to its end.
        sealed: written from where it stands; the caller flushes and closes it.
    """
    with sealing(key, place, sealed) as file:
        while data := plain.read(CHUNK_BYTES):
            file.write(data)


def open_stream(key: Seals, place: str, sealed: BinaryIO) -> io.BufferedReader:
    """A sealed file as one that can be read and sought in; closing it closes the sealed one too.

    That the file is whole to its end is known before this returns; a change in the middle refuses the read that
    comes to it. What was read before is genuine, but whoever passes bytes on must let the whole fail then.

    Args:
        key: of the case that the file belongs to.
        place: where the file is kept.
        sealed: seekable, at its beginning.

    Raises:
        Tampered: cut, lengthened, changed, from another place, or sealed with another key.
    """
    return io.BufferedReader(_OpenedFile(key, place, sealed), CHUNK_BYTES)


class SealingFile:
    """A file to write into; it opens again only if it was finished. Made by `sealing`."""

    def __init__(self, key: Seals, place: str, sealed: Target) -> None:
        file_key = os.urandom(KEY_BYTES)
        self._cipher, self._sealed = AESGCM(file_key), sealed
        self._waiting, self._number = bytearray(), 0
        kept = key.seal(file_key, _key_place(place))
        sealed.write(_FORMAT + bytes([len(kept)]) + kept)

    def write(self, data: bytes) -> int:
        """Take bytes; those of a last, unfinished chunk wait in memory."""
        self._waiting += data
        # A full chunk waits too: it may be the last one.
        while len(self._waiting) > CHUNK_BYTES:
            self._put(bytes(self._waiting[:CHUNK_BYTES]), is_last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(data)

    def finish(self) -> None:
        """Write the last chunk."""
        self._put(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _put(self, chunk: bytes, *, is_last: bool) -> None:
        where = _chunk_place(self._number, is_last=is_last)
        self._sealed.write(self._cipher.encrypt(where, chunk, where))
        self._number += 1


@contextmanager
def sealing(key: Seals, place: str, sealed: Target) -> Iterator[SealingFile]:
    """A file to write into that is finished at the end, unless an error came first: then it never opens."""
    file = SealingFile(key, place, sealed)
    yield file
    file.finish()


class _OpenedFile(io.RawIOBase):
    def __init__(self, key: Seals, place: str, sealed: BinaryIO) -> None:
        self._place, self._sealed, self._position = place, sealed, 0
        self._cipher = AESGCM(key.open(self._sealed_key(), _key_place(place)))
        self._begin = sealed.tell()
        body = sealed.seek(0, os.SEEK_END) - self._begin
        self._last = max(0, (body - 1) // _SEALED_CHUNK)
        self._size = body - (self._last + 1) * _TAG_BYTES
        # The last chunk is opened first: a file that was cut or lengthened gives not a single byte.
        self._held = self._last, self._chunk(self._last)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        origin = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        if origin + offset < 0:
            raise ValueError("before the beginning of the file")
        self._position = origin + offset
        return self._position

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        number, inside = divmod(self._position, CHUNK_BYTES)
        if self._position >= self._size:
            return 0
        if self._held[0] != number:
            self._held = number, self._chunk(number)
        room = memoryview(buffer).cast("B")
        taken = self._held[1][inside : inside + len(room)]
        room[: len(taken)] = taken
        self._position += len(taken)
        return len(taken)

    def close(self) -> None:
        if not self.closed:
            self._sealed.close()
        super().close()

    def _sealed_key(self) -> bytes:
        head = self._sealed.read(2)
        if len(head) < 2 or head[:1] != _FORMAT:
            raise does_not_open(self._place)
        return self._sealed.read(head[1])

    def _chunk(self, number: int) -> bytes:
        self._sealed.seek(self._begin + number * _SEALED_CHUNK)
        where = _chunk_place(number, is_last=number == self._last)
        try:
            return self._cipher.decrypt(where, self._sealed.read(_SEALED_CHUNK), where)
        except InvalidTag:
            raise does_not_open(self._place) from None


def _key_place(place: str) -> str:
    return f"{place}/file-key"


def _chunk_place(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11) + bytes([is_last])
