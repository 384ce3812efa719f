"""The smallest answers that hold one of every kind of value."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.tool.definition import Tool
from pipeline.tool.load import load_tool

SMALL = Path(__file__).resolve().parents[2] / "fixtures" / "svar-lille.json"


@pytest.fixture
def raw() -> dict[str, Any]:
    """Decoded, to be changed at will."""
    decoded: dict[str, Any] = json.loads(SMALL.read_bytes())
    return decoded


@pytest.fixture(scope="session")
def tool() -> Tool:
    return load_tool("2018")
