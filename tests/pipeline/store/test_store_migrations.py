"""The database is brought to this release's shape whole or not at all, and never touched where it is newer."""

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from fictional_case import open_fictional_case
from sqlalchemy import delete, event, inspect

from pipeline.errors import KeyringError, Tampered
from pipeline.store.database import Database
from pipeline.store.migrate import migrate
from pipeline.store.opening import Places, open_store
from pipeline.store.refusals import DatabaseNewer, WrongKeyring
from pipeline.store.tables import installation, metadata


def test_the_migrated_tables_are_those_that_the_program_speaks_of(places: Places) -> None:
    open_store(places).close()
    database = Database.at(places.database)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    database.close()


def test_migrating_again_changes_nothing(places: Places) -> None:
    store = open_store(places)
    case_id = open_fictional_case(store)
    migrate(store.database)
    assert store.cases.case(case_id).number == "2026-001"
    store.close()


class _PowerCut(Exception):
    pass


@pytest.mark.parametrize("at_statement", [1, 3, 10, 25])
def test_an_interrupted_migration_leaves_the_database_as_it_was(places: Places, at_statement: int) -> None:
    places.files.parent.mkdir()
    database = Database.at(places.database)
    count = 0

    @event.listens_for(database.engine, "before_cursor_execute")
    def _interrupt(connection: object, cursor: object, statement: str, *_: object) -> None:
        nonlocal count
        if statement.lstrip().upper().startswith(("CREATE", "INSERT")):
            count += 1
            if count == at_statement:
                raise _PowerCut

    with pytest.raises(_PowerCut):
        migrate(database)
    with database.read() as connection:
        assert inspect(connection).get_table_names() == []
    migrate(database)
    with database.read() as connection:
        assert set(metadata.tables) < set(inspect(connection).get_table_names())
    database.close()


def test_a_database_of_a_newer_release_is_refused_and_left_alone(places: Places) -> None:
    store = open_store(places)
    case_id = open_fictional_case(store)
    with store.database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseNewer, match="nyere udgave"):
        open_store(places)
    assert store.cases.case(case_id).number == "2026-001"
    store.close()


def test_two_programs_that_start_at_once_make_one_installation(places: Places) -> None:
    faults: list[Exception] = []

    def start() -> None:
        try:
            open_store(places).close()
        except Exception as fault:
            faults.append(fault)

    starts = [threading.Thread(target=start) for _ in range(2)]
    for one in starts:
        one.start()
    for one in starts:
        one.join()
    assert faults == []


def test_the_key_ring_of_another_installation_is_refused(places: Places) -> None:
    store = open_store(places)
    store.close()
    other = Places.in_home(places.files.parent / "andet-sted")
    open_store(other).close()
    places.keyring.write_bytes(other.keyring.read_bytes())
    with pytest.raises(WrongKeyring, match="hører til en anden database"):
        open_store(places)


def test_a_used_database_whose_mark_is_gone_is_not_taken_for_a_new_one(places: Places) -> None:
    store = open_store(places)
    store.audit.record("moderen", "case.list")
    with store.database.write() as connection:
        connection.execute(delete(installation))
    store.close()
    with pytest.raises(Tampered, match="har været i brug"):
        open_store(places)


def test_a_missing_key_ring_is_never_made_anew_beside_a_database(places: Places) -> None:
    open_store(places).close()
    places.keyring.unlink()
    with pytest.raises(KeyringError):
        open_store(places)
    assert not places.keyring.exists()


def test_nobody_else_on_the_machine_may_read_the_database(sqlite_places: Places) -> None:
    store = open_store(sqlite_places)
    open_fictional_case(store)
    home = sqlite_places.files.parent
    found = [path for path in home.rglob("*") if path.is_file()]
    assert any(path.name.endswith("-wal") for path in found)
    assert [path.name for path in found if path.stat().st_mode & 0o077] == []
    store.close()
