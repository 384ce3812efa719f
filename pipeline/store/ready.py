"""A statement that every request sends: compiled once by SQLAlchemy, handed to the driver itself.

What SQLAlchemy does around a statement at each call costs several times what the statement costs.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError


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
        self._asks = statement.is_select
        self.fault: type[Exception] = dialect.loaded_dbapi.Error

    def run(self, cursor: Any, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Send it; a question gives its first row as the driver has it, or None.

        Args:
            cursor: the driver's, of a transaction or of a connection that has none open.
            values: for each `bindparam`; texts, numbers and bytes, which every driver takes as they are.

        Raises:
            DBAPIError: the database does not answer, or a rule of its tables is broken.
        """
        sent = values if self._order is None else [values[name] for name in self._order]
        try:
            cursor.execute(self._sql, sent)
            row: tuple[Any, ...] | None = cursor.fetchone() if self._asks else None
        except self.fault as error:
            raise told_by_sqlalchemy(error, self.fault, self._sql) from None
        return row


def told_by_sqlalchemy(error: Exception, base: type[Exception], sql: str | None = None) -> BaseException:
    """A fault of the driver as SQLAlchemy tells it.

    Args:
        error: the driver's.
        base: from which all faults of this driver come.
        sql: what was asked.
    """
    return DBAPIError.instance(sql, None, error, base, hide_parameters=True)
