"""What a family has of its own beside the form: agenda, consents, agreements, and a diary that nobody else reads."""

import io
from datetime import date

import pytest
from family_home import (
    APART,
    CASEWORKER,
    JEPPE,
    JYTTE,
    KAREN_LISE,
    LOTTE,
    MARIA,
    SARA,
    SIGNE,
    THOMAS,
    TOGETHER,
    WITH_HELPERS,
    Browser,
    Home,
)
from fixtures.uploads import pictures

from pipeline.cases.record.events import AccessDecided, CaseClosed
from pipeline.cases.record.family_events import ConsentAsked, DiaryWritten
from pipeline.cases.record.insight import insight
from pipeline.cases.record.journal_events import Agreed
from pipeline.cases.record.party_access import party_access
from pipeline.cases.record.voices import goal_slot
from pipeline.law.dated_law import law_for
from pipeline.tool.load import load_tool

TODAY = date(2026, 11, 22)


# --- agenda ---


def test_points_for_the_visit_come_and_go_and_are_the_households(home: Home) -> None:
    browser = home.browser(SIGNE).at("dagsorden").fill(punkt="Hjælp til nætterne")
    assert "Hjælp til nætterne" in browser.words
    assert "Antal punkter: 1." in browser.of_case("start").words
    assert "Hjælp til nætterne" in home.browser(JEPPE).at("dagsorden").words
    point = next(iter(home.visit().agenda))
    browser.at("dagsorden").press(f"{point}/fjern")
    assert home.visit().agenda == {}


def test_a_double_click_is_one_point_and_an_empty_one_is_none(home: Home) -> None:
    browser = home.browser(SIGNE).at("dagsorden")
    for _ in range(2):
        browser.fill(punkt="Nætterne")
    assert len(home.visit().agenda) == 1
    assert browser.fill(punkt="  ").status == 422
    assert "Skriv noget ved “Et punkt til besøget”" in browser.words
    assert browser.fill(punkt="x" * 501).status == 422
    assert browser.typed("punkt") == "x" * 501


def test_the_other_home_neither_sees_nor_removes_a_point(home: Home) -> None:
    his = home.browser(THOMAS, APART).at("dagsorden").fill(punkt="Fars punkt")
    hers = home.browser(MARIA, APART).at("dagsorden")
    assert "Fars punkt" not in hers.page
    point = next(iter(home.visit(APART).agenda))
    address = f"/sager/{hers.case_id}/besoeg/{hers.visit}/dagsorden/{point}/fjern"
    assert hers.send(address, {}).status_code == 404
    assert "Fars punkt" in home.browser(JYTTE, APART).at("dagsorden").words
    assert "Fars punkt" in his.words


# --- consents ---


def test_a_consent_is_given_withdrawn_and_given_again_with_its_record(home: Home) -> None:
    browser = home.browser(SIGNE).of_case("samtykke")
    consent = next(one for one in home.case().consents.values() if one.asked.person_id == SIGNE).asked.consent
    for answer in ("given", "withdrawn", "given"):
        browser.press(f"samtykke/{consent}", ("svar", answer))
    assert [answer for _, _, answer in home.case().consents[consent].answers] == ["given", "withdrawn", "given"]
    assert browser.words.count("Givet (Signe Aastrup Lind, mor)") == 2
    assert "Kommunen venter" not in browser.of_case("start").words


def test_each_consent_is_answered_by_itself_and_only_by_whom_it_was_asked(home: Home) -> None:
    home.happens(ConsentAsked("s2", SIGNE, "Opdigtet læge", "Kommunen vil spørge om hørelsen."))
    browser = home.browser(SIGNE).of_case("samtykke").press("samtykke/s2", ("svar", "refused"))
    answered = [one.asked.consent for one in home.case().consents.values() if one.answers]
    assert answered == ["s2"]
    his = home.browser(JEPPE).of_case("samtykke")
    assert "Opdigtet læge" not in his.page
    assert his.send(f"/sager/{his.case_id}/samtykke/s2", {"svar": "given"}).status_code == 404
    assert browser.send(f"/sager/{his.case_id}/samtykke/s2", {"svar": "withdrawn"}).status_code == 400
    assert browser.send(f"/sager/{his.case_id}/samtykke/s2", {"svar": "refused"}).status_code == 303
    assert len(home.case().consents["s2"].answers) == 1


def test_a_representative_answers_for_the_party_and_a_helper_for_nobody(home: Home) -> None:
    home.happens(ConsentAsked("s2", THOMAS, "Opdigtet læge", "Kommunen vil spørge."), number=APART)
    browser = home.browser(JYTTE, APART).of_case("samtykke").press("samtykke/s2", ("svar", "given"))
    assert home.case(APART).consents["s2"].answers[0][1:] == (JYTTE, "given")
    helper = home.browser(KAREN_LISE).of_case("samtykke")
    assert "Kommunen har ikke bedt dig om samtykke" in helper.words
    assert helper.send(f"/sager/{browser.case_id}/samtykke/s2", {"svar": "given"}).status_code in (403, 404)


# --- agreements ---


def test_agreements_and_next_goals_stand_on_one_page_in_plain_words(home: Home) -> None:
    home.happens(Agreed("a9", "besoeg-4", "Låne en gåstol", "Kommunen", date(2026, 12, 1)))
    words = home.browser(SIGNE).of_case("vores-aftaler").words
    assert "Det blev vi enige om ved besøget 22. april 2026" in words
    assert "Kommunen: Låne en gåstol" in words
    assert "Senest 1. december 2026" in words
    assert "Gå 40 meter udendørs" in words


# --- diary ---


def test_the_diary_is_the_households_until_an_entry_is_shared(home: Home) -> None:
    browser = home.browser(SIGNE).of_case("dagbog").fill(tekst="Gik til køkkenet.", dato="20.11.2026")
    assert "20. november 2026" in browser.words
    assert "Gik til køkkenet." in home.browser(JEPPE).of_case("dagbog").words
    entry = next(iter(home.case().diary.values()))
    assert (entry.on, entry.voice, entry.shared_at) == (date(2026, 11, 20), "hjem-0101", None)
    browser.press(f"{entry.id}/del")
    assert home.case().diary[entry.id].shared_at
    assert "Delt med kommunen" in browser.words
    assert browser.send(f"/sager/{browser.case_id}/dagbog/{entry.id}/fjern", {}).status_code == 303
    assert entry.id in home.case().diary


def test_an_entry_that_was_not_shared_can_be_taken_out(home: Home) -> None:
    browser = home.browser(SIGNE).of_case("dagbog").fill(tekst="Fortrudt")
    browser.press(f"{next(iter(home.case().diary))}/fjern")
    assert home.case().diary == {}


def test_nobody_else_ever_reads_an_entry_that_was_not_shared(home: Home) -> None:
    home.browser(MARIA, APART).of_case("dagbog").fill(tekst="Hemmelige ord")
    entry = next(iter(home.case(APART).diary))
    his = home.browser(THOMAS, APART).of_case("dagbog")
    assert "Hemmelige" not in his.page
    assert his.send(f"/sager/{his.case_id}/dagbog/{entry}/del", {}).status_code == 404
    caseworker = home.browser("medarbejder-03", APART)
    assert caseworker.of_case("dagbog").status == 403
    case = home.case(APART)
    extracts = [
        party_access(case, THOMAS, TODAY, load_tool),
        insight(case, "p-0201-3", TODAY, law_for(TODAY), load_tool),
        insight(case, THOMAS, TODAY, law_for(TODAY), load_tool),
    ]
    assert "Hemmelige" not in str(extracts)


def test_a_child_does_not_read_its_parents_diary_nor_they_its(home: Home) -> None:
    home.browser(SIGNE).of_case("dagbog").fill(tekst="Mors linjer")
    home.happens(AccessDecided("p-0101-3", granted=True, reason="opdigtet"))
    home.happens(DiaryWritten("d2", "p-0101-3", TODAY, "Barnets linjer"), by="p-0101-3")
    assert "Mors linjer" not in home.browser("p-0101-3").of_case("dagbog").page
    assert "Barnets linjer" not in home.browser(SIGNE).of_case("dagbog").page


@pytest.mark.parametrize(("dato", "tekst"), [("i går", "Ord"), ("1.1.2027", "Ord"), ("20.11.2026", "")])
def test_a_diary_entry_needs_words_and_a_day_that_has_been_and_keeps_what_was_typed(
    dato: str, tekst: str, home: Home
) -> None:
    browser = home.browser(SIGNE).of_case("dagbog").fill(tekst=tekst, dato=dato)
    assert browser.status == 422
    assert (browser.typed("tekst"), browser.typed("dato")) == (tekst, dato)
    assert home.case().diary == {}


def test_lines_that_were_typed_wait_for_the_next_evening(home: Home) -> None:
    assert home.browser(SIGNE).of_case("dagbog").keep(tekst="Halvt skrevet").status_code == 200
    browser = home.browser(SIGNE).of_case("dagbog")
    assert browser.typed("tekst") == "Halvt skrevet"
    browser.fill()
    assert browser.typed("tekst") == ""
    assert "Halvt skrevet" not in home.browser(JEPPE).of_case("dagbog").typed("tekst")


def test_helpers_and_representatives_keep_no_diary(home: Home) -> None:
    assert home.browser(LOTTE, WITH_HELPERS).of_case("dagbog").status == 403
    assert home.browser(JYTTE, APART).of_case("dagbog").status == 403
    assert home.browser(SARA, WITH_HELPERS).of_case("dagbog").status == 200


def test_in_a_closed_case_nothing_of_ones_own_is_added(home: Home) -> None:
    browser = home.browser(SIGNE)
    home.happens(CaseClosed("flyttet", "opdigtet"), number=TOGETHER, by=CASEWORKER)
    assert browser.of_case("dagbog").tree().xpath("//main//form") == []
    assert browser.at("dagsorden").tree().xpath("//main//form") == []
    assert browser.of_case("samtykke").tree().xpath("//main//form") == []
    before = home.case().revision
    assert browser.send(f"/sager/{browser.case_id}/dagbog", {"tekst": "x"}).status_code == 403
    assert home.case().revision == before


# --- photos and clips in the diary ---


def with_photo(browser: Browser, **typed: str) -> Browser:
    """Write an entry with a photo."""
    browser.of_case("dagbog")
    data = {"csrf_token": browser.token, "dato": "20.11.2026", **typed}
    files = {"billeder": (io.BytesIO(pictures.photo(64, 48)), "tur.jpg")}
    address = f"/sager/{browser.case_id}/dagbog"
    return browser.took(browser.client.post(address, data=data | files, buffered=True, follow_redirects=True))


def test_a_photo_in_the_diary_is_the_households_until_the_entry_is_shared(home: Home) -> None:
    browser = with_photo(home.browser(SIGNE), tekst="Gik til køkkenet.")
    entry = next(iter(home.case().diary.values()))
    address = f"/sager/{browser.case_id}/dagbog/{entry.id}/fil/{entry.files[0].document.file}"
    assert f'<img src="{address}"' in browser.page
    assert home.browser(JEPPE).client.get(address).mimetype == "image/jpeg"
    caseworker = home.browser(CASEWORKER)
    file_address = f"/sager/{browser.case_id}/fil/{entry.files[0].document.file}"
    assert entry.files[0].document.file not in home.case().documents
    assert caseworker.client.get(address).status_code == 403
    assert caseworker.client.get(file_address).status_code == 404
    browser.press(f"{entry.id}/del")
    assert caseworker.client.get(file_address).status_code == 200


def test_more_photos_are_laid_to_an_entry_and_none_to_one_that_was_shared(home: Home) -> None:
    browser = with_photo(home.browser(SIGNE), tekst="Gik til køkkenet.")
    entry = next(iter(home.case().diary.values())).id

    def more() -> int:
        data = {"csrf_token": browser.token, "billeder": (io.BytesIO(pictures.photo(64, 48)), "trappe.jpg")}
        return browser.client.post(f"/sager/{browser.case_id}/dagbog/{entry}/fil", data=data).status_code

    assert more() == 303
    assert len(home.case().diary[entry].files) == 2
    browser.press(f"{entry}/del")
    assert more() == 404


def test_what_is_no_picture_is_refused_and_the_words_stand(home: Home) -> None:
    browser = home.browser(SIGNE).of_case("dagbog")
    data = {"csrf_token": browser.token, "dato": "20.11.2026", "tekst": "Gik til køkkenet."}
    files = {"billeder": (io.BytesIO(b"ikke et billede"), "noter.txt")}
    sent = browser.client.post(f"/sager/{browser.case_id}/dagbog", data=data | files, buffered=True)
    assert sent.status_code == 422
    assert "noter.txt" in sent.text
    assert [(one.text, one.files) for one in home.case().diary.values()] == [("Gik til køkkenet.", ())]


def test_words_that_must_be_mended_ask_for_the_photos_again(home: Home) -> None:
    browser = with_photo(home.browser(SIGNE), tekst="", dato="i morgen")
    assert browser.status == 422
    assert "Vælg billederne igen" in browser.words
    assert home.case().diary == {}


def test_an_entry_used_as_evidence_brings_its_photo_and_stays_the_familys_own(home: Home) -> None:
    goal = home.visit().plan[0].id
    browser = with_photo(home.browser(SIGNE), tekst="Gik til køkkenet.", maal=goal)
    entry = next(iter(home.case().diary))
    assert "Ét notat om jeres mål siden sidste besøg" in browser.of_case("start").words
    for _ in range(2):
        browser.at(f"afsnit/c?maal={goal}").fill(press=f"tids_og_faseplan.diary.{goal}/{entry}")
    assert "Gik til køkkenet." in browser.typed(f"tids_og_faseplan.{goal}.reason")
    slot = goal_slot(goal, "attainment")
    laid = [kept.document for kept in home.case().documents.values() if kept.document.slot == slot]
    assert [(one.kind, one.visit) for one in laid] == [("bilag", home.visit().id)]
    assert home.case().diary[entry].shared_at is None


def test_the_other_home_sees_no_photo(home: Home) -> None:
    hers = with_photo(home.browser(MARIA, APART), tekst="Kun her")
    entry = next(iter(home.case(APART).diary.values()))
    address = f"/sager/{hers.case_id}/dagbog/{entry.id}/fil/{entry.files[0].document.file}"
    assert home.browser(THOMAS, APART).client.get(address).status_code == 404
