"""The rooms' own words: easy to read, and there for everything that a case can be."""

from pathlib import Path
from typing import get_args

import pytest
from lix import lix

from pipeline.cases.record.access_pause import PauseKind
from pipeline.cases.record.events import Event
from pipeline.cases.record.journal_events import NoteKind
from pipeline.journey.workflow import STEPS
from pipeline.store.clear_columns import CLOSED, OPEN
from webforms.caseworkers.closing import OUTCOMES
from webforms.caseworkers.deadlines import What
from webforms.caseworkers.happenings import TOLD, UNTOLD
from webforms.caseworkers.people_list import GROUPS
from webforms.design.words import Words
from webforms.operator.journey_words import OUTCOMES as OF_MOVES

_ROOMS = Path(__file__).parents[3] / "webforms"
MEAN_LIX = 35


@pytest.mark.parametrize("room", ["caseworkers", "operator"])
def test_the_danish_is_easy_to_read(room: str) -> None:
    words = Words(_ROOMS / room / "words")
    assert lix("\n".join(f"{words.say('da', key)}." for key in words.keys)) <= MEAN_LIX


def test_there_are_words_for_everything_that_a_case_can_be() -> None:
    keys = set(Words(_ROOMS / "caseworkers" / "words", _ROOMS / "operator" / "words").keys)
    wanted = [f"caseworkers.due.{what}" for what in What]
    wanted += [f"caseworkers.{table}.{kind}" for kind in PauseKind for table in ("pause", "pause_why", "pause_told")]
    wanted += [f"caseworkers.outcome.{outcome}" for outcome in OUTCOMES]
    wanted += [f"caseworkers.note_kind.{kind}" for kind in NoteKind]
    wanted += [f"caseworkers.people.{group}" for group in GROUPS]
    wanted += [f"operator.state.{state}" for state in (OPEN, CLOSED)]
    wanted += [f"caseworkers.looked.step.{step}" for step in STEPS]
    wanted += [f"operator.journey_outcome.{outcome}" for outcome in OF_MOVES]
    assert [key for key in wanted if key not in keys] == []


def test_every_kind_of_event_is_told_of_or_left_out_on_purpose() -> None:
    assert {kind for kind in get_args(Event) if kind not in TOLD and kind not in UNTOLD} == set()
