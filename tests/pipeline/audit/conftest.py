"""A log of 30 lines; its anchor's history holds the first line of each of seven days."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from log_without_database import Log, new_log

from tests.fixtures.quick_folder import quick_folder


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    with quick_folder("audit-") as folder:
        yield folder


@pytest.fixture
def log(tmp_path: Path) -> Log:
    log = new_log(tmp_path)
    log.write(30)
    return log
