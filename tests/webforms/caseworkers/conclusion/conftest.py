"""A seeded home with a visit whose conclusion is written and one whose is not, and Chromium to write it with."""

import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

# Windows and judges belong to other rooms' tests; pytest puts only a test's own folder on the path.
sys.path.append(str(Path(__file__).parents[2] / "design"))
sys.path.append(str(Path(__file__).parents[2] / "public"))
sys.path.append(str(Path(__file__).parents[2] / "parents"))

from axe import axe_source
from browsing import FLAGS, chromium_path
from family_home import Home, family_home, make_home
from fixtures.quick_folder import quick_folder
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing; the tests look at answers, not at lines."""


@pytest.fixture(scope="session")
def seeded_conclusions() -> Iterator[Path]:
    with quick_folder("tilsyn-conclusion-") as folder:
        make_home(folder / "home")
        yield folder / "home"


@pytest.fixture
def home(seeded_conclusions: Path) -> Iterator[Home]:
    with quick_folder("tilsyn-conclusion-") as folder, family_home(seeded_conclusions, folder / "home") as home:
        yield home


@pytest.fixture
def address(home: Home) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, home.app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")  # Playwright runs once at a time, and other rooms start it too
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    return axe_source()
