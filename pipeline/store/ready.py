"""A statement that every request sends: compiled once by SQLAlchemy, handed to the driver itself.

What SQLAlchemy does around a statement at each call costs several times what the statement costs.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, PoolProxiedConnection, Select, Update
from sqlalchemy.exc import DBAPIError

_CURSOR = "cursor"


class Ready:
    """A statement in the words of one database.

    Args:
        statement: with `bindparam` where values stand; an insert without any takes every column of its table.
        dialect: of the database that is to understand it.

    Attributes:
        fault: what every fault of its driver is.
    """

    def __init__(self, statement: Select[Any] | Insert | Update, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect)  # the SQL compiler's own attributes are in no public type
        self._sql, self._order = str(compiled), compiled.positiontup
        # What stands in the statement itself, and what a dialect adds to it.
        self._own = {name: value for name, value in compiled.params.items() if value is not None}
        self._asks, self._keeps_cursor = statement.is_select, dialect.name != "sqlite"
        # A server plans it when it comes for the first time, not anew each time until it has come often.
        self._planned = {"prepare": True} if self._keeps_cursor else {}
        self.fault: type[Exception] = dialect.loaded_dbapi.Error

    def cursor(self, borrowed: PoolProxiedConnection) -> AbstractContextManager[Any]:
        """The cursor of a connection, for one statement after another; all rows of each are fetched at once.

        psycopg's learns how to read and write values anew each time it is made, so one stays with each connection.
        SQLite's holds a moment of the database until it is closed.
        """
        if not self._keeps_cursor:
            return closing(borrowed.cursor())
        if _CURSOR not in borrowed.info:
            borrowed.info[_CURSOR] = borrowed.cursor()
        return nullcontext(borrowed.info[_CURSOR])

    def run(self, cursor: Any, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Send it; a question gives its first row as the driver has it, or None.

        Args:
            cursor: the driver's, of a transaction or of a connection that has none open.
            values: for each `bindparam`; texts, numbers and bytes, which every driver takes as they are.

        Raises:
            DBAPIError: the database does not answer, or a rule of its tables is broken.
        """
        try:
            cursor.execute(self._sql, self._sent(values), **self._planned)
            row: tuple[Any, ...] | None = cursor.fetchone() if self._asks else None
        except self.fault as error:
            raise told_by_sqlalchemy(error, self.fault, self._sql) from None
        return row

    def all(self, cursor: Any, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Send it; gives all rows that it asks for or returns, as the driver has them.

        Raises:
            DBAPIError: as `run`.
        """
        try:
            cursor.execute(self._sql, self._sent(values), **self._planned)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        except self.fault as error:
            raise told_by_sqlalchemy(error, self.fault, self._sql) from None
        return rows

    def each(self, cursor: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Send it once for each row.

        Raises:
            DBAPIError: as `run`.
        """
        try:
            cursor.executemany(self._sql, [self._sent(values) for values in rows])
        except self.fault as error:
            raise told_by_sqlalchemy(error, self.fault, self._sql) from None

    def _sent(self, values: Mapping[str, Any]) -> Mapping[str, Any] | list[Any]:
        given = {**self._own, **values} if self._own else values
        return given if self._order is None else [given[name] for name in self._order]


class Constant:
    """A statement that a module sends within transactions: compiled once for each kind of database.

    Args:
        statement: as `Ready` takes it.
    """

    def __init__(self, statement: Select[Any] | Insert | Update) -> None:
        self._statement, self._in_words_of = statement, dict[str, Ready]()

    def one(self, connection: Connection, **values: Any) -> tuple[Any, ...] | None:
        """The first row that it asks for; None where there is none.

        Args:
            connection: the transaction.
            values: for each `bindparam`.

        Raises:
            DBAPIError: the database does not answer.
        """
        ready = self.ready(connection.dialect)
        with ready.cursor(connection.connection) as cursor:
            return ready.run(cursor, values)

    def all(self, connection: Connection, **values: Any) -> list[tuple[Any, ...]]:
        """All rows that it asks for; see `one`."""
        ready = self.ready(connection.dialect)
        with ready.cursor(connection.connection) as cursor:
            return ready.all(cursor, values)

    def send(self, connection: Connection, **values: Any) -> int:
        """Change something; tells how many rows that were.

        Raises:
            DBAPIError: the database does not answer, or a rule of its tables is broken.
        """
        ready = self.ready(connection.dialect)
        with ready.cursor(connection.connection) as cursor:
            ready.run(cursor, values)
            number: int = cursor.rowcount
            return number

    def send_each(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Change something for each of the rows; see `send`."""
        ready = self.ready(connection.dialect)
        with ready.cursor(connection.connection) as cursor:
            ready.each(cursor, rows)

    def ready(self, dialect: Dialect) -> Ready:
        """The statement in the words of a database."""
        if dialect.name not in self._in_words_of:
            self._in_words_of[dialect.name] = Ready(self._statement, dialect)
        return self._in_words_of[dialect.name]


def told_by_sqlalchemy(error: Exception, base: type[Exception], sql: str | None = None) -> BaseException:
    """A fault of the driver as SQLAlchemy tells it.

    Args:
        error: the driver's.
        base: from which all faults of this driver come.
        sql: what was asked.
    """
    return DBAPIError.instance(sql, None, error, base, hide_parameters=True)
