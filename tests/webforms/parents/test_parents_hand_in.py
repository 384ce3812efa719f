"""From the start to the receipt: everything typed is handed in, in every voice, and can be corrected until locked."""

from family_home import AKSEL, APART, CASEWORKER, JEPPE, JYTTE, KAREN_LISE, MARIA, SIGNE, THOMAS, Home

from pipeline.cases.record.events import AccessDecided, CaseClosed
from pipeline.cases.record.parts import Slot
from pipeline.cases.record.visit_events import FieldsNotAsked, SectionsLocked, VisitDayChanged

HOUSEHOLD = "hjem-0101"
WELLBEING, OTHER = "family_wellbeing_parents", "other_information"


def handed_in(home: Home, number: str = "DEMO-0101") -> set[tuple[str, str]]:
    return set(home.visit(number).handed_in)


def test_the_start_says_what_this_is_how_long_it_takes_who_helps_and_what_is_next(home: Home) -> None:
    browser = home.browser(SIGNE).of_case("start")
    for words in (
        "Tilsyn for Aksel Aastrup Lind",
        "Kommunen kommer på besøg 11. december 2026",
        "Stop, når det passer",
        "Aflevér helst senest 27. november 2026",
        "ring til Birgitte Ellegaard Holm, 20 00 00 10",
        "0 af 6 afsnit er afleveret",
        "Kommunen venter på 1 svar fra dig",
    ):
        assert words in browser.words
    assert sum("/afsnit/" in link for link in browser.links()) == 7


def test_the_start_leads_a_helper_to_their_own_sections_alone(home: Home) -> None:
    browser = home.browser(KAREN_LISE).of_case("start")
    assert "Familien læser det, du afleverer" in browser.words
    assert {link[-1] for link in browser.links() if "/afsnit/" in link} == {"b"}
    assert "dagbog" not in browser.page


def test_an_employee_is_led_to_the_visit(home: Home) -> None:
    assert "/besoeg/besoeg-5?" in home.browser(CASEWORKER).of_case("start").address


def test_a_child_with_help_is_spoken_to(home: Home) -> None:
    home.happens(AccessDecided(AKSEL, granted=True, reason="opdigtet"))
    browser = home.browser(AKSEL).of_case("start")
    assert "Her kan du fortælle, hvad du selv synes om træningen" in browser.words
    assert {link[-1] for link in browser.links() if "/afsnit/" in link} == {"b", "c"}


def test_without_a_day_and_after_the_visit_the_start_says_so(home: Home) -> None:
    visit = home.visit().id
    home.happens(VisitDayChanged(visit, None))
    assert "Kommunen aftaler en dag" in home.browser(SIGNE).of_case("start").words
    home.happens(VisitDayChanged(visit, home.clock.at.date()))
    home.clock.move(days=1)
    assert "Besøget var 22. november 2026" in home.browser(SIGNE).of_case("start").words


def test_a_closed_case_is_read_and_not_written(home: Home) -> None:
    home.happens(CaseClosed("flyttet", "opdigtet"))
    browser = home.browser(SIGNE)
    assert "Begynd" not in browser.of_case("start").words
    assert browser.at("afsnit/d").tree().xpath("//main//textarea") == []
    assert browser.at("tjek").tree().xpath("//main//form") == []


# --- check ---


def test_the_check_shows_everything_says_what_is_missing_and_forces_nothing(home: Home) -> None:
    browser = home.browser(SIGNE)
    browser.at("afsnit/d").fill(**{WELLBEING: "Vi har det godt."})
    browser.at("tjek")
    assert "Vi har det godt." in browser.words
    assert "11 uden svar" in browser.words
    assert browser.press("/aflever").status == 200
    assert "Tak. Vi har modtaget jeres svar" in browser.words


def test_a_change_link_leads_to_the_page_of_the_field_and_back_to_the_check(home: Home) -> None:
    browser = home.browser(SIGNE)
    browser.at("afsnit/a").fill(parents_names="Signe og Jeppe")
    link = next(link for link in browser.at("tjek").links() if "#siblings" in link)
    browser.get(link).fill(siblings="Ronja og Villads")
    assert browser.address.startswith(f"/sager/{browser.case_id}/besoeg/{browser.visit}/tjek")
    assert "Ronja og Villads" in browser.words


def test_a_section_in_which_nothing_is_written_is_one_line_that_leads_there(home: Home) -> None:
    browser = home.browser(SIGNE).at("tjek")
    assert browser.words.count("Intet er skrevet her endnu.") == 5  # the plan came along from last time
    assert [link for link in browser.links() if "/afsnit/a" in link and "#" in link] == []
    assert "Basisoplysninger" in browser.get(next(link for link in browser.links() if "/afsnit/a" in link)).words


def test_a_draft_shows_on_the_check_as_it_will_be_handed_in(home: Home) -> None:
    browser = home.browser(SIGNE)
    browser.at("afsnit/d").keep(**{WELLBEING: "Kun en kladde"})
    words = browser.at("tjek").words
    assert "Kun en kladde" in words
    assert "Det bliver gemt, når I afleverer" in words


def test_what_is_not_asked_is_not_missing(home: Home) -> None:
    home.happens(FieldsNotAsked(home.visit().id, (WELLBEING,)))
    browser = home.browser(SIGNE).at("tjek")
    assert "Forældrenes beskrivelse af familiens trivsel" not in browser.words
    assert "afsnit-d" not in browser.page


# --- hand in ---


def test_handing_in_saves_every_draft_first_and_hands_in_every_section(home: Home) -> None:
    browser = home.browser(SIGNE)
    browser.at("afsnit/a?side=2").keep(siblings="Ronja")
    browser.at("afsnit/d").keep(**{WELLBEING: "Kladden"})
    browser.at("tjek").press("/aflever")
    answers = home.visit().answers
    assert answers[Slot("siblings", HOUSEHOLD)][-1].value == {"text": "Ronja"}
    assert answers[Slot(WELLBEING, HOUSEHOLD)][-1].value == {"text": "Kladden"}
    assert handed_in(home) == {(key, HOUSEHOLD) for key in "abcdef"}
    assert home.browser(SIGNE).at("afsnit/d").words.count("kladde") == 0


def test_only_the_voices_that_wrote_are_handed_in_beside_the_households(home: Home) -> None:
    browser = home.browser(SIGNE)
    browser.at(f"afsnit/d?som={SIGNE}").fill(**{WELLBEING: "Min egen mening"})
    browser.at(f"afsnit/b?som={AKSEL}~{AKSEL}").fill(child_experience="Det er sjovt")
    browser.at("tjek").press("/aflever")
    others = {found for found in handed_in(home) if found[1] != HOUSEHOLD}
    assert others == {("d", SIGNE), ("b", AKSEL)}
    assert "Min egen mening" in browser.words
    assert "Det er sjovt" in browser.words


def test_one_parent_does_not_hand_in_the_others_own_view_or_draft(home: Home) -> None:
    his = home.browser(JEPPE)
    his.at(f"afsnit/d?som={JEPPE}").fill(**{WELLBEING: "Fars egen mening"})
    his.at("afsnit/e").keep(**{OTHER: "Fars kladde"})
    hers = home.browser(SIGNE).at("tjek")
    assert "Fars" not in hers.words
    hers.press("/aflever")
    assert ("d", JEPPE) not in handed_in(home)
    assert home.visit().current(Slot(OTHER, HOUSEHOLD)) is None


def test_words_that_cannot_be_read_keep_the_part_from_being_handed_in_and_are_led_to(home: Home) -> None:
    browser = home.browser(SIGNE)
    browser.at("afsnit/a").keep(filled_in_on="i morgen", phone="12 34 56 78")
    browser.at("tjek").press("/aflever")
    assert browser.status == 422
    assert [link.get("href") for link in browser.tree().xpath("//nav[@class='ht-errors']//a")] == ["#mangel-a"]
    assert handed_in(home) == set()
    assert browser.at("afsnit/a").typed("filled_in_on") == "i morgen"
    assert home.visit().current(Slot("phone", HOUSEHOLD))


def test_two_versions_of_an_answer_are_chosen_between_before_it_is_handed_in(home: Home) -> None:
    hers, his = home.browser(SIGNE).at("afsnit/d"), home.browser(JEPPE).at("afsnit/d")
    his.keep(**{WELLBEING: "Hans ord"})
    hers.fill(**{WELLBEING: "Hendes ord"})
    his.at("tjek").press("/aflever")
    assert his.status == 422
    assert "to forskellige svar i afsnit d" in his.words
    assert handed_in(home) == set()
    his.at("afsnit/d").fill(**{f"valgt__{WELLBEING}": "deres"})
    his.at("tjek").press("/aflever")
    assert ("d", HOUSEHOLD) in handed_in(home)


def test_a_section_that_is_locked_is_left_as_it_is(home: Home) -> None:
    home.happens(SectionsLocked(home.visit().id, ("d",), locked=True))
    home.browser(SIGNE).at("tjek").press("/aflever")
    assert handed_in(home) == {(key, HOUSEHOLD) for key in "abcef"}


def test_handing_in_twice_changes_nothing(home: Home) -> None:
    browser = home.browser(SIGNE).at("tjek").press("/aflever")
    before = home.visit().handed_in
    home.clock.move(minutes=10)
    browser.send(f"/sager/{browser.case_id}/besoeg/{browser.visit}/aflever", {})
    assert home.visit().handed_in == before


def test_a_correction_afterwards_is_marked_has_a_history_and_is_handed_in_by_itself(home: Home) -> None:
    browser = home.browser(SIGNE)
    browser.at("afsnit/d").fill(**{WELLBEING: "Først"})
    browser.at("tjek").press("/aflever")
    home.clock.move(minutes=10)
    browser.at("afsnit/d").fill(**{WELLBEING: "Så"})
    assert "Rettet efter aflevering" in browser.of_case("start").words
    assert "Rettet efter aflevering" in browser.at("kvittering").words
    assert [item.text_content() for item in browser.at(f"historik/{WELLBEING}").tree().xpath("//main//del")] == [
        "Først"
    ]
    before = home.visit().handed_in
    browser.at("tjek").press("/aflever")
    changed = {found for found, at in home.visit().handed_in.items() if at != before[found]}
    assert changed == {("d", HOUSEHOLD)}
    assert "Rettet efter aflevering" not in browser.words


# --- receipt ---


def test_the_receipt_tells_what_was_handed_in_when_and_what_happens_now(home: Home) -> None:
    browser = home.browser(SIGNE)
    browser.at("afsnit/d").fill(**{WELLBEING: "Vi har det godt."})
    browser.at("tjek").press("/aflever")
    for words in ("Sag DEMO-0101, besøg nr. 5", "22. november 2026 kl. 10.00", "Hvad sker der nu?", "Vi har det godt."):
        assert words in browser.words


def test_there_is_no_receipt_for_what_was_not_handed_in(home: Home) -> None:
    assert home.browser(SIGNE).at("kvittering").address.endswith("/tjek?")


def test_nobody_sees_another_homes_part_on_check_or_receipt(home: Home) -> None:
    home.browser(THOMAS, APART).at("afsnit/a").fill(email="thomas@example.dk", phone="20 00 00 22")
    home.browser(THOMAS, APART).at("tjek").press("/aflever")
    hers = home.browser(MARIA, APART)
    hers.at("tjek").press("/aflever")
    assert "thomas@example.dk" not in hers.page
    assert handed_in(home, APART) == {(key, f"hjem-0201-{home_}") for key in "abcdef" for home_ in "ab"}


def test_a_representative_hands_in_for_whom_they_speak(home: Home) -> None:
    browser = home.browser(JYTTE, APART)
    browser.at("afsnit/d").fill(**{WELLBEING: "Far har det svært."})
    browser.at("tjek").press("/aflever")
    version = home.visit(APART).answers[Slot(WELLBEING, "hjem-0201-b")][-1]
    assert (version.by, version.on_behalf_of) == (JYTTE, THOMAS)
    assert ("d", "hjem-0201-b") in handed_in(home, APART)


def test_before_empty_sections_are_handed_in_the_family_is_told_and_the_municipality_sees_it_too(home: Home) -> None:
    home.browser(SIGNE).at("afsnit/d").fill(**{WELLBEING: "Vi sover bedre"})
    browser = home.browser(SIGNE).at("tjek")
    assert "Uden svar: afsnit a, b, c, e, f." in browser.words
    browser.press("/aflever")
    prepared = home.browser(CASEWORKER).at("forberedelse").words
    assert "(e) Evt. andre informationer eller forhold: Kom 22. november 2026, uden svar" in prepared
    assert prepared.count(", uden svar") == 5
    assert "Uden svar: afsnit" not in home.browser(SIGNE).at("tjek").words
