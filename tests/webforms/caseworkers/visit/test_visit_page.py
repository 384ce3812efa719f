"""The page at a visit: words beside words, kept section by section, saved as each section's own page saves them."""

import re

import pytest
from family_home import CASEWORKER, SIGNE, Browser, Home
from handed_in import EXPERIENCE, WELLBEING, hand_in
from werkzeug.test import TestResponse

from pipeline.cases.record.parts import Slot
from pipeline.cases.record.visit_events import FieldsNotAsked, FieldsSkipped, SectionsLocked, Written

PHYSIO, MANAGER = "medarbejder-11", "medarbejder-14"
KEY = re.compile(r'data-unsent-key="([^"]+)"')


def at_visit(home: Home, person: str = CASEWORKER) -> Browser:
    return home.browser(person).at("paa-besoeget")


def card(page: Browser, key: str) -> str:
    """What a card says."""
    return " ".join(page.tree().xpath("string(//section[@id=$id])", id=f"tema-{key}").split())


def kept(home: Home, field: str, person: str = CASEWORKER) -> object:
    """The municipality's answer."""
    current = home.visit().current(Slot(field, person))
    return current and current.value


def autosave(page: Browser, count: int = 1, **typed: str) -> TestResponse:
    return page.keep(count, **typed)


def test_the_familys_words_stand_beside_the_fields_of_the_same_theme(home: Home) -> None:
    hand_in(home)
    page = at_visit(home)
    assert WELLBEING in card(page, "theme_family")
    assert EXPERIENCE in card(page, "childs_voice")
    assert "Gå 40 meter udendørs" in card(page, "theme_health")
    assert "Familien har ikke afleveret noget om det." in card(page, "theme_other")


def test_what_the_family_still_writes_is_not_shown(home: Home) -> None:
    hand_in(home)
    assert "Ikke færdig endnu" not in at_visit(home).page


def test_a_colleagues_words_stand_above_the_field(home: Home) -> None:
    home.happens(Written(home.visit().id, "theme_health", PHYSIO, {"text": "Hasen er stram."}), by=PHYSIO)
    assert "Hasen er stram." in card(at_visit(home), "theme_health")


def test_everything_on_the_page_is_saved_in_its_own_section(home: Home) -> None:
    typed = {
        "lives_up_to_purpose": "Ja.",
        "theme_health": "Sund.",
        "family_everyday": "Travl.",
        "childs_voice": "“Hopla!”",
        "childs_voice_how": "Leg på gulvet.",
        "siblings_voice": "Ronja vil med.",
    }
    page = at_visit(home).fill(observations__1__what="Gang", observations__1__how="observation", **typed)
    assert "Alt er gemt i sagen" in page.words
    assert {key: kept(home, key) for key in typed} == {key: {"text": words} for key, words in typed.items()}
    assert kept(home, "observations") == {"rows": [{"what": "Gang", "how": "observation"}]}


def test_what_is_typed_is_kept_as_a_draft_of_its_section_and_of_no_other(home: Home) -> None:
    page = at_visit(home)
    assert autosave(page, theme_health="Sund").json == {"based_on": {}}
    again = at_visit(home)
    assert again.typed("theme_health") == "Sund"
    assert "er ikke gemt i sagen endnu" in again.words
    assert home.browser(CASEWORKER).at("kommunen/j").typed("theme_health") == "Sund"
    assert "står her som kladde" in home.browser(CASEWORKER).at("kommunen/j").words
    assert "står her som kladde" not in home.browser(CASEWORKER).at("kommunen/i").words
    assert kept(home, "theme_health") is None


def test_the_draft_of_fields_that_stand_on_another_page_is_not_touched(home: Home) -> None:
    home.browser(CASEWORKER).at("kommunen/m").keep(1, level_after="Går selv", childs_voice="Før")
    autosave(at_visit(home), childs_voice="Nu")
    of_m = home.browser(CASEWORKER).at("kommunen/m")
    assert (of_m.typed("level_after"), of_m.typed("childs_voice")) == ("Går selv", "Nu")


def test_words_that_were_deleted_again_are_deleted_in_the_draft(home: Home) -> None:
    page = at_visit(home)
    autosave(page, 1, theme_health="Sund")
    autosave(page, 2, theme_health="")
    assert at_visit(home).typed("theme_health") == ""


def test_an_older_window_is_told_that_another_is_ahead(home: Home) -> None:
    old = at_visit(home)
    assert autosave(at_visit(home), 9, theme_health="Nyt").status_code == 200
    late = autosave(old, 3, theme_health="Gammelt")
    assert (late.status_code, late.json) == (409, {"problem": "older"})
    assert at_visit(home).typed("theme_health") == "Nyt"


def test_two_windows_that_saved_the_same_field_are_both_shown(home: Home) -> None:
    first, second = at_visit(home), at_visit(home)
    first.fill(theme_health="Første")
    page = second.fill(theme_health="Anden", theme_other="Mere")
    assert "Der er to udgaver af det samme" in page.words
    assert kept(home, "theme_health") == {"text": "Første"}
    assert kept(home, "theme_other") == {"text": "Mere"}
    [choice] = [link for link in page.links() if link.endswith("/kommunen/j")]
    assert "Anden" in page.get(choice).words


def test_a_theme_is_skipped_with_a_reason_and_taken_up_again(home: Home) -> None:
    page = at_visit(home).fill(theme_leisure__spring="springer", theme_leisure__spring_hvorfor="Barnet sov.")
    assert home.visit().skipped == {"theme_leisure": "Barnet sov."}
    assert card(page, "theme_leisure").startswith("Fritidsforhold og venskaberSprunget over")
    page.fill(theme_leisure__spring="taler")
    assert home.visit().skipped == {}


def test_a_choice_to_skip_waits_in_the_draft_until_it_is_saved(home: Home) -> None:
    autosave(at_visit(home), theme_leisure__spring="springer", theme_leisure__spring_hvorfor="Tiden gik")
    assert home.visit().skipped == {}
    page = at_visit(home)
    assert page.typed("theme_leisure.spring") == "springer"
    page.fill()
    assert home.visit().skipped == {"theme_leisure": "Tiden gik"}


def test_all_fields_of_a_card_that_may_be_skipped_are_skipped(home: Home) -> None:
    at_visit(home).fill(siblings_needs__spring="springer")
    assert set(home.visit().skipped) == {"siblings_needs", "siblings_attitude", "siblings_balance"}


def test_a_theme_with_notes_is_not_skipped_and_the_notes_are_saved(home: Home) -> None:
    page = at_visit(home).fill(theme_health="Sund", theme_health__spring="springer")
    assert page.status == 422
    assert "Der er noter under “Sundhedsforhold”" in page.words
    assert page.typed("theme_health.spring") == "springer"
    assert kept(home, "theme_health") == {"text": "Sund"}
    assert home.visit().skipped == {}


def test_what_the_theme_must_have_cannot_be_skipped(home: Home) -> None:
    page = at_visit(home).fill(childs_voice__spring="springer", lives_up_to_purpose__spring="springer")
    assert home.visit().skipped == {}
    assert "childs_voice.spring" not in page.page


def test_a_reason_that_no_document_can_hold_is_refused_in_words(home: Home) -> None:
    page = at_visit(home).fill(theme_leisure__spring="springer", theme_leisure__spring_hvorfor="Et \x07 tegn")
    assert page.status == 422
    assert "usynligt styretegn" in page.words
    assert home.visit().skipped == {}


def test_a_field_that_is_not_asked_is_not_there_and_takes_nothing(home: Home) -> None:
    page = at_visit(home)
    home.happens(FieldsNotAsked(home.visit().id, ("theme_health",)))
    page.fill(theme_health="Sund", theme_other="Mere")
    assert kept(home, "theme_health") is None
    assert kept(home, "theme_other") == {"text": "Mere"}
    assert card(at_visit(home), "theme_health") == ""


def test_a_section_that_was_locked_meanwhile_shows_what_was_typed_and_saves_the_rest(home: Home) -> None:
    page = at_visit(home)
    home.happens(SectionsLocked(home.visit().id, ("j",), locked=True))
    assert autosave(page, theme_health="Sund", childs_voice="Ja").status_code == 422
    page.fill(theme_health="Sund", childs_voice="Ja")
    assert page.status == 422
    assert "Afsnit (j) er låst" in page.words
    assert "Sund" in page.words
    assert kept(home, "theme_health") is None
    assert kept(home, "childs_voice") == {"text": "Ja"}


def test_a_row_comes_and_goes_and_nothing_else_on_the_page_is_lost(home: Home) -> None:
    page = at_visit(home).fill("observations.add", observations__1__what="Gang", theme_health="Sund")
    assert page.typed("observations.1.what") == "Gang"
    assert "observations.2.what" in page.page
    assert page.typed("theme_health") == "Sund"
    page.fill("observations.remove.1", observations__2__what="Leg")
    assert page.typed("observations.1.what") == "Leg"


def test_only_fields_of_the_cards_are_written(home: Home) -> None:
    before = home.case().revision
    at_visit(home).fill(conclusion="Forkert sted", visit_date="1.1.2027", family_wellbeing_parents="Ikke vores")
    assert home.case().revision == before


def test_who_has_no_place_at_the_visit_reads_only(home: Home) -> None:
    page = at_visit(home, MANAGER)
    assert "Du har ingen plads i sagen" in page.words
    assert page.tree().xpath("//main//textarea | //main//form") == []
    assert not KEY.search(page.page)


def test_a_locked_visit_is_read(home: Home) -> None:
    home.happens(SectionsLocked(home.visit().id, tuple("ijklm"), locked=True))
    page = at_visit(home)
    assert "Siden er låst" in page.words
    assert page.tree().xpath("//main//textarea") == []


def test_the_parents_do_not_write_here(home: Home) -> None:
    token = home.browser(SIGNE).get("/sager")
    for path in ("paa-besoeget", "paa-besoeget/kladde"):
        sent = token.send(f"/sager/{home.case_id()}/besoeg/{home.visit().id}/{path}", {"theme_health": "Nej"})
        assert sent.status_code == 403


@pytest.mark.parametrize("again", [True, False])
def test_the_key_for_unsent_words_is_one_sessions_own(home: Home, again: bool) -> None:
    page = at_visit(home)
    first = KEY.findall(page.page)
    second = KEY.findall(page.at("paa-besoeget").page if again else at_visit(home).page)
    assert len(first[0]) == 44
    assert (first == second) is again


def test_a_recorded_skip_shows_when_the_page_is_opened(home: Home) -> None:
    home.happens(FieldsSkipped(home.visit().id, ("theme_other",), skipped=True, reason="Ikke nået"))
    page = at_visit(home)
    assert page.typed("theme_other.spring") == "springer"
    assert page.typed("theme_other.spring_hvorfor") == "Ikke nået"


def test_in_english_the_official_words_are_explained(home: Home) -> None:
    browser = home.browser(CASEWORKER)
    browser.client.set_cookie("sprog", "en")
    page = browser.at("paa-besoeget")
    assert "The child's own words or signs" in card(page, "childs_voice")
    assert "Sundhedsforhold" in card(page, "theme_health")
