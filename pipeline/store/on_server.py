"""Connections to a PostgreSQL server: begun by us as on SQLite, and asked whether they still stand only after a pause.

The driver is left in autocommit: a statement that is a transaction by itself goes to the server once, not three times.
"""

import select
import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import InvalidatePoolError

from pipeline.store.ready import told_by_sqlalchemy

_CONNECTIONS = 8
_SECONDS_UNASKED = 5.0
"""A connection that was in use so short a while ago is not asked by a statement whether the server still answers."""
_RETURNED = "returned"


def on_server(url: URL, seconds_to_wait: float) -> tuple[Engine, Engine]:
    """The engine for writing, and the one for reading, which sees one moment and changes nothing; both share a pool.

    Args:
        url: of the database.
        seconds_to_wait: for a connection, while all are in use.
    """
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=_CONNECTIONS,
        max_overflow=_CONNECTIONS,
        pool_timeout=seconds_to_wait,
        # The one that was used last: it knows the statements already, and the others may go on sleeping.
        pool_use_lifo=True,
        # A server set up to acknowledge before the disk has it is no reason to lose an answer.
        connect_args={"options": "-c synchronous_commit=on", "autocommit": True},
    )
    fault: type[Exception] = engine.dialect.loaded_dbapi.Error

    @event.listens_for(engine, "checkin")
    def _note(driver: Any, record: Any) -> None:
        record.info[_RETURNED] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _refuse_if_gone(driver: Any, record: Any, borrowed: object) -> None:
        returned = record.info.get(_RETURNED)
        if returned is not None and not stands(driver, time.monotonic() - returned, fault):
            raise InvalidatePoolError  # the pool drops all that are older as well, and makes a new one

    return _beginning(engine, "BEGIN"), _beginning(engine, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")


def stands(driver: Any, idle: float, fault: type[Exception]) -> bool:
    """Whether a connection can still be used.

    A server that ends says so, and the kernel knows. One that fell silent, behind a firewall that forgot it, is found
    by asking.

    Args:
        driver: the connection, in no transaction.
        idle: for how many seconds nobody has used it.
        fault: what every fault of the driver is.
    """
    if driver.closed:
        return False
    if idle < _SECONDS_UNASKED and not _has_news(driver):
        return True
    try:
        driver.execute("")
    except fault:
        return False
    return True


def _has_news(driver: Any) -> bool:
    """Whether something has come though nothing was asked: the end of the connection, or a word of farewell."""
    news = select.poll()
    news.register(driver.fileno(), select.POLLIN)
    return bool(news.poll(0))


def _beginning(engine: Engine, begin: str) -> Engine:
    """The same engine, with its own way to begin a transaction."""
    ours = engine.execution_options()

    fault: type[Exception] = engine.dialect.loaded_dbapi.Error

    @event.listens_for(ours, "begin")
    def _begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        try:
            driver.execute(begin)
        except fault as error:
            raise told_by_sqlalchemy(error, fault, begin) from None

    return ours
