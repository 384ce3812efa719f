"""The fictional municipality of the caseworkers' tests, seen by those who keep it running."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# What these tests share with others lies in other rooms' folders; pytest puts only a test's own folder on the path.
sys.path.insert(0, str(Path(__file__).parents[2] / "pipeline" / "store"))
sys.path.insert(0, str(Path(__file__).parents[1] / "caseworkers"))

from offices import Office, fresh_case, open_office


@pytest.fixture(scope="session")
def operated_office() -> Iterator[Office]:
    """One municipality for all tests of this room."""
    with open_office() as office:
        yield office


@pytest.fixture
def office(operated_office: Office) -> Office:
    """The municipality with a case that no other test touches."""
    return fresh_case(operated_office)
