"""A seeded home that every test gets a copy of, and Chromium to look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures.quick_folder import quick_folder
from hearing_house import House, hearing_house
from served import served

from webforms.settings import read_settings
from webforms.wiring import workshop


@pytest.fixture
def house(seeded: Path) -> Iterator[House]:
    """A municipality that has just sent a report in hearing, with machines that fail."""
    with quick_folder("tilsyn-hearing-") as folder, hearing_house(seeded, folder / "home") as house:
        house.open_hearings()
        yield house


@pytest.fixture
def quiet(seeded: Path) -> Iterator[House]:
    """The same municipality before anything is sent in hearing."""
    with quick_folder("tilsyn-hearing-") as folder, hearing_house(seeded, folder / "home") as house:
        yield house


@pytest.fixture
def working(seeded: Path) -> Iterator[House]:
    """The same with LibreOffice and the demo seal."""
    with quick_folder("tilsyn-hearing-") as folder:
        settings = read_settings({"HJEMMETILSYN_HOME": str(folder / "home")})
        with hearing_house(seeded, folder / "home", workshop(settings)) as house:
            yield house


@pytest.fixture
def address(working: House) -> Iterator[str]:
    with served(working.app) as address:
        yield address
