"""The municipality: opens the hearing, follows it, enters paper, weighs remark by remark, and closes."""

import io
from datetime import date, timedelta

import pytest
from family_home import Browser
from fixtures.uploads import pictures
from hearing_house import BROKEN, CASEWORKER, HERS, HIS, MARIA, NUMBER, THOMAS, VISIT, House
from werkzeug.test import TestResponse

from pipeline.cases.hearing.events import AnswerConfirmed, HearingOpened, MoreTimeAsked, RemarkMade, TalkAsked, Told
from pipeline.cases.hearing.state import Stand
from pipeline.cases.record.people import Place
from pipeline.deadlines.deadline import Deadline

LAWYER = "p-0201-7"
"""Represents the father."""
ROOM = f"besoeg/{VISIT}/hoering"


def _see(house: House, path: str = "") -> Browser:
    return house.at(CASEWORKER).get(house.address(f"{ROOM}{path}"))


def _fill(house: House, path: str, **typed: str) -> Browser:
    """Fill in the form of a page, whose address is its own."""
    browser = _see(house, path)
    values = browser.sent(browser.form())
    for name, value in typed.items():
        values.setlist(name.replace("__", "."), [value])
    return browser.took(browser.client.post(house.address(f"{ROOM}{path}"), data=values, follow_redirects=True))


def _remark(house: House, hearing: str = HERS, person: str = MARIA, remark: str = "r1") -> None:
    answer, now = f"svar-{remark}", house.clock()
    made = RemarkMade(hearing, answer, remark, "konklusion", "Der mangler noget.")
    confirmed = AnswerConfirmed(hearing, answer, now, "mitid", "substantial", now)
    house.happens(made, confirmed, number=NUMBER, by=person)


def test_the_case_tells_when_answers_are_due_and_then_that_the_final_report_waits(house: House) -> None:
    front = house.at(CASEWORKER).get(f"/sager/{house.case_id(NUMBER)}")
    assert "Svar på rapporten om besøg 2" in front.words
    assert f"/sager/{house.case_id(NUMBER)}/{ROOM}" in front.links()
    house.clock.move(days=15)
    assert "Den endelige rapport om besøg 2" in house.at(CASEWORKER).get(f"/sager/{house.case_id(NUMBER)}").words


def test_the_page_says_who_was_heard_and_what_came(house: House) -> None:
    _remark(house)
    page = _see(house)
    for words in ("Maria Krogh Lauridsen", "Besvaret", "Der mangler noget.", "MitID", "Venter på svar", "Tag stilling"):
        assert words in page.words


def test_parents_do_not_reach_the_municipalitys_pages(house: House) -> None:
    for path in ("", "/aabn", "/luk", f"/{HERS}/frist"):
        assert house.at(MARIA).get(house.address(f"{ROOM}{path}")).status == 403


def test_a_remark_is_weighed_with_a_reason(house: House) -> None:
    _remark(house)
    assert _fill(house, f"/{HERS}/bemaerkning/r1", decision="med").status == 422
    page = _fill(house, f"/{HERS}/bemaerkning/r1", decision="med", reason="Det skriver vi ind.")
    assert "Taget med" in page.words
    assert house.hearing(HERS).weighed["r1"].reason == "Det skriver vi ind."
    _fill(house, f"/{HERS}/bemaerkning/r1", decision="ikke-med", reason="Vi tog fejl.")
    assert not house.hearing(HERS).weighed["r1"].taken_in


def test_the_hearing_is_closed_only_when_nothing_is_awaited(house: House) -> None:
    _remark(house)
    _fill(house, f"/{HERS}/bemaerkning/r1", decision="med", reason="Ja.")
    early = _fill(house, "/luk", sure="1")
    assert early.status == 422
    assert VISIT not in house.heard.hearings.closed
    house.clock.at = house.hearing(HERS).deadline
    assert "Klar til at afslutte" in _see(house).words
    closed = _fill(house, "/luk", sure="1")
    assert "Alle bemærkninger er besvaret" in closed.words
    assert VISIT in house.heard.hearings.closed
    assert _see(house, f"/{HERS}/bemaerkning/r1").status == 404


def test_the_final_report_waits_for_the_closed_weighing_and_is_made_when_it_can_be(house: House) -> None:
    page = _see(house)
    assert page.send(house.address(f"{ROOM}/endelig"), {}).status_code == 404
    house.clock.at = house.hearing(HERS).deadline
    _fill(house, "/luk", sure="1")
    for _ in range(2):  # a double click orders one report
        ordered = _see(house)
        ordered.send(house.address(f"{ROOM}/endelig"), {})
    assert "Den endelige rapport bliver lavet" in _see(house).words
    (order,) = house.heard.travelled.ordered
    assert house.document_row(order).last_error == "StepFailed"
    assert VISIT not in house.heard.hearings.final


def test_a_final_report_that_was_given_up_can_be_ordered_again(house: House) -> None:
    house.clock.at = house.hearing(HERS).deadline
    _fill(house, "/luk", sure="1")
    _see(house).press("/endelig")
    (order,) = house.heard.travelled.ordered
    engine, journeys = house.services.engine, house.services.store.journeys
    while wake := house.document_row(order).wake_at:
        house.clock.at = wake
        engine.run(house.document_row(order).id)
    assert [row.about for row in journeys.dead()] == [order]
    assert "kunne ikke laves" in _see(house).words
    _see(house).press("/endelig")
    assert (house.document_row(order).dead_at, house.document_row(order).tries) == (None, 1)
    assert list(house.heard.travelled.ordered) == [order]


def test_more_time_is_given_or_refused_with_a_reason(house: House) -> None:
    house.happens(MoreTimeAsked(HERS, "Vi er på ferie."), number=NUMBER, by=MARIA)
    assert "Vi er på ferie." in _see(house, f"/{HERS}/frist").words
    deadline = Deadline.at(house.hearing(HERS).deadline).day
    earlier, later = deadline - timedelta(days=1), deadline + timedelta(days=9)
    assert _fill(house, f"/{HERS}/frist", decision="ja", day=earlier.isoformat()).status == 422
    assert _fill(house, f"/{HERS}/frist", decision="nej").status == 422
    assert _fill(house, f"/{HERS}/frist", decision="ja", day=f"{later.day}.{later.month}.{later.year}").status == 200
    assert Deadline.at(house.hearing(HERS).deadline).day == later
    _fill(house, f"/{HIS}/frist", decision="nej", reason="Sagen haster.")
    assert Deadline.at(house.hearing(HIS).deadline).day == deadline


def test_a_talk_is_written_down(house: House) -> None:
    house.happens(TalkAsked(HERS, "Ring efter kl. 16."), number=NUMBER, by=MARIA)
    assert "Ring efter kl. 16." in _see(house).words
    page = _fill(house, f"/{HERS}/samtalen", text="Hun er enig.")
    assert "Hun er enig." in page.words
    assert "Beder om en samtale" not in page.words


def test_a_withdrawn_hearing_stays_on_the_page_with_its_reason(house: House) -> None:
    page = _fill(house, f"/{HERS}/traek-tilbage", reason="Forkert rapport.")
    assert "Forkert rapport." in page.words
    assert house.hearing(HERS).stand(house.clock()) is Stand.WITHDRAWN


def _on_paper(house: House, day: str, with_scan: bool, speaker: str = THOMAS) -> TestResponse:
    browser = _see(house, f"/{HIS}/paa-papir")
    said = {"day": day, "speaker": speaker, "svar.konklusion": "Skrevet i hånden."}
    typed: dict[str, object] = {"csrf_token": browser.token, **said}
    scan = {"fil": (io.BytesIO(pictures.photo(64, 48)), "scan.jpg")} if with_scan else {}
    return browser.client.post(house.address(f"{ROOM}/{HIS}/paa-papir"), data={**typed, **scan})


@pytest.mark.parametrize(("day", "with_scan"), [("22.11.2026", False), ("23.11.2026", True), ("", True)])
def test_an_answer_on_paper_needs_its_scan_and_a_day_that_has_been(house: House, day: str, with_scan: bool) -> None:
    refused = _on_paper(house, day, with_scan)
    assert refused.status_code == 422
    assert "Skrevet i hånden." in refused.text
    assert house.hearing(HIS).answers == ()


def test_an_answer_on_paper_cannot_have_come_before_the_hearing_began(house: House) -> None:
    refused = _on_paper(house, "21.11.2026", with_scan=True)
    assert refused.status_code == 422
    assert "Dagen kan ikke ligge før 22. november 2026. Den dag begyndte høringen." in refused.text
    assert house.hearing(HIS).answers == ()


def test_an_answer_on_paper_from_the_day_of_a_hearing_that_began_in_the_afternoon_came_after_it(quiet: House) -> None:
    quiet.clock.move(hours=6)
    quiet.open_hearings()
    assert _on_paper(quiet, "22.11.2026", with_scan=True).status_code == 303
    hearing = quiet.hearing(HIS)
    assert hearing.answers[0].received == hearing.opened_at


def test_an_answer_on_paper_is_kept_with_its_scan_and_can_be_weighed(house: House) -> None:
    assert _on_paper(house, "22.11.2026", with_scan=True).status_code == 303
    answer = house.hearing(HIS).answers[0]
    assert [(one.text, one.told) for one in answer.remarks] == [("Skrevet i hånden.", Told.ON_PAPER)]
    scan = house.heard.documents[answer.scan].document
    assert (scan.kind, scan.seen_by) == ("hoeringssvar_paa_papir", ("p-0201-2", "p-0201-7"))
    page = _see(house)
    assert "Svaret kom på papir" in page.words
    assert house.hearing(HIS).stand(house.clock()) is Stand.REMARKS


def test_the_same_page_on_paper_twice_is_one_answer_and_one_scan(house: House) -> None:
    assert [_on_paper(house, "22.11.2026", with_scan=True).status_code for _ in range(2)] == [303, 303]
    assert len(house.hearing(HIS).answers) == 1
    assert [one.document.kind for one in house.heard.documents.values()].count("hoeringssvar_paa_papir") == 1


def test_a_representatives_answer_on_paper_is_theirs_on_behalf_of_the_party(house: House) -> None:
    assert _on_paper(house, "22.11.2026", with_scan=True, speaker=LAWYER).status_code == 303
    answer = house.hearing(HIS).answers[0]
    assert (answer.speaker, answer.acted_as) == (LAWYER, Place.PARTY_REPRESENTATIVE)
    for words in (house.heard.people[LAWYER].name, "partsrepræsentant, socialrådgiver på vegne af Thomas"):
        assert words in _see(house).words


def _opened(house: House) -> list[HearingOpened]:
    return [one.opened for one in house.heard.hearings.by_id.values()]


def test_everybody_with_authority_must_be_heard_and_the_child_or_a_reason(quiet: House) -> None:
    nobody = _fill(quiet, "/aabn", hear=MARIA, child="ja")
    assert nobody.status == 422
    assert "skal høres" in nobody.words
    assert "Skriv, hvorfor barnet ikke høres" in _fill(quiet, "/aabn", child="nej").words
    assert "Vælg, om barnet skal høres" in _fill(quiet, "/aabn").words
    assert "Den sidste dag skal ligge efter i dag" in _fill(quiet, "/aabn", child="ja", day="22.11.2026").words
    assert _opened(quiet) == []


def test_the_usual_deadline_is_proposed(quiet: House) -> None:
    day = quiet.services.deadlines.hearing(date(2026, 11, 22)).day
    assert _see(quiet, "/aabn").typed("day") == f"{day.day}.{day.month}.{day.year}"


def test_nothing_is_opened_where_the_report_cannot_be_made(quiet: House) -> None:
    failed = _fill(quiet, "/aabn", child="ja")
    assert failed.status == 422
    assert BROKEN in failed.words
    assert _opened(quiet) == []


def test_what_the_report_lacks_is_told_instead_of_the_form(quiet: House) -> None:
    page = quiet.at(CASEWORKER).get(quiet.address("besoeg/besoeg-3/hoering/aabn"))
    assert "Rapporten kan ikke laves endnu" in page.words
    assert page.tree().xpath("//main//form") == []


def test_a_hearing_is_not_opened_twice(house: House) -> None:
    assert _see(house, "/aabn").status == 404


def test_a_protected_address_in_free_text_must_be_looked_at_before_the_report_goes_out(quiet: House) -> None:
    his = quiet.heard.people["p-0201-2"]
    assert his.contact.protected
    writer = quiet.at(CASEWORKER).get(quiet.address(f"besoeg/{VISIT}/kommunen/l"))
    writer.fill(conclusion=f"Far bor nu {his.contact.address}.")
    page = _see(quiet, "/aabn")
    assert "Teksten nævner en beskyttet oplysning" in page.words
    refused = _fill(quiet, "/aabn", child="ja")
    assert "Se på stederne" in refused.words
