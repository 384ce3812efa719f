"""What the filled-in tool says: every section and field of the edition, in the official order."""

from typing import Any

import pytest

from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers
from pipeline.documents.contents.paper import paper_of
from pipeline.documents.contents.tool_document import ToolDocument, tool_document
from pipeline.documents.contents.words import Line, Part
from pipeline.law.dated_law import Law, law_for
from pipeline.tool.definition import Kind, Tool


def document_of(answers: Answers, tool: Tool, law: Law) -> ToolDocument:
    paper = paper_of(answers, tool, law, title=law.in_words(tool.title), template="tilsynsredskab-1")
    return tool_document(answers, tool, law, paper)


def labels_of(part: Part) -> list[str]:
    return [line.label for line in part.facts] + [b.label for b in part.fields] + [g.label for g in part.goals]


@pytest.fixture
def document(answers: Answers, tool: Tool, law: Law) -> ToolDocument:
    return document_of(answers, tool, law)


def test_all_sections_stand_in_order(document: ToolDocument, tool: Tool) -> None:
    assert [(s.letter, s.title) for s in document.sections] == [(s.key, s.title) for s in tool.sections]
    assert document.paper.title.endswith("efter barnets lov § 85")


def test_every_field_stands_once_in_its_place(document: ToolDocument, tool: Tool, law: Law) -> None:
    for section, printed in zip(tool.sections, document.sections, strict=True):
        labels = [label for part in printed.parts for label in labels_of(part)]
        assert labels == [law.in_words(field.label) for field in section.fields], section.key


def test_a_part_is_one_table_of_short_facts_or_one_longer_thing(document: ToolDocument) -> None:
    for section in document.sections:
        for part in section.parts:
            assert bool(part.facts) + len(part.fields) + len(part.goals) == 1


def test_only_the_municipalitys_own_sections_say_that_they_are(document: ToolDocument) -> None:
    marked = [section.letter for section in document.sections if section.own_note]
    assert marked == ["k", "l", "m"]


def test_one_fact_said_by_two_stands_once_and_two_different_ones_with_names(
    raw: dict[str, Any], tool: Tool, law: Law
) -> None:
    at = "2026-03-01T20:15:00+01:00"
    raw["answers"]["child_name"] = [{"by": who, "at": at, "text": "Mo Vang"} for who in ("mor", "far")]
    raw["answers"]["phone"] = [
        {"by": "mor", "at": at, "text": "20 00 00 91"},
        {"by": "far", "at": at, "text": "20 00 00 92"},
    ]
    facts = document_of(read_answers(raw), tool, law).sections[0].parts[0].facts
    assert Line("Barnets navn", "Mo Vang") in facts
    phones = "20 00 00 91 (Ane Vang, mor, 1. marts 2026)\n20 00 00 92 (Ole Vang, far, 1. marts 2026)"
    assert Line("Telefonnummer", phones) in facts


def test_a_fact_that_nobody_gave_says_so(document: ToolDocument) -> None:
    assert Line("E-mail", "Ikke besvaret.") in document.sections[0].parts[0].facts


def test_the_plan_stands_in_its_section(document: ToolDocument, tool: Tool) -> None:
    (part,) = document.sections[2].parts
    (plan,) = part.goals
    assert tool.sections[2].fields[0].kind is Kind.GOALS
    assert [goal.wording for goal in plan.rows] == ["Gå 40 skridt", "Sige to ord"]


def test_the_law_of_the_documents_date_stands_in_the_labels(raw: dict[str, Any], tool: Tool) -> None:
    raw["document_date"] = "2023-05-01"
    answers = read_answers(raw)
    document = document_of(answers, tool, law_for(answers.document_date))
    labels = [block.label for section in document.sections for part in section.parts for block in part.fields]
    assert len([label for label in labels if "servicelovens § 32 a" in label]) == 4
    assert not [label for label in labels if "{" in label or "barnets lov" in label]
