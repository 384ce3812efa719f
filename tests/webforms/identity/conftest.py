"""A store in a temporary folder, a clock that tests move on, and the small application over them."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# The clock and the temporary folder belong to other rooms' tests; pytest puts only a test's own folder on the path.
sys.path.insert(0, str(Path(__file__).parents[2] / "pipeline" / "store"))

from access_cast import AT, Cast, make_cast
from case_rooms import DEMO, create_rooms
from fixtures.quick_folder import quick_folder
from flask import Flask
from movable_clock import MovableClock

from pipeline.store.opening import Places, Store, open_store
from webforms.identity.guard import Guard
from webforms.identity.services import Services


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(AT)


@pytest.fixture(scope="session")
def filled() -> Iterator[tuple[Path, Cast]]:
    """An installation with the cast in it, made once; each test gets a copy."""
    with quick_folder("tilsyn-cast-") as folder:
        store = open_store(Places.in_home(folder), MovableClock(AT))
        cast = make_cast(store, Services.of(store, DEMO, MovableClock(AT)))
        store.close()
        yield folder, cast


@pytest.fixture
def store(filled: tuple[Path, Cast], clock: MovableClock) -> Iterator[Store]:
    with quick_folder("tilsyn-identity-") as folder:
        home = shutil.copytree(filled[0], folder / "home")
        home.chmod(0o700)
        store = open_store(Places.in_home(home), clock)
        yield store
        store.close()


@pytest.fixture
def services(store: Store, clock: MovableClock) -> Services:
    return Services.of(store, DEMO, clock)


@pytest.fixture
def cast(filled: tuple[Path, Cast]) -> Cast:
    return filled[1]


@pytest.fixture
def rooms(services: Services, cast: Cast) -> tuple[Flask, Guard]:
    return create_rooms(services)


@pytest.fixture
def app(rooms: tuple[Flask, Guard]) -> Flask:
    return rooms[0]


@pytest.fixture
def guard(rooms: tuple[Flask, Guard]) -> Guard:
    return rooms[1]
