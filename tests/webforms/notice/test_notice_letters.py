"""From the caseworker's day to a sealed letter on each parent's page, with the machines that an installation has."""

import io
from datetime import date

import pytest
from family_home import APART, MARIA, THOMAS, Home
from pypdf import PdfReader

from pipeline.cases.record.journal_events import DocumentSent
from pipeline.cases.record.visit_events import AgendaPointAdded
from pipeline.cases.record.voices import household_of
from pipeline.documents.visit_notice import NOTICE

CASEWORKER, DAY = "medarbejder-03", date(2026, 11, 22)
POINTS = {MARIA: "Mors opdigtede punkt", THOMAS: "Fars opdigtede punkt"}


@pytest.mark.office
def test_each_parent_is_sent_a_letter_of_their_own_and_opens_no_other(home: Home) -> None:
    visit = home.visit(APART).id
    for person, text in POINTS.items():
        voice = household_of(home.case(APART), person, DAY)
        home.happens(AgendaPointAdded(visit, f"punkt-{person}", voice, text), number=APART, by=person)
    page = home.browser(CASEWORKER, APART).at("dag")
    assert page.fill(day="2.3.2027", reason="Opdigtet", starts="9.30", place="Rådhuset").status == 200
    home.clock.move(minutes=11)
    _everything_due_is_done(home)
    letters = {
        one.document.seen_by[0]: one for one in home.case(APART).documents.values() if one.document.kind == NOTICE
    }
    assert set(letters) == set(POINTS)
    for person, other in ((MARIA, THOMAS), (THOMAS, MARIA)):
        browser = home.browser(person, APART).at("besked")
        links = [link for link in browser.links() if letters[person].document.file in link]
        assert len(links) == 1
        words = _words(browser.client.get(links[0]).data)
        assert POINTS[person] in words
        assert POINTS[other] not in words
        assert "Kl. 09.30" in words
        theirs = letters[other].document.file
        assert browser.client.get(links[0].replace(letters[person].document.file, theirs)).status_code in (403, 404)
        assert [type(sent) for _, sent in letters[person].sent] == [DocumentSent]


def _everything_due_is_done(home: Home) -> None:
    engine = home.services.engine
    while any([engine.run(row) for row in engine.due(50)]):
        pass


def _words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)
