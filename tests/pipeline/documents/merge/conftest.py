"""One warm merger for all tests of the package."""

from collections.abc import Iterator

import pytest

from pipeline.documents.merge.merger import Merger


@pytest.fixture(scope="session")
def merger() -> Iterator[Merger]:
    with Merger() as merger:
        yield merger
