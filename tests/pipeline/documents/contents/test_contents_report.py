"""What the report for the hearing says."""

from typing import Any

import pytest

from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers
from pipeline.documents.contents.paper import FICTIONAL, paper_of
from pipeline.documents.contents.report import ReportDocument, report_document
from pipeline.documents.contents.words import LegalLine, Line
from pipeline.law.dated_law import law_for
from pipeline.tool.definition import Tool

Raw = dict[str, Any]


def report_of(answers: Answers, tool: Tool) -> ReportDocument:
    law = law_for(answers.document_date)
    paper = paper_of(answers, tool, law, title="Tilsynsrapport", template="tilsynsrapport-1")
    return report_document(answers, tool, law, paper)


@pytest.fixture
def report(answers: Answers, tool: Tool) -> ReportDocument:
    return report_of(answers, tool)


def test_the_paper_says_which_case_edition_template_and_law(report: ReportDocument) -> None:
    paper = report.paper
    assert (paper.title, paper.template) == ("Tilsynsrapport", "tilsynsrapport-1")
    assert paper.subject == "Tilsyn med hjemmetræning efter barnets lov § 85"
    assert paper.edition == "Socialstyrelsen, Håndbog om hjemmetræning, 2. udgave, 2018, bilag"
    assert (paper.date, paper.created) == ("20. april 2026", "2026-04-20T12:00:00Z")
    assert paper.visit == "Besøg nr. 2, ekstra tilsyn"
    assert paper.contact == "Iben Falk, telefon 20 00 00 90"


def test_only_a_fictional_case_says_that_it_is(raw: Raw, tool: Tool) -> None:
    assert report_of(read_answers(raw), tool).paper.notice == FICTIONAL
    raw["fictional"] = False
    assert report_of(read_answers(raw), tool).paper.notice == ""


def test_a_contact_without_phone_is_only_a_name(raw: Raw, tool: Tool) -> None:
    del raw["municipality"]["phone"]
    assert report_of(read_answers(raw), tool).paper.contact == "Iben Falk"


def test_the_facts_say_who_where_and_when(report: ReportDocument) -> None:
    facts = {line.label: line.text for line in report.facts}
    assert facts["Barn"] == "Mo Vang"
    assert facts["Forældre"] == "Ane Vang, mor\nOle Vang, far"
    assert facts["Dato for tilsynsbesøget"] == "14. april 2026"
    assert facts["Dato for seneste tilsynsbesøg"] == "Ikke besvaret."
    assert facts["Tilsynet er udført af"].startswith("Iben Falk, rådgiver, Testkommune\nPer Lund")


def test_the_facts_hold_neither_cpr_number_nor_the_familys_phone(raw: Raw, tool: Tool) -> None:
    at = "2026-03-01T20:15:00+01:00"
    raw["answers"] |= {
        "child_cpr": [{"by": "mor", "at": at, "text": "010120-0000"}],
        "phone": [{"by": "mor", "at": at, "text": "20 00 00 91"}],
        "email": [{"by": "mor", "at": at, "text": "ane@example.dk"}],
    }
    facts = "\n".join(line.text for line in report_of(read_answers(raw), tool).facts)
    assert not [part for part in ("010120", "20 00 00 91", "example.dk") if part in facts]


def test_a_case_without_a_child_among_its_people_takes_the_name_that_was_written(raw: Raw, tool: Tool) -> None:
    raw["people"] = [person for person in raw["people"] if person["id"] != "barn"]
    del raw["answers"]["child_experience"]
    raw["goals"][1]["focus"].pop()
    raw["answers"]["child_name"] = [{"by": "mor", "at": "2026-03-01T20:15:00+01:00", "text": "Mo"}]
    assert report_of(read_answers(raw), tool).facts[0] == Line("Barn", "Mo")


def test_the_approved_scheme_stands_as_it_was_decided(report: ReportDocument) -> None:
    approved = {line.label: line.text for line in report.approved}
    assert approved["Godkendt den"] == "1. august 2024"
    assert approved["Mål ved godkendelsen"] == "Gå alene\nTale"
    assert approved["Fysiske, sundhedsfaglige elementer"] == "Nej, ikke i et væsentligt omfang"


def test_sources_say_from_whom_and_of_when(report: ReportDocument) -> None:
    assert report.sources == (Line("Træningsdagbog", "Modtaget fra Ane Vang. Dateret 20. februar 2026."),)


def test_contributors_are_those_whose_words_stand_there_not_those_who_held_the_pen(report: ReportDocument) -> None:
    assert report.contributors == (
        Line("Ane Vang, mor", "Familien og dens netværk"),
        Line("Ole Vang, far", "Familien og dens netværk"),
        Line("Mo Vang", "Familien og dens netværk"),
        Line("Iben Falk, rådgiver, Testkommune", "Kommunen"),
        Line("Per Lund, fysioterapeut, Testkommune", "Kommunen"),
    )


def test_every_field_but_the_plan_is_a_slot(report: ReportDocument, tool: Tool) -> None:
    assert set(report.field) == {f.key for f in tool.fields} - {"tids_og_faseplan"}


def test_there_are_three_conditions_where_health_expertise_is_not_needed(report: ReportDocument) -> None:
    assert not report.health_applies
    assert [condition.number for condition in report.conditions] == ["1", "2", "3"]
    assert report.conditions[0].met[0].text == "Mo trives"


@pytest.mark.parametrize("by", ["approval", "visit"])
def test_the_fourth_condition_applies_by_the_approval_or_by_what_the_visit_found(raw: Raw, tool: Tool, by: str) -> None:
    if by == "approval":
        raw["approval"]["health_elements"] = True
    else:
        raw["answers"]["health_required"][0]["choice"] = "yes"
    report = report_of(read_answers(raw), tool)
    assert report.health_applies
    assert [condition.number for condition in report.conditions] == ["1", "2", "3", "4"]


def test_the_law_is_cited_with_what_is_unverified_marked_and_what_is_unknown_said(report: ReportDocument) -> None:
    assert report.legal[0] == LegalLine(
        "Hjemmetræning", "barnets lov § 85 (barnets lov, LBK nr. 282 af 17/03/2025)", ""
    )
    notes = {line.title: line.note for line in report.legal}
    unverified = "To tilsyn om året, tilsynsrapport med begrundet indstilling og høring"
    assert [title for title, note in notes.items() if note] == [unverified]
    assert notes[unverified] == "Henvisningen er ikke bekræftet."
    assert report.legal[-1].reference == "ikke oplyst"
    assert report.legal[-1].title.endswith("(2026)")
