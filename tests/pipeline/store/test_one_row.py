"""A row that is asked of the driver itself is the row that SQLAlchemy would have given."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import fields
from pathlib import Path

import pytest
from sqlalchemy import bindparam, column, select, table, update

from pipeline.errors import StoreUnavailable
from pipeline.store.database import Database
from pipeline.store.journey_facts import Journey
from pipeline.store.opened_case import CASE, CaseRow
from pipeline.store.opening import Store
from pipeline.store.tables import cases, journeys


def test_a_row_is_the_same_as_in_a_transaction(store: Store, case_id: str) -> None:
    with store.database.read() as connection:
        there = connection.execute(CASE, {"id": case_id}).one()
    row = store.database.row(CASE, {"id": case_id})
    assert row is not None
    assert row._asdict() == there._asdict()
    assert [type(value) for value in row] == [type(value) for value in there]
    assert row.number == there.number


def test_what_is_read_by_place_stands_in_the_places_of_its_table() -> None:
    assert list(CaseRow._fields) == cases.columns.keys()
    assert [field.name for field in fields(Journey)] == journeys.columns.keys()


def test_where_there_is_no_row_there_is_none(store: Store) -> None:
    assert store.database.row(CASE, {"id": "0" * 32}) is None


def test_a_row_shows_what_was_written_since(store: Store, case_id: str) -> None:
    before = store.database.row(CASE, {"id": case_id})
    with store.database.write() as connection:
        connection.execute(update(cases).where(cases.c.id == case_id).values(number="2026-9999"))
    after = store.database.row(CASE, {"id": case_id})
    assert before is not None
    assert after is not None
    assert (before.number == "2026-9999", after.number) == (False, "2026-9999")


def test_many_who_ask_at_once_leave_connections_for_the_others(store: Store, case_id: str) -> None:
    with ThreadPoolExecutor(24) as crew:
        rows = list(crew.map(lambda _: store.database.row(CASE, {"id": case_id}), range(240)))
    assert {row.id for row in rows} == {case_id}
    with ExitStack() as stack:
        readers = [stack.enter_context(store.database.read()) for _ in range(8)]
        assert [reader.execute(CASE, {"id": case_id}).one().number for reader in readers] == [rows[0].number] * 8


def test_a_database_that_does_not_answer_says_so_without_the_value(sqlite_store: Store) -> None:
    missing = select(column("id")).select_from(table("missing")).where(column("id") == bindparam("id"))
    with pytest.raises(StoreUnavailable) as refusal:
        sqlite_store.database.row(missing, {"id": "Otto"})
    assert "Otto" not in f"{refusal.value!s}{refusal.value.__cause__!s}"


@pytest.mark.parametrize("url", ["postgresql+psycopg://nobody@/none?host={folder}", "sqlite:///{folder}/none/none"])
def test_a_database_that_is_not_there_says_so_too(tmp_path: Path, url: str) -> None:
    database = Database.at(url.format(folder=tmp_path))
    with pytest.raises(StoreUnavailable):
        database.row(CASE, {"id": "0" * 32})
    database.close()
