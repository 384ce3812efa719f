"""The form of one family of the demo, fetched once from its own page."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Forms are filled in as in the tests of the pipeline; pytest puts only a test's own folder on the path.
sys.path.append(str(Path(__file__).parents[2] / "pipeline" / "offline"))

from family_home import SIGNE, family_home
from fetched_forms import fetched
from fixtures.quick_folder import quick_folder


@pytest.fixture(scope="session")
def word_form(seeded: Path) -> Iterator[bytes]:
    """The Word form of one household, before anybody has written for the visit."""
    with quick_folder("tilsyn-paper-") as folder, family_home(seeded, folder / "home") as home:
        yield fetched(home.browser(SIGNE), "word", "bcdef")
