"""Makes a backup while people work: the database of one moment, and every sealed file that it knew then.

All of it is sealed already, so a backup may lie where backups lie. What opens it, and the list of erased cases, is not
in it: they lie beside each other in the folder of keys, whose copy belongs in the municipality's own safe.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

import msgspec

from pipeline.backup.archive import CHUNK_BYTES, ArchiveWriter, writing
from pipeline.backup.as_it_stands import AsItStands, as_it_stands
from pipeline.backup.contents import FORMAT, HEAD, BackupHead, backup_key, file_name, rows_name
from pipeline.backup.rows import KnownFile, OneMoment
from pipeline.backup.unfinished_file import unfinished
from pipeline.cases.record.codec import instant_as_text
from pipeline.errors import StoreUnavailable
from pipeline.store.audit_log import SYSTEM
from pipeline.store.clock import Clock, now
from pipeline.store.file_folder import FileFolder
from pipeline.store.opening import Places

_TRIES = 5
_KEPT_IN_MEMORY = 1024 * 1024


@dataclass(frozen=True)
class BackupMade:
    """What a backup came to.

    Attributes:
        at: the moment of the database that it holds.
        rows: how many rows it holds.
        files: how many sealed files.
        size: of the backup, in bytes.
        cases_with_lost_files: numbers of cases of which a file is missing on the disk, and so here too.
        is_noted: whether the audit log could be told; with a full disk it cannot, and a backup is needed all the more.
    """

    at: datetime
    rows: int
    files: int
    size: int
    cases_with_lost_files: tuple[str, ...]
    is_noted: bool


class _MovedOn(Exception):
    """A case got another key while its files were copied, and they have other names now."""


def make_backup(places: Places, target: Path, clock: Clock = now) -> BackupMade:
    """Put a backup at the target.

    Args:
        places: where the installation lies.
        target: nothing may be there.
        clock: tells the moment.

    Raises:
        TilsynError: there is nothing to copy, or something at the target.
        KeyringError: the key file is missing, damaged, or may be read by others.
        WrongKeyring: the key file belongs to another database.
        StoreUnavailable: the database does not answer, or a disk refused; nothing is left at the target.
    """
    with as_it_stands(places, clock) as there, unfinished(target) as file:
        is_noted = _noted(there)
        for _ in range(_TRIES):
            try:
                return _Copy(there, FileFolder(places.files), file, clock()).made(is_noted)
            except _MovedOn:
                file.seek(0)
                file.truncate()
        raise StoreUnavailable(
            "Sagerne låses om lige nu, så de når at ændre sig, mens de kopieres. Kør igen, når “tilsyn keys rotate” er "
            "færdig."
        )


def _noted(there: AsItStands) -> bool:
    try:
        there.audit.record(SYSTEM, "backup.make")
    except StoreUnavailable:
        return False
    return True


class _Copy:
    """One try."""

    def __init__(self, there: AsItStands, folder: FileFolder, file: BinaryIO, at: datetime) -> None:
        self._there, self._folder, self._file, self._at = there, folder, file, at
        self._rows = self._files = 0

    def made(self, is_noted: bool) -> BackupMade:
        # What is noted down meanwhile is random ids and names alone.
        with tempfile.TemporaryFile() as known, writing(self._file, backup_key(self._there.keyring)) as archive:
            self._copy_rows(archive, known)
            lost = self._refound(list(self._copy_files(archive, _noted_down(known))))
        return BackupMade(self._at, self._rows, self._files, self._file.tell(), lost, is_noted)

    def _copy_rows(self, archive: ArchiveWriter, known: BinaryIO) -> None:
        with OneMoment(self._there.database) as moment:
            head = msgspec.json.encode(self._head(moment))
            archive.add(HEAD, len(head), [head])
            for number, some in enumerate(moment.rows()):
                content = msgspec.msgpack.encode(some)
                archive.add(rows_name(number), len(content), [content])
                self._rows += len(some.rows)
            for file in moment.files():
                known.write(" ".join(file).encode() + b"\n")

    def _head(self, moment: OneMoment) -> BackupHead:
        audit = moment.audit_head
        return BackupHead(
            format=FORMAT,
            program=version("hjemmetilsyn"),
            schema=moment.schema,
            keyring=self._there.keyring.mark,
            made_at=instant_as_text(self._at),
            audit_seq=audit.seq,
            audit_mac=audit.mac.hex(),
            audit_at=audit.at,
        )

    def _copy_files(self, archive: ArchiveWriter, known: Iterable[KnownFile]) -> Iterator[KnownFile]:
        """Copy what is there; yields what is not."""
        for one in known:
            try:
                file = self._folder.open(one.stored_name)
            except FileNotFoundError:
                yield one
                continue
            with file:
                size = os.fstat(file.fileno()).st_size
                archive.add(file_name(one.stored_name), size, _chunks(file))
            self._files += 1

    def _refound(self, missing: list[KnownFile]) -> tuple[str, ...]:
        """Why files were missing: erased with their case since, which is as it should be, or lost."""
        lost: set[str] = set()
        with OneMoment(self._there.database) as moment:
            for one in missing:
                current = moment.file(one.id)
                if current and current.stored_name != one.stored_name:
                    raise _MovedOn
                lost |= {one.case_id} if current else set()
            return tuple(moment.numbers(lost))


def _noted_down(known: BinaryIO) -> Iterator[KnownFile]:
    known.seek(0)
    return (KnownFile(*line.decode().split()) for line in known)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(CHUNK_BYTES), b"")
