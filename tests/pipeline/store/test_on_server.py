"""Connections to a PostgreSQL server: not asked again and again whether they stand, and replaced when they do not."""

from collections.abc import Iterator

import psycopg
import pytest
from fixtures.postgresql import PostgreSQL
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from pipeline.store.database import Database
from pipeline.store.on_server import stands

_SHORT, _LONG = 0.1, 60.0


@pytest.fixture
def database(postgresql: PostgreSQL) -> Iterator[Database]:
    url = postgresql.new_database()
    database = Database.at(url)
    yield database
    database.close()
    postgresql.drop(url)


@pytest.fixture
def driver(database: Database) -> "Iterator[psycopg.Connection[tuple[object, ...]]]":
    with psycopg.connect(_address(database), autocommit=True) as connection:
        yield connection


def _address(database: Database) -> str:
    return database.url.set(drivername="postgresql").render_as_string(hide_password=False)


def _ends(database: Database, process: int) -> None:
    with psycopg.connect(_address(database), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [process])


def _process(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


@pytest.mark.parametrize("idle", [_SHORT, _LONG])
def test_a_connection_stands_until_its_server_process_ends(
    database: Database, driver: "psycopg.Connection[tuple[object, ...]]", idle: float
) -> None:
    assert stands(driver, idle, psycopg.Error)
    _ends(database, driver.info.backend_pid)
    assert not stands(driver, idle, psycopg.Error)
    assert not stands(driver, idle, psycopg.Error)  # and now it is known to be closed


def test_whoever_asks_after_the_server_process_ended_gets_another_one(database: Database) -> None:
    before = _process(database)
    _ends(database, before)
    assert _process(database) != before


def test_what_is_asked_often_is_planned_once(database: Database) -> None:
    for _ in range(10):
        with database.read() as connection:
            connection.execute(text("SELECT :one + 1"), {"one": 1})
    with database.read() as connection:
        planned = connection.execute(text("SELECT statement FROM pg_prepared_statements")).scalars().all()
    assert any("+ 1" in statement for statement in planned)


def test_reading_sees_one_moment_and_changes_nothing(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("CREATE TABLE t (a int)"))
    with database.read() as reading:
        assert reading.execute(text("SELECT count(*) FROM t")).scalar() == 0
        with database.write() as writing:
            writing.execute(text("INSERT INTO t VALUES (1)"))
        assert reading.execute(text("SELECT count(*) FROM t")).scalar() == 0
    with pytest.raises(InternalError), database.read() as reading:
        reading.execute(text("INSERT INTO t VALUES (2)"))
    assert _count(database) == 1


def test_a_write_that_breaks_off_leaves_nothing(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("CREATE TABLE t (a int)"))
    with pytest.raises(ZeroDivisionError):
        _writes_and_breaks_off(database)
    assert _count(database) == 0


def _writes_and_breaks_off(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("INSERT INTO t VALUES (1)"))
        raise ZeroDivisionError


def _count(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(text("SELECT count(*) FROM t")).scalar_one())
