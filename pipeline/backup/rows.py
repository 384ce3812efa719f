"""The rows of all tables, out of one moment of a database and into another one, be it of the other kind."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import Any, NamedTuple, Self

import msgspec

from pipeline.audit.chain import Entry
from pipeline.backup.contents import Rows, RowsOut
from pipeline.store.database import Database
from pipeline.store.migrate import is_empty
from pipeline.store.tables import audit, audit_head, cases, files, installation, metadata, rate_limits, sessions
from pipeline.vault.head_file import Head

# Who is signed in, and who guessed how often, is of no use on another day; and what was revoked must not come back.
_LEFT_OUT = (sessions, rate_limits)
KEPT = tuple(table for table in metadata.sorted_tables if table not in _LEFT_OUT)
"""The tables that a backup holds, each after those that it points to."""

_BYTES_AT_A_TIME = 1024 * 1024
_ROWS_AT_A_TIME = 500


class KnownFile(NamedTuple):
    """A file that the database knows."""

    id: str
    case_id: str
    stored_name: str


class OneMoment:
    """All that a database holds at one moment, whoever writes meanwhile; as short as can be, it holds up cleaning.

    Raises:
        StoreUnavailable: the database does not answer.
    """

    def __init__(self, database: Database) -> None:
        self._open = ExitStack()
        self._connection = self._open.enter_context(database.read())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, where: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, what, where)

    @property
    def schema(self) -> str:
        """By which migration the tables have their shape."""
        return str(self._connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())

    @property
    def audit_head(self) -> Head:
        """How far the audit log has come."""
        row = self._connection.execute(audit_head.select()).one()
        return Head(row.seq, row.mac, row.at)

    def knows(self, keyring_mark: str) -> bool:
        """Whether this is the database of the key ring with this mark."""
        return any(row.value == keyring_mark for row in self._connection.execute(installation.select()))

    def numbers(self, case_ids: set[str]) -> list[str]:
        """The numbers of some cases."""
        rows = self._connection.execute(cases.select().where(cases.c.id.in_(case_ids)).order_by(cases.c.number))
        return [row.number for row in rows]

    def cases_by_generation(self) -> Counter[int]:
        """How many cases' keys are wrapped with each master key."""
        living = cases.select().where(cases.c.wrapped_key.is_not(None)).with_only_columns(cases.c.key_generation)
        return Counter(row.key_generation for row in self._connection.execute(living))

    def files(self) -> Iterator[KnownFile]:
        """Every file that the database knows."""
        for row in self._rows(files):
            yield KnownFile(row.id, row.case_id, row.stored_name)

    def file(self, file_id: str) -> KnownFile | None:
        """One file; None where its case was erased."""
        row = self._connection.execute(files.select().where(files.c.id == file_id)).one_or_none()
        return KnownFile(row.id, row.case_id, row.stored_name) if row else None

    def rows(self) -> Iterator[RowsOut]:
        """All rows of the tables that are kept, some at a time."""
        encode = msgspec.msgpack.Encoder().encode
        for table in KEPT:
            columns, some, size = tuple(map(str, table.columns.keys())), [], 0
            for row in self._rows(table):
                some.append(msgspec.Raw(encode(tuple(row))))
                size += len(some[-1])
                if size >= _BYTES_AT_A_TIME:
                    yield RowsOut(str(table.name), columns, some)
                    some, size = [], 0
            yield RowsOut(str(table.name), columns, some)

    def is_bare(self) -> bool:
        """Whether nothing was ever kept here, though there are tables."""
        tables = (table for table in metadata.sorted_tables if table is not audit_head)
        empty = all(self._connection.execute(table.select().limit(1)).first() is None for table in tables)
        return empty and self.audit_head.seq == 0

    def _rows(self, table: Any) -> Iterator[Any]:
        query = table.select().order_by(*table.primary_key)
        # A server-side cursor on PostgreSQL; without it all rows would come at once.
        yield from self._connection.execute(query, execution_options={"yield_per": _ROWS_AT_A_TIME})


class Filling:
    """Rows on their way into a new database: all of them at the end of the block, or none.

    Args:
        database: has its tables, and keeps nothing.

    Raises:
        StoreUnavailable: the database does not answer or the disk is full; nothing was written.
    """

    def __init__(self, database: Database) -> None:
        self._open = ExitStack()
        self._connection = self._open.enter_context(database.write())
        self._connection.execute(audit_head.delete())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, where: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, what, where)

    def add(self, rows: Rows) -> None:
        """Write some rows; those that they point to are there already."""
        if rows.rows:
            self._connection.execute(metadata.tables[rows.table].insert(), rows.as_dicts())

    def note(self, entry: Entry) -> None:
        """Add the line of the audit log that tells of it."""
        self._connection.execute(audit.insert(), [vars(entry)])
        self._connection.execute(audit_head.update().values(seq=entry.seq, at=entry.at, mac=entry.mac))


def keeps_nothing(database: Database) -> bool:
    """Whether a database is as good as new; on PostgreSQL an interrupted restore leaves its tables.

    Raises:
        StoreUnavailable: it does not answer.
    """
    if database.file:
        # Not opened: SQLite would make it, and one that is damaged is not nothing.
        log = database.file.with_name(f"{database.file.name}-wal")
        return not any(path.exists() and path.stat().st_size for path in (database.file, log))
    if is_empty(database):
        return True
    with OneMoment(database) as moment:
        return moment.is_bare()
