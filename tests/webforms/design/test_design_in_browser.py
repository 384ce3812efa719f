"""Every macro and every input in Chromium: what axe sees, and what it does not see."""

import io
import math
from collections.abc import Iterator

import pytest
from browsing import WIDTHS, Look, sideways, violations
from playwright.sync_api import Browser, expect
from pypdf import PdfReader
from style_guide import LOOKED_AT

pytestmark = pytest.mark.browser
PHONE, DESK = WIDTHS
A4_WIDTH, A4_HEIGHT = 718, 1046
"""What 1 cm margins leave of A4, in px."""


@pytest.fixture(scope="module")
def looks(chromium: Browser, address: str) -> Iterator[dict[int, Look]]:
    """One window of each width for all pages: a new one for each would fetch fonts and style anew."""
    looks = {width: Look(chromium, address, width) for width in WIDTHS}
    yield looks
    for look in looks.values():
        look.close()


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Look]:
    look = Look(chromium, address, PHONE)
    yield look
    assert look.close() == []


@pytest.fixture
def plain(chromium: Browser, address: str) -> Iterator[Look]:
    look = Look(chromium, address, PHONE, scripts=False)
    yield look
    assert look.close() == []


@pytest.mark.parametrize("path", LOOKED_AT)
def test_axe_finds_nothing_and_the_page_does_not_scroll_sideways(path: str, looks: dict[int, Look], axe: str) -> None:
    for width, look in looks.items():
        page = look.at(path)
        assert (width, sideways(page), violations(page, axe), look.complaints) == (width, 0, [], [])


def test_axe_would_have_told(looks: dict[int, Look], axe: str) -> None:
    page = looks[DESK].at("/")
    page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    assert [found.partition(":")[0] for found in violations(page, axe)] == ["image-alt"]


def test_in_english_axe_finds_nothing_either(looks: dict[int, Look], axe: str) -> None:
    look = looks[PHONE]
    look.at("/afsnit/j/tom")
    look.page.get_by_role("button", name="English").click()
    expect(look.page.locator("html")).to_have_attribute("lang", "en")
    assert look.page.url.endswith("/afsnit/j/tom")
    for path in ("/afsnit/j/udfyldt", "/afsnit/l/fejl", "/felter"):
        assert (sideways(look.at(path)), violations(look.page, axe)) == (0, [])
    look.page.get_by_role("button", name="Dansk").click()
    expect(look.page.locator("html")).to_have_attribute("lang", "da")


def test_wide_spacing_pushes_nothing_out(phone: Look) -> None:
    """WCAG 2.2, 1.4.12."""
    for path in ("/", "/lister", "/afsnit/l/udfyldt", "/afsnit/c/udfyldt"):
        phone.at(path).evaluate(
            """() => {
                const sheet = new CSSStyleSheet();
                sheet.replaceSync('* {line-height: 1.5 !important; letter-spacing: .12em !important;'
                    + ' word-spacing: .16em !important} p {margin-bottom: 2em !important}');
                document.adoptedStyleSheets = [sheet];
            }"""
        )
        assert sideways(phone.page) == 0


def test_the_error_summary_takes_the_focus_and_leads_to_the_fields(phone: Look) -> None:
    page = phone.at("/felter?tilstand=fejl")
    assert page.evaluate("document.activeElement.className") == "alert alert-error"
    expect(page).to_have_title("Fejl: Felter – Testkommune")
    for link in page.locator(".ht-errors a").all():
        link.click()
        place = (link.get_attribute("href") or "").removeprefix("#")
        assert page.evaluate("document.activeElement.id") == place
        said = page.locator(f"[id='{place}-error']").inner_text()
        assert said.removeprefix("Fejl:").strip() == link.inner_text()
        assert page.locator(f"[id='{place}']").get_attribute("aria-invalid") == "true"


@pytest.mark.parametrize("letter", "acl")
def test_each_problem_of_a_section_leads_to_its_field_in_the_same_words(letter: str, looks: dict[int, Look]) -> None:
    page = looks[DESK].at(f"/afsnit/{letter}/fejl")
    found = page.evaluate(
        """() => [...document.querySelectorAll('.ht-errors a')].map(link => {
            const place = link.hash.slice(1), field = document.getElementById(place);
            const said = document.getElementById(place + '-error');
            const words = said && said.lastChild.textContent.trim();
            return [place, field && field.matches('input, textarea, select, button'), words == link.textContent];
        })"""
    )
    assert found
    assert [problem for problem in found if problem[1:] != [True, True]] == []


def test_a_chosen_answer_is_seen_where_the_system_sets_the_colours(phone: Look) -> None:
    page = phone.page
    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        phone.at("/felter")
        for kind in ("radio", "checkbox"):
            seen = page.evaluate(
                """kind => {
                    const look = (input, part) => getComputedStyle(input.nextElementSibling, part);
                    const first = state => document.querySelector('.form-' + kind + state);
                    const on = first(':checked'), off = first(':not(:checked)');
                    const dot = look(on, '::after'), box = look(on, '::before'), empty = look(off, '::after');
                    return {mark: dot.content, none: empty.content, dot: dot.backgroundColor, box: box.backgroundColor,
                            page: getComputedStyle(document.body).backgroundColor};
                }""",
                kind,
            )
            assert seen["mark"] != "none"
            assert seen["none"] == "none"
            assert seen["page"] not in (seen["dot"] if kind == "radio" else seen["box"],)


def test_in_forced_colours_buttons_badges_and_the_demo_mark_keep_an_outline(phone: Look) -> None:
    for path, selector in (("/", ".ht-demo strong"), ("/", ".badge"), ("/vej", ".button"), ("/beskeder", ".alert")):
        page = phone.at(path)
        page.emulate_media(forced_colors="active")
        width = page.evaluate("s => getComputedStyle(document.querySelector(s)).borderTopWidth", selector)
        assert float(width.removesuffix("px")) >= 1


def test_without_scripts_table_cards_carry_their_labels(plain: Look) -> None:
    page = plain.at("/lister")
    labels = [cell.get_attribute("data-title") for cell in page.locator("table.table [data-title]").all()]
    assert labels == ["Hvad", "Hvem", "Hvornår", "Status"] * 2
    expect(page.locator("table.table thead")).to_be_hidden()


def test_without_scripts_rows_come_and_go(plain: Look) -> None:
    page = plain.at("/afsnit/l/tom")
    page.get_by_label("Hvad, linje 1").last.fill("Ringe til fysioterapeuten")
    page.get_by_role("button", name="Tilføj en linje Aftaler").click()
    assert page.get_by_label("Hvad, linje 1").last.input_value() == "Ringe til fysioterapeuten"
    expect(page.locator("[id='agreements-2-what']")).to_be_focused()
    page.get_by_role("button", name="Fjern linje 1: Aftaler").click()
    assert page.locator("[id='agreements-1-what']").input_value() == ""
    assert page.locator(".ht-errors").count() == 0


def test_without_scripts_no_button_is_dead(plain: Look) -> None:
    for path in ("/", "/lister", "/vej", "/felter", "/afsnit/a/tom", "/afsnit/c/udfyldt"):
        page = plain.at(path)
        outside = "buttons => buttons.filter(b => !b.form || b.type !== 'submit').map(b => b.outerHTML)"
        assert page.locator("button:visible").evaluate_all(outside) == []


def test_without_scripts_the_page_tells_how_to_keep_what_was_written(plain: Look) -> None:
    expect(plain.at("/afsnit/a/tom").get_by_text("Tryk på Gem, når du holder pause")).to_be_visible()


def test_help_opens_without_scripts(plain: Look) -> None:
    page = plain.at("/beskeder")
    page.get_by_text("Hvad er et godt mål?").click()
    expect(page.get_by_text("Et lille skridt er også et mål.")).to_be_visible()


def test_enter_in_a_line_of_text_keeps_every_row(phone: Look) -> None:
    page = phone.at("/afsnit/l/udfyldt")
    before = page.locator("[id^='agreements-'][id$='-what']").count()
    page.locator("[id='agreements-2-who']").press("Enter")
    page.wait_for_load_state()
    assert page.locator("[id^='agreements-'][id$='-what']").count() == before


def test_the_keyboard_goes_through_a_page_in_the_order_that_is_seen(phone: Look) -> None:
    page = phone.at("/felter")
    seen: list[float] = []
    for _ in range(page.locator("a, button, input:not([type=hidden]), textarea, select").count()):
        page.keyboard.press("Tab")
        top, style = page.evaluate(
            """() => {
                const e = document.activeElement, isDrawn = e.matches('.form-radio, .form-checkbox');
                const shown = isDrawn ? e.nextElementSibling : e;
                const outline = getComputedStyle(shown, shown === e ? null : '::before').outlineStyle;
                return [e.getBoundingClientRect().top + scrollY, outline];
            }"""
        )
        if page.evaluate("document.activeElement === document.body"):
            break
        seen.append(top)
        assert style == "solid", page.evaluate("document.activeElement.outerHTML")
    assert len(seen) > 15
    first_in_main = next(index for index, top in enumerate(seen) if top > page.locator("main").bounding_box()["y"])  # type: ignore[index] # main is visible
    assert seen[first_in_main:] == sorted(seen[first_in_main:])


def test_what_a_finger_must_hit_is_large_enough(phone: Look) -> None:
    """WCAG 2.2, 2.5.8 asks for 24 px; what is pressed most gets 44."""
    page = phone.at("/afsnit/l/udfyldt")
    for selector in (".button", ".ht-quiet-button", ".form-input", ".form-select", ".ht-navigation a"):
        small = page.locator(selector).evaluate_all(
            "all => all.filter(e => e.getBoundingClientRect().height < 40).length"
        )
        assert (selector, small) == (selector, 0)


@pytest.mark.parametrize("path", ["/", "/lister", "/afsnit/a/udfyldt", "/afsnit/l/udfyldt"])
def test_on_paper_no_page_is_half_empty_and_buttons_are_gone(path: str, chromium: Browser, address: str) -> None:
    look = Look(chromium, address, DESK)
    page = look.at(path)
    page.emulate_media(media="print")
    expect(page.locator(".ht-demo strong")).to_be_visible()
    assert page.locator(".button:visible, .ht-quiet-button:visible").count() == 0
    page.set_viewport_size({"width": A4_WIDTH, "height": A4_HEIGHT})
    assert sideways(page) == 0
    content = page.evaluate("document.documentElement.scrollHeight")
    paper = page.pdf(format="A4", margin={side: "1cm" for side in ("top", "right", "bottom", "left")})
    assert len(PdfReader(io.BytesIO(paper)).pages) <= math.ceil(content / A4_HEIGHT) + 1
    look.close()


def test_a_printed_table_is_a_table(chromium: Browser, address: str) -> None:
    look = Look(chromium, address, 718)
    page = look.at("/lister")
    page.emulate_media(media="print")
    assert page.locator("table.table td").first.evaluate("cell => getComputedStyle(cell).display") == "table-cell"
    look.close()


def test_only_small_fonts_are_fetched_and_other_alphabets_cost_nothing(chromium: Browser, address: str) -> None:
    look = Look(chromium, address, DESK)
    fetched: list[str] = []
    look.page.on("request", lambda request: fetched.append(request.url))
    look.at("/afsnit/a/udfyldt")
    look.page.locator("textarea").first.fill("مرحبا 你好 😀 →")
    look.page.evaluate("() => document.fonts.ready.then(() => 1)")
    fonts = [url.rpartition("/")[2] for url in fetched if "/fonts/" in url]
    assert fonts
    assert all(font.endswith("-Latin1.woff2") for font in fonts)
    assert look.close() == []


def test_the_first_look_weighs_less_than_300_kilobytes(chromium: Browser, address: str) -> None:
    look = Look(chromium, address, DESK)
    session = look.page.context.new_cdp_session(look.page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    look.at("/afsnit/a/udfyldt")
    look.page.wait_for_load_state("networkidle")
    assert 60_000 < sum(sizes) <= 300_000
    look.close()
