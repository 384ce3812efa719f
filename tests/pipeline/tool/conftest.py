"""The published edition, and a copy of it that a test may spoil."""

import shutil
from pathlib import Path

import pytest
from edition_copy import EditionCopy

from pipeline.tool.definition import Tool
from pipeline.tool.load import DEFINITION_FILES, EDITIONS, load_tool


@pytest.fixture(scope="session")
def tool() -> Tool:
    return load_tool("2018")


@pytest.fixture
def edition(tmp_path: Path) -> EditionCopy:
    copy = EditionCopy(tmp_path / "udgaver")
    copy.folder.mkdir(parents=True)
    for name in DEFINITION_FILES:
        shutil.copy(EDITIONS / "2018" / name, copy.folder)
    return copy
