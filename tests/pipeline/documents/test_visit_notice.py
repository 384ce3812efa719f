"""The letter about a visit: when, where, who, what about and by when, to each party what is theirs and no more."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn

from pipeline.cases.notice.events import NoticeGiven, Tells
from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.events import CaseOpened, Event, PersonRecorded, StandingBegun
from pipeline.cases.record.people import CasePerson, Contact, Place, Standing
from pipeline.cases.record.visit_events import AgendaPointAdded, VisitOpened
from pipeline.documents.contents.reminder_letter import material_reminder
from pipeline.documents.contents.visit_notice import visit_notice
from pipeline.documents.hearing_documents import paper_for
from pipeline.documents.letters import newest_letter
from pipeline.documents.merge.merger import Merger
from pipeline.documents.reminder_letter import REMINDER
from pipeline.documents.visit_notice import NOTICE
from pipeline.law.dated_law import law_for
from pipeline.tool.definition import Tool

VISIT, DAY, TODAY = "v1", date(2027, 3, 2), date(2027, 1, 4)
STREET, PHONE = "Opdigtet Allé 17, 9999 Ingensteds", "20 99 88 77"
HERS, HIS = "Mors punkt om nætterne", "Fars punkt om skolen"
FIRST = NoticeGiven(
    "n1", VISIT, Tells.NEW, DAY, "09:30", 60, "Rådhuset, lokale 3", "Tag gerne planen med.", ("e1",), "en studerende",
    date(2027, 2, 16),
)  # fmt: skip
MOVED = replace(FIRST, notice="n2", tells=Tells.CHANGED, day=date(2027, 3, 9), words="", material_by=date(2027, 2, 23))
OFF = NoticeGiven("n3", VISIT, Tells.CALLED_OFF, MOVED.day, words="Vi ringer om en ny dag.")


def case_with(notices: Sequence[NoticeGiven]) -> Case:
    """Two parents who live apart, his address protected; everybody is made up."""
    people = (
        CasePerson("mor", "Opdigtet Mor", "0102856001"),
        CasePerson("far", "Opdigtet Far", contact=Contact(STREET, PHONE, protected=True)),
        CasePerson("e1", "Opdigtet Terapeut", title="ergoterapeut", contact=Contact(phone="12 34 56 78")),
    )
    standings = (
        Standing("s1", "mor", Place.PARENTAL_AUTHORITY, date(2026, 1, 1), household="hos mor"),
        Standing("s2", "far", Place.PARENTAL_AUTHORITY, date(2026, 1, 1), household="hos far"),
        Standing("s3", "e1", Place.CASEWORKER, date(2026, 1, 1)),
    )
    events: list[Event] = [
        CaseOpened("2027-1", "nord", "Eksempel Kommune", "Børn og Unge", fictional=True),
        *map(PersonRecorded, people),
        *map(StandingBegun, standings),
        VisitOpened(VISIT, 1, "ordinary", "2018", DAY),
        AgendaPointAdded(VISIT, "a1", "hos mor", HERS),
        AgendaPointAdded(VISIT, "a2", "hos far", HIS),
        *notices,
    ]
    at = datetime(2027, 1, 4, 8, tzinfo=UTC)
    return fold_all(Stamped(number, at, "x", event) for number, event in enumerate(events, 1))


def letter_to(person: str, tool: Tool, *notices: NoticeGiven) -> str:
    case, template = case_with(notices), newest_letter(NOTICE)
    law, paper = law_for(TODAY, DAY), paper_for(case, case.visits[VISIT], tool, template, TODAY)
    content = visit_notice(case, notices[-1].notice, person, tool, law, paper)
    with Merger() as merger:
        return _text(merger.merge(template, tool, content))


def _text(word: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(word)).element.body.iter(qn("w:p")))


def test_the_first_letter_says_all_of_it(tool: Tool) -> None:
    letter = letter_to("mor", tool, FIRST)
    for part in (
        "Til Opdigtet Mor",
        "Tirsdag den 2. marts 2027",
        "Kl. 09.30, cirka 60 minutter",
        "Rådhuset, lokale 3",
        "Opdigtet Terapeut, ergoterapeut",
        "en studerende",
        "Tag gerne planen med.",
        "telefon 12 34 56 78",
        "Sundhedsforhold",
        "Udvikling og adfærd",
        "16. februar 2027",
        "(c) Tids- og faseplan",
        "bisidder",
    ):
        assert part in letter
    assert "Det er nyt" not in letter


def test_all_five_themes_are_named_once(tool: Tool) -> None:
    themes = [
        "Sundhedsforhold",
        "Læring og dagpasning/skoleforhold",
        "Fritidsforhold og venskaber",
        "Familieforhold og familierelationer",
        "Udvikling og adfærd",
    ]
    letter = letter_to("mor", tool, FIRST)
    assert [letter.count(theme) for theme in themes] == [1] * 5
    assert "Notér andre" not in letter


@pytest.mark.parametrize(("to", "own", "others"), [("mor", HERS, HIS), ("far", HIS, HERS)])
def test_each_letter_has_the_points_of_its_own_household_and_nobodys_contact(
    tool: Tool, to: str, own: str, others: str
) -> None:
    letter = letter_to(to, tool, FIRST)
    assert own in letter
    assert others not in letter
    for hidden in ("Opdigtet Allé", PHONE, "0102856001", "Opdigtet Far" if to == "mor" else "Opdigtet Mor"):
        assert hidden not in letter


def test_a_moved_visit_says_what_was_and_what_is(tool: Tool) -> None:
    letter = letter_to("mor", tool, FIRST, MOVED)
    assert "Før: tirsdag den 2. marts 2027" in letter
    assert "Nu: tirsdag den 9. marts 2027" in letter
    assert "23. februar 2027" in letter
    assert "Før: Kl." not in letter


def test_one_that_is_called_off_asks_for_nothing(tool: Tool) -> None:
    letter = letter_to("mor", tool, FIRST, MOVED, OFF)
    assert "aflyst" in letter
    assert "Vi ringer om en ny dag." in letter
    assert "9. marts 2027" in letter
    assert [part for part in ("Det beder vi om", "Det taler vi om", "bisidder") if part in letter] == []


def test_what_is_not_agreed_yet_is_said_to_be_so(tool: Tool) -> None:
    letter = letter_to("mor", tool, NoticeGiven("n1", VISIT, Tells.NEW, DAY))
    assert "Aftales med dig" in letter
    assert "Hjemme hos familien" in letter
    assert "Det får du besked om" in letter
    assert "Det beder vi om" not in letter


def test_a_reminder_names_what_is_missing_and_nobodys_contact(tool: Tool) -> None:
    template = newest_letter(REMINDER)
    case = case_with([FIRST])
    law, paper = law_for(TODAY, DAY), paper_for(case, case.visits[VISIT], tool, template, TODAY)
    with Merger() as merger:
        content = material_reminder(case, case.visits[VISIT], "far", tool, law, paper)
        letter = _text(merger.merge(template, tool, content))
    for part in (
        "Til Opdigtet Far",
        "Tirsdag den 2. marts 2027",
        "Tirsdag den 16. februar 2027",
        "(c) Tids- og faseplan",
    ):
        assert part in letter
    assert [hidden for hidden in ("Opdigtet Allé", PHONE, "Opdigtet Mor") if hidden in letter] == []
