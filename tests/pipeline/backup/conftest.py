"""An installation to be copied, and an empty machine to put the copy on, each on both databases."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Its fictional cases are ours too.
sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from fictional_installation import NewPlaces, fill_a_little
from fixtures.postgresql import postgresql
from fixtures.quick_folder import quick_folder

from pipeline.backup.backup import make_backup
from pipeline.store.opening import Places, Store, open_store

__all__ = ["postgresql"]


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder("tilsyn-backup-") as folder:
        yield folder


@pytest.fixture
def new_places(request: pytest.FixtureRequest, folder: Path) -> NewPlaces:
    """Makes places for an installation on “sqlite” or “postgresql”, each time others."""

    def places(kind: str) -> Places:
        home = folder / f"hjem-{len(list(folder.glob('hjem-*')))}"
        home.mkdir()
        return Places.in_home(home, request.getfixturevalue("postgresql").new_database() if kind != "sqlite" else None)

    return places


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def places(new_places: NewPlaces, kind: str) -> Places:
    return new_places(kind)


@pytest.fixture
def machine(new_places: NewPlaces, kind: str) -> Places:
    """An empty machine with a database of the same kind."""
    return new_places(kind)


@pytest.fixture
def store(places: Places) -> Iterator[Store]:
    store = open_store(places)
    yield store
    store.close()


@pytest.fixture
def sqlite_places(new_places: NewPlaces) -> Places:
    return new_places("sqlite")


@pytest.fixture
def sqlite_store(sqlite_places: Places) -> Iterator[Store]:
    store = open_store(sqlite_places)
    yield store
    store.close()


@pytest.fixture
def empty(new_places: NewPlaces) -> Places:
    """An empty machine with SQLite."""
    return new_places("sqlite")


@pytest.fixture
def backup(sqlite_store: Store, sqlite_places: Places, folder: Path) -> Path:
    """A backup of an installation with a little of everything."""
    fill_a_little(sqlite_store)
    make_backup(sqlite_places, folder / "kopi.tar")
    return folder / "kopi.tar"
