"""The journey on both databases: each test that asks for `round_trip` runs once on SQLite, once on PostgreSQL."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures.postgresql import PostgreSQL, postgresql
from fixtures.quick_folder import quick_folder

# What these tests share with others lies in other rooms' folders; pytest puts only a test's own folder on the path.
sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from travelling import RoundTrip

from pipeline.store.opening import Places

__all__ = ["postgresql"]


@pytest.fixture
def home() -> Iterator[Path]:
    with quick_folder("tilsyn-rejse-") as folder:
        yield folder / "home"


@pytest.fixture
def trip(home: Path) -> Iterator[RoundTrip]:
    """On SQLite."""
    with RoundTrip(Places.in_home(home)) as trip:
        yield trip


@pytest.fixture
def server_trip(postgresql: PostgreSQL, home: Path) -> Iterator[RoundTrip]:
    """On PostgreSQL."""
    database = postgresql.new_database()
    with RoundTrip(Places.in_home(home, database)) as trip:
        yield trip
    postgresql.drop(database)


@pytest.fixture(params=["trip", "server_trip"])
def either_trip(request: pytest.FixtureRequest) -> RoundTrip:
    """On SQLite, and on PostgreSQL."""
    trip: RoundTrip = request.getfixturevalue(request.param)
    return trip
