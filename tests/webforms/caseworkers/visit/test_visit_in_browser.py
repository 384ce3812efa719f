"""A caseworker holds a visit on a tablet: prepares, loses the net, loses the tab, and loses no word."""

import contextlib
import re
from collections.abc import Iterator

import pytest
from family_home import CASEWORKER, SESSION_NAME, Home
from family_window import Window
from handed_in import WELLBEING, hand_in
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

from pipeline.cases.record.parts import Slot
from pipeline.cases.record.visit_events import SectionsLocked, TeamChosen

pytestmark = pytest.mark.browser
STATUS = "#autosave-status"
SAVED, WAITING = re.compile(r"^Gemt kl\. \d\d[.:]\d\d$"), re.compile("^Venter på net")
ONLINE, OFFLINE = "Med net: Aksel gik 30 meter.", " Uden net: og han lo højt."
WAITING_WORDS = """async () => {
    const found = (await indexedDB.databases()).some(one => one.name === "hjemmetilsyn");
    if (!found) return [];
    const database = await new Promise(resolve => {
        const asked = indexedDB.open("hjemmetilsyn");
        asked.onsuccess = () => resolve(asked.result);
    });
    if (!database.objectStoreNames.contains("unsent")) { database.close(); return []; }
    const records = await new Promise(resolve => {
        const asked = database.transaction("unsent").objectStore("unsent").getAll();
        asked.onsuccess = () => resolve(asked.result);
    });
    database.close();
    return records.map(one => JSON.stringify(
        Object.fromEntries(Object.entries(one).map(([name, value]) => [
            name, typeof value === "string" ? value : String.fromCharCode(...new Uint8Array(value.buffer || value))
        ]))));
}"""

TOO_SMALL = """() => ['.ht-save-bar button', '.ht-talk-list a', '.ht-skip .form-radio + label']
    .flatMap(what => Array.from(document.querySelectorAll(what)))
    .filter(one => one.getBoundingClientRect().height < 40).map(one => one.textContent)"""


class Tablet:
    """A caseworker's tablet: the net comes and goes, the tab dies, the session goes on."""

    def __init__(self, browser: Browser, address: str, home: Home) -> None:
        self._address, self._home = address, home
        self.secret = home.secret(CASEWORKER)
        self.context: BrowserContext = browser.new_context(viewport={"width": 820, "height": 1100}, locale="da-DK")
        self.sign_in(self.secret)
        self.page: Page = self.context.new_page()

    def sign_in(self, secret: str) -> None:
        """Have a session's cookie, as the server gives it."""
        cookie = {"name": SESSION_NAME, "value": secret, "url": self._address, "httpOnly": True, "sameSite": "Lax"}
        self.context.add_cookies([cookie])  # type: ignore[list-item] # Playwright's own TypedDict

    def at_visit(self) -> Page:
        """Open the page of the visit."""
        self.page.goto(f"{self._address}/sager/{self._home.case_id()}/besoeg/{self._home.visit().id}/paa-besoeget")
        return self.page

    def prepare(self) -> Page:
        """Open the page before the visit."""
        self.page.goto(f"{self._address}/sager/{self._home.case_id()}/besoeg/{self._home.visit().id}/forberedelse")
        return self.page

    def crash(self) -> None:
        """The tab's process dies; another tab is opened."""
        with contextlib.suppress(Error):  # the page cannot tell that it has crashed
            self.page.goto("chrome://crash")
        self.page.close()
        self.page = self.context.new_page()

    def waiting(self, count: int) -> list[str]:
        """What lies in the browser, once so many records do."""
        for _ in range(100):
            found: list[str] = self.page.evaluate(WAITING_WORDS)
            if len(found) == count:
                return found
            self.page.wait_for_timeout(50)
        pytest.fail(f"{len(found)} records wait in the browser, not {count}")


@pytest.fixture
def tablet(chromium: Browser, address: str, home: Home) -> Iterator[Tablet]:
    hand_in(home)
    tablet = Tablet(chromium, address, home)
    yield tablet
    tablet.context.close()


def _health(page: Page) -> Locator:
    return page.locator("#theme_health")


def _kept(home: Home, field: str) -> str:
    """What the municipality's answer says."""
    current = home.visit().current(Slot(field, CASEWORKER))
    return str((current.value or {}).get("text", "")) if current else ""


def test_a_visit_from_preparing_to_saving_loses_no_word(tablet: Tablet, home: Home) -> None:
    page = tablet.prepare()
    page.get_by_role("link", name="Gå til besøget").click()
    _health(page).fill(ONLINE)
    expect(page.locator(STATUS)).to_have_text(SAVED)
    tablet.waiting(0)
    tablet.context.set_offline(True)
    _health(page).press("Control+End")
    _health(page).press_sequentially(OFFLINE)
    page.get_by_role("group", name="Taler I om det? Fritidsforhold").get_by_label("Vi springer over").check(force=True)
    expect(page.locator(STATUS)).to_have_text(WAITING)
    page.get_by_role("button", name="Gem i sagen").click()
    page.wait_for_timeout(300)
    expect(_health(page)).to_have_value(ONLINE + OFFLINE)
    [sealed] = tablet.waiting(1)
    assert [word for word in (ONLINE + OFFLINE).split() if len(word) > 4 and word in sealed] == []
    tablet.crash()
    tablet.context.set_offline(False)
    page = tablet.at_visit()
    expect(_health(page)).to_have_value(ONLINE + OFFLINE)
    expect(page.locator("[data-unsent-told]")).to_contain_text("har sat det ind igen")
    expect(page.locator(STATUS)).to_have_text(SAVED)
    tablet.waiting(0)
    page.get_by_role("button", name="Gem i sagen").click()
    expect(page.get_by_text("Alt er gemt i sagen")).to_be_visible()
    assert _kept(home, "theme_health") == ONLINE + OFFLINE
    assert "theme_leisure" in home.visit().skipped


def test_words_that_wait_are_sent_by_themselves_when_the_net_is_back(tablet: Tablet, home: Home) -> None:
    page = tablet.at_visit()
    tablet.context.set_offline(True)
    _health(page).fill(OFFLINE)
    expect(page.locator(STATUS)).to_have_text(WAITING)
    tablet.context.set_offline(False)
    expect(page.locator(STATUS)).to_have_text(SAVED)
    tablet.waiting(0)
    assert home.browser(CASEWORKER).at("paa-besoeget").typed("theme_health") == OFFLINE


def test_after_the_session_nothing_opens_what_waits_and_it_is_erased(tablet: Tablet, home: Home) -> None:
    page = tablet.at_visit()
    tablet.context.set_offline(True)
    _health(page).fill(OFFLINE)
    expect(page.locator(STATUS)).to_have_text(WAITING)
    tablet.waiting(1)
    tablet.crash()
    home.services.identity.sessions.end(tablet.secret)
    tablet.context.set_offline(False)
    page = tablet.at_visit()
    expect(page.get_by_role("heading", level=1)).to_have_text("Log ind")
    tablet.waiting(0)


def test_another_session_of_the_same_person_does_not_open_it(tablet: Tablet, home: Home) -> None:
    page = tablet.at_visit()
    tablet.context.set_offline(True)
    _health(page).fill(OFFLINE)
    expect(page.locator(STATUS)).to_have_text(WAITING)
    tablet.waiting(1)
    tablet.crash()
    tablet.sign_in(home.secret(CASEWORKER))
    tablet.context.set_offline(False)
    page = tablet.at_visit()
    tablet.waiting(0)
    expect(_health(page)).to_have_value("")


def test_what_finds_no_place_any_more_is_shown_and_what_was_written_elsewhere_stays(tablet: Tablet, home: Home) -> None:
    page = tablet.at_visit()
    tablet.context.set_offline(True)
    _health(page).fill("Låst imens")
    page.locator("#childs_voice").fill("Fra tablet")
    expect(page.locator(STATUS)).to_have_text(WAITING)
    tablet.waiting(1)
    tablet.crash()
    home.browser(CASEWORKER).at("paa-besoeget").keep(1, childs_voice="Fra pc")
    home.happens(SectionsLocked(home.visit().id, ("j",), locked=True))
    tablet.context.set_offline(False)
    page = tablet.at_visit()
    expect(page.locator("[data-unsent-told]")).to_contain_text("Låst imens")
    expect(page.locator("#childs_voice")).to_have_value("Fra pc\n\nFra tablet")
    expect(page.locator(STATUS)).to_have_text(SAVED)
    tablet.waiting(1)
    page.locator("#childs_voice").fill("Kun det her")
    expect(page.locator(STATUS)).to_have_text(SAVED)
    page.wait_for_timeout(1500)
    page = tablet.at_visit()
    expect(page.locator("[data-unsent-told]")).to_contain_text("Låst imens")
    expect(page.locator("#childs_voice")).to_have_value("Kun det her")


def test_the_key_is_in_no_place_that_outlives_the_page(tablet: Tablet) -> None:
    page = tablet.at_visit()
    page.wait_for_function("() => !document.querySelector('[data-unsent-key]')")
    stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert stored == [0, 0, ""]


def test_the_visit_by_keyboard_alone(tablet: Tablet, home: Home) -> None:
    page = tablet.at_visit()
    page.locator("h1").click()
    _tab_to(page, "theme_health.spring")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Barnet sov.")
    _tab_to(page, "theme_other")
    page.keyboard.type("Skrevet uden mus.")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "Gem i sagen" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("Alt er gemt i sagen")).to_be_visible()
    assert home.visit().skipped == {"theme_health": "Barnet sov."}
    assert _kept(home, "theme_other") == "Skrevet uden mus."


def _tab_to(page: Page, name: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    pytest.fail(f"{name} is not reached by keyboard")


def test_the_pages_satisfy_axe_and_never_scroll_sideways(chromium: Browser, address: str, home: Home, axe: str) -> None:
    hand_in(home)
    home.happens(TeamChosen(home.visit().id, (CASEWORKER,)))
    window = Window(chromium, address, home, CASEWORKER, axe)
    page = window.at(f"/sager/{home.case_id()}/besoeg/{home.visit().id}/forberedelse")
    expect(page.get_by_role("main")).to_contain_text("Der mangler en med sundhedsfaglig viden")
    page = window.follow("Gå til besøget")
    expect(page.locator("#tema-theme_family")).to_contain_text(WELLBEING)
    assert page.evaluate(TOO_SMALL) == []
    page.get_by_role("group", name="Taler I om det? Sundhedsforhold").get_by_label("Vi springer over").check(force=True)
    _health(page).fill("Noter på et tema, der er sprunget over")
    window.press("Gem i sagen")
    expect(page.get_by_role("alert").first).to_contain_text("Slet dem, eller vælg")
    assert [fault for fault in window.close() if "422 (" not in fault] == []
