"""The whole application over a temporary store, with the fictional cast signed in."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# The clock, the fakes and the judges belong to other rooms' tests; pytest puts only a test's own folder on the path.
sys.path.insert(0, str(Path(__file__).parents[2] / "pipeline" / "store"))

from offices import Office, fresh_case, open_office


@pytest.fixture(scope="session")
def shared_office() -> Iterator[Office]:
    """One municipality for all tests of this room."""
    with open_office() as office:
        yield office


@pytest.fixture
def office(shared_office: Office) -> Office:
    """The municipality with a case that no other test touches."""
    return fresh_case(shared_office)
