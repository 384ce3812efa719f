"""What a protected parent's address stands in beside the fields is left out of the others' reports, place by place."""

from datetime import date

import pytest
from small_case import family_case

from pipeline.cases.answers import Answers
from pipeline.cases.hearing.as_events import hearing_as_events
from pipeline.cases.hearing.events import ChildNotHeard, HearingOpened
from pipeline.cases.hearing.hidden_facts import WITHHELD_NAME, WITHHELD_WORK
from pipeline.cases.hearing.variants import left_out, withheld_places
from pipeline.cases.record.case import Case
from pipeline.cases.record.events import ApprovalDecided, PersonRecorded
from pipeline.cases.record.journal_events import DocumentKept
from pipeline.cases.record.people import CasePerson
from pipeline.cases.record.protected import WITHHELD, protected_text_found
from pipeline.cases.record.to_answers import to_answers
from pipeline.cases.record.visit_events import FieldsSkipped, Written
from pipeline.deadlines.deadline import Deadline
from pipeline.documents.contents.paper import paper_of
from pipeline.documents.contents.report import ReportDocument, report_document
from pipeline.documents.contents.shared_content import digest_of, shared_content
from pipeline.law.dated_law import law_for
from pipeline.tool.definition import Tool

DAY, SECRET = date(2026, 3, 20), "Lyngvej 14"
HAPPENED = {"type": "remarks_received", "at": "2026-03-20T10:00:00+01:00", "text": f"Bor på {SECRET}", "by": "teacher"}


@pytest.fixture(scope="module")
def case() -> Case:
    return family_case(
        ApprovalDecided(date(2026, 1, 1), SECRET, ("Leg", f"Svømning ved {SECRET}"), (SECRET, "Gå"), SECRET, False),
        DocumentKept("f", "bilag", f"Brev: {SECRET}", "b.pdf", "application/pdf", 1, "aa", "v1", received_from=SECRET),
        DocumentKept("g", "bilag", "Udtalelse", "u.pdf", "application/pdf", 1, "bb", "v1", received_from="Skolen"),
        PersonRecorded(CasePerson("teacher", f"Per fra {SECRET}", title="lærer", organisation=f"Skolen, {SECRET}")),
        PersonRecorded(CasePerson("m-2", "Kim Fagperson", title=f"psykolog, {SECRET}")),
        Written("v1", "siblings", "m-2", {"text": "Der er ingen søskende."}, "m-2"),
        FieldsSkipped("v1", ("theme_health",), True, f"De mødes på {SECRET}"),
    )


def _answers(case: Case) -> Answers:
    return to_answers(case, "v1", DAY, [HAPPENED])


def _report(case: Case, tool: Tool, reader: str) -> ReportDocument:
    answers = left_out(_answers(case), withheld_places(case, _answers(case), reader))
    law = law_for(DAY, DAY)
    return report_document(answers, tool, law, paper_of(answers, tool, law, title="Rapport", template="rapport-1"))


def test_nothing_protected_is_left_anywhere_and_each_place_says_so(case: Case) -> None:
    places = withheld_places(case, _answers(case), "mother")
    answers = left_out(_answers(case), places)
    assert protected_text_found(case, answers) == ()
    assert SECRET not in repr(answers)
    assert (answers.approval.extent, answers.approval.supervision_frame) == (WITHHELD, WITHHELD)
    assert (answers.approval.methods, answers.approval.goals) == (("Leg", WITHHELD), (WITHHELD, "Gå"))
    assert [(one.title, one.received_from) for one in answers.enclosures] == [
        (WITHHELD, WITHHELD),
        ("Udtalelse", "Skolen"),
    ]
    assert answers.why_not_asked["theme_health"] == WITHHELD
    assert answers.events[0].text == WITHHELD
    by = {one.id: one for one in answers.people}
    assert by["teacher"].in_words == f"{WITHHELD_NAME}, {WITHHELD_WORK}"
    assert by["m-2"].in_words == f"Kim Fagperson, {WITHHELD_WORK}"
    assert answers.events[0].by == by["teacher"]
    assert answers.of("siblings")[0].on_behalf_of == by["m-2"]


def test_who_is_protected_reads_it_all_and_what_is_shared_is_one(case: Case, tool: Tool) -> None:
    assert withheld_places(case, _answers(case), "father") == frozenset()
    hers, his, shared = (_report(case, tool, reader) for reader in ("mother", "father", ""))
    assert SECRET in repr(his)
    assert SECRET not in repr(hers)
    assert shared_content(hers) == shared_content(shared)
    assert digest_of(shared_content(his)) != digest_of(shared_content(shared))
    assert [line.text for line in hers.sources] == [
        "Kommunen har oplysningen om afsenderen. Dateret 5. januar 2026.",
        "Modtaget fra Skolen. Dateret 5. januar 2026.",
    ]


def test_why_the_child_is_not_heard_tells_no_address(case: Case) -> None:
    opened = HearingOpened("h", "v1", "mother", Deadline(DAY).instant, "f", "aa", 1)
    heard = family_case(opened, ChildNotHeard("v1", f"Barnet er flyttet til {SECRET}"))
    (reason,) = (one["text"] for one in hearing_as_events(heard, "v1") if one["type"] == "child_not_heard")
    assert reason == WITHHELD
