"""The first page in Chromium with the real server and the real machines, at 320 and 1280 px."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import TAGS
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect
from real_server import RealServer

from webforms.public.shelf import KNOWN

pytestmark = pytest.mark.office
CASE = "cp_skole_2"
WIDTHS = (320, 1280)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """One server for the whole file; the tests that need documents make them themselves."""
    with RealServer(tmp_path_factory.mktemp("home")) as server:
        yield server


class Visit:
    """A page, and everything that the browser complained of."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(address)

    def made(self) -> None:
        """Press the button of the case and wait for its documents."""
        self.page.locator(f"#{CASE} button").click(no_wait_after=True)
        self.page.wait_for_url(f"**/#{CASE}", timeout=120_000)
        expect(self.page.locator(f"#{CASE} li")).to_have_count(len(KNOWN))

    def _heard(self, message: ConsoleMessage) -> None:
        self.complaints.append(message.text)


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width} px")
def visit(request: pytest.FixtureRequest, chromium: Browser, server: RealServer) -> Iterator[Visit]:
    context = chromium.new_context(
        viewport={"width": request.param, "height": 800}, locale="da-DK", reduced_motion="reduce"
    )
    visit = Visit(context.new_page(), server.address)
    yield visit
    context.close()
    assert visit.complaints == []


def sideways(page: Page) -> int:
    """How far the page can be scrolled to the side, in px."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def violations(page: Page, axe: str) -> list[str]:
    """What axe-core finds, with the place."""
    page.evaluate(axe)
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", TAGS
    )
    return [f"{v['id']}: {n['html']}" for v in found["violations"] for n in v["nodes"]]


def test_a_visitor_makes_the_documents_and_opens_them(visit: Visit, axe: str) -> None:
    page = visit.page
    expect(page).to_have_title(re.compile("^Prøv systemet – "))
    assert (sideways(page), violations(page, axe)) == (0, [])

    visit.made()
    assert page.url.endswith(f"/#{CASE}")
    assert page.evaluate("document.activeElement.id") == CASE
    expect(page.locator(f"#{CASE} .ht-seal")).to_contain_text("DEMO: Dokumentet er uændret")
    assert (sideways(page), violations(page, axe)) == (0, [])

    for known in KNOWN:
        link = page.locator(f'#{CASE} a[href$="{known.file_name}"]')
        if known.file_name.endswith(".pdf"):
            with page.expect_response(lambda response: response.url.endswith(".pdf")) as opened:
                link.click()
            assert opened.value.headers["content-type"] == "application/pdf"
            page.go_back()
        else:
            with page.expect_download() as fetched:
                link.click()
            assert fetched.value.suggested_filename == f"{CASE}-{known.file_name}"
            assert fetched.value.path().stat().st_size > 1000


def test_everything_can_be_hit_with_a_finger(visit: Visit) -> None:
    visit.made()
    boxes = [target.bounding_box() for target in visit.page.locator("main a, main button").all()]
    assert len(boxes) >= 13
    assert all(box and box["height"] >= 44 for box in boxes)


def test_with_wide_letter_and_line_spacing_nothing_is_pushed_out(visit: Visit) -> None:
    """WCAG 2.2, 1.4.12."""
    visit.page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync('* {line-height: 1.5 !important; letter-spacing: .12em !important;'
                + ' word-spacing: .16em !important} p {margin-bottom: 2em !important}');
            document.adoptedStyleSheets = [sheet];
        }"""
    )
    assert sideways(visit.page) == 0


def test_the_keyboard_reaches_every_button_and_shows_where_it_is(visit: Visit) -> None:
    page = visit.page
    buttons = page.locator("button").count()
    seen = []
    for _ in range(page.locator("a, button").count()):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.localName"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert seen.count("button") == buttons == 9


def test_while_it_works_the_page_says_so_and_no_other_press_is_sent(visit: Visit) -> None:
    asked: list[str] = []

    def hold(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=204)  # the page stays

    visit.page.route("**/dokumenter", hold)
    # In one go, because Playwright looks at nothing while a page is on its way to the next.
    said, prevented = visit.page.evaluate(
        """() => {
            const prevented = [], button = name => document.querySelector(`#${name} button`);
            window.addEventListener("submit", event => prevented.push(event.defaultPrevented));
            button("autisme_skole_1").click();
            const said = [button("autisme_skole_1").innerText, document.querySelector("[role=status]").innerText];
            button("autisme_skole_1").click();
            button("autisme_skole_2").click();
            return [said, prevented];
        }"""
    )
    assert said[0].startswith("Laver dokumenterne …")
    assert said[1] == "Laver dokumenterne …"
    assert prevented == [False, True, True]
    visit.page.wait_for_timeout(200)
    assert asked == [f"{visit.address}/demo/autisme_skole_1/dokumenter"]


def test_a_refusal_is_readable_for_everybody(visit: Visit, axe: str) -> None:
    page = visit.page
    page.context.clear_cookies()
    page.locator(f"#{CASE} button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tryk på knappen igen")
    assert (sideways(page), violations(page, axe)) == (0, [])
    page.get_by_role("link", name="Gå til forsiden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hjemmetilsyn")
    assert [complaint for complaint in visit.complaints if "400" not in complaint] == []
    visit.complaints.clear()  # the browser notes every 400; that is what was asked for


def test_in_forced_colours_the_demo_mark_and_the_buttons_keep_an_outline(visit: Visit) -> None:
    page = visit.page
    page.emulate_media(forced_colors="active")
    for selector in (".ht-demo strong", f"#{CASE} button", f"#{CASE}"):
        width, style = page.evaluate(
            "s => {const c = getComputedStyle(document.querySelector(s)); return [c.borderTopWidth, c.borderTopStyle]}",
            selector,
        )
        assert (float(width.removesuffix("px")) >= 1, style) == (True, "solid")


def test_on_paper_there_are_no_buttons_and_the_demo_mark_stays(visit: Visit) -> None:
    page = visit.page
    page.emulate_media(media="print")
    expect(page.locator("button").first).to_be_hidden()
    expect(page.locator(".ht-demo strong")).to_be_visible()
    assert sideways(page) == 0


def test_axe_would_have_told(visit: Visit, axe: str) -> None:
    """The judge is awake: a picture without words is found."""
    visit.page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    assert [found.partition(":")[0] for found in violations(visit.page, axe)] == ["image-alt"]


def test_without_scripts_everything_works(chromium: Browser, server: RealServer) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="da-DK")
    visit = Visit(context.new_page(), server.address)
    visit.made()
    expect(visit.page.locator(f"#{CASE} .ht-seal")).to_contain_text("DEMO: Dokumentet er uændret")
    context.close()
    assert visit.complaints == []


def test_a_page_from_elsewhere_cannot_press_the_button(chromium: Browser, server: RealServer, tmp_path: Path) -> None:
    trap = tmp_path / "trap.html"
    trap.write_text(f'<form method="post" action="{server.address}/demo/{CASE}/dokumenter"><button>x</button></form>')
    page = chromium.new_context().new_page()
    page.goto(server.address)
    page.goto(trap.as_uri())
    page.locator("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tryk på knappen igen")
    page.context.close()
