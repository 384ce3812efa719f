"""A parent's whole way in Chromium: start, sections, five goals, two photos, hand in, receipt; and without scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from family_home import JEPPE, SIGNE, Home
from family_window import Window
from fixtures.uploads import pictures
from playwright.sync_api import Browser, Locator, Page, expect

from pipeline.cases.record.parts import Slot
from pipeline.cases.record.voices import goal_slot

pytestmark = pytest.mark.browser
HOUSEHOLD, PLAN = "hjem-0101", "tids_og_faseplan"
GOALS = 5
PHOTO = (64, 48)


@pytest.fixture
def window(chromium: Browser, address: str, home: Home, axe: str) -> Iterator[Window]:
    window = Window(chromium, address, home, SIGNE, axe)
    yield window
    assert window.close() == []


@pytest.fixture
def plain(chromium: Browser, address: str, home: Home) -> Iterator[Window]:
    window = Window(chromium, address, home, SIGNE)
    yield window
    assert window.close() == []


def _five_goals(home: Home) -> None:
    """The other goals have been dealt with."""
    browser = home.browser(SIGNE).at("afsnit/c")
    for goal in home.visit().plan[GOALS:]:
        browser.fill(press=f"{PLAN}.remove.{goal.id}")


def _way(window: Window, home: Home, photos: list[Path]) -> None:
    window.at(f"/sager/{home.case_id()}/start")
    page = window.follow("Begynd")
    for _ in range(3):
        window.press("Sæt alle", exact=False)
        window.press("Gem og gå videre")
    page.get_by_label("Kort beskrivelse af hjemmetræningens").fill("Vi træner hver formiddag.")
    window.press("Gem og gå videre")
    window.follow("Gå til det første mål")
    for number in range(1, GOALS + 1):
        if number == 1 and photos:
            _lay_photos(window, photos)
        page.locator("main").get_by_role("radio", name="I nogen grad").check(force=True)
        page.get_by_label("Hvorfor vurderer I det sådan?").fill("Det går den rigtige vej.")
        window.press("Gem og gå videre")
    for words in ("Vi har det godt.", "Ikke noget nyt.", "Godt samarbejde."):
        page.locator("main textarea").first.fill(words)
        window.press("Gem og gå videre")
    expect(page.get_by_role("heading", level=1)).to_have_text("Se svarene igennem")
    window.press("Aflevér")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tak. Vi har modtaget jeres svar")


def _lay_photos(window: Window, photos: list[Path]) -> None:
    page = window.press("Læg billede, video eller udtalelse ved", exact=False)
    page.get_by_label("Vælg billeder").set_input_files(photos)
    page.get_by_label("Hvad viser det?").fill("Ude at gå")
    window.press("Læg ved målet")
    window.follow("Tilbage til planen")


def _is_all_there(home: Home) -> None:
    visit = home.visit()
    assert {key for key, _ in visit.handed_in} == set("abcdef")
    grades = [visit.current(Slot(goal_slot(goal.id, "attainment"), HOUSEHOLD)) for goal in visit.plan]
    assert [grade and grade.value for grade in grades] == [
        {"choice": "some", "text": "Det går den rigtige vej."},
    ] * GOALS
    wellbeing = visit.current(Slot("family_wellbeing_parents", HOUSEHOLD))
    assert wellbeing is not None
    assert wellbeing.value == {"text": "Vi har det godt."}


def test_a_parents_whole_way_to_the_receipt(window: Window, home: Home, tmp_path: Path) -> None:
    _five_goals(home)
    photos = [tmp_path / name for name in ("tur.jpg", "trappe.jpg")]
    for photo in photos:
        photo.write_bytes(pictures.photo(64, 48))
    _way(window, home, photos)
    _is_all_there(home)
    slot = goal_slot(home.visit().plan[0].id, "attainment")
    kept = [one for one in home.case().documents.values() if one.document.slot == slot]
    assert [one.document.visit for one in kept] == [home.visit().id] * len(photos)


def test_the_same_way_without_scripts(plain: Window, home: Home) -> None:
    _five_goals(home)
    _way(plain, home, [])
    _is_all_there(home)


def test_the_other_pages_of_the_family(window: Window, home: Home, tmp_path: Path) -> None:
    photo = tmp_path / "tur.jpg"
    photo.write_bytes(pictures.photo(*PHOTO))
    case = f"/sager/{home.case_id()}"
    visit = f"{case}/besoeg/{home.visit().id}"
    for path in (f"{case}/samtykke", f"{case}/vores-aftaler", f"{visit}/tjek", visit, f"{visit}/historik/phone"):
        window.at(path)
    window.at(f"{case}/dagbog").get_by_label("Hvad skete der?").fill("Gik til køkkenet.")
    window.page.get_by_label("Billeder eller korte klip").first.set_input_files(photo)
    window.press("Gem i dagbogen")
    drawn = "i => i.decode().then(() => i.naturalWidth)"
    assert window.page.locator(".ht-pictures img").evaluate(drawn) == PHOTO[0]
    window.press("Del med kommunen", exact=False)
    window.at(f"{visit}/dagsorden").get_by_label("Et punkt til besøget").fill("Nætterne")
    window.press("Tilføj punktet")
    window.at(f"{case}/samtykke")
    window.press("Ja, jeg giver samtykke", exact=False)
    window.at(f"{visit}/afsnit/c")
    window.press("Fjern Mål 1", exact=False)
    expect(window.page.get_by_role("heading", name="Fjernede mål")).to_be_in_viewport()
    window.press("Fortryd", exact=False)
    window.at(f"{case}/besoeg/besoeg-4/afsnit/c")


def test_pages_with_something_to_mend(chromium: Browser, address: str, home: Home, axe: str) -> None:
    visit = f"/sager/{home.case_id()}/besoeg/{home.visit().id}"
    window = Window(chromium, address, home, SIGNE, axe)
    window.at(f"{visit}/afsnit/a").get_by_label("Dato for udfyldning").fill("i morgen")
    window.press("Gem og gå videre")
    assert window.page.evaluate("document.activeElement.className") == "alert alert-error"
    window.at(f"{visit}/tjek")
    window.press("Aflevér")
    expect(window.page.get_by_role("alert")).to_contain_text("Skriv datoen")
    his = home.browser(JEPPE).at("afsnit/d")
    window.at(f"{visit}/afsnit/d").get_by_label("Forældrene beskriver").fill("Hendes ord")
    his.fill(family_wellbeing_parents="Hans ord")
    window.press("Gem og gå videre")
    expect(window.page.get_by_role("heading", level=1)).to_have_text("I har skrevet det samme sted")
    # A page that refuses something has a status that Chromium tells of.
    assert [fault for fault in window.close() if "422 (" not in fault and "409 (" not in fault] == []


def test_a_browser_that_dies_has_lost_no_more_than_three_seconds(
    chromium: Browser, address: str, home: Home, axe: str
) -> None:
    path = f"/sager/{home.case_id()}/besoeg/{home.visit().id}/afsnit/d"
    window = Window(chromium, address, home, SIGNE, axe)
    _field(window.at(path)).press_sequentially("Vi har det godt, men ")
    expect(window.page.locator("#autosave-status")).to_contain_text("Gemt kl.", timeout=3000)
    assert window.close() == []
    again = Window(chromium, address, home, SIGNE, axe)
    assert _field(again.at(path)).input_value() == "Vi har det godt, men "
    assert again.close() == []


def test_a_section_by_keyboard_alone(window: Window, home: Home) -> None:
    page = window.at(f"/sager/{home.case_id()}/besoeg/{home.visit().id}/afsnit/d")
    _tab_to(page, "family_wellbeing_parents")
    page.keyboard.type("Skrevet uden mus.")
    for _ in range(4):
        page.keyboard.press("Tab")
        if "Gem og gå videre" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/afsnit/e")
    current = home.visit().current(Slot("family_wellbeing_parents", HOUSEHOLD))
    assert current is not None
    assert current.value == {"text": "Skrevet uden mus."}


def test_the_main_way_by_keyboard_alone(chromium: Browser, address: str, home: Home, axe: str) -> None:
    window = Window(chromium, address, home, SIGNE, axe)
    window.sign_out()
    page = window.at("/log-ind")
    _press_by_keyboard(page, "Signe Aastrup Lind")
    _press_by_keyboard(page, "d) Forældrenes")
    _tab_to(page, "family_wellbeing_parents")
    page.keyboard.type("Skrevet uden mus.")
    _press_by_keyboard(page, "Gem og gå videre")
    _press_by_keyboard(page, "Tilbage")
    _press_by_keyboard(page, "Se det hele igennem")
    _press_by_keyboard(page, "Aflevér")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tak. Vi har modtaget jeres svar")
    assert {key for key, _ in home.visit().handed_in} == set("abcdef")
    assert window.close() == []


def _press_by_keyboard(page: Page, words: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip().startswith(words):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"“{words}” is not reached by keyboard: {page.locator('main').inner_text()[:300]}")


def _field(page: Page) -> Locator:
    return page.get_by_label("Forældrene beskriver")


def _tab_to(page: Page, name: str) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError("the field is not reached by keyboard")
