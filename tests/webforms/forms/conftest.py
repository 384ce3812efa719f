"""A seeded home that every test gets a copy of."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from family_home import Home, family_home, make_home
from fixtures.quick_folder import quick_folder


@pytest.fixture(scope="session")
def seeded() -> Iterator[Path]:
    with quick_folder("tilsyn-family-") as folder:
        make_home(folder / "home")
        yield folder / "home"


@pytest.fixture
def home(seeded: Path) -> Iterator[Home]:
    with quick_folder("tilsyn-family-") as folder, family_home(seeded, folder / "home") as home:
        yield home
