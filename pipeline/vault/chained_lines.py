"""A list on disk that only grows: each line is vouched for together with all lines before it.

A head file beside it says how many lines there are, so that lines cut off the end are missed too. Whoever puts an
older list back together with its own older head is not found out here; see `pipeline.vault.destroyed_keys`.
"""

import contextlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import Tampered
from pipeline.vault.head_file import Head, HeadFile
from pipeline.vault.mac_key import MAC_BYTES, MacKey
from pipeline.vault.private_file import alone_in, make_private_folder, write_private

_SAID = re.compile(r"[!-~]+( [!-~]+)*")
"""Printable ASCII words with a space between; a line can be told from its code in one way only."""


class ChainedLines:
    """A list in a file.

    Args:
        path: the list; its head lies beside it as “<name>.hoved”.
        key: vouches for the lines.
        what: whose list it is, in Danish, for messages (“listen over slettede sager”).
    """

    def __init__(self, path: Path, key: MacKey, what: str) -> None:
        self._path, self._key, self._what = path, key, what
        self._head = HeadFile(path.with_name(f"{path.name}.hoved"), key.for_purpose("hoved"), what)

    def create_unless_there(self, at: str) -> None:
        """Make an empty list where there is none; several processes may try at once.

        Args:
            at: the moment, UTC, as ISO text with microseconds.

        Raises:
            Tampered: there are lines, but what says how many there must be is gone.
            OSError: the disk refused.
        """
        make_private_folder(self._path.parent)
        with alone_in(self._path.parent):
            if self._head.exists:
                return
            if self._path.exists() and self._path.stat().st_size:
                raise self._broken("mangler sit hoved")
            write_private(self._path, b"")
            self._head.create(at)

    def append(self, said: str, at: str) -> None:
        """Add a line; it is on disk when this returns.

        Args:
            said: printable ASCII, single spaces between the words.
            at: the moment, UTC, as ISO text with microseconds.

        Raises:
            Tampered: the list is not whole; nothing was added.
            OSError: the disk refused.
        """
        if not _SAID.fullmatch(said):
            raise ValueError("a line is printable ASCII")
        with self._head.changing() as changing:
            found = self._found(changing.head)
            line = self._line(found.mac, said)
            try:
                self._put_at(found.whole_bytes, line)
                changing.put(Head(len(found.lines) + 1, _mac_of(line), at), durable=True)
            except OSError:
                # A line that stays, though the caller is told that it was not added, would count.
                with contextlib.suppress(OSError):
                    os.truncate(self._path, found.whole_bytes)
                raise

    def read(self) -> tuple[str, ...]:
        """What the lines say, oldest first.

        Raises:
            Tampered: a line was changed, removed, inserted or moved, or the list or its head is missing.
        """
        # The head first: lines that are added meanwhile may be more than it says, never fewer.
        return self._found(self._head.read()).lines

    def _found(self, head: Head) -> "_Found":
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            raise self._broken("mangler") from None
        # What follows the last line break was being written when the power went; nobody was told that it is there.
        *lines, unfinished = content.split(b"\n")
        mac, said = bytes(MAC_BYTES), []
        for number, line in enumerate(lines, start=1):
            said.append(line.rpartition(b" ")[0].decode("ascii", "replace"))
            if line + b"\n" != self._line(mac, said[-1]):
                raise self._broken(f"er ændret i linje {number}, eller en linje før den er fjernet")
            mac = _mac_of(line)
            if number == head.seq and mac != head.mac:
                raise self._broken(f"hører ikke sammen med sit hoved (linje {number})")
        if len(lines) < head.seq:
            raise self._broken(f"har {len(lines)} linjer; der skal være {head.seq}")
        return _Found(tuple(said), mac, len(content) - len(unfinished))

    def _put_at(self, position: int, line: bytes) -> None:
        with self._path.open("r+b") as file:
            file.truncate(position)
            file.seek(position)
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def _line(self, previous_mac: bytes, said: str) -> bytes:
        words = said.encode("utf-8")
        return b"%s %s\n" % (words, self._key.of(previous_mac + words).hex().encode())

    def _broken(self, how: str) -> Tampered:
        return Tampered(
            f"{self._what.capitalize()} {how}: {self._path}. Lad filen ligge, som den er, og læg den nyeste kopi på "
            "plads. Kontakt den, der står for jeres informationssikkerhed."
        )


@dataclass(frozen=True)
class _Found:
    lines: tuple[str, ...]
    mac: bytes
    whole_bytes: int


def _mac_of(line: bytes) -> bytes:
    return bytes.fromhex(line.strip().rpartition(b" ")[2].decode())
