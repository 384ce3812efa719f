"""One database by its URL: short transactions for reading and for writing, the same code on SQLite and PostgreSQL."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from pipeline.errors import StoreUnavailable

_SECONDS_TO_WAIT = 20
"""So long a transaction waits for the one before it; longer than any save takes, shorter than a browser's patience."""
_READERS = 8

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
            self._reader = _sqlite(url, "BEGIN", connections=_READERS)
        else:
            self._writer = self._reader = _server(url)

    @classmethod
    def at(cls, url: str) -> Self:
        """The database at a URL; nothing is opened yet."""
        return cls(make_url(url))

    @classmethod
    def in_file(cls, path: Path) -> Self:
        """The SQLite database in a file."""
        return cls(URL.create("sqlite", database=str(path)))

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the database and changes nothing.

        Raises:
            StoreUnavailable: the database does not answer.
        """
        with _in_danish(), self._reader.connect() as connection:
            yield connection
            connection.rollback()

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is committed whole at the end of the block, or not at all.

        Raises:
            StoreUnavailable: the database does not answer or the disk is full; nothing was written.
        """
        if _writing.get():
            raise RuntimeError("a write inside a write would wait for itself")
        mark = _writing.set(True)
        try:
            with _in_danish(), self._writer.begin() as connection:
                yield connection
        finally:
            _writing.reset(mark)

    @property
    def engine(self) -> Engine:
        """The engine that writes; for migrations and tests."""
        return self._writer

    def close(self) -> None:
        """Give back all connections."""
        self._writer.dispose()
        self._reader.dispose()


@contextlib.contextmanager
def _in_danish() -> Iterator[None]:
    """Messages of the database hold statements and values: they stay out of what is shown and logged."""
    try:
        yield
    except NoConnection:
        raise StoreUnavailable("Systemet har for travlt lige nu. Intet er gemt endnu. Prøv igen om lidt.") from None
    except DBAPIError as error:
        if error.connection_invalidated or type(error).__name__ in ("OperationalError", "InterfaceError"):
            raise StoreUnavailable(
                "Der kan ikke gemmes eller hentes lige nu. Intet er ændret. Prøv igen om lidt; "
                "bliver det ved, så sig det til den, der driver systemet."
            ) from error
        raise  # a broken rule of our own tables is a fault of ours and must be seen as one


def _sqlite(url: URL, begin: str, *, connections: int) -> Engine:
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
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _server(url: URL) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=_READERS,
        max_overflow=_READERS,
        pool_timeout=_SECONDS_TO_WAIT,
        pool_pre_ping=True,
    )
