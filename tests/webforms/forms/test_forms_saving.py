"""A section as a page: what is typed is kept, what is saved is answered, nothing is overwritten unseen or forged."""

import json

import pytest
from family_home import APART, JEPPE, LOTTE, MARIA, SIGNE, THOMAS, TOGETHER, WITH_HELPERS, Home

from pipeline.cases.record.parts import Slot
from pipeline.cases.record.visit_events import FieldsNotAsked, GoalRemoved, SectionHandedIn, SectionsLocked

HOUSEHOLD = "hjem-0101"
WELLBEING = "family_wellbeing_parents"


def said(home: Home, key: str, voice: str = HOUSEHOLD, number: str = TOGETHER) -> object:
    current = home.visit(number).current(Slot(key, voice))
    return current.value if current else None


def test_what_is_saved_is_answered_and_leads_to_the_next_open_section(home: Home) -> None:
    browser = home.browser(SIGNE).at("afsnit/d").fill(**{WELLBEING: "Vi har det godt."})
    assert said(home, WELLBEING) == {"text": "Vi har det godt."}
    assert browser.status == 200
    assert "/afsnit/e" in browser.address


def test_a_long_section_is_several_pages_that_lead_from_one_to_the_next(home: Home) -> None:
    browser = home.browser(SIGNE).at("afsnit/a")
    seen = [set(browser.sent(browser.form())) & {"phone", "siblings", "training_extent.text"}]
    for _ in range(2):
        browser.fill()
        seen.append(set(browser.sent(browser.form())) & {"phone", "siblings", "training_extent.text"})
    assert seen == [{"phone"}, {"siblings"}, {"training_extent.text"}]
    assert "/afsnit/b" in browser.fill().address


def test_autosaved_words_are_there_on_the_next_evening_and_are_no_answer_yet(home: Home) -> None:
    browser = home.browser(SIGNE).at("afsnit/d")
    assert browser.keep(**{WELLBEING: "Halvt skrevet"}).status_code == 200
    home.clock.move(hours=9)
    again = home.browser(SIGNE).at("afsnit/d")
    assert again.typed(WELLBEING) == "Halvt skrevet"
    assert "Det, du skrev 22. november 2026 kl. 10.00, står her som kladde" in again.words
    assert said(home, WELLBEING) is None


def test_drafts_of_two_pages_of_one_section_stand_beside_each_other(home: Home) -> None:
    browser = home.browser(SIGNE)
    browser.at("afsnit/a").keep(phone="12 34 56 78")
    browser.at("afsnit/a?side=2").keep(siblings="Ronja")
    assert browser.at("afsnit/a").typed("phone") == "12 34 56 78"
    assert browser.at("afsnit/a?side=2").typed("siblings") == "Ronja"
    browser.at("afsnit/a?side=3").fill()
    assert said(home, "phone") == {"text": "12 34 56 78"}
    assert said(home, "siblings") == {"text": "Ronja"}


def test_a_late_autosave_never_brings_back_older_words_and_says_so(home: Home) -> None:
    browser = home.browser(SIGNE).at("afsnit/d")
    assert browser.keep(count=2, **{WELLBEING: "nyere"}).status_code == 200
    assert browser.keep(count=1, **{WELLBEING: "ældre"}).status_code == 409
    assert home.browser(SIGNE).at("afsnit/d").typed(WELLBEING) == "nyere"


def test_a_day_that_cannot_be_read_is_told_and_waits_while_the_rest_is_saved(home: Home) -> None:
    browser = home.browser(SIGNE).at("afsnit/a").fill(filled_in_on="i morgen", phone="12 34 56 78")
    assert browser.status == 422
    assert "Skriv datoen som 31.3.2026" in browser.words
    assert said(home, "phone") == {"text": "12 34 56 78"}
    assert home.browser(SIGNE).at("afsnit/a").typed("filled_in_on") == "i morgen"
    # Mended on the very page that came back, it is no conflict with oneself.
    browser.fill(filled_in_on="3.3.2026", phone="87 65 43 21")
    assert browser.status == 200
    assert (said(home, "filled_in_on"), said(home, "phone")) == ({"date": "2026-03-03"}, {"text": "87 65 43 21"})


def test_two_parents_of_one_household_never_overwrite_each_other_unseen(home: Home) -> None:
    hers, his = home.browser(SIGNE).at("afsnit/d"), home.browser(JEPPE).at("afsnit/d")
    hers.fill(**{WELLBEING: "Hendes ord"})
    his.fill(**{WELLBEING: "Hans ord"})
    assert his.status == 409
    assert "Hendes ord" in his.words
    assert "Hans ord" in his.words
    assert said(home, WELLBEING) == {"text": "Hendes ord"}


@pytest.mark.parametrize(
    ("choice", "stands"), [("deres", "Hendes ord"), ("min", "Hans ord"), ("sammen", "Hendes og hans ord")]
)
def test_of_two_versions_the_person_chooses(choice: str, stands: str, home: Home) -> None:
    hers, his = home.browser(SIGNE).at("afsnit/d"), home.browser(JEPPE).at("afsnit/d")
    hers.fill(**{WELLBEING: "Hendes ord"})
    his.fill(**{WELLBEING: "Hans ord"})
    # He closes the page, and the choice is there when he comes back.
    his = home.browser(JEPPE).at("afsnit/d")
    his.fill(**{f"valgt__{WELLBEING}": choice, f"sammen__{WELLBEING}": "Hendes og hans ord"})
    assert said(home, WELLBEING) == {"text": stands}
    assert home.browser(JEPPE).at("afsnit/d").typed(WELLBEING) == stands


def test_a_choice_that_another_overtook_is_asked_again(home: Home) -> None:
    hers, his = home.browser(SIGNE).at("afsnit/d"), home.browser(JEPPE).at("afsnit/d")
    hers.fill(**{WELLBEING: "Hendes ord"})
    his.fill(**{WELLBEING: "Hans ord"})
    home.browser(SIGNE).at("afsnit/d").fill(**{WELLBEING: "Hendes nye ord"})
    his.fill(**{f"valgt__{WELLBEING}": "min"})
    assert his.status == 409
    assert said(home, WELLBEING) == {"text": "Hendes nye ord"}


def test_what_cannot_be_read_survives_a_conflict(home: Home) -> None:
    hers, his = home.browser(SIGNE).at("afsnit/a"), home.browser(JEPPE).at("afsnit/a")
    hers.fill(phone="11 11 11 11")
    assert his.fill(phone="22 22 22 22", filled_in_on="på søndag").status == 409
    his.fill(valgt__phone="min")
    assert said(home, "phone") == {"text": "22 22 22 22"}
    assert home.browser(JEPPE).at("afsnit/a").typed("filled_in_on") == "på søndag"


# --- what is offered is not taken by itself ---


def test_last_times_answer_is_offered_and_taken_only_by_a_press_and_then_only_as_a_draft(home: Home) -> None:
    browser = home.browser(SIGNE).at("afsnit/d")
    assert "Sidst skrev I (22. april 2026):" in browser.words
    assert browser.typed(WELLBEING) == ""
    browser.fill(press=f"{WELLBEING}.again")
    assert browser.typed(WELLBEING).startswith("Det har været et hårdt forår.")
    assert said(home, WELLBEING) is None
    browser.fill()
    assert str(said(home, WELLBEING)).count("hårdt forår") == 1


def test_words_that_were_typed_stay_when_last_times_answer_is_taken(home: Home) -> None:
    browser = home.browser(SIGNE).at("afsnit/d").fill(press=f"{WELLBEING}.again", **{WELLBEING: "Først det her."})
    assert browser.typed(WELLBEING).startswith("Først det her.\n\nDet har været et hårdt forår.")


def test_everything_known_can_be_taken_at_once(home: Home) -> None:
    browser = home.browser(SIGNE).at("afsnit/a").fill(press="filled_in_on.again.all")
    assert browser.typed("child_name") == "Aksel Aastrup Lind"
    assert browser.typed("filled_in_on") == "22.11.2026"
    assert browser.typed("phone")
    assert said(home, "child_name") is None


def test_nothing_is_offered_where_something_stands(home: Home) -> None:
    home.browser(SIGNE).at("afsnit/d").fill(**{WELLBEING: "Nyt"})
    assert "Sidst skrev I" not in home.browser(SIGNE).at("afsnit/d").words


def test_one_home_is_not_offered_the_words_of_the_other(home: Home) -> None:
    hers = home.browser(MARIA, APART).at("afsnit/a")
    assert "maria.krogh@example.dk" in hers.words
    assert "thomas" not in hers.words.casefold().replace("maria krogh lauridsen og thomas elkjær dalgård", "")


# --- nothing foreign, locked, hidden or unknown ---


def test_foreign_and_unknown_fields_change_nothing(home: Home) -> None:
    before = home.case().revision
    forged = {
        "phone": "11 11 11 11",
        "assessment": "x",
        "goal/x/focus": "x",
        "tids_og_faseplan.nope.focus": "x",
        "_based_on": json.dumps({"phone": 0}),
        "_press": "tids_og_faseplan.add",
    }
    browser = home.browser(SIGNE).at("afsnit/d")
    response = browser.send(f"/sager/{browser.case_id}/besoeg/{browser.visit}/afsnit/d", forged)
    assert response.status_code == 303
    assert home.case().revision == before
    assert said(home, "phone") is None


def test_a_locked_section_takes_nothing_and_shows_once_more_what_was_typed(home: Home) -> None:
    browser = home.browser(SIGNE).at("afsnit/d")
    home.happens(SectionsLocked(browser.visit, ("d",), locked=True))
    assert browser.keep(**{WELLBEING: "For sent"}).status_code == 422
    browser.fill(**{WELLBEING: "For sent"})
    assert browser.status == 422
    assert "har låst afsnittet" in browser.words
    assert "For sent" in browser.words
    assert said(home, WELLBEING) is None
    assert home.browser(SIGNE).at("afsnit/d").tree().xpath("//main//textarea") == []


def test_a_field_that_is_not_asked_takes_nothing(home: Home) -> None:
    browser = home.browser(SIGNE).at("afsnit/a")
    home.happens(FieldsNotAsked(browser.visit, ("phone",)))
    assert browser.fill(phone="11 11 11 11", email="a@example.dk").status == 200
    assert said(home, "phone") is None
    assert said(home, "email") == {"text": "a@example.dk"}
    assert "phone" not in home.browser(SIGNE).at("afsnit/a").sent(browser.form())


def test_nobody_writes_in_a_voice_or_section_that_is_not_theirs(home: Home) -> None:
    browser = home.browser(LOTTE, WITH_HELPERS).of_case("start")
    before = home.case(WITH_HELPERS).revision
    base = f"/sager/{browser.case_id}/besoeg/{browser.visit}"
    assert browser.send(f"{base}/afsnit/c?som=hjem-0401", {}).status_code == 404
    assert browser.send(f"{base}/afsnit/d", {WELLBEING: "x"}).status_code == 404
    assert browser.send(f"{base}/kommunen/k", {"x": "y"}).status_code == 403
    assert browser.send(f"{base}/for-en-anden/d", {WELLBEING: "x"}).status_code == 403
    assert home.case(WITH_HELPERS).revision == before


def test_a_removed_goal_takes_no_words(home: Home) -> None:
    goal = home.visit().plan[0].id
    browser = home.browser(SIGNE).at(f"afsnit/c?maal={goal}")
    home.happens(GoalRemoved(browser.visit, goal))
    before = home.case().revision
    browser.fill(**{f"tids_og_faseplan__{goal}__next": "Noget nyt"})
    assert home.case().revision == before


# --- whose words are seen ---


def test_a_home_sees_the_others_words_when_they_are_handed_in_and_never_their_contact(home: Home) -> None:
    his = home.browser(THOMAS, APART)
    his.at("afsnit/d").fill(**{WELLBEING: "Fars ord om trivsel"})
    his.at("afsnit/a").fill(email="thomas@example.dk")
    assert "Fars ord" not in home.browser(MARIA, APART).at("afsnit/d").page
    for section in "ad":
        home.happens(SectionHandedIn(his.visit, section, "hjem-0201-b"), number=APART, by=THOMAS)
    assert "Fars ord" in home.browser(MARIA, APART).at("afsnit/d").words
    assert "thomas@example.dk" not in home.browser(MARIA, APART).at("afsnit/a").page
    assert "thomas@example.dk" not in home.browser(MARIA, APART).at("historik/email").page


def test_the_history_of_others_begins_with_what_they_handed_in(home: Home) -> None:
    his = home.browser(THOMAS, APART)
    for words in ("Første udkast", "Andet udkast"):
        his.at("afsnit/d").fill(**{WELLBEING: words})
    home.happens(SectionHandedIn(his.visit, "d", "hjem-0201-b"), number=APART, by=THOMAS)
    hers = home.browser(MARIA, APART).at(f"historik/{WELLBEING}")
    assert "Andet udkast" in hers.words
    assert "Første" not in hers.words
    assert "Første" in his.at(f"historik/{WELLBEING}").words


def test_whoever_has_changed_an_answer_is_led_to_its_history_and_back(home: Home) -> None:
    browser = home.browser(SIGNE)
    for words in ("Først", "Så"):
        browser.at("afsnit/d").fill(**{WELLBEING: words})
    link = next(link for link in browser.at("afsnit/d").links() if "/historik/" in link)
    assert browser.get(link).status == 200
    assert any(link.endswith(f"/afsnit/d#{WELLBEING}") for link in browser.links())


def test_the_municipality_does_not_look_over_a_parents_shoulder(home: Home) -> None:
    home.browser(SIGNE).at("afsnit/d").fill(**{WELLBEING: "Endnu ikke afleveret"})
    caseworker = home.browser("medarbejder-04")
    assert "Endnu ikke" not in caseworker.at("kommunen/d").page
    home.happens(SectionHandedIn(caseworker.visit, "d", HOUSEHOLD), by=SIGNE)
    assert "Endnu ikke afleveret" in caseworker.at("kommunen/d").words
