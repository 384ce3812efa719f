"""A demo municipality, and the form of one of its families, fetched once from its own page."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Forms are filled in as in the tests of the pipeline; pytest puts only a test's own folder on the path.
sys.path.append(str(Path(__file__).parents[2] / "pipeline" / "offline"))
sys.path.append(str(Path(__file__).parents[1] / "design"))

from family_home import SIGNE, Home, family_home, make_home
from fetched_forms import fetched
from fixtures.quick_folder import quick_folder


@pytest.fixture(scope="session")
def seeded() -> Iterator[Path]:
    with quick_folder("tilsyn-paper-") as folder:
        make_home(folder / "home")
        yield folder / "home"


@pytest.fixture
def home(seeded: Path) -> Iterator[Home]:
    with quick_folder("tilsyn-paper-") as folder, family_home(seeded, folder / "home") as home:
        yield home


@pytest.fixture(scope="session")
def word_form(seeded: Path) -> Iterator[bytes]:
    """The Word form of one household, before anybody has written for the visit."""
    with quick_folder("tilsyn-paper-") as folder, family_home(seeded, folder / "home") as home:
        yield fetched(home.browser(SIGNE), "word", "bcdef")
