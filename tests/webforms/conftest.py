"""What the tests of every room share: a seeded demo, Chromium and axe-core; and this folder on the path."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import axe_source
from browsing import FLAGS, chromium_path
from family_home import Home, family_home, make_home
from fixtures.quick_folder import quick_folder
from playwright.sync_api import Browser, sync_playwright
from served import served


@pytest.fixture(scope="session")
def seeded() -> Iterator[Path]:
    """A home with the families of the demo, which others are copied from."""
    with quick_folder("tilsyn-family-") as folder:
        make_home(folder / "home")
        yield folder / "home"


@pytest.fixture
def home(seeded: Path) -> Iterator[Home]:
    """The whole application over a copy of the seeded home."""
    with quick_folder("tilsyn-family-") as folder, family_home(seeded, folder / "home") as home:
        yield home


@pytest.fixture
def address(home: Home) -> Iterator[str]:
    """Where a browser reaches that application."""
    with served(home.app) as address:
        yield address


@pytest.fixture(scope="module")  # Playwright runs once at a time, and other rooms start it too
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    return axe_source()
