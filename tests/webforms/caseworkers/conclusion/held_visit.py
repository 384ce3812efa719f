"""A visit that was held two days ago, with a conclusion as far as a test wants it; all words are made up."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from family_home import CASEWORKER, Home

from pipeline.cases.record.visit_events import VisitDayChanged, Written

REASONS: Mapping[str, Mapping[str, Any]] = {
    "recommendation": {"choice": "adjust", "text": "Færre timer, for Aksel er træt."},
    "condition_wellbeing": {"choice": "yes", "text": "Han trives."},
    "condition_parents": {"choice": "yes", "text": "De magter det."},
    "condition_methods": {"choice": "yes", "text": "Metoden er beskrevet."},
    "health_required": {"choice": "yes", "text": "Træningen er fysisk."},
    "health_participants": {"text": "Fysioterapeuten var med."},
    "needs_assessment": {"text": "Fysisk, psykisk og socialt."},
    "family_wellbeing": {"text": "Søskende har det godt."},
    "childs_voice": {"text": "Han smilede ved vippen."},
    "conclusion": {"text": "Det går den rigtige vej."},
}
"""All that the report may not lack."""

AGREEMENTS = {"rows": [{"what": "Ringe til skolen", "who": "Birgitte", "deadline": "2026-12-15"}]}
GOALS = {"rows": [{"goal": "Aksel går til bussen", "measure": "Tre dage om ugen", "by_date": "2027-05-01"}]}


def hold(home: Home, *without: str) -> None:
    """The visit was held, and the conclusion is written but for some fields."""
    visit = home.visit().id
    written = {**REASONS, "agreements": AGREEMENTS, "final_goals": GOALS}
    home.happens(
        VisitDayChanged(visit, date(2026, 11, 20)),
        *(Written(visit, key, CASEWORKER, value) for key, value in written.items() if key not in without),
    )
