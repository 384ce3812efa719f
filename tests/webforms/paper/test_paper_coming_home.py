"""A form that was filled in without a network: read, shown field by field, and taken over only as a person chooses."""

import json

from family_home import APART, CASEWORKER, JEPPE, LOTTE, MARIA, SIGNE, THOMAS, WITH_HELPERS, Home
from fetched_forms import PLAN, fetch, fetched, send, words_in, written
from fixtures.uploads import pictures

from pipeline.cases.record.parts import Slot
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.visit_events import SectionHandedIn, SectionsLocked
from pipeline.cases.record.voices import goal_slot

HOUSEHOLD, WELLBEING, OTHER = "hjem-0101", "family_wellbeing_parents", "other_information"


def said(home: Home, key: str, voice: str = HOUSEHOLD) -> object:
    current = home.visit().current(Slot(key, voice))
    return current.value if current else None


def test_nothing_is_taken_over_before_somebody_has_chosen_it(home: Home, word_form: bytes) -> None:
    before = home.visit().answers
    browser = send(home.browser(SIGNE), written(word_form, {WELLBEING: "Vi sover bedre."}))
    assert "Det står der i skemaet" in browser.words
    assert "Vi sover bedre." in browser.words
    assert "Nyt svar" in browser.words
    assert home.visit().answers == before
    again = browser.fill()
    assert again.status == 422
    assert home.visit().answers == before


def test_what_is_chosen_is_saved_as_from_a_word_form_and_what_is_not_stays_away(home: Home, word_form: bytes) -> None:
    filled = written(word_form, {WELLBEING: "Vi sover bedre.", OTHER: "Mormor er flyttet ind."})
    browser = send(home.browser(SIGNE), filled).fill(**{f"valg__{WELLBEING}": "brug"})
    assert "Ét svar er sat ind." in browser.words
    assert said(home, WELLBEING) == {"text": "Vi sover bedre."}
    assert said(home, OTHER) is None
    current = home.visit().current(Slot(WELLBEING, HOUSEHOLD))
    assert current is not None
    assert (current.through, current.by) == ("word", SIGNE)
    assert "Mormor er flyttet ind." in browser.words
    assert "Vi sover bedre." not in browser.words


def test_everything_new_is_taken_at_once_but_what_two_have_changed(home: Home, word_form: bytes) -> None:
    filled = written(word_form, {WELLBEING: "Fra papiret.", OTHER: "Også nyt."})
    home.browser(JEPPE).at("afsnit/d").fill(**{WELLBEING: "Skrevet imens."})
    browser = send(home.browser(SIGNE), filled)
    assert "Ændret begge steder" in browser.words
    browser.press("/paa-papir/" + browser.address.rpartition("/")[2].partition("?")[0], ("alt", "1"))
    assert said(home, OTHER) == {"text": "Også nyt."}
    assert said(home, WELLBEING) == {"text": "Skrevet imens."}
    browser.fill(**{f"valg__{WELLBEING}": "begge"})
    assert said(home, WELLBEING) == {"text": "Skrevet imens.\n\nFra papiret."}
    assert "Alt i skemaet er sat ind" in browser.words


def test_what_somebody_saves_while_one_chooses_is_kept_for_a_choice(home: Home, word_form: bytes) -> None:
    browser = send(home.browser(SIGNE), written(word_form, {WELLBEING: "Fra papiret."}))
    home.browser(JEPPE).at("afsnit/d").fill(**{WELLBEING: "Skrevet imens."})
    browser.fill(**{f"valg__{WELLBEING}": "brug"})
    assert "har en anden skrevet imens" in browser.words
    assert said(home, WELLBEING) == {"text": "Skrevet imens."}
    page = browser.at("afsnit/d")
    assert "Fra papiret." in page.words
    assert "Skrevet imens." in page.words


def test_words_that_were_typed_and_not_saved_stay_beside_what_is_taken_over(home: Home, word_form: bytes) -> None:
    browser = home.browser(SIGNE)
    first, other = "cooperation_parents", "professionals_view_parents"
    browser.at("afsnit/f").keep(**{first: "Halvt skrevet", other: "Også halvt"})
    send(browser, written(word_form, {first: "Fra papiret."})).fill(**{f"valg__{first}": "brug"})
    assert said(home, first) == {"text": "Fra papiret."}
    browser.at("afsnit/f")
    assert (browser.typed(first), browser.typed(other)) == ("Fra papiret.", "Også halvt")


def test_a_goal_grade_and_a_goal_that_is_new_come_in_once(home: Home, word_form: bytes) -> None:
    plan = home.visit().plan
    new = len(plan) + 1
    filled = written(
        word_form,
        {
            f"{PLAN}.1.attainment": "I nogen grad",
            f"{PLAN}.1.reason": "Hun går længere.",
            f"{PLAN}.{new}.goal_type": "Sprog og kommunikation",
            f"{PLAN}.{new}.wording": "Sige to ord sammen",
            f"{PLAN}.{new}.focus": "Billedkort hver dag",
        },
    )
    browser = send(home.browser(SIGNE), filled)
    assert "Et nyt mål til planen" in browser.words
    choices = {f"valg__{PLAN}__1__attainment": "brug", f"valg__{PLAN}__{new}": "brug"}
    browser.fill(**choices)
    assert said(home, goal_slot(plan[0].id, "attainment")) == {"choice": "some", "text": "Hun går længere."}
    added = home.visit().plan[-1]
    assert (len(home.visit().plan), wording_of(home.visit(), added.id)) == (new, "Sige to ord sammen")
    assert said(home, goal_slot(added.id, "focus")) == {"text": "Billedkort hver dag"}
    assert "Alt i skemaet er sat ind" in browser.words
    assert "Et nyt mål til planen" not in send(browser, filled).words


def test_a_picture_of_paper_is_kept_as_an_attachment_and_said_to_be_unreadable(home: Home) -> None:
    browser = send(home.browser(SIGNE), pictures.photo(64, 48), "papir.jpg")
    assert "Vi kan ikke læse filen" in browser.words
    assert "gemt som bilag" in browser.words
    kept = list(home.case().documents.values())[-1].document
    assert (kept.kind, kept.title, kept.visit) == ("bilag", "Udfyldt skema, som ikke kan læses", home.visit().id)


def test_a_form_of_another_family_is_refused_and_not_kept(home: Home, word_form: bytes) -> None:
    before = home.case(APART).revision
    browser = send(home.browser(MARIA, APART), word_form)
    assert browser.status == 422
    assert "hører ikke til denne sag" in browser.words
    assert home.case(APART).revision == before


def test_no_file_and_a_file_that_is_none_are_told_of(home: Home) -> None:
    browser = send(home.browser(SIGNE), b"", "")
    assert browser.status == 422
    assert "Vælg den fil, I vil sende" in browser.words
    assert send(browser, b"ikke en fil", "skema.docx").status == 422
    assert json.dumps([one.document.kind for one in home.case().documents.values()]).count("formular") == 0


def test_a_caseworker_takes_in_what_a_family_wrote_and_is_named_as_who_did(home: Home, word_form: bytes) -> None:
    browser = home.browser(CASEWORKER)
    voice = f"{HOUSEHOLD}~{SIGNE}"
    send(browser, written(word_form, {WELLBEING: "Skrevet på køkkenbordet."}), voice=voice)
    assert "Skemaet er for Signe Aastrup Lind" in browser.words
    browser.fill(**{f"valg__{WELLBEING}": "brug"})
    current = home.visit().current(Slot(WELLBEING, HOUSEHOLD))
    assert current is not None
    assert (current.by, current.on_behalf_of, current.through) == (CASEWORKER, SIGNE, "word")
    kept = list(home.case().documents.values())[-1].document
    assert SIGNE in kept.seen_by


def test_a_locked_section_takes_nothing_and_is_not_handed_out(home: Home, word_form: bytes) -> None:
    browser = send(home.browser(SIGNE), written(word_form, {WELLBEING: "For sent."}))
    home.happens(SectionsLocked(home.visit().id, ("d",), locked=True))
    browser.fill(**{f"valg__{WELLBEING}": "brug"})
    assert said(home, WELLBEING) is None
    assert fetch(browser, "word", "d").status_code == 422


def test_the_form_of_one_parent_shows_nothing_that_the_other_has_written(home: Home) -> None:
    home.browser(THOMAS, APART).at("afsnit/d").fill(**{WELLBEING: "Fars hemmelige ord"})
    hers = fetched(home.browser(MARIA, APART), "excel", "c")
    assert b"hemmelige" not in hers
    page = home.browser(MARIA, APART).at("paa-papir")
    assert "Fars hemmelige" not in page.page


def test_what_one_parent_sent_in_is_not_there_for_the_other_home(home: Home) -> None:
    his = home.browser(THOMAS, APART)
    form = fetched(his, "word", "d")
    send(his, written(form, {WELLBEING: "Fars ord"}))
    file_id = his.address.rpartition("/")[2].partition("?")[0]
    hers = home.browser(MARIA, APART)
    assert hers.at(f"paa-papir/{file_id}").status == 404
    assert "Det har vi modtaget" not in hers.at("paa-papir").words


def test_a_helper_gets_the_named_sections_and_no_other(home: Home) -> None:
    browser = home.browser(LOTTE, WITH_HELPERS).at("paa-papir")
    letters = browser.tree().xpath("//input[@name='afsnit']/@value")
    assert letters
    assert set(letters) <= set(home.case(WITH_HELPERS).standings_of(LOTTE, home.clock().date())[0].sections)
    assert fetch(browser, "word", "abcdef".translate({ord(key): None for key in letters})).status_code == 422


def test_a_form_that_the_municipality_fetches_holds_nothing_that_is_not_handed_in(home: Home) -> None:
    mine = "Kun for os selv"
    home.browser(SIGNE).at("afsnit/d").fill(**{WELLBEING: mine})
    voice = f"{HOUSEHOLD}~{SIGNE}"
    assert mine in words_in(fetched(home.browser(SIGNE), "word", "d"))
    assert mine not in words_in(fetched(home.browser(CASEWORKER), "word", "d", voice))
    home.happens(SectionHandedIn(home.visit().id, "d", HOUSEHOLD), by=SIGNE)
    assert mine in words_in(fetched(home.browser(CASEWORKER), "word", "d", voice))


def test_saved_words_stand_beside_a_form_on_paper_only_when_the_parent_has_asked(home: Home, word_form: bytes) -> None:
    home.browser(SIGNE).at("afsnit/d").fill(**{WELLBEING: "Kun for os selv"})
    voice = f"{HOUSEHOLD}~{SIGNE}"
    browser = send(home.browser(CASEWORKER), written(word_form, {WELLBEING: "På papir."}), voice=voice)
    assert "bedt dig om hjælp?" in browser.words
    assert "Kun for os selv" not in browser.page
    browser.fill()
    assert "Ændret begge steder" in browser.words
    assert "Kun for os selv" in browser.words
