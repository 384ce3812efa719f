"""A case as some voices tell it: nobody else's words, and only the sections that were asked for."""

from small_case import family_case

from pipeline.cases.answers import GoalOrigin
from pipeline.cases.record import visit_events as ev
from pipeline.cases.record.case import Case
from pipeline.cases.record.in_voices import in_voices
from pipeline.cases.record.parts import Slot
from pipeline.cases.record.voices import SHARED, goal_slot
from pipeline.tool.definition import Tool

WELLBEING, OTHER = "family_wellbeing_parents", "other_information"


def told() -> Case:
    """A mother and a father living apart, who have both written."""
    return family_case(
        ev.GoalPlaced("v1", "g1", "motor", GoalOrigin.NEW.value, 0),
        ev.Written("v1", goal_slot("g1", "wording"), SHARED, {"text": "Gå"}),
        ev.Written("v1", WELLBEING, "home-1", {"text": "Mors ord"}),
        ev.Written("v1", OTHER, "home-1", {"text": "Mors andre ord"}),
        ev.Written("v1", WELLBEING, "home-2", {"text": "Fars ord"}),
    )


def test_only_the_words_of_the_voice_and_of_the_sections_stay(tool: Tool) -> None:
    visit = in_voices(told(), "v1", ["home-1"], "d", tool).visits["v1"]
    assert set(visit.answers) == {Slot(WELLBEING, "home-1")}
    assert visit.plan == ()


def test_what_the_goals_are_called_stays_for_everybody_who_fills_the_plan(tool: Tool) -> None:
    visit = in_voices(told(), "v1", ["home-2"], "cd", tool).visits["v1"]
    assert set(visit.answers) == {Slot(goal_slot("g1", "wording"), SHARED), Slot(WELLBEING, "home-2")}
    assert [goal.id for goal in visit.plan] == ["g1"]


def test_the_case_itself_is_as_it_was(tool: Tool) -> None:
    case = told()
    in_voices(case, "v1", ["home-2"], "d", tool)
    assert case == told()
