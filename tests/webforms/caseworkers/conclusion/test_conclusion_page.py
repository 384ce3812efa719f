"""The conclusion: what the report lacks, who wrote what, what goes in, and what the family is shown."""

import pytest
from family_home import APART, CASEWORKER, JEPPE, KAREN_LISE, MARIA, SIGNE, Browser, Home
from held_visit import AGREEMENTS, GOALS, REASONS, hold

from pipeline.cases.record.parts import Slot
from pipeline.cases.record.to_answers import to_answers
from pipeline.cases.record.visit_events import SectionsLocked, Written
from pipeline.cases.record.voices import contact_person, goal_slot


def colleague(home: Home) -> str:
    """Somebody of the municipality who wrote a conclusion of their own at the last visit."""
    slots = home.case().visits[home.visit().before].answers
    return next(slot.voice for slot in slots if slot.key == "conclusion" and slot.voice != CASEWORKER)


def last(home: Home, path: str, person: str = CASEWORKER) -> Browser:
    """A page of the visit before, whose conclusion is whole."""
    return home.browser(person).get(f"/sager/{home.case_id()}/besoeg/{home.visit().before}/{path}")


def weighing(home: Home) -> str:
    """Where it is decided of a colleague's conclusion."""
    visit = home.case().visits[home.visit().before]
    return f"konklusion/svar/{visit.answers[Slot('conclusion', colleague(home))][0].seq}"


# --- what is missing ---


def test_a_whole_conclusion_is_ready(home: Home) -> None:
    page = last(home, "konklusion")
    assert "Rapporten har alt, hvad den skal have" in page.words
    assert "Er betingelsen opfyldt: Forældrene er i stand til at udføre opgaverne" in page.words


def test_everything_missing_leads_to_its_own_place_and_back(home: Home) -> None:
    hold(home, "recommendation")
    page = home.browser(CASEWORKER).at("konklusion")
    assert "Rapporten mangler én ting" in page.words
    (address,) = page.tree().xpath("//ul[@class='ht-tasks']//a[text()='Begrundet indstilling']/@href")
    page.get(address)
    assert [name for name in page.sent(page.form()) if name.startswith(("recommendation", "conclusion"))] == [
        "recommendation.text"
    ]
    page.fill(recommendation="continue", recommendation__text="Det går godt.")
    assert "/konklusion" in page.address
    assert "Rapporten har alt" in page.words
    assert "Fortsættelse. Det går godt." in page.words


def test_an_answer_without_a_reason_is_told_to_lack_the_reason(home: Home) -> None:
    hold(home, "condition_parents")
    home.happens(Written(home.visit().id, "condition_parents", CASEWORKER, {"choice": "no"}))
    assert "Mangler begrundelse" in home.browser(CASEWORKER).at("konklusion").words


def test_a_visit_to_come_has_no_report_and_the_page_says_so(home: Home) -> None:
    assert "Besøget er ikke holdt endnu" in home.browser(CASEWORKER).at("konklusion").words


def test_another_day_than_the_visits_own_is_pointed_at_and_stops_nothing(home: Home) -> None:
    hold(home)
    visit = home.visit().id
    home.happens(Written(visit, "visit_date", CASEWORKER, {"date": "2026-11-20"}))
    assert "Se lige efter" not in home.browser(CASEWORKER).at("konklusion").words
    home.happens(Written(visit, "visit_date", CASEWORKER, {"date": "2026-11-19"}))
    page = home.browser(CASEWORKER).at("konklusion")
    told = "Der er skrevet 19. november 2026 som dagen for besøget. I sagen er dagen 20. november 2026."
    assert told in page.words
    assert "Rapporten har alt, hvad den skal have" in page.words
    (address,) = page.tree().xpath("//ul[@class='ht-tasks']//a[starts-with(text(), 'Der er skrevet')]/@href")
    assert "visit_date" in page.get(address).page


def test_who_does_not_write_in_the_section_gets_no_link_to_write(home: Home) -> None:
    hold(home)
    visit = home.visit()
    home.happens(SectionsLocked(visit.id, ("l",), locked=True))
    links = home.browser(CASEWORKER).at("konklusion").links()
    assert any("/kommunen/m" in link for link in links)
    assert not any("/kommunen/l" in link for link in links)


@pytest.mark.parametrize("person", [SIGNE, KAREN_LISE])
@pytest.mark.parametrize(
    "path", ["konklusion", "forhaandsvisning", "forhaandsvisning/tilsynsrapport", "konklusion/maal"]
)
def test_nobody_from_outside_sees_a_conclusion_or_a_draft(home: Home, person: str, path: str) -> None:
    assert last(home, path, person).status == 403


def test_a_family_is_not_led_to_the_conclusion(home: Home) -> None:
    page = home.browser(SIGNE).at("afsnit/d?til=konklusion")
    assert page.status == 200
    assert "konklusion" not in " ".join(page.links())


# --- what goes into the report ---


def test_a_colleagues_answer_is_left_out_with_a_reason_and_by_name(home: Home) -> None:
    page = last(home, weighing(home)).fill(how="ikke-med", reason="Står også i bilaget")
    assert "Ikke med i rapporten" in page.words
    assert "Står også i bilaget (Birgitte Ellegaard Holm" in page.words
    visit = home.case().visits[home.visit().before]
    assert visit.in_report(Slot("conclusion", colleague(home))) is None
    assert visit.current(Slot("conclusion", colleague(home)))


def test_leaving_out_without_a_reason_is_refused(home: Home) -> None:
    page = last(home, weighing(home)).fill(how="ikke-med")
    assert page.status == 422
    assert "Skriv, hvorfor svaret ikke skal med" in page.words


def test_an_answer_that_was_rewritten_after_it_was_left_out_is_pointed_at(home: Home) -> None:
    last(home, weighing(home)).fill(how="ikke-med", reason="Rettes")
    visit = home.visit().before
    home.happens(Written(visit, "conclusion", colleague(home), {"text": "Nyt"}), by=colleague(home))
    assert "Svaret er rettet, siden det blev taget ud" in last(home, "konklusion").words


def test_what_a_professional_wrote_to_a_goal_is_left_out_and_the_familys_words_stay(home: Home) -> None:
    visit, goal = home.visit().before, home.case().visits[home.visit().before].plan[0].id
    grade = Slot(goal_slot(goal, "attainment"), colleague(home))
    words = {"choice": "none", "text": "Det kunne jeg ikke se."}
    home.happens(Written(visit, grade.key, grade.voice, words), by=grade.voice)
    page = last(home, "konklusion")
    assert "Fagfolkets ord til målene i planen" in page.words
    assert "Det kunne jeg ikke se." in page.words
    written = home.case().visits[visit].answers[grade][0].seq
    page = last(home, f"konklusion/svar/{written}").fill(how="ikke-med", reason="Hun så ham kun én gang")
    assert "Ikke med i rapporten" in page.words
    assert "Hun så ham kun én gang (Birgitte Ellegaard Holm" in page.words
    report = to_answers(home.case(), visit, home.clock().date())
    said = [one.by.id for one in next(one for one in report.goals if one.id == goal).attainment]
    assert said
    assert grade.voice not in said
    family = next(v[0].seq for slot, v in home.case().visits[visit].answers.items() if slot.key == grade.key)
    assert last(home, f"konklusion/svar/{family}").status == 404


def test_what_parents_wrote_is_not_weighed(home: Home) -> None:
    visit = home.case().visits[home.visit().before]
    parents = next(versions[0].seq for slot, versions in visit.answers.items() if slot.voice == "hjem-0101")
    assert last(home, f"konklusion/svar/{parents}").status == 404


def test_only_the_authority_decides_what_goes_in(home: Home) -> None:
    assert last(home, weighing(home), colleague(home)).status == 403
    assert "Skal det med i rapporten?" not in last(home, "konklusion", colleague(home)).words


# --- the goals' places ---


def test_a_final_goal_is_placed_in_the_plan(home: Home) -> None:
    hold(home)
    goal = home.visit().plan[0]
    page = home.browser(CASEWORKER).at("konklusion/maal").fill(**{"maal-1": f"maal~{goal.id}"})
    assert "Går videre med" in page.words
    (place,) = home.visit().goal_places
    assert (place.goal, place.continues, place.goal_type) == ("Aksel går til bussen", goal.id, goal.goal_type)


def test_every_final_goal_is_asked_for_and_no_goal_of_the_plan_twice(home: Home) -> None:
    hold(home, "final_goals")
    rows = [*GOALS["rows"], {"goal": "Aksel hopper"}]
    home.happens(Written(home.visit().id, "final_goals", CASEWORKER, {"rows": rows}))
    goal = home.visit().plan[0].id
    page = home.browser(CASEWORKER).at("konklusion/maal").fill(**{"maal-1": f"maal~{goal}", "maal-2": f"maal~{goal}"})
    assert page.status == 422
    assert "allerede valgt til “Aksel går til bussen”" in page.words
    page = home.browser(CASEWORKER).at("konklusion/maal").fill(**{"maal-1": "ikke-i-planen"})
    assert "Vælg, hvor målet “Aksel hopper” hører til" in page.words
    assert home.visit().goal_places == ()


# --- what the family is shown ---


def test_the_family_sees_nothing_until_it_is_shown(home: Home) -> None:
    hold(home)
    assert "Ringe til skolen" not in home.browser(SIGNE).at("vores-aftaler").words
    draft = home.browser(CASEWORKER).at("vores-aftaler").words
    assert "Familien kan ikke se siden endnu" in draft
    assert "Ringe til skolen" in draft


def shown(home: Home, number: str = "DEMO-0101", by: str = CASEWORKER) -> Browser:
    return home.browser(by, number).at("konklusion/vis-familien").fill(looked="1", greeting="Tak for en god dag")


def test_both_parents_see_what_was_shown_and_the_agreement_is_followed(home: Home) -> None:
    hold(home)
    assert "Familien fik aftalerne og de nye mål at se" in shown(home).words
    for parent in (SIGNE, JEPPE):
        words = home.browser(parent).at("vores-aftaler").words
        assert "Tak for en god dag" in words
        assert "Ringe til skolen Birgitte. Senest 15. december 2026" in words
        assert "Aksel går til bussen Sådan kan vi se det: Tre dage om ugen" in words
    assert "Ringe til skolen" in home.browser(SIGNE).of_case("vores-aftaler").words


def test_what_is_changed_later_is_not_shown_by_itself(home: Home) -> None:
    hold(home)
    shown(home)
    rows = [{**AGREEMENTS["rows"][0], "what": "Skrive til skolen"}]
    home.happens(Written(home.visit().id, "agreements", CASEWORKER, {"rows": rows}))
    assert "Ringe til skolen" in home.browser(SIGNE).at("vores-aftaler").words
    assert "Konklusionen er ændret siden" in home.browser(CASEWORKER).at("konklusion").words
    shown(home)
    words = home.browser(SIGNE).at("vores-aftaler").words
    assert "Skrive til skolen" in words
    assert "Ringe til skolen" not in words


def test_the_page_is_not_shown_unseen_or_empty(home: Home) -> None:
    page = home.browser(CASEWORKER).at("konklusion/vis-familien").fill(looked="1")
    assert "Der er ingen aftaler og ingen endelige mål at vise" in page.words
    hold(home)
    page = home.browser(CASEWORKER).at("konklusion/vis-familien").fill(greeting="Hej")
    assert page.status == 422
    assert page.typed("greeting") == "Hej"
    assert home.visit().shared == ()


def test_a_protected_address_is_warned_of_and_withheld_from_the_other_parent(home: Home) -> None:
    case = home.case(APART)
    father = next(person for person in case.people.values() if person.contact.protected)
    street = father.contact.address.split(",")[0]
    contact = contact_person(case, home.services.today())
    assert contact
    rows = [{"what": f"Hente Sylvester på {street}", "who": "Maria"}]
    home.happens(Written(home.visit(APART).id, "agreements", contact.id, {"rows": rows}), number=APART, by=contact.id)
    page = home.browser(contact.id, APART).at("konklusion/vis-familien")
    assert "Teksten ser ud til at nævne en beskyttet adresse" in page.words
    shown(home, APART, contact.id)
    words = home.browser(MARIA, APART).at("vores-aftaler").words
    assert street not in words
    assert "Oplysningen er beskyttet" in words


# --- how far the goals came ---


@pytest.mark.parametrize("person", [SIGNE, CASEWORKER])
def test_the_development_is_drawn_and_told_in_a_table(home: Home, person: str) -> None:
    page = home.browser(person).of_case("udvikling")
    assert len(page.tree().xpath("//main//*[local-name()='svg'][@role='img']")) > 4
    assert "22. april 2026" in page.words
    rows = page.tree().xpath("//main//tbody/tr")
    assert any("I nogen grad" in row.text_content() for row in rows)


def test_a_helper_does_not_see_the_development(home: Home) -> None:
    assert home.browser(KAREN_LISE).of_case("udvikling").status == 403


def test_a_grade_that_was_not_handed_in_is_seen_by_the_household_alone(home: Home) -> None:
    goal = home.visit().plan[0]
    grade = {"choice": "high", "text": "Nu går det"}
    home.happens(Written(home.visit().id, f"goal/{goal.id}/attainment", "hjem-0101", grade), by=SIGNE)
    day = "11. december 2026"
    assert day in home.browser(JEPPE).of_case("udvikling").words
    assert day not in home.browser(CASEWORKER).of_case("udvikling").words


def test_reasons_that_these_tests_write_are_all_that_is_demanded(home: Home) -> None:
    hold(home)
    assert "Rapporten har alt" in home.browser(CASEWORKER).at("konklusion").words
    assert len(REASONS) == 10


def test_the_front_of_the_case_and_the_list_of_visits_lead_to_the_conclusion(home: Home) -> None:
    hold(home)
    address = f"/sager/{home.case_id()}/besoeg/{home.visit().id}/konklusion"
    browser = home.browser(CASEWORKER)
    assert address in browser.get(f"/sager/{home.case_id()}").links()
    assert address in browser.of_case("besoeg").links()


@pytest.mark.parametrize("path", ["besoeg/{visit}/vores-aftaler", "udvikling", "besoeg/{visit}", "filer"])
def test_where_the_case_is_is_told_to_an_employee_in_other_words_than_to_the_family(home: Home, path: str) -> None:
    to_employee, to_family = "Familien udfylder sin del af skemaet", "I udfylder jeres del af skemaet"
    page = path.format(visit=home.visit().id)
    employees = home.browser(CASEWORKER).of_case(page).page
    assert to_employee in employees
    assert to_family not in employees
    assert to_family in home.browser(SIGNE).of_case(page).page
