"""A person who is heard: reads, remarks, looks over, confirms, gets a receipt; nothing is lost or sent twice."""

import io
from datetime import timedelta

import pytest
from family_home import Browser
from fixtures.uploads import pictures
from hearing_house import CASEWORKER, CHILD, CHILDS, HERS, HIS, MARIA, NUMBER, THOMAS, VISIT, House

from pipeline.cases.hearing.events import FinalReportMade, HearingWithdrawn, MoreTimeGiven, Told
from pipeline.cases.hearing.state import Stand
from pipeline.cases.record.people import Place
from pipeline.documents.contents.hearing_words import CHILD_TITLES
from pipeline.documents.contents.report_parts import PART_TITLES
from pipeline.store.files import NewDocument

LAWYER = "p-0201-7"
"""Represents the father."""
REMARK, GENERAL = "Der mangler noget om nætterne.", "Tak for besøget."


def _open(house: House, person: str = MARIA, hearing: str = HERS) -> Browser:
    return house.at(person).get(house.address(f"hoering/{hearing}"))


def _look_over(browser: Browser, **typed: str) -> Browser:
    return browser.fill(**{f"svar__{key}": text for key, text in typed.items()})


def _confirm(browser: Browser) -> Browser:
    return browser.press("/svar")


def _answered(house: House) -> Browser:
    return _confirm(_look_over(_open(house), konklusion=REMARK, generelt=GENERAL))


def test_the_report_is_read_part_by_part_as_its_word_document_has_it(house: House) -> None:
    headings = _open(house).tree().xpath("//section[contains(@class, 'ht-checked')]/h2/text()")
    assert headings == [*PART_TITLES.values(), "Generelt"]
    assert "Er betingelsen opfyldt" in _open(house).words


def test_the_words_of_the_page_are_those_of_the_report_that_was_sent(house: House) -> None:
    """What is written once all have been heard is not in it."""
    before = _words_of_the_report(_open(house))
    house.clock.at = max(one.deadline for one in house.heard.hearings.by_id.values())
    writer = house.at("medarbejder-03").get(house.address("besoeg/besoeg-2/kommunen/l"))
    writer.fill(conclusion="Helt andre ord.")
    assert "Helt andre ord." in str(house.heard.visits["besoeg-2"].answers)
    assert _words_of_the_report(_open(house)) == before


def test_who_has_answered_is_asked_only_to_help_the_child(house: House) -> None:
    """And a child is asked in words of its own, with no empty list of things to fill."""
    front = house.address("start")
    assert "Læs rapporten, og svar" in house.at(MARIA).get(front).words
    _answered(house)
    words = house.at(MARIA).get(front).words
    assert "Læs rapporten, og svar" not in words
    assert "Hjælp Sylvester Krogh Dalgård med at svare" in words
    childs = house.at(CHILD).get(front).words
    assert "Fortæl, hvad du synes" in childs
    assert "Det skal udfyldes" not in childs


def _words_of_the_report(page: Browser) -> list[str]:
    parts = page.tree().xpath("//section[contains(@class, 'ht-checked')]")
    return [" ".join(part.xpath("string()").split()) for part in parts]


def test_remarks_are_looked_over_and_confirmed_and_become_part_of_the_case(house: House) -> None:
    check = _look_over(_open(house), konklusion=REMARK, generelt=GENERAL)
    assert REMARK in check.words
    assert house.hearing(HERS).answers == ()
    receipt = _confirm(check)
    assert "Tak for dit svar" in receipt.words
    answer = house.hearing(HERS).answers[0]
    assert [(one.section, one.text, one.told) for one in answer.remarks] == [
        ("konklusion", REMARK, Told.WRITTEN),
        ("", GENERAL, Told.WRITTEN),
    ]
    assert answer.confirmed
    assert (answer.confirmed.proof, answer.by) == ("demo", MARIA)
    assert house.hearing(HERS).stand(house.clock()) is Stand.REMARKS


def test_a_representatives_answer_is_theirs_on_behalf_of_the_party(house: House) -> None:
    page = house.at(LAWYER).get(house.address(f"hoering/{HIS}"))
    assert "Du svarer som partsrepræsentant på vegne af Thomas" in page.words
    _confirm(_look_over(page, konklusion=REMARK))
    answer = house.hearing(HIS).answers[0]
    assert (answer.speaker, answer.acted_as) == (LAWYER, Place.PARTY_REPRESENTATIVE)


def test_nothing_typed_is_confirmed_as_no_remarks(house: House) -> None:
    check = house.at(MARIA).get(house.address(f"hoering/{HERS}/tjek"))
    assert "Send: Ingen bemærkninger" in check.words
    _confirm(check)
    assert house.hearing(HERS).stand(house.clock()) is Stand.NO_REMARKS


def test_a_double_click_is_one_answer(house: House) -> None:
    check = _look_over(_open(house), konklusion=REMARK)
    form = next(form for form in check.tree().xpath("//form") if (form.get("action") or "").endswith("/svar"))
    for _ in range(2):
        assert check.client.post(form.get("action"), data=check.sent(form)).status_code == 303
    assert len(house.hearing(HERS).answers) == 1


def test_what_was_changed_since_it_was_looked_over_is_not_sent_unseen(house: House) -> None:
    check = _look_over(_open(house), konklusion=REMARK)
    _look_over(_open(house), konklusion="Noget nyt.")
    again = _confirm(check)
    assert again.status == 409
    assert "Noget nyt." in again.words
    assert house.hearing(HERS).answers == ()


def test_the_other_parent_sees_neither_draft_nor_answer(house: House) -> None:
    _look_over(_open(house), konklusion=REMARK)
    assert REMARK not in _open(house, THOMAS, HIS).page
    receipt = _answered(house).address
    his = house.at(THOMAS)
    assert his.get(house.address(f"hoering/{HERS}")).status == 404
    assert his.get(receipt).status == 404
    assert REMARK not in his.get(house.address("hoering")).page


def test_what_is_typed_is_kept_while_it_is_typed(house: House) -> None:
    browser = _open(house)
    kept = browser.send(
        house.address(f"hoering/{HERS}/kladde"), {"svar.konklusion": "Halvt skrev"}, headers={"X-Autosave": "1"}
    )
    assert kept.status_code == 200
    assert _open(house).typed("svar.konklusion") == "Halvt skrev"
    late = browser.send(
        house.address(f"hoering/{HERS}/kladde"), {"svar.konklusion": "Ældre"}, headers={"X-Autosave": "0"}
    )
    assert late.status_code == 409


def test_a_text_that_is_too_long_stays_on_the_page(house: House) -> None:
    refused = _look_over(_open(house), konklusion="x" * 20_001)
    assert refused.status == 422
    assert len(refused.typed("svar.konklusion")) == 20_001


def test_an_answer_counts_though_its_document_could_not_be_made(house: House) -> None:
    receipt = _answered(house)
    assert "Vi laver dokumentet lige nu" in receipt.words
    answer = house.hearing(HERS).answers[0].id
    row = house.document_row(answer)
    assert (row.state, row.tries, row.last_error) == ("queued", 1, "StepFailed")
    assert f"kvittering/{answer}" in " ".join(receipt.links())
    assert "bliver lavet som dokument" in house.at(CASEWORKER).get(house.address(f"besoeg/{VISIT}/hoering")).words


def test_one_second_before_the_deadline_is_in_time_and_after_it_is_late(house: House) -> None:
    _look_over(_open(house), konklusion=REMARK)
    deadline = house.hearing(HERS).deadline
    house.clock.at = deadline - timedelta(seconds=1)
    check = house.at(MARIA).get(house.address(f"hoering/{HERS}/tjek"))
    assert REMARK in check.words
    _confirm(check)
    house.clock.at = deadline - timedelta(microseconds=200)
    his = _look_over(_open(house, THOMAS, HIS), konklusion=REMARK)
    house.clock.at = deadline
    late = _confirm(his)
    assert house.hearing(HERS).stand(deadline) is Stand.REMARKS
    assert house.hearing(HIS).stand(deadline) is Stand.LATE
    assert "Svaret er gemt" in late.words


def test_a_file_goes_with_the_answer_and_is_the_senders_alone(house: House) -> None:
    check = _look_over(_open(house), konklusion=REMARK)
    drawing = (io.BytesIO(pictures.photo(64, 48)), "tegning.jpg")
    sent = {"csrf_token": check.token, "titel": "En tegning", "filer": drawing}
    assert check.client.post(house.address(f"hoering/{HERS}/filer"), data=sent).status_code == 303
    check.get(house.address(f"hoering/{HERS}/tjek"))
    assert "En tegning" in check.words
    _confirm(check)
    answer = house.hearing(HERS).answers[0]
    kept = house.heard.documents[answer.attachments[0]].document
    assert (kept.title, kept.seen_by) == ("En tegning", ())
    assert house.at(THOMAS).get(house.address(f"fil/{kept.file}")).status == 404


def test_more_time_and_a_talk_are_asked_for_once(house: House) -> None:
    browser = house.at(MARIA)
    for path in ("mere-tid", "samtale"):
        for _ in range(2):
            browser.get(house.address(f"hoering/{HERS}/{path}")).fill(tekst="Vi er på ferie.")
        assert browser.fill(tekst="").status == 422
    hearing = house.hearing(HERS)
    assert [one.reason for one in hearing.more_time] == ["Vi er på ferie."]
    assert [one.text for one in hearing.talks] == ["Vi er på ferie."]
    later = hearing.deadline + timedelta(days=7)
    house.happens(MoreTimeGiven(HERS, later, "God ferie"), number=NUMBER)
    assert "God ferie" in browser.get(house.address(f"hoering/{HERS}/mere-tid")).words


def test_the_child_answers_with_pictures_and_in_its_own_words(house: House) -> None:
    check = _look_over(_open(house, CHILD, CHILDS), traening="glad", anderledes="Mere svømning")
    assert "Glad" in check.words
    _confirm(check)
    answer = house.hearing(CHILDS).answers[0]
    assert [(one.section, one.text, one.told) for one in answer.remarks] == [
        ("barn/traening", "Glad", Told.PICTURE),
        ("barn/anderledes", "Mere svømning", Told.WRITTEN),
    ]


def test_an_adult_who_writes_down_what_the_child_shows_is_named(house: House) -> None:
    page = _open(house, MARIA, CHILDS)
    assert "Du hjælper" in page.words
    _confirm(_look_over(page, godt="Peger på gyngen"))
    answer = house.hearing(CHILDS).answers[0]
    assert answer.confirmed
    assert answer.confirmed.helped_by.startswith("Maria")
    assert [one.told for one in answer.remarks] == [Told.WRITTEN_DOWN]
    assert "Peger på gyngen" not in _open(house, THOMAS, CHILDS).page


def test_what_the_child_is_asked_stands_alike_on_the_page_and_in_the_documents(house: House) -> None:
    page = _open(house, CHILD, CHILDS).words
    assert [title for title in CHILD_TITLES.values() if title not in page] == []


def test_a_picture_that_is_not_offered_is_refused(house: House) -> None:
    page = _open(house, CHILD, CHILDS)
    made_up = page.send(house.address(f"hoering/{CHILDS}"), {"svar.traening": "vred"})
    assert made_up.status_code == 422


def test_a_withdrawn_hearing_says_why_and_takes_no_answer(house: House) -> None:
    check = _look_over(_open(house), konklusion=REMARK)
    house.happens(HearingWithdrawn(HERS, "Rapporten var forkert."), number=NUMBER)
    assert "Rapporten var forkert." in _open(house).words
    assert _confirm(check).status == 404


def test_the_start_page_tells_that_the_final_report_has_come_to_whom_it_was_sent(house: House) -> None:
    document = NewDocument("endelig_rapport", "Endelig rapport", "e.pdf", "application/pdf", VISIT, seen_by=(MARIA,))
    file = house.services.store.files.keep(house.case_id(NUMBER), io.BytesIO(b"%PDF opdigtet"), document, "system")
    house.happens(FinalReportMade(VISIT, file, "0" * 64), number=NUMBER)
    start = house.at(MARIA).get(house.address("start"))
    assert "Den endelige rapport om besøget er kommet" in start.words
    assert house.address(f"fil/{file}") in start.links()
    for other in (THOMAS, CHILD):
        assert "endelige rapport" not in house.at(other).get(house.address("start")).words
    house.clock.move(days=29)
    later = house.at(MARIA).get(house.address("start")).words
    assert "Den endelige rapport om besøget er kommet" not in later
    assert "Se den endelige rapport og det, der blev svaret." in later


def test_the_start_page_says_that_an_answer_is_awaited(house: House) -> None:
    start = house.at(MARIA).of_case("start")
    assert "Vi vil gerne høre, hvad du mener om rapporten" in start.words
    _answered(house)
    _confirm(house.at(MARIA).get(house.address(f"hoering/{CHILDS}/tjek")))
    assert "Vi vil gerne høre" not in house.at(MARIA).of_case("start").words


@pytest.mark.parametrize("answer", ["", "x" * 32, "0" * 31])
def test_an_id_that_is_not_ours_is_refused(house: House, answer: str) -> None:
    page = _open(house)
    assert page.send(house.address(f"hoering/{HERS}/svar"), {"svar": answer, "set": ""}).status_code == 400
