"""One database by its URL: short transactions for reading and for writing, the same code on SQLite and PostgreSQL."""

import contextlib
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, Insert, Select, Update, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from pipeline.errors import StoreUnavailable
from pipeline.store.on_server import on_server
from pipeline.store.one_row import KEPT, Borrowed, OneRow
from pipeline.store.ready import Constant, Ready, told_by_sqlalchemy

_SECONDS_TO_WAIT = 20
"""So long a transaction waits for the one before it; longer than any save takes, shorter than a browser's patience."""
_READERS = 8

# Any number that nobody else on the server uses for a lock of theirs.
_RESHAPING = 8_520_032

_EVERY_SQLITE = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",  # what is deleted is overwritten in the file
    "temp_store=MEMORY",  # nothing is sorted in a file of its own
)

# Not their subclasses, which tell of a broken rule of the tables.
_OF_THE_MACHINE = (OperationalError, InterfaceError, DatabaseError)

# Two writes of one thread would wait for each other until the time is up; better to be told at once.
_writing: ContextVar[bool] = ContextVar("hjemmetilsyn_writing", default=False)


class Database:
    """A municipality's database.

    SQLite is opened twice: an engine for writing, whose one connection begins with `BEGIN IMMEDIATE` so that what was
    read in it still holds when it commits, and one for reading, which no writer keeps waiting (WAL). `synchronous=FULL`
    puts every commit on the disk before it is acknowledged.

    Args:
        url: `sqlite:////path/file` or `postgresql+psycopg://…`.
    """

    def __init__(self, url: URL) -> None:
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._writer = _sqlite(url, "BEGIN IMMEDIATE", connections=1)
            self._reader = _sqlite(url, "BEGIN", connections=KEPT + _READERS, pragmas=("query_only=ON",))
        else:
            self._writer, self._reader = on_server(url, _SECONDS_TO_WAIT)
        self._for_rows = Borrowed(self._reader)
        self._rows: dict[Select[Any], OneRow] = {}

    @classmethod
    def at(cls, url: str) -> Self:
        """The database at a URL; nothing is opened yet."""
        return cls(make_url(url))

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the database and changes nothing.

        Raises:
            StoreUnavailable: the database does not answer.
        """
        # Committed, though nothing was written: after a rollback psycopg forgets what the server has planned already.
        with _in_danish(), self._reader.begin() as connection:
            yield connection

    def row(self, statement: Select[Any], values: Mapping[str, Any]) -> Any:
        """The one row of a single statement, by its columns' names, as one moment has it; None where there is none.

        The statement is a constant of its module, compiled at its first use. It asks by a unique key: that there is no
        second row is the table's word and not looked for.

        Raises:
            StoreUnavailable: the database does not answer.
        """
        if statement not in self._rows:
            self._rows[statement] = OneRow(statement, self._for_rows)
        with _in_danish():
            return self._rows[statement].ask(values)

    def rows(self, statement: Constant, **values: Any) -> list[tuple[Any, ...]]:
        """All rows of a single statement, which sees one moment by itself; as the driver has them.

        Raises:
            StoreUnavailable: the database does not answer.
        """
        return self._sent(self._reader, statement, values)

    def change(self, statement: Constant, **values: Any) -> list[tuple[Any, ...]]:
        """Send a single statement that changes rows and returns them: all of it is committed, or nothing.

        Raises:
            StoreUnavailable: the database does not answer or the disk is full; nothing was written.
        """
        not_inside_a_write()
        return self._sent(self._writer, statement, values)

    def _sent(self, engine: Engine, statement: Constant, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Past SQLAlchemy, which would begin a transaction: both drivers commit a statement by itself at once."""
        ready = statement.ready(engine.dialect)
        with _in_danish():
            try:
                with contextlib.closing(engine.raw_connection()) as borrowed, ready.cursor(borrowed) as cursor:
                    return ready.all(cursor, values)
            except ready.fault as error:  # no connection to ask on: nobody has translated that yet
                raise told_by_sqlalchemy(error, ready.fault) from None

    def ready(self, statement: Select[Any] | Insert | Update) -> Ready:
        """A statement for the driver's cursor, in the words of this database; whoever asks for it keeps it."""
        return Ready(statement, self._writer.dialect)

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is committed whole at the end of the block, or not at all.

        Raises:
            StoreUnavailable: the database does not answer or the disk is full; nothing was written.
        """
        not_inside_a_write()
        mark = _writing.set(True)
        try:
            with _in_danish(), self._writer.begin() as connection:
                yield connection
        finally:
            _writing.reset(mark)

    @contextlib.contextmanager
    def reshape(self) -> Iterator[Connection]:
        """A transaction that may change tables: all of it happens, or nothing.

        SQLite copies a table to change it. Meanwhile foreign keys point to nowhere; they are all checked at the end.

        Raises:
            StoreUnavailable: the database does not answer or the disk is full; nothing was changed.
        """
        with _in_danish(), self._writer.connect() as connection:
            if not self.is_sqlite:
                with connection.begin():
                    # Two programs that start at once do it one after the other, as SQLite makes them do.
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_RESHAPING})")
                    yield connection
                return
            driver = _driver(connection)
            driver.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    yield connection
                    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                        raise RuntimeError("a migration left a row that points to nothing")
            finally:
                driver.execute("PRAGMA foreign_keys=ON")

    def scrub(self) -> None:
        """Take what was deleted out of the files as well.

        SQLite has overwritten it in the database already; its log is emptied. PostgreSQL leaves it in the tables until
        they are written anew; no one else gets at them meanwhile. Its own log (`pg_wal`) goes with time.

        Raises:
            StoreUnavailable: the database does not answer, or the disk has no room for a second copy of a table.
        """
        with _in_danish(), self._writer.connect() as connection:
            if not self.is_sqlite:
                _driver(connection).execute("VACUUM FULL")
                return
            busy, *_ = _driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise StoreUnavailable(
                    "Det slettede er væk, men ligger endnu i databasens hjælpefil, fordi nogen læser i den. "
                    "Prøv igen om lidt."
                )

    @property
    def file(self) -> Path | None:
        """Where the SQLite database lies; None for PostgreSQL and for one in memory."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @property
    def engine(self) -> Engine:
        """The engine that writes; for tests."""
        return self._writer

    def close(self) -> None:
        """Give back all connections."""
        self._for_rows.close()
        self._writer.dispose()
        self._reader.dispose()


def in_file(path: Path) -> str:
    """The URL of the SQLite database in a file."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def not_inside_a_write() -> None:
    """Whoever begins a write while holding another would wait for itself."""
    if _writing.get():
        raise RuntimeError("a write inside a write")


@contextlib.contextmanager
def _in_danish() -> Iterator[None]:
    """Messages of the database hold statements and values: they stay out of what is shown and logged."""
    try:
        yield
    except NoConnection:
        raise StoreUnavailable("Systemet har for travlt lige nu. Intet er gemt endnu. Prøv igen om lidt.") from None
    except DBAPIError as error:
        if error.connection_invalidated or type(error) in _OF_THE_MACHINE:
            raise StoreUnavailable(
                "Der kan ikke gemmes eller hentes lige nu. Intet er ændret. Prøv igen om lidt; "
                "bliver det ved, så sig det til den, der driver systemet."
            ) from error
        raise  # a broken rule of our own tables is a fault of ours and must be seen as one


def _driver(connection: Connection) -> Any:
    """The driver's own connection, past SQLAlchemy, which begins a transaction before any statement."""
    return connection.connection.driver_connection


def _sqlite(url: URL, begin: str, *, connections: int, pragmas: tuple[str, ...] = ()) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=_SECONDS_TO_WAIT,
        connect_args={"timeout": _SECONDS_TO_WAIT, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, record: object) -> None:
        connection.isolation_level = None  # Python's sqlite3 would begin only before the first write
        for pragma in (*_EVERY_SQLITE, *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
