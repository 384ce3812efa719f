"""What a parent is protected for stands in their own report and in nobody else's; both name what they share."""

import hashlib
import io
from dataclasses import replace
from datetime import date

import pytest
from hearing_house import CASEWORKER, CHILD, MARIA, THOMAS, VISIT, House
from pypdf import PdfReader

from pipeline.cases.hearing.events import HearingOpened, RemarksWeighed
from pipeline.cases.hearing.variants import left_out, withheld_places
from pipeline.cases.journey.events import DocumentOrdered
from pipeline.cases.notice.events import MailWished
from pipeline.cases.record.events import PersonRecorded
from pipeline.cases.record.protected import WITHHELD, protected_text_found
from pipeline.cases.record.to_answers import to_answers
from pipeline.documents.contents.shared_content import NAMED, digest_of, shared_content
from pipeline.documents.heard_report import heard_report

DAY = date(2026, 11, 22)


@pytest.fixture
def told(quiet: House) -> House:
    """The conclusion tells where the father lives, who is protected."""
    _tell(quiet)
    return quiet


def _tell(house: House) -> None:
    writer = house.at(CASEWORKER).get(house.address(f"besoeg/{VISIT}/kommunen/l"))
    writer.fill(conclusion=f"Far bor nu {_street(house)}.")


def _wants_mail(house: House, person: str) -> None:
    known = house.heard.people[person]
    reached = replace(known, contact=replace(known.contact, email="opdigtet@opdigtet.example"))
    house.happens(PersonRecorded(reached), MailWished(person, wanted=True), number=house.heard.number)


def _street(house: House) -> str:
    return house.heard.people[THOMAS].contact.address.splitlines()[0]


def test_who_is_protected_reads_their_own_words_and_nobody_else_does(told: House) -> None:
    answers = to_answers(told.heard, VISIT, DAY)
    assert protected_text_found(told.heard, answers)
    assert withheld_places(told.heard, answers, THOMAS) == frozenset()
    for reader in (MARIA, CHILD, ""):
        places = withheld_places(told.heard, answers, reader)
        assert {place for place, _ in places} == {"conclusion"}
        assert protected_text_found(told.heard, left_out(answers, places)) == ()


def test_all_but_the_words_that_are_left_out_is_the_same(told: House) -> None:
    hers, his, shared = (heard_report(told.heard, VISIT, DAY, reader=reader) for reader in (MARIA, THOMAS, ""))
    differing = [key for key, block in his.field.items() if hers.field[key] != block]
    assert differing == ["conclusion"]
    assert WITHHELD in {said.text for said in hers.field["conclusion"].said}
    assert shared_content(hers) == shared_content(shared)
    assert digest_of(shared_content(his)) != digest_of(shared_content(shared))


def test_a_report_that_tells_nothing_protected_has_no_variants(quiet: House) -> None:
    answers = to_answers(quiet.heard, VISIT, DAY)
    assert withheld_places(quiet.heard, answers) == frozenset()
    assert left_out(answers, frozenset()) is answers


@pytest.mark.office
def test_each_is_sent_their_own_and_the_final_report_tells_nobody(working: House) -> None:
    _tell(working)
    _wants_mail(working, MARIA)
    page = working.at(CASEWORKER).get(working.address(f"besoeg/{VISIT}/hoering/aabn"))
    sent = page.fill(child="nej", child_reason="Opdigtet", looked="1")
    assert "Egen udgave af rapporten" in sent.words, sent.words
    hers, his = (_opened(working, who) for who in (MARIA, THOMAS))
    assert list(working.heard.notices.nudges) == [f"hoering-{hers.hearing}-{MARIA}"]
    assert hers.common == his.common != ""
    assert hers.sha256 != his.sha256
    assert hers.common in sent.page
    for one, tells in ((hers, False), (his, True)):
        assert (_street(working) in _words(working, one.report)) is tells
        assert NAMED in _words(working, one.report)
        assert one.common in _words(working, one.report).replace(" ", "")
    assert working.heard.documents[hers.report].document.seen_by == (MARIA,)
    assert MARIA not in working.heard.documents[his.report].document.seen_by
    (kept,) = (one for one in working.heard.documents.values() if one.document.kind == "faelles_indhold")
    assert kept.document.seen_by == ()
    assert hashlib.sha256(_content(working, kept.document.file)).hexdigest() == hers.common
    assert _street(working) not in working.at(MARIA).get(working.address("hoering")).page
    _final_report_tells_nobody(working)


def _final_report_tells_nobody(house: House) -> None:
    house.clock.at = max(one.deadline for one in house.heard.hearings.by_id.values())
    ordered = DocumentOrdered("endelig-1", "endelig_rapport", VISIT)
    house.happens(RemarksWeighed(VISIT), ordered, number=house.heard.number, by=CASEWORKER)
    house.services.engine.run_now(house.case_id(house.heard.number), "document", "endelig-1")
    final = house.heard.hearings.final[VISIT].file
    assert _street(house) not in _words(house, final)
    pdf = PdfReader(io.BytesIO(_content(house, final)))
    assert pdf.attachments["hoert-udgave-1.pdf"] == [_content(house, _opened(house, MARIA).report)]
    assert list(pdf.attachments) == ["hoert-udgave-1.pdf"]


def _opened(house: House, person: str) -> HearingOpened:
    return next(one.opened for one in house.heard.hearings.by_id.values() if one.opened.person_id == person)


def _content(house: House, file: str) -> bytes:
    return b"".join(house.services.store.files.read(house.case_id(house.heard.number), file))


def _words(house: House, file: str) -> str:
    pages = PdfReader(io.BytesIO(_content(house, file))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)
