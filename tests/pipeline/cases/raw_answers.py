"""Decoded answers to be spoiled, and the refusal that follows."""

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.cases.read_answers import read_answers
from pipeline.errors import AnswersError

Raw = dict[str, Any]
Change = Callable[[Raw], object]


def refusal(raw: object) -> str:
    with pytest.raises(AnswersError) as refused:
        read_answers(raw)
    return str(refused.value)


def first(raw: Raw, key: str) -> Raw:
    """The first contribution to a field."""
    contribution: Raw = raw["answers"][key][0]
    return contribution


def objects_in(raw: Raw) -> dict[str, Callable[[Raw], Raw]]:
    """One object of every shape in the answers, by the place as the message names it."""
    return {
        "Svarene": lambda r: r,
        "Svarene, municipality": lambda r: r["municipality"],
        "Svarene, people nr. 2": lambda r: r["people"][1],
        "Svarene, approval": lambda r: r["approval"],
        "“Navn på forældrene” (parents_names), bidrag nr. 1": lambda r: first(r, "parents_names"),
        "“Hjemmetræning fuldtid/deltid": lambda r: first(r, "training_extent"),
        "“Sundhedsforhold” (theme_health), bidrag nr. 1": lambda r: first(r, "theme_health"),
        "“Aftaler” (agreements), bidrag nr. 1, linje 1": lambda r: first(r, "agreements")["rows"][0],
        "Svarene, goals nr. 2": lambda r: r["goals"][1],
        "Svarene, goals nr. 2, focus nr. 1": lambda r: r["goals"][1]["focus"][0],
        "Svarene, goals nr. 2, attainment nr. 2": lambda r: r["goals"][1]["attainment"][1],
        "Svarene, enclosures nr. 1": lambda r: r["enclosures"][0],
        "Svarene, earlier_visits nr. 1": lambda r: r["earlier_visits"][0],
        "Svarene, earlier_visits nr. 1, grades nr. 2": lambda r: r["earlier_visits"][0]["grades"][1],
        "Svarene, events nr. 1": lambda r: r["events"][0],
    }


PLACES = tuple(objects_in({}))
