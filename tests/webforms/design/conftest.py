"""The style guide as it is served, and Chromium to look at it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright
from style_guide import create_guide
from werkzeug.serving import WSGIRequestHandler, make_server

# The judge of the first page is ours too; pytest puts only a test's own folder on the path.
sys.path.insert(0, str(Path(__file__).parents[1] / "public"))

from axe import axe_source
from browsing import FLAGS, chromium_path


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing; the tests look at answers, not at lines."""


@pytest.fixture(scope="session")
def guide() -> Flask:
    return create_guide()


@pytest.fixture
def client(guide: Flask) -> FlaskClient:
    return guide.test_client()


@pytest.fixture(scope="session")
def address(guide: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, guide, threaded=True, request_handler=_Quiet)
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
