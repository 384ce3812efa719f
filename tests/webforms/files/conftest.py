"""The whole application over a demo with its fictional families, made once for the tests of this room."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from demo_family import Person, sign_in
from fixtures.quick_folder import quick_folder
from flask import Flask
from served import served

from webforms.app import create_app
from webforms.demo_seed import seed_demo
from webforms.public.demo_room import DemoRoom
from webforms.services import Services
from webforms.settings import Settings, read_settings
from webforms.wiring import page_services


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
    with served(app) as address:
        yield address
