"""A seeded home that every test gets a copy of, and Chromium to look at it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# The look of a page in Chromium is ours too; pytest puts only a test's own folder on the path.
sys.path.append(str(Path(__file__).parents[1] / "design"))
sys.path.append(str(Path(__file__).parents[1] / "public"))

from axe import axe_source
from browsing import FLAGS, chromium_path
from family_home import make_home
from fixtures.quick_folder import quick_folder
from hearing_house import House, hearing_house
from playwright.sync_api import Browser, sync_playwright


@pytest.fixture(scope="session")
def seeded() -> Iterator[Path]:
    with quick_folder("tilsyn-family-") as folder:
        make_home(folder / "home")
        yield folder / "home"


@pytest.fixture
def house(seeded: Path) -> Iterator[House]:
    """A municipality that has just sent a report in hearing, with machines that fail."""
    with quick_folder("tilsyn-hearing-") as folder, hearing_house(seeded, folder / "home") as house:
        house.open_hearings()
        yield house


@pytest.fixture(scope="module")  # Playwright runs once at a time, and other rooms start it too
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    return axe_source()
