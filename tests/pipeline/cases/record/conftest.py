"""The one edition, for the tests of the record."""

import pytest

from pipeline.tool.definition import Tool
from pipeline.tool.load import load_tool


@pytest.fixture(scope="session")
def tool() -> Tool:
    return load_tool("2018")
