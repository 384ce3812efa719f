"""How one field and everything said to it reads in a document."""

from typing import Any

import pytest

from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers
from pipeline.documents.contents.of_a_field import (
    NOT_ANSWERED,
    NOT_ASKED,
    NOTHING_YET,
    block_of,
    drawn,
    goals_of,
    origin_in_words,
    row_of,
)
from pipeline.documents.contents.words import Block, Row, Said
from pipeline.law.dated_law import Law
from pipeline.tool.definition import Field, Tool

Raw = dict[str, Any]
AT = "2026-04-16T10:00:00+02:00"


def field(tool: Tool, key: str) -> Field:
    found = tool.find(key)
    assert found is not None
    return found


def block(key: str, answers: Answers, tool: Tool, law: Law) -> Block:
    return block_of(field(tool, key), answers, law)


def test_not_asked_not_answered_and_no_are_three_different_things(answers: Answers, tool: Tool, law: Law) -> None:
    not_asked = block("theme_leisure", answers, tool, law)
    not_answered = block("theme_learning", answers, tool, law)
    no = block("health_required", answers, tool, law)
    assert (not_asked.empty, not_asked.said) == (NOT_ASKED, ())
    assert (not_answered.empty, not_answered.said) == (NOT_ANSWERED, ())
    assert no.empty == ""
    assert [(said.choice, said.text) for said in no.said] == [("Nej", "Kun lette øvelser")]
    assert len({NOT_ASKED, NOT_ANSWERED, NOTHING_YET}) == 3


def test_a_no_without_a_reason_is_still_an_answer(raw: Raw, tool: Tool, law: Law) -> None:
    raw["answers"]["health_required"] = [{"by": "fysio", "at": AT, "choice": "no"}]
    no = block("health_required", read_answers(raw), tool, law)
    assert (no.empty, [said.choice for said in no.said]) == ("", ["Nej"])


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_text_counts_as_not_answered(raw: Raw, tool: Tool, law: Law, text: str) -> None:
    raw["answers"]["siblings"] = [{"by": "mor", "at": AT, "text": text}]
    nothing = block("siblings", read_answers(raw), tool, law)
    assert (nothing.empty, nothing.said) == (NOT_ANSWERED, ())


def test_a_table_without_rows_counts_as_not_answered(raw: Raw, tool: Tool, law: Law) -> None:
    raw["answers"]["methods"] = [{"by": "fysio", "at": AT, "rows": []}]
    nothing = block("methods", read_answers(raw), tool, law)
    assert (nothing.empty, nothing.rows, nothing.authors) == (NOT_ANSWERED, (), "")


def test_everybodys_words_stand_side_by_side_with_name_and_day(answers: Answers, tool: Tool, law: Law) -> None:
    assert block("training_extent", answers, tool, law).said == (
        Said("Ane Vang, mor, 1. marts 2026", "Deltid", "Ni timer om ugen"),
        Said("Ole Vang, far, 2. marts 2026", "Fuldtid", ""),
    )


def test_words_written_down_for_the_child_name_both(answers: Answers, tool: Tool, law: Law) -> None:
    (said,) = block("child_experience", answers, tool, law).said
    assert said.who == "Mo Vang (skrevet ned af Ane Vang, mor), 1. marts 2026"


def test_the_day_of_an_answer_is_the_day_in_denmark(raw: Raw, tool: Tool, law: Law) -> None:
    raw["answers"]["conclusion"][0]["at"] = "2026-03-31T22:30:00+00:00"
    (said,) = block("conclusion", read_answers(raw), tool, law).said
    assert said.who.endswith(", 1. april 2026")


def test_a_table_has_its_head_its_rows_and_its_authors(answers: Answers, tool: Tool, law: Law) -> None:
    table = block("observations", answers, tool, law)
    assert table.width == 4
    assert table.head == Row("Hvad", "Hvordan", "Af hvem", "Hvad viste det")
    assert table.rows == (Row("Gang", "Test", "Per Lund", "40 skridt"), Row("Leg", "", "", ""))
    assert table.authors == "Per Lund, fysioterapeut, Testkommune"
    assert (table.said, table.empty) == ((), "")


def test_a_narrower_table_leaves_the_last_cells_empty(answers: Answers, tool: Tool, law: Law) -> None:
    table = block("agreements", answers, tool, law)
    assert (table.width, table.rows) == (3, (Row("Ny stol", "Kommunen", "1. juni 2026", ""),))
    assert row_of([]) == Row("", "", "", "")


def test_the_rows_of_several_stand_together_and_each_author_once(raw: Raw, tool: Tool, law: Law) -> None:
    rows = [{"what": "Ny aftale"}]
    raw["answers"]["agreements"] += [{"by": who, "at": AT, "rows": rows} for who in ("mor", "raadgiver")]
    table = block("agreements", read_answers(raw), tool, law)
    assert [row.first for row in table.rows] == ["Ny stol", "Ny aftale", "Ny aftale"]
    assert table.authors == "Iben Falk, rådgiver, Testkommune og Ane Vang, mor"


def test_a_label_cites_the_act_of_the_day(answers: Answers, tool: Tool, law: Law) -> None:
    label = block("condition_parents", answers, tool, law).label
    assert label.endswith("(barnets lov § 85, stk. 1, nr. 2)")


def test_a_theme_has_its_heading_and_its_questions(answers: Answers, tool: Tool, law: Law) -> None:
    theme = block("theme_health", answers, tool, law)
    assert (theme.heading, len(theme.questions)) == ("Sundhedsforhold", 9)


def test_a_drawn_field_tells_what_happened_in_the_order_it_happened(answers: Answers, tool: Tool, law: Law) -> None:
    hearing = block("hearing_sent", answers, tool, law)
    assert hearing.said == (
        Said(
            "21. april 2026 kl. 01.30, Iben Falk, rådgiver, Testkommune",
            "",
            "Sendt i høring hos Ane Vang. Frist: 11. maj 2026. Med bilag.",
        ),
    )
    signed = block("signed_by_authority", answers, tool, law)
    assert [said.text for said in signed.said] == ["Rapporten er underskrevet."]


def test_a_drawn_field_before_anything_happened_says_so(answers: Answers, tool: Tool, law: Law) -> None:
    assert block("outcome_after_hearing", answers, tool, law).empty == NOTHING_YET


def test_every_event_of_the_edition_has_words(raw: Raw, tool: Tool) -> None:
    for part in [f for f in tool.fields if f.drawn_from]:
        raw["events"] = [{"type": name, "at": AT} for name in reversed(part.drawn_from)]
        said = drawn(part, read_answers(raw).events)
        assert len(said) == len(part.drawn_from)
        assert all(one.text and "{" not in one.text for one in said)


def test_the_plan_stands_in_the_official_order_with_each_ones_grade(answers: Answers, tool: Tool) -> None:
    plan = goals_of(answers, tool)
    assert [goal.goal_type for goal in plan.rows] == ["Motoriske mål", "Kommunikative mål"]
    assert [(said.choice, said.text) for said in plan.rows[0].attainment] == [
        ("I nogen grad", "Næsten hver dag"),
        ("I mindre grad", "Kun med støtte"),
    ]
    assert plan.rows[0].origin == "Justeret mål. Før: Gå 10 skridt"
    assert plan.rows[0].next == ()
    assert plan.head.first.startswith("1. Måltyper")
    assert plan.empty == ""


def test_goals_of_one_type_keep_the_order_they_were_given_in(raw: Raw, tool: Tool) -> None:
    raw["goals"] = [
        {"id": name, "goal_type": kind, "wording": name}
        for name, kind in (("b", "other"), ("z", "motor"), ("a", "motor"))
    ]
    answers = read_answers(raw)
    assert [goal.wording for goal in goals_of(answers, tool).rows] == ["z", "a", "b"]
    assert origin_in_words(answers.goals[0]) == "Nyt mål"


def test_a_case_without_goals_says_so(raw: Raw, tool: Tool) -> None:
    raw["goals"] = []
    assert goals_of(read_answers(raw), tool).empty == NOT_ANSWERED
