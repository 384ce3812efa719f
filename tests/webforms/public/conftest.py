"""The web application with a workshop that needs no LibreOffice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from page_fakes import FakeWorkshop, Lasting, Visitor, check

from pipeline.tool.load import EDITIONS
from webforms.app import create_app
from webforms.public.demo_room import DemoRoom
from webforms.settings import Settings, read_settings
from webforms.wiring import page_services


@pytest.fixture
def editions() -> Path:
    return EDITIONS


@pytest.fixture
def settings(tmp_path: Path, editions: Path) -> Settings:
    home = tmp_path / "home"
    home.mkdir()
    return read_settings({"HJEMMETILSYN_HOME": str(home), "HJEMMETILSYN_EDITIONS": str(editions)})


@pytest.fixture
def workshop() -> FakeWorkshop:
    return FakeWorkshop()


@pytest.fixture
def room(settings: Settings, workshop: FakeWorkshop) -> Iterator[DemoRoom]:
    with DemoRoom(settings, workshop, check) as room:
        yield room


@pytest.fixture
def app(settings: Settings, room: DemoRoom) -> Iterator[Flask]:
    with page_services(settings) as services:
        app = create_app(settings, services, room)
        app.test_client_class = Visitor
        yield app


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lasting]:
    """One application for all tests of a file that leave it as it was: each start takes most of a second."""
    home = tmp_path_factory.mktemp("first-page") / "home"
    home.mkdir()
    settings, workshop = read_settings({"HJEMMETILSYN_HOME": str(home)}), FakeWorkshop()
    with DemoRoom(settings, workshop, check) as room, page_services(settings) as services:
        app = create_app(settings, services, room)
        app.test_client_class = Visitor
        yield Lasting(settings, workshop, app)
