"""How far a chained record has come, in a small file of its own: without it a record's end could be cut off unseen.

The file is one line of fixed length, written over in place; it lies within one sector of a disk.
"""

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import Tampered
from pipeline.vault.mac_key import MAC_BYTES, MacKey
from pipeline.vault.private_file import write_private

_FORMAT = "hjemmetilsyn-hoved-1"
_LINE = re.compile(rf"{_FORMAT} ([0-9]{{19}}) ([0-9a-f]{{64}}) ([0-9TZ:.-]{{27}}) ([0-9a-f]{{64}})\n")
_LINE_BYTES = len(_FORMAT) + 1 + 19 + 1 + 64 + 1 + 27 + 1 + 64 + 1


@dataclass(frozen=True)
class Head:
    """The newest link of a chain.

    Attributes:
        seq: its number; 0 before the first.
        mac: its code.
        at: when it was made, UTC, as ISO text with microseconds.
    """

    seq: int
    mac: bytes
    at: str


def beginning(at: str) -> Head:
    """The head of a chain that has no link yet."""
    return Head(0, bytes(MAC_BYTES), at)


@dataclass(frozen=True)
class HeadBeingChanged:
    """A head file that is locked for us.

    Attributes:
        head: what it says.
        descriptor: the open file.
        line: a head as the file says it.
    """

    head: Head
    descriptor: int
    line: Callable[[Head], bytes]

    def put(self, head: Head, *, durable: bool) -> None:
        """Write the new head over the old one.

        Args:
            head: the new one.
            durable: wait until it is on disk.

        Raises:
            OSError: the disk refused.
        """
        line = self.line(head)
        if os.pwrite(self.descriptor, line, 0) != len(line):
            raise OSError("the head was not written whole")
        if durable:
            os.fsync(self.descriptor)


class HeadFile:
    """The file that holds the head of one chain.

    Args:
        path: the file.
        key: vouches for what the file says.
        what: whose head it is, in Danish, for messages (“revisionsloggen”).
    """

    def __init__(self, path: Path, key: MacKey, what: str) -> None:
        self._path, self._key, self._what = path, key, what

    @property
    def exists(self) -> bool:
        """Whether the file is there, whatever it says."""
        return self._path.exists()

    def create(self, at: str) -> None:
        """Make the file for a chain without links; the caller has seen that there is none.

        Raises:
            OSError: the disk refused.
        """
        write_private(self._path, self._line(beginning(at)))

    def read(self) -> Head:
        """What the file says.

        Raises:
            Tampered: it is missing, was not written by us, or is damaged.
        """
        with self._opened(os.O_RDONLY) as descriptor:
            # A line that is being written over could be seen half old, half new.
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            return self._understood(os.pread(descriptor, _LINE_BYTES + 1, 0))

    @contextmanager
    def changing(self) -> Iterator[HeadBeingChanged]:
        """The head, to be written over, while no other process or thread changes it.

        Raises:
            Tampered: it is missing, was not written by us, or is damaged; it is left as it is, as evidence.
        """
        # Opened anew each time: a lock belongs to an open file, and one opened before a fork would shut no one out.
        with self._opened(os.O_RDWR) as descriptor:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            now = self._understood(os.pread(descriptor, _LINE_BYTES + 1, 0))
            yield HeadBeingChanged(now, descriptor, self._line)

    @contextmanager
    def _opened(self, how: int) -> Iterator[int]:
        try:
            descriptor = os.open(self._path, how | os.O_CLOEXEC)
        except FileNotFoundError:
            raise Tampered(
                f"Filen {self._path}, som viser, hvor langt {self._what} er nået, mangler. "
                "Læg den tilbage fra en kopi, eller kontakt den, der står for jeres informationssikkerhed."
            ) from None
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def _line(self, head: Head) -> bytes:
        said = f"{_FORMAT} {head.seq:019d} {head.mac.hex()} {head.at}"
        line = f"{said} {self._key.of(said.encode()).hex()}\n".encode()
        if len(line) != _LINE_BYTES:
            raise ValueError("a head has a fixed length")
        return line

    def _understood(self, line: bytes) -> Head:
        match = _LINE.fullmatch(line.decode("ascii", "replace"))
        if match:
            seq, mac, at, _ = match.groups()
            head = Head(int(seq), bytes.fromhex(mac), at)
            if self._line(head) == line:
                return head
        raise Tampered(
            f"Filen {self._path}, som viser, hvor langt {self._what} er nået, er ændret eller beskadiget. "
            "Lad den ligge, som den er, og kontakt den, der står for jeres informationssikkerhed."
        )
