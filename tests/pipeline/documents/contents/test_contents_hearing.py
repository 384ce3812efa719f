"""What the documents of a hearing say: which version was answered, by whom, when, and what has changed since."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.cases.answers import Answers
from pipeline.cases.hearing import events as ev
from pipeline.cases.hearing.as_events import hearing_as_events
from pipeline.cases.hearing.withheld import WITHHELD_REMARK, is_for_all
from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.events import CaseOpened, Event, PersonRecorded
from pipeline.cases.record.journal_events import DocumentKept
from pipeline.cases.record.people import CasePerson, Contact, Place
from pipeline.cases.record.visit_events import VisitOpened
from pipeline.deadlines.deadline import Deadline
from pipeline.documents.contents.final_report import NOT_WEIGHED, FinalReport, final_report
from pipeline.documents.contents.hearing_letter import SentReport, child_sheet, hearing_letter
from pipeline.documents.contents.hearing_words import AnswerDocument, answer_document
from pipeline.documents.contents.paper import paper_of
from pipeline.documents.contents.report import ReportDocument, report_document
from pipeline.documents.contents.words import Block, Paper, Said
from pipeline.law.dated_law import Law
from pipeline.tool.definition import Tool

# Everybody here is made up.
AT, SHA = datetime(2026, 11, 2, 9, 0, 7, tzinfo=UTC), "c0ffee" * 10 + "beef"
DEADLINE = Deadline(date(2026, 11, 16))
STREET, PHONE = "Hemmelighedsvej 17", "20 99 88 77"
REMARK = ev.RemarkMade("h1", "a1", "r1", "konklusion", "Der mangler noget.")


def _case(*more: Event) -> Case:
    mother = CasePerson("mor", "Mor Opdigtsen", title="mor", contact=Contact(STREET, PHONE, protected=True))
    caseworker = CasePerson("m1", "Karsten Opdigtet", title="rådgiver")
    events: tuple[Event, ...] = (
        CaseOpened("DEMO-1", "nord", "Eksempel Kommune", "Børn", fictional=True),
        PersonRecorded(mother),
        PersonRecorded(CasePerson("barn", "Ida Opdigtsen")),
        PersonRecorded(caseworker),
        VisitOpened("b1", 1, "ordinary", "2018", date(2026, 10, 1)),
        DocumentKept("fil", "tilsynsrapport", "Tilsynsrapport", "r.pdf", "application/pdf", 1, SHA),
        ev.HearingOpened("h1", "b1", "mor", DEADLINE.instant, "fil", SHA, 6),
    )
    return fold_all(Stamped(seq, AT, "m1", event) for seq, event in enumerate((*events, *more), 1))


def _answered(received: datetime = AT, *remarks: ev.RemarkMade, helped_by: str = "") -> tuple[Event, ...]:
    proved = AT - timedelta(minutes=5)
    return (*remarks, ev.AnswerConfirmed("h1", "a1", received, "mitid", "substantial", proved, (), helped_by))


@pytest.fixture
def paper(answers: Answers, tool: Tool, law: Law) -> Paper:
    return paper_of(answers, tool, law, title="Et brev", template="brev-1")


@pytest.fixture
def report(answers: Answers, tool: Tool, law: Law, paper: Paper) -> ReportDocument:
    return report_document(answers, tool, law, paper)


def _document(case: Case, paper: Paper) -> AnswerDocument:
    hearing = case.hearings.by_id["h1"]
    return answer_document(case, hearing, hearing.answers[0], paper)


def test_an_answer_names_who_when_how_it_was_proved_and_the_exact_version(paper: Paper) -> None:
    facts = {line.label: line.text for line in _document(_case(*_answered(AT, REMARK)), paper).facts}
    assert facts["Hvem svarer"] == "Mor Opdigtsen, mor, sendt af Karsten Opdigtet, rådgiver"
    assert facts["Hvordan vi ved, hvem det er"] == "MitID, niveau substantial, 2. november 2026 kl. 9.55".replace(
        "9.55", "09.55"
    )
    assert facts["Modtaget"] == "2. november 2026 kl. 10.00 og 07 sekunder"
    assert facts["Rapportens SHA-256"] == SHA
    assert facts["Frist"] == "Til og med 16. november 2026"


def test_a_representatives_words_are_nowhere_told_as_the_partys_own(paper: Paper, report: ReportDocument) -> None:
    by_paper = ev.AnswerOnPaperRegistered("h1", "a1", AT, "fil", "m1", Place.PARTY_REPRESENTATIVE)
    case = _case(REMARK, by_paper, ev.RemarkWeighed("h1", "r1", True, "Ja."), ev.RemarksWeighed("b1"))
    spoken = "Karsten Opdigtet, rådgiver (partsrepræsentant) på vegne af Mor Opdigtsen, mor"
    answer, final = _document(case, paper), _final(case, report, report)
    assert {line.label: line.text for line in answer.facts}["Hvem svarer"] == spoken
    assert [one.told for one in (*answer.remarks, *final.people[0].remarks)] == [f"Fra {spoken}."] * 2
    assert final.people[0].proof[0].text.startswith(spoken)
    [came] = [one["text"] for one in hearing_as_events(case, "b1") if one["type"] == "remarks_received"]
    assert came == f"Svaret er givet af {spoken}.\nDer mangler noget."


def test_no_remarks_is_said_in_words_and_so_is_a_late_answer(paper: Paper) -> None:
    in_time, late = _document(_case(*_answered()), paper), _document(_case(*_answered(DEADLINE.instant)), paper)
    assert (in_time.nothing, in_time.late) == ("Ingen bemærkninger.", "")
    assert late.late.startswith("Svaret kom efter fristen.")


def _final(case: Case, heard: ReportDocument, now: ReportDocument) -> FinalReport:
    return final_report(case, "b1", heard, now, drawn={"hearing_sent"})


def test_the_final_report_names_the_heard_version_and_each_remark_with_its_answer(report: ReportDocument) -> None:
    weighed = ev.RemarkWeighed("h1", "r1", False, "Vi er ikke enige.")
    final = _final(_case(*_answered(AT, REMARK), weighed, ev.RemarksWeighed("b1")), report, report)
    assert SHA in [line.text for line in final.heard]
    (person,) = final.people
    (remark,) = person.remarks
    assert (remark.text, remark.reason) == ("Der mangler noget.", "Vi er ikke enige.")
    assert remark.decision.startswith("Ikke taget med (Karsten Opdigtet")
    assert (final.changes, final.unchanged != "") == ((), True)


def test_a_late_remark_that_nobody_weighed_stands_there_as_such(report: ReportDocument) -> None:
    final = _final(_case(*_answered(DEADLINE.instant, REMARK), ev.RemarksWeighed("b1")), report, report)
    assert [remark.reason for remark in final.people[0].remarks] == [NOT_WEIGHED]


def test_what_has_changed_since_the_hearing_is_told_in_full_and_marked(report: ReportDocument) -> None:
    before, after = (
        dataclasses.replace(report, field={**report.field, "conclusion": _saying(report, text)})
        for text in ("Det går godt om dagen.", "Det går godt om natten.")
    )
    final = _final(_case(ev.HearingWithdrawn("h1", "x"), ev.RemarksWeighed("b1")), before, after)
    (change,) = final.changes
    assert "".join(piece.plain + piece.marked for piece in change.before) == "Det går godt om dagen."
    assert [piece.marked.strip() for piece in change.before if piece.marked] == ["dagen"]
    assert [piece.marked.strip() for piece in change.after if piece.marked] == ["natten"]
    assert final.unchanged == ""


def test_where_several_have_spoken_the_difference_says_whose_words_they_are(report: ReportDocument) -> None:
    """The day on which somebody wrote the same again is no difference."""
    block = report.field["conclusion"]
    before, after = (
        dataclasses.replace(report, field={**report.field, "conclusion": dataclasses.replace(block, said=said)})
        for said in (
            (Said("Karsten, rådgiver, 1. maj 2026", "", "Godt."), Said("Liv, psykolog, 2. maj 2026", "", "Roligt.")),
            (Said("Karsten, rådgiver, 9. maj 2026", "", "Godt."), Said("Liv, psykolog, 9. maj 2026", "", "Uroligt.")),
        )
    )
    (change,) = _final(_case(ev.HearingWithdrawn("h1", "x"), ev.RemarksWeighed("b1")), before, after).changes
    told = "".join(piece.plain + piece.marked for piece in change.after)
    assert told == "Godt. (Karsten, rådgiver)\nUroligt. (Liv, psykolog)"
    assert [piece.marked.strip() for piece in change.after if piece.marked] == ["Uroligt"]


def test_what_happened_after_the_visit_is_no_change_of_the_report(report: ReportDocument) -> None:
    now = dataclasses.replace(report, field={**report.field, "hearing_sent": _saying(report, "Sendt i høring.")})
    final = _final(_case(ev.HearingWithdrawn("h1", "x"), ev.RemarksWeighed("b1")), report, now)
    assert final.changes == ()


def test_a_remark_that_tells_a_protected_address_stays_out_of_what_all_read(report: ReportDocument) -> None:
    tells = dataclasses.replace(REMARK, text=f"Skriv til mig på {STREET}.")
    case = _case(
        *_answered(AT, tells), ev.RemarkWeighed("h1", "r1", True, f"Vi skriver til {STREET}."), ev.RemarksWeighed("b1")
    )
    final = _final(case, report, report)
    (remark,) = final.people[0].remarks
    assert (remark.text, remark.reason) == (WITHHELD_REMARK, WITHHELD_REMARK)
    assert not is_for_all(case, case.hearings.by_id["h1"].answers[0])
    assert STREET not in repr((final, hearing_as_events(case, "b1")))


def _saying(report: ReportDocument, text: str) -> Block:
    return dataclasses.replace(report.field["conclusion"], said=(Said("Karsten", "", text),), empty="")


def test_neither_letter_nor_sheet_tells_where_somebody_lives(paper: Paper) -> None:
    case, sent = _case(), SentReport("Tilsynsrapport", SHA, DEADLINE)
    letter = hearing_letter(case, "mor", ev.Capacity.PARTY, sent, paper)
    sheet = child_sheet(case, "barn", sent, paper)
    assert (letter.to, letter.deadline, sheet.name) == ("Mor Opdigtsen", "16. november 2026", "Ida")
    assert STREET not in repr((letter, sheet))
    assert PHONE not in repr((letter, sheet))
