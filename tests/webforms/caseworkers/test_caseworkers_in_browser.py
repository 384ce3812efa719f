"""A caseworker's way through a case in Chromium: open it, put people on it, plan, note, close; phone and desk."""

from collections.abc import Iterator

import pytest
from browsing import WIDTHS, sideways, violations
from offices import Office, open_office
from playwright.sync_api import Browser, BrowserContext, Page, expect
from served import served

from webforms.identity.cookies import SESSION, Cookies
from webforms.identity.roles import Role

pytestmark = pytest.mark.browser
PHONE, DESK = WIDTHS


@pytest.fixture(scope="module")
def municipality() -> Iterator[Office]:
    with open_office() as office:
        yield office


@pytest.fixture(scope="module")
def address(municipality: Office) -> Iterator[str]:
    with served(municipality.app) as address:
        yield address


class Visit:
    """A browser window with somebody signed in; every page that was seen must satisfy axe at both widths."""

    def __init__(self, browser: Browser, address: str, office: Office, role: Role, axe: str) -> None:
        self._axe, self._address = axe, address
        self._context: BrowserContext = browser.new_context(locale="da-DK", reduced_motion="reduce")
        name = Cookies(is_encrypted=False).name(SESSION)
        self._context.add_cookies([{"name": name, "value": office.cast.actors[role].secret, "url": address}])
        self.page: Page = self._context.new_page()
        self.complaints: list[str] = []
        self._judged: set[str] = set()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def at(self, path: str) -> Page:
        """Go somewhere, and look at it."""
        self.page.goto(self._address + path)
        self.judge()
        return self.page

    def press(self, name: str) -> Page:
        """Press a button of the page's own part, and look at what comes."""
        self.page.locator("main").get_by_role("button", name=name).click()
        self.page.wait_for_load_state()
        self.judge()
        return self.page

    def follow(self, name: str) -> Page:
        """Follow a link of the page's own part, and look at where it leads."""
        self.page.locator("main").get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()
        self.judge()
        return self.page

    def judge(self) -> None:
        """What axe sees at both widths, and whether the page scrolls sideways on a phone; each page once."""
        if self.page.title() in self._judged:
            return
        self._judged.add(self.page.title())
        for width in (DESK, PHONE):
            self.page.set_viewport_size({"width": width, "height": 800})
            found = (self.page.url, width, sideways(self.page), violations(self.page, self._axe))
            assert found == (self.page.url, width, 0, [])

    def end(self) -> list[str]:
        """Close the window; what the browser complained of."""
        self._context.close()
        return self.complaints


def test_a_caseworker_goes_through_a_case(chromium: Browser, address: str, municipality: Office, axe: str) -> None:
    visit = Visit(chromium, address, municipality, Role.CASEWORKER, axe)
    page = visit.at("/sager")
    visit.follow("Opret en sag")
    visit.press("Opret sagen")
    expect(page.locator(".ht-errors .alert")).to_be_focused()
    page.get_by_label("Sagens nummer").fill("BROWSER-1")
    page.get_by_label("Barnets navn").fill("Freja Opdigtsen")
    page.get_by_label("Barnets CPR-nummer").fill("010618-6007")
    page.get_by_label("Forælderens navn", exact=True).fill("Signe Opdigtsen")
    page.get_by_label("Ja").first.check()
    visit.press("Opret sagen")
    expect(page.get_by_label("Jeg har set numrene efter, og de er rigtige")).to_be_visible()
    page.get_by_label("Jeg har set numrene efter, og de er rigtige").check()
    visit.press("Opret sagen")
    expect(page.locator("h1")).to_have_text("Freja Opdigtsen")
    _decide(visit)
    _plan(visit)
    _note(visit)
    visit.follow("Afslut sagen")
    page.get_by_label("Familien er flyttet til en anden kommune").check()
    page.get_by_label("Begrundelse").fill("Flyttet i oktober")
    visit.press("Afslut sagen")
    expect(page.get_by_text("Sagen er afsluttet").first).to_be_visible()
    # Chromium tells of every answer that is not 2xx; a form with something to mend is answered with 422.
    assert [said for said in visit.end() if "422" not in said] == []


def _decide(visit: Visit) -> None:
    page = visit.follow("Signe Opdigtsen")
    page.get_by_label("Ja, giv adgang").check()
    page.get_by_label("Hvorfor?").fill("Har forældremyndigheden")
    visit.press("Gem afgørelsen")
    expect(page.get_by_text("Kan åbne sagen", exact=True)).to_be_visible()
    visit.follow("Tilføj en person")
    visit.follow("Skole")
    page.get_by_label("Navn").fill("Skolen ved Bakken")
    page.get_by_label("(f) Samarbejde").check()
    visit.press("Gem personen")
    expect(page.get_by_text("Må skrive i afsnit (f)")).to_be_visible()


def _plan(visit: Visit) -> None:
    page = visit.follow("Besøg")
    visit.follow("Opret et besøg")
    page.get_by_label("Dag").fill("15.12.2026")
    visit.press("Opret besøget")
    expect(page.get_by_text("15. december 2026").first).to_be_visible()
    visit.follow("Lås og åbn afsnit")
    page.get_by_label("(e) Evt. andre").check()
    visit.press("Gem")
    expect(page.get_by_text("Låst")).to_be_visible()


def _note(visit: Visit) -> None:
    page = visit.follow("Journal")
    visit.follow("Skriv et notat")
    page.get_by_label("Telefon").check()
    page.get_by_label("Hvad blev sagt").fill("Signe glæder sig til besøget.")
    visit.press("Gem notatet")
    expect(page.get_by_text("Signe glæder sig til besøget.")).to_be_visible()
    visit.follow("Sag BROWSER-1")
    expect(page.get_by_text("Familiens del til besøg 1").first).to_be_visible()


def test_pages_of_a_full_case_satisfy_axe(chromium: Browser, address: str, municipality: Office, axe: str) -> None:
    visit = Visit(chromium, address, municipality, Role.CASEWORKER, axe)
    own = f"/sager/{municipality.cast.own_open}"
    for path in ("/personer", "/udtraek", "/udtraek/aktindsigt/mor", "/hvem-har-set", "/godkendelse/ny", "/andet-team"):
        visit.at(own + path)
    assert visit.end() == []


def test_pages_of_operation_satisfy_axe(chromium: Browser, address: str, municipality: Office, axe: str) -> None:
    for role, path in (
        (Role.OPERATOR, "/drift"),
        (Role.ADMINISTRATOR, "/medarbejdere"),
        (Role.ADMINISTRATOR, "/medarbejdere/ny"),
        (Role.ARCHIVIST, "/arkiv"),
        (Role.ARCHIVIST, f"/arkiv/{municipality.cast.own_closed}/slet"),
    ):
        visit = Visit(chromium, address, municipality, role, axe)
        visit.at(path)
        assert visit.end() == []
