"""The tids- og faseplan as a sheet: nobody's words are lost and nobody's grade is chosen over another's."""

from datetime import date
from typing import Any

import pytest

from exports.workbook import PlanSheet
from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers
from pipeline.documents.plan_sheet import plan_sheet, visit_date
from pipeline.tool.definition import Tool

Raw = dict[str, Any]
AT = "2026-04-16T10:00:00+02:00"


@pytest.fixture
def sheet(answers: Answers, tool: Tool) -> PlanSheet:
    return plan_sheet(answers, tool)


def test_the_headings_scale_and_goal_types_are_the_editions(sheet: PlanSheet, tool: Tool) -> None:
    headings = sheet.headings
    assert [headings.goals, headings.focus, headings.attainment, headings.next_goals] == [
        column.label for column in tool.goals_field.columns
    ]
    assert sheet.scale == ("I høj grad", "I nogen grad", "I mindre grad", "Slet ikke")
    assert sheet.goal_types == tuple(choice.label for choice in tool.goal_types)


def test_the_sheet_says_which_case_and_visit(sheet: PlanSheet) -> None:
    assert sheet.subtitle == "Testkommune · sag DEMO-0901 · besøg 2, 14. april 2026"
    assert sheet.notice.startswith("Fiktivt eksempel")


def test_goals_stand_in_the_official_order(sheet: PlanSheet) -> None:
    assert [(row.id, row.origin) for row in sheet.rows] == [("gang", "Justeret"), ("tale", "Nyt")]


def test_one_persons_words_stand_as_they_are(sheet: PlanSheet) -> None:
    alone = sheet.rows[1]
    assert (alone.focus, alone.attainment, alone.reasons) == ("Sange", "I høj grad", "Han siger mor og far")
    assert (alone.next_goals, alone.before) == ("Tre ord", "")


def test_where_two_disagree_the_grade_is_left_open_and_both_stand_in_the_reasons(sheet: PlanSheet) -> None:
    disputed = sheet.rows[0]
    assert disputed.attainment == ""
    assert disputed.reasons == (
        "Ane Vang, mor:\nI nogen grad. Næsten hver dag\n\n"
        "Per Lund, fysioterapeut, Testkommune:\nI mindre grad. Kun med støtte"
    )
    assert disputed.before == "Gå 10 skridt"


def test_where_two_agree_the_grade_stands_and_both_stand_in_the_reasons(raw: Raw, tool: Tool) -> None:
    raw["goals"][1]["attainment"][1] = {"by": "fysio", "at": AT, "choice": "some"}
    row = plan_sheet(read_answers(raw), tool).rows[0]
    assert row.attainment == "I nogen grad"
    assert row.reasons.endswith("Per Lund, fysioterapeut, Testkommune:\nI nogen grad")


def test_words_of_several_and_for_another_stand_with_their_names(sheet: PlanSheet) -> None:
    assert sheet.rows[0].focus == ("Ane Vang, mor:\nGang i stuen\n\nMo Vang (skrevet ned af Ane Vang, mor):\nGå ude")


def test_a_single_grade_given_for_another_names_whose_it_is(raw: Raw, tool: Tool) -> None:
    raw["goals"][0]["attainment"][0]["on_behalf_of"] = "barn"
    row = plan_sheet(read_answers(raw), tool).rows[1]
    assert row.attainment == "I høj grad"
    assert row.reasons == "Mo Vang (skrevet ned af Ane Vang, mor):\nI høj grad. Han siger mor og far"


def test_a_goal_that_nobody_graded_is_left_open(raw: Raw, tool: Tool) -> None:
    raw["goals"][0] |= {"attainment": [], "focus": [], "next": []}
    row = plan_sheet(read_answers(raw), tool).rows[1]
    assert (row.attainment, row.reasons, row.focus, row.next_goals) == ("", "", "", "")


def test_all_visits_stand_with_every_grade_oldest_first(sheet: PlanSheet) -> None:
    earlier, now = sheet.visits
    assert earlier.date == date(2025, 10, 2)
    assert earlier.grades == {"Motoriske mål": ("I mindre grad", "Slet ikke")}
    assert now.date == date(2026, 4, 14)
    assert now.grades == {
        "Kommunikative mål": ("I høj grad",),
        "Motoriske mål": ("I nogen grad", "I mindre grad"),
    }


def test_the_day_of_the_visit_is_the_last_one_written_else_the_documents_own(raw: Raw) -> None:
    raw["answers"]["visit_date"].append({"by": "raadgiver", "at": AT, "date": "2026-04-15"})
    assert visit_date(read_answers(raw)) == date(2026, 4, 15)
    del raw["answers"]["visit_date"]
    assert visit_date(read_answers(raw)) == date(2026, 4, 20)
