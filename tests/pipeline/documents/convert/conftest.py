"""One warm LibreOffice for all tests of the package, and one realistic report."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from word_packages import report

from pipeline.documents.convert import Converter
from pipeline.documents.convert.office import Office


@pytest.fixture(scope="session")
def warm() -> Iterator[Converter]:
    with Converter() as converter:
        yield converter


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """LibreOffice itself, without the check of the package before it."""
    office = Office(2 * 1024**3)
    yield office
    office.end()


@pytest.fixture(scope="session")
def ten_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report(tmp_path_factory.mktemp("report") / "report.docx")
