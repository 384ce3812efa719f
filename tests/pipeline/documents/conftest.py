"""A small case, its edition and its law."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers
from pipeline.law.dated_law import Law, law_for
from pipeline.tool.definition import Tool
from pipeline.tool.load import load_tool

SMALL = Path(__file__).resolve().parents[2] / "fixtures" / "svar-lille.json"


@pytest.fixture
def raw() -> dict[str, Any]:
    """The small case as decoded JSON, to be changed at will."""
    decoded: dict[str, Any] = json.loads(SMALL.read_bytes())
    return decoded


@pytest.fixture
def answers(raw: dict[str, Any]) -> Answers:
    return read_answers(raw)


@pytest.fixture(scope="session")
def tool() -> Tool:
    return load_tool("2018")


@pytest.fixture
def law(answers: Answers) -> Law:
    return law_for(answers.document_date)
