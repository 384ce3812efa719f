"""The store on both databases: each test that asks for `store` or `places` runs once on SQLite, once on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fictional_case import SECTION, open_fictional_case
from fixtures.postgresql import postgresql
from fixtures.quick_folder import quick_folder

from pipeline.store.opening import Places, Store, open_store
from pipeline.store.save_answers import SaveAnswers

__all__ = ["postgresql"]


@pytest.fixture
def home() -> Iterator[Path]:
    with quick_folder("tilsyn-home-") as folder:
        yield folder / "home"


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, home: Path) -> Iterator[Places]:
    if request.param == "sqlite":
        yield Places.in_home(home)
        return
    server = request.getfixturevalue("postgresql")
    database = server.new_database()
    yield Places.in_home(home, database)
    server.drop(database)


@pytest.fixture
def sqlite_places(home: Path) -> Places:
    return Places.in_home(home)


@pytest.fixture
def sqlite_store(sqlite_places: Places) -> Iterator[Store]:
    store = open_store(sqlite_places)
    yield store
    store.close()


@pytest.fixture
def store(places: Places) -> Iterator[Store]:
    store = open_store(places)
    yield store
    store.close()


@pytest.fixture
def case_id(store: Store) -> str:
    return open_fictional_case(store)


@pytest.fixture
def save_answers(store: Store) -> SaveAnswers:
    return SaveAnswers(store.cases, store.drafts, lambda edition, slot: SECTION)
