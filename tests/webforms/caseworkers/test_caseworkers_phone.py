"""On the phone: written down, read out, said yes to, handed in for the caller, and named as such wherever it stands."""

from family_home import APART, CASEWORKER, JEPPE, SIGNE, THOMAS, Browser, Home

from pipeline.cases.record.events import StandingBegun
from pipeline.cases.record.journal_events import NoteKind
from pipeline.cases.record.parts import Slot
from pipeline.cases.record.people import Place, Standing
from pipeline.cases.record.to_answers import to_answers
from pipeline.cases.record.visit_events import SectionHandedIn, SectionsLocked

HOUSEHOLD, WELLBEING = "hjem-0101", "family_wellbeing_parents"
VOICE = f"{HOUSEHOLD}~{SIGNE}"
PHONE, SECTION_D = f"i-telefonen?som={VOICE}", f"for-en-anden/d?som={VOICE}"
TOLD = "Vi sover bedre nu, men er trætte"
COLLEAGUE = "medarbejder-03"


def written_down(home: Home, words: str = TOLD) -> Browser:
    return home.browser(CASEWORKER).at(SECTION_D).fill(**{WELLBEING: words})


def hand_in(browser: Browser, *sections: str) -> Browser:
    """Tick sections as read out, and press."""
    values = browser.sent(browser.form())
    values.setlist("laest", list(sections))
    answer = browser.client.post(browser.form().get("action"), data=values, buffered=True, follow_redirects=True)
    return browser.took(answer)


def said(home: Home) -> list[str]:
    """What documents of the municipality hold."""
    return [one.value.as_text() for one in to_answers(home.case(), home.visit().id, home.clock().date()).of(WELLBEING)]


def takes_over(home: Home) -> Browser:
    """A colleague's browser, from the day on which the case is theirs."""
    since = home.clock().date()
    home.happens(StandingBegun(Standing("afloeser", COLLEAGUE, Place.SUBSTITUTE, since)))
    return home.browser(COLLEAGUE)


def test_everybody_who_may_ring_can_be_chosen_and_a_saved_section_leads_to_the_reading_out(home: Home) -> None:
    browser = home.browser(CASEWORKER).at("forberedelse")
    assert any(link.endswith("/i-telefonen") for link in browser.links())
    browser.at("i-telefonen")
    assert "Signe Aastrup Lind, morSvar fra Signe Aastrup Lind og Jeppe Aastrup Lind." in browser.words
    assert any(f"som={VOICE}" in link for link in browser.links())
    after = written_down(home)
    assert after.address.startswith(f"/sager/{after.case_id}/besoeg/{after.visit}/i-telefonen")
    assert TOLD in after.words
    assert "Skrevet ned af" in after.words


def test_what_was_read_out_and_said_yes_to_is_handed_in_and_no_longer_missing(home: Home) -> None:
    browser = written_down(home)
    assert said(home) == []
    assert "1 afsnit er skrevet ned i telefonen" in browser.at("forberedelse").words
    hand_in(browser.at(PHONE), "d")
    assert "Afleveret" in browser.words
    assert ("d", HOUSEHOLD) in home.visit().handed_in
    assert said(home) == [TOLD]
    prepared = browser.at("forberedelse").words
    assert "Afleveret i telefonen" in prepared
    assert "er skrevet ned i telefonen" not in prepared


def test_who_said_yes_and_who_noted_it_stand_in_case_journal_and_receipt(home: Home) -> None:
    hand_in(written_down(home).at(PHONE), "d")
    how = home.visit().read_back["d", HOUSEHOLD]
    assert (how.by, how.person_id) == (CASEWORKER, SIGNE)
    note = home.case().journal[-1].noted
    assert (note.kind, note.with_whom) == (NoteKind.PHONE, "Signe Aastrup Lind, mor")
    assert "afsnit (d)" in note.text
    assert "bekræftet af Signe Aastrup Lind, mor" in note.text
    browser = home.browser(CASEWORKER)
    assert "Afleverede for Signe Aastrup Lind i telefonen" in browser.get(f"/sager/{browser.case_id}").words
    receipt = home.browser(SIGNE).at("kvittering").words
    assert "Signe Aastrup Lind, mor (læst op og bekræftet i telefonen, noteret af" in receipt


def test_the_family_sees_it_in_their_list_and_corrects_it_until_it_is_locked(home: Home) -> None:
    hand_in(written_down(home).at(PHONE), "d")
    for parent in (SIGNE, JEPPE):
        browser = home.browser(parent)
        assert "læste svarene op for Signe Aastrup Lind i telefonen" in browser.of_case("start").words
    corrected = home.browser(JEPPE).at("afsnit/d").fill(**{WELLBEING: "Vi sover godt"})
    corrected.at("tjek").press("/aflever")
    assert said(home) == ["Vi sover godt"]
    assert home.visit().read_back == {}
    home.happens(SectionsLocked(home.visit().id, ("d",), locked=True))
    assert "Jeg har læst afsnit d op" not in home.browser(CASEWORKER).at(PHONE).words


def test_who_is_interrupted_finds_it_again_and_so_does_whoever_takes_over(home: Home) -> None:
    home.browser(CASEWORKER).at(SECTION_D).keep(**{WELLBEING: "Vi sover be"})
    assert home.browser(CASEWORKER).at(SECTION_D).typed(WELLBEING) == "Vi sover be"
    colleague = takes_over(home)
    assert "1 afsnit er skrevet ned i telefonen" in colleague.at("forberedelse").words
    assert "Afsnit d er ikke læst op endnu. Det er begyndt og ikke gemt." in colleague.at("i-telefonen").words
    assert colleague.at(SECTION_D).typed(WELLBEING) == "Vi sover be"
    colleague.fill(**{WELLBEING: TOLD})
    hand_in(colleague.at(PHONE), "d")
    assert home.visit().read_back["d", HOUSEHOLD].by == COLLEAGUE
    assert said(home) == [TOLD]


def test_a_draft_is_handed_in_as_it_was_read_out(home: Home) -> None:
    home.browser(CASEWORKER).at(SECTION_D).keep(**{WELLBEING: TOLD})
    browser = home.browser(CASEWORKER).at(PHONE)
    assert TOLD in browser.words
    hand_in(browser, "d")
    assert said(home) == [TOLD]


def test_nothing_is_handed_in_unticked_or_after_something_new_was_written(home: Home) -> None:
    browser = written_down(home).at(PHONE)
    assert hand_in(browser).status == 422
    assert "Sæt hak ved de afsnit" in browser.page
    written_down(home, "Noget andet")
    assert hand_in(browser.at(PHONE), "q").status == 422
    stale = home.browser(CASEWORKER).at(PHONE)
    written_down(home, "Noget tredje")
    assert hand_in(stale, "d").status == 409
    assert home.visit().handed_in.get(("d", HOUSEHOLD)) is None


def test_a_colleague_at_the_visit_reads_it_only_after_the_hand_in(home: Home) -> None:
    browser = written_down(home)
    colleague = takes_over(home)
    assert TOLD not in colleague.at("afsnit/d").page
    hand_in(browser.at(PHONE), "d")
    assert TOLD in colleague.at("afsnit/d").page


def test_the_familys_own_words_are_asked_for_before_they_are_read_out(home: Home) -> None:
    home.browser(SIGNE).at("afsnit/d").fill(**{WELLBEING: "Kun for os"})
    browser = home.browser(CASEWORKER).at(PHONE)
    assert "Har Signe Aastrup Lind" in browser.words
    assert "Kun for os" not in browser.page
    browser.fill().at(PHONE)
    hand_in(browser, "d")
    assert said(home) == ["Kun for os"]


def test_a_voice_that_is_not_offered_and_people_from_outside_come_to_nothing(home: Home) -> None:
    assert home.browser(CASEWORKER).at("i-telefonen?som=findes~ikke").status == 404
    assert home.browser(SIGNE).at(PHONE).status == 403
    parent = home.browser(SIGNE).at("tjek")
    assert parent.send(f"/sager/{parent.case_id}/besoeg/{parent.visit}/{PHONE}", {"laest": "d"}).status_code == 403


def test_of_parents_living_apart_each_has_a_call_of_their_own(home: Home) -> None:
    browser = home.browser(COLLEAGUE, APART).at("i-telefonen")
    voices = [link for link in browser.links() if THOMAS in link]
    browser.get(voices[0])
    hand_in(browser, "d")
    assert [voice for key, voice in home.visit(APART).handed_in if key == "d"] == [
        voice for (key, voice), how in home.visit(APART).read_back.items() if how.person_id == THOMAS and key == "d"
    ]


def test_handed_in_by_themselves_there_is_nothing_to_say_yes_to_on_the_phone(home: Home) -> None:
    home.happens(SectionHandedIn(home.visit().id, "d", HOUSEHOLD), by=SIGNE)
    assert "Jeg har læst afsnit d op" not in home.browser(CASEWORKER).at(PHONE).words
    assert home.visit().current(Slot(WELLBEING, HOUSEHOLD)) is None
