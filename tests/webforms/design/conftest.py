"""The style guide as it is served, and Chromium to look at it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from served import served
from style_guide import create_guide


@pytest.fixture(scope="session")
def guide() -> Flask:
    return create_guide()


@pytest.fixture
def client(guide: Flask) -> FlaskClient:
    return guide.test_client()


@pytest.fixture(scope="session")
def address(guide: Flask) -> Iterator[str]:
    with served(guide) as address:
        yield address
