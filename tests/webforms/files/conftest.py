"""The whole application over a demo with its fictional families, made once for the tests of this room."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

# The look of a page in Chromium is ours too; pytest puts only a test's own folder on the path.
sys.path.append(str(Path(__file__).parents[1] / "design"))
sys.path.append(str(Path(__file__).parents[1] / "public"))

from axe import axe_source
from browsing import FLAGS, chromium_path
from demo_family import Person, sign_in
from fixtures.quick_folder import quick_folder
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from webforms.app import create_app
from webforms.demo_seed import seed_demo
from webforms.public.demo_room import DemoRoom
from webforms.services import Services
from webforms.settings import Settings, read_settings
from webforms.wiring import page_services


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing; the tests look at answers, not at lines."""


@pytest.fixture(scope="module")
def settings() -> Iterator[Settings]:
    with quick_folder("tilsyn-filer-") as home:
        yield read_settings({"HJEMMETILSYN_HOME": str(home / "home")})


@pytest.fixture(scope="module")
def services(settings: Settings) -> Iterator[Services]:
    """Limits so wide that the tests are not taken for an attack."""
    with page_services(settings) as services:
        seed_demo(services.store, settings.editions)
        usual = services.identity.settings
        wide = {pace: replace(limit, times=10**6, lease=10**5) for pace, limit in usual.limits.items()}
        yield replace(services, identity=replace(services.identity, settings=replace(usual, limits=wide)))


@pytest.fixture(scope="module")
def app(settings: Settings, services: Services) -> Iterator[Flask]:
    with DemoRoom.of(settings) as demo:
        yield create_app(settings, services, demo)


@pytest.fixture(scope="module")
def someone(app: Flask, services: Services) -> Callable[[str, str], Person]:
    """Signs in whoever is named by case number and id."""
    return lambda number, person: sign_in(app, services.store, number, person)


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def axe() -> str:
    return axe_source()
