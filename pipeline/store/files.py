"""Documents and photos, kept byte for byte: sealed outside the database, told of in the case."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO

import msgspec
from sqlalchemy import Row, bindparam, insert, select

from pipeline.cases.record.codec import instant_as_text, instant_from_text
from pipeline.cases.record.family_events import DiaryFileKept
from pipeline.cases.record.journal_events import DocumentKept
from pipeline.errors import StoreUnavailable, Tampered
from pipeline.store.case_change import CaseChange
from pipeline.store.case_store import CaseStore
from pipeline.store.clock import new_id
from pipeline.store.database import Database
from pipeline.store.file_folder import FileFolder
from pipeline.store.opened_case import CASE
from pipeline.store.places import file_facts_place, file_place
from pipeline.store.ready import Constant
from pipeline.store.refusals import CaseNotFound, FileLost, FileMissing
from pipeline.store.tables import cases, files
from pipeline.vault.data_key import DataKey
from pipeline.vault.stream import CHUNK_BYTES, Source, open_stream, seal_stream

_OURS = (files.c.case_id == cases.c.id) & (files.c.id == bindparam("file_id"))
# A file that is not there leaves its columns empty beside the case.
_CASE_AND_FILE = (
    select(cases.c.id, cases.c.wrapped_key, cases.c.key_generation)
    .add_columns(files.c.stored_name, files.c.stored_bytes, files.c.at, files.c.sealed)
    .select_from(cases.outerjoin(files, _OURS))
    .where(cases.c.id == bindparam("of_case"))
)
_KEEP = Constant(insert(files))


@dataclass(frozen=True)
class NewDocument:
    """What is told of a document when it is kept; see `DocumentKept`.

    Attributes:
        diary_entry: id of the entry of the diary that it is laid to; empty: it is a document of the case.
    """

    kind: str
    title: str
    original_name: str
    media_type: str
    visit: str = ""
    slot: str = ""
    received_from: str = ""
    dated: date | None = None
    seen_by: tuple[str, ...] = ()
    diary_entry: str = ""

    def happened(self, file_id: str, facts: "FileFacts") -> DocumentKept | DiaryFileKept:
        """The event."""
        kept = self.kept(file_id, facts)
        return DiaryFileKept(self.diary_entry, kept) if self.diary_entry else kept

    def kept(self, file_id: str, facts: "FileFacts") -> DocumentKept:
        """What the case knows of it."""
        return DocumentKept(
            file=file_id,
            kind=self.kind,
            title=self.title,
            original_name=self.original_name,
            media_type=self.media_type,
            size=facts.size,
            sha256=facts.sha256,
            visit=self.visit,
            slot=self.slot,
            received_from=self.received_from,
            dated=self.dated,
            seen_by=self.seen_by,
        )


class FileFacts(msgspec.Struct, frozen=True):
    """What the bytes of a file must come to; kept sealed beside it."""

    size: int
    sha256: str


@dataclass(frozen=True)
class KeptFile:
    """A file as the database knows it.

    Attributes:
        stored_name: its random name in the folder; another one when the case gets another key.
        stored_bytes: its length there.
    """

    id: str
    stored_name: str
    stored_bytes: int
    facts: FileFacts
    at: datetime


class Files:
    """The kept files of one installation.

    Args:
        database: knows the files.
        store: holds the cases they belong to.
        folder: where they lie.
    """

    def __init__(self, database: Database, store: CaseStore, folder: FileFolder) -> None:
        self._database, self._store, self._folder = database, store, folder

    def keep(self, case_id: str, plain: Source, document: NewDocument, by: str, action: str = "file.keep") -> str:
        """Keep a document and tell of it in the case.

        Args:
            case_id: the case.
            plain: the bytes, read to their end, a chunk at a time.
            document: what is told of it.
            by: who kept it.
            action: what the audit log calls it.

        Returns:
            the file's random id.

        Raises:
            CaseNotFound: there is no such case, or it was erased.
            StoreUnavailable: the disk or the database refused; nothing was kept.
        """
        with self.making(case_id, plain, document) as made, self._store.change(case_id, by, action) as change:
            made.tell(change, by)
        return made.id

    @contextmanager
    def making(self, case_id: str, plain: Source, document: NewDocument) -> Iterator["MadeFile"]:
        """Put a document on the disk; it stays if the block ends well, and the block tells of it in the case.

        Raises:
            CaseNotFound: there is no such case, or it was erased.
            StoreUnavailable: the disk or the database refused; nothing was kept.
        """
        file_id, counted = new_id(), _Counted(plain)
        row = self._database.row(CASE, {"id": case_id})
        if row is None:
            raise CaseNotFound
        key = self._store.opened.key_of(row)

        def fill(sealed: BinaryIO) -> None:
            seal_stream(key, file_place(case_id, file_id), counted, sealed)

        with self._folder.making(fill) as (name, size):
            yield MadeFile(file_id, name, size, counted.facts, document, key, row.key_made_at)

    def open(self, case_id: str, file_id: str) -> io.BufferedReader:
        """A kept file to be read and sought in; the caller closes it.

        That it is there and whole to its end is known before a byte is given out; each further chunk proves itself
        when it is read.

        Raises:
            CaseNotFound: there is no such case, or it was erased.
            FileLost: there is no such file in the case, or it is missing or damaged on the disk.
        """
        return self._opened(case_id, file_id)[1]

    def read(self, case_id: str, file_id: str) -> Iterator[bytes]:
        """The bytes of a kept file, checked against their hash at the end.

        Raises:
            CaseNotFound: there is no such case, or it was erased.
            FileLost: as `open`; also after some bytes, which must then not be taken for the file.
        """
        kept, opened = self._opened(case_id, file_id)
        digest = hashlib.sha256()
        try:
            with opened as file:
                while data := file.read(CHUNK_BYTES):
                    digest.update(data)
                    yield data
        except Tampered:
            raise FileLost(_said("er beskadiget")) from None
        if digest.hexdigest() != kept.facts.sha256:
            raise FileLost(_said("er ikke den, der blev gemt"))

    def check(self) -> Iterator[tuple[str, str]]:
        """Case and id of every file that is missing or damaged; reads them all."""
        with self._database.read() as connection:
            ids = connection.execute(select(files.c.case_id, files.c.id).order_by(files.c.id)).all()
        for case_id, file_id in ids:
            try:
                for _ in self.read(case_id, file_id):
                    pass
            except FileLost:
                yield case_id, file_id
            except CaseNotFound:  # erased since
                continue

    def sweep(self) -> int:
        """Remove files that a crash left behind and no case knows of; returns how many that were."""
        return self._folder.sweep(self._is_known)

    def _is_known(self, stored_name: str) -> bool:
        with self._database.read() as connection:
            return connection.execute(select(files.c.id).where(files.c.stored_name == stored_name)).first() is not None

    def _opened(self, case_id: str, file_id: str) -> tuple[KeptFile, io.BufferedReader]:
        kept, key = self._kept(case_id, file_id)
        try:
            return kept, open_kept(self._folder, case_id, kept, key)
        except FileMissing:
            # Between the row and the file the case may have got another key, and its files other names.
            kept, key = self._kept(case_id, file_id)
            return kept, open_kept(self._folder, case_id, kept, key)

    def _kept(self, case_id: str, file_id: str) -> tuple[KeptFile, DataKey]:
        row = self._database.row(_CASE_AND_FILE, {"of_case": case_id, "file_id": file_id})
        if row is None:
            raise CaseNotFound
        key = self._store.opened.key_of(row)
        if row.sealed is None:
            raise FileLost("Filen findes ikke i sagen. Gå tilbage til sagen, og vælg den derfra.")
        return kept_file(case_id, file_id, row, key), key


@dataclass(frozen=True)
class MadeFile:
    """A file that is on the disk and that no case knows of yet."""

    id: str
    stored_name: str
    stored_bytes: int
    facts: FileFacts
    document: NewDocument
    key: DataKey = field(repr=False)
    key_made_at: str

    def tell(self, change: CaseChange, by: str) -> None:
        """Tell of the file in the case.

        Raises:
            StoreUnavailable: the case got another key meanwhile.
        """
        if change.row.key_made_at != self.key_made_at:
            raise StoreUnavailable("Sagen blev låst om, mens filen kom ind, og intet er gemt. Send filen igen.")
        kept = KeptFile(self.id, self.stored_name, self.stored_bytes, self.facts, change.at)
        _KEEP.send(change.connection, **file_row(change.id, self.key, kept))
        change.add([self.document.happened(self.id, self.facts)], by)


class _Counted:
    """Counts and hashes what is read through it."""

    def __init__(self, plain: Source) -> None:
        self._plain, self._digest, self._size = plain, hashlib.sha256(), 0

    def read(self, size: int, /) -> bytes:
        data = self._plain.read(size)
        self._digest.update(data)
        self._size += len(data)
        return data

    @property
    def facts(self) -> FileFacts:
        return FileFacts(self._size, self._digest.hexdigest())


def open_kept(folder: FileFolder, case_id: str, kept: KeptFile, key: DataKey) -> io.BufferedReader:
    """A kept file to be read.

    Raises:
        FileMissing: it is not on the disk.
        FileLost: it is damaged.
    """
    try:
        sealed = folder.open(kept.stored_name)
    except FileNotFoundError:
        raise FileMissing(_said("mangler")) from None
    try:
        return open_stream(key, file_place(case_id, kept.id), sealed)
    except Tampered:
        sealed.close()
        raise FileLost(_said("er beskadiget")) from None


def kept_file(case_id: str, file_id: str, row: Row[Any], key: DataKey) -> KeptFile:
    """A file from its row.

    Raises:
        Tampered: the row is not what was put there.
    """
    facts = msgspec.json.decode(key.open(row.sealed, file_facts_place(case_id, file_id)), type=FileFacts)
    return KeptFile(file_id, row.stored_name, row.stored_bytes, facts, instant_from_text(row.at))


def file_row(case_id: str, key: DataKey, kept: KeptFile) -> dict[str, object]:
    """The row of a file that is on the disk."""
    return {
        "id": kept.id,
        "case_id": case_id,
        "stored_name": kept.stored_name,
        "stored_bytes": kept.stored_bytes,
        "at": instant_as_text(kept.at),
        "sealed": key.seal(msgspec.json.encode(kept.facts), file_facts_place(case_id, kept.id)),
    }


def _said(how: str) -> str:
    return (
        f"Filen {how} på serverens disk. Resten af sagen er, som den skal være. "
        "Bed it-afdelingen om at hente filen fra sikkerhedskopien."
    )
