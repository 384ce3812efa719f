"""The municipality does not look over a parent's shoulder: what is not handed in is seen only by whom they ask."""

from family_home import CASEWORKER, JEPPE, SIGNE, Home

from pipeline.cases.record.parts import Slot
from pipeline.cases.record.to_answers import to_answers
from pipeline.cases.record.visit_events import SectionHandedIn

HOUSEHOLD, WELLBEING = "hjem-0101", "family_wellbeing_parents"
KEPT_BACK = "Vi er trætte og skriver det kun for os selv"
FOR_SIGNE = f"for-en-anden/d?som={HOUSEHOLD}~{SIGNE}"


def saved(home: Home) -> None:
    home.browser(SIGNE).at("afsnit/d").fill(**{WELLBEING: KEPT_BACK})


def test_saved_words_are_shown_to_a_caseworker_only_after_saying_that_the_parent_asked(home: Home) -> None:
    saved(home)
    browser = home.browser(CASEWORKER).at(FOR_SIGNE)
    assert "Har Signe Aastrup Lind bedt dig om hjælp?" in browser.words
    assert KEPT_BACK not in browser.page
    assert home.visit().helped == ()
    browser.fill()
    assert browser.typed(WELLBEING) == KEPT_BACK
    assert "fordi du er bedt om hjælp i dag" in browser.words
    (helped,) = home.visit().helped
    assert (helped.by, helped.person_id, helped.voice) == (CASEWORKER, SIGNE, HOUSEHOLD)


def test_the_whole_household_sees_who_was_asked_and_the_case_page_tells_it(home: Home) -> None:
    saved(home)
    home.browser(CASEWORKER).at(FOR_SIGNE).fill()
    for parent in (SIGNE, JEPPE):
        page = home.browser(parent).at("afsnit/d")
        assert "bad Signe Aastrup Lind" in page.words
        assert "om hjælp til at skrive" in page.words
    browser = home.browser(CASEWORKER)
    case_page = browser.get(f"/sager/{browser.case_id}")
    assert "Blev bedt om hjælp af Signe Aastrup Lind" in case_page.words


def test_being_asked_holds_for_the_day_and_for_the_one_who_was_asked(home: Home) -> None:
    saved(home)
    home.browser(CASEWORKER).at(FOR_SIGNE).fill()
    assert "Har Jeppe" in home.browser(CASEWORKER).at(f"for-en-anden/d?som={HOUSEHOLD}~{JEPPE}").words
    home.clock.move(hours=24)
    assert "Har Signe" in home.browser(CASEWORKER).at(FOR_SIGNE).words


def test_where_nothing_is_hidden_nobody_is_asked(home: Home) -> None:
    assert "bedt dig om hjælp" not in home.browser(CASEWORKER).at(FOR_SIGNE).words
    saved(home)
    home.happens(SectionHandedIn(home.visit().id, "d", HOUSEHOLD), by=SIGNE)
    assert home.browser(CASEWORKER).at(FOR_SIGNE).typed(WELLBEING) == KEPT_BACK
    assert home.visit().helped == ()


def test_what_the_caseworker_typed_while_the_parent_saved_waits_and_is_no_answer(home: Home) -> None:
    browser = home.browser(CASEWORKER).at(FOR_SIGNE)
    saved(home)
    browser.fill(**{WELLBEING: "Fortalt i telefonen"})
    assert "Har Signe Aastrup Lind bedt dig om hjælp?" in browser.words
    assert KEPT_BACK not in browser.page
    browser.fill()
    assert browser.typed(WELLBEING) == "Fortalt i telefonen"
    current = home.visit().current(Slot(WELLBEING, HOUSEHOLD))
    assert current is not None
    assert current.value == {"text": KEPT_BACK}


def test_a_made_up_choice_and_a_voice_that_nobody_may_use_show_nothing(home: Home) -> None:
    saved(home)
    browser = home.browser(CASEWORKER).at(FOR_SIGNE)
    address = f"/sager/{browser.case_id}/besoeg/{browser.visit}/for-en-anden"
    answer = browser.send(f"{address}/d/valg?som={HOUSEHOLD}~{SIGNE}", {})
    assert (answer.status_code, KEPT_BACK in answer.text) == (303, False)
    assert browser.at("for-en-anden?afsnit=d&som=findes-ikke").status == 404
    assert browser.at("for-en-anden?afsnit=q").status == 404
    assert home.browser(SIGNE).at(f"for-en-anden?afsnit=d&som={HOUSEHOLD}~{SIGNE}").status == 403


def test_documents_of_the_municipality_hold_what_has_reached_it(home: Home) -> None:
    saved(home)
    case, visit, day = home.case(), home.visit().id, home.clock().date()
    assert not to_answers(case, visit, day).of(WELLBEING)
    assert to_answers(case, visit, day, unsent=True).of(WELLBEING)
    home.happens(SectionHandedIn(visit, "d", HOUSEHOLD), by=SIGNE)
    assert to_answers(home.case(), visit, day).of(WELLBEING)


def test_what_was_told_on_the_phone_is_nobodys_secret_and_reaches_when_it_was_read_out(home: Home) -> None:
    home.browser(CASEWORKER).at(FOR_SIGNE).fill(**{WELLBEING: "Fortalt i telefonen"})
    visit, day = home.visit().id, home.clock().date()
    assert not to_answers(home.case(), visit, day).of(WELLBEING)
    assert "bedt dig om hjælp" not in home.browser(CASEWORKER).at(FOR_SIGNE).words
    home.happens(SectionHandedIn(visit, "d", HOUSEHOLD, confirmed_by=SIGNE))
    (said,) = to_answers(home.case(), visit, day).of(WELLBEING)
    assert (said.value.as_text(), said.by_phone) == ("Fortalt i telefonen", True)
