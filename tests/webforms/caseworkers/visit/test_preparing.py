"""The page before a visit: what has come, what the family wants, what to follow up, who must come along."""

from datetime import date

import pytest
from family_home import AKSEL, CASEWORKER, KAREN_LISE, SIGNE, Browser, Home
from handed_in import hand_in
from werkzeug.test import TestResponse

from pipeline.cases.record.events import ApprovalDecided
from pipeline.cases.record.journal_events import Agreed, AgreementEnded
from pipeline.cases.record.visit_events import FieldsNotAsked, SectionHandedIn, TeamChosen, VisitDayChanged, Written

PHYSIO = "medarbejder-11"


def prepare(home: Home) -> Browser:
    return home.browser(CASEWORKER).at("forberedelse")


def choose_team(home: Home, **typed: str) -> TestResponse:
    """Fill in the page of the team and send it."""
    page = home.browser(CASEWORKER).at("hold")
    return page.send(page.address, {**page.sent(page.form()).to_dict(), **typed})


def told_of(page: Browser, who: str) -> str:
    """What the list of material says of somebody."""
    [line] = page.tree().xpath("//ul[@class='ht-tasks']/li[div/span[1]=$who]", who=who)
    return " ".join(line.text_content().split())


def test_material_is_told_by_whom_what_and_since_when(home: Home) -> None:
    hand_in(home)
    page = prepare(home)
    parents = told_of(page, "Signe Aastrup Lind og Jeppe Aastrup Lind")
    assert "2 af 6 afsnit er kommet" in parents
    assert "(b) Hjemmetræningens indhold og metode: Kom 22. november 2026" in parents
    assert "Skal være her 27. november 2026" in parents
    assert "0 af 1 afsnit er kommet" in told_of(page, "Karen-Lise Damgaard")


def test_material_that_is_late_says_since_when(home: Home) -> None:
    home.happens(VisitDayChanged(home.visit().id, date(2026, 12, 1), "Flyttet"))
    assert "Mangler siden 17. november 2026" in told_of(prepare(home), "Signe Aastrup Lind og Jeppe Aastrup Lind")


def test_without_a_day_nothing_is_late(home: Home) -> None:
    home.happens(VisitDayChanged(home.visit().id, None, "Aftales på ny"))
    page = prepare(home)
    assert "Dagen er ikke aftalt endnu." in page.words
    assert "Mangler siden" not in page.words


def test_a_section_of_which_nothing_is_asked_is_not_missed(home: Home) -> None:
    home.happens(FieldsNotAsked(home.visit().id, ("other_information",)))
    assert "(e)" not in told_of(prepare(home), "Signe Aastrup Lind og Jeppe Aastrup Lind")


def test_the_familys_points_are_there_and_what_they_still_write_is_not(home: Home) -> None:
    hand_in(home)
    words = prepare(home).words
    assert "Nætterne" in words
    assert "Ikke færdig endnu" not in words


def test_what_the_last_visit_left_is_followed_up(home: Home) -> None:
    last = home.visit().before
    home.happens(
        Written(last, "condition_parents", CASEWORKER, {"choice": "no", "text": "Far er syg."}),
        Agreed("a1", last, "Ring til skolen", "Kommunen", date(2026, 11, 1)),
        Agreed("a2", last, "Lån en stol", "Kommunen"),
        AgreementEnded("a2", fulfilled=True),
    )
    words = prepare(home).words
    assert "Er betingelsen opfyldt: Forældrene er i stand til at udføre opgaverne" in words
    assert "Far er syg." in words
    assert "Ring til skolen" in words
    assert "Lån en stol" not in words
    assert "Er trætheden nede på 2-3 i dagbogen?" in words
    assert "Sidde på en skammel i 10 minutter, mens han spiser" in words
    assert "I nogen grad. 8 minutter de fleste dage frem til februar." in words


def test_who_comes_along_is_recorded_and_who_is_missing_told_in_a_sentence(home: Home) -> None:
    home.happens(
        ApprovalDecided(
            date(2026, 9, 1), "Deltid", ("Metode",), (), "To om året", health_elements=True, health_reason="Stræk."
        )
    )
    page = prepare(home)
    assert "I har ikke valgt, hvem der tager med." in page.words
    missing = "Der mangler en med sundhedsfaglig viden, for træningen har fysiske, sundhedsfaglige elementer: Stræk."
    assert missing not in page.words
    assert choose_team(home, people=CASEWORKER, others="Ida Prøvesen, studerende").status_code == 303
    assert home.visit().team == TeamChosen(home.visit().id, (CASEWORKER,), "Ida Prøvesen, studerende")
    words = prepare(home).words
    assert missing in words
    assert "Ida Prøvesen, studerende" in words
    home.happens(TeamChosen(home.visit().id, (CASEWORKER, PHYSIO)))
    words = prepare(home).words
    assert "Der mangler" not in words
    assert "Mette Kjærsgaard Brix, børnefysioterapeut (sundhedsfaglig person ved tilsynet)" in words


def test_nobody_is_no_team(home: Home) -> None:
    refused = choose_team(home)
    assert refused.status_code == 422
    assert "Vælg mindst én, der tager med" in refused.text
    assert home.visit().team is None


@pytest.mark.parametrize("person", [SIGNE, AKSEL, KAREN_LISE])
def test_the_family_and_helpers_do_not_see_the_page(home: Home, person: str) -> None:
    assert home.browser(person).at("forberedelse").status in (403, 404)
    assert home.browser(person).at("paa-besoeget").status in (403, 404)


def test_what_the_case_knows_is_laid_into_the_municipalitys_part_as_a_draft(home: Home) -> None:
    home.happens(TeamChosen(home.visit().id, (CASEWORKER,), "Ida Prøvesen, studerende"))
    home.browser(CASEWORKER).at("kommunen/g").fill(attention_points="Mine egne punkter")
    before = home.case().revision
    page = prepare(home).press("/det-vi-ved")
    assert page.address.partition("?")[0].endswith("/kommunen/g")
    assert page.typed("visit_date") == "11.12.2026"
    assert page.typed("previous_visit_date") == "22.4.2026"
    assert page.typed("supervision_team").startswith("Birgitte Ellegaard Holm, myndighedsrådgiver, Børnehandicap")
    assert page.typed("supervision_team").endswith("Ida Prøvesen, studerende")
    assert page.typed("attention_points") == "Mine egne punkter"
    assert page.typed("material_received_on") == ""
    assert home.case().revision == before
    assert "Sæt dem ind" not in prepare(home).words


def test_the_day_of_the_last_material_is_known_once_all_has_come(home: Home) -> None:
    visit = home.visit()
    helpers = {s.person_id: s.sections for s in home.case().standings.values() if s.place.is_helper}
    handed = [SectionHandedIn(visit.id, section, "hjem-0101") for section in "abcdef"]
    handed += [SectionHandedIn(visit.id, section, who) for who, sections in helpers.items() for section in sections]
    home.happens(*handed)
    assert prepare(home).press("/det-vi-ved").typed("material_received_on") == "22.11.2026"


def test_what_is_known_is_laid_in_once(home: Home) -> None:
    page = prepare(home)
    page.press("/det-vi-ved").fill()
    assert page.get(f"/sager/{home.case_id()}/besoeg/{home.visit().id}/forberedelse").page.count("det-vi-ved") == 0
    assert page.send(f"{page.address.partition('?')[0]}/det-vi-ved", {}).status_code == 303
