"""What all tests share: the real veraPDF, started with the first test that asks for it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# pytest puts tests/ on the path, where the folder “pipeline” would hide the installed package of that name.
sys.path.insert(0, str(Path(__file__).parents[1]))

from judges.verapdf import VeraPdf
from judges.verapdf_engine import java_command

# A deadline for one example measures the load of the machine, not the code; pytest-timeout ends what runs away.
settings.register_profile("hjemmetilsyn", deadline=None)
settings.load_profile("hjemmetilsyn")


@pytest.fixture(scope="session")
def verapdf() -> Iterator[VeraPdf]:
    with VeraPdf(java_command()) as judge:
        yield judge
