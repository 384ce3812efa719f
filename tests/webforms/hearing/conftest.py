"""A seeded home that every test gets a copy of, and Chromium to look at it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

# The look of a page in Chromium is ours too; pytest puts only a test's own folder on the path.
sys.path.append(str(Path(__file__).parents[1] / "design"))
sys.path.append(str(Path(__file__).parents[1] / "public"))
sys.path.append(str(Path(__file__).parents[1] / "parents"))

from axe import axe_source
from browsing import FLAGS, chromium_path
from family_home import make_home
from fixtures.quick_folder import quick_folder
from hearing_house import House, hearing_house
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from webforms.settings import read_settings
from webforms.wiring import workshop


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing; the tests look at answers, not at lines."""


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
    server = make_server("127.0.0.1", 0, working.app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
