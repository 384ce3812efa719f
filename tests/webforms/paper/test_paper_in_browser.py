"""The form on paper in Chromium: fetched, filled in by a word processor, sent in, chosen from; and the HTML checker."""

from pathlib import Path

import pytest
from family_home import CASEWORKER, SIGNE, Home
from family_window import Window
from fetched_forms import PLAN, send, written
from playwright.sync_api import Browser, expect
from vnu import html_errors

from pipeline.cases.record.parts import Slot

pytestmark = pytest.mark.browser
WELLBEING, OTHER = "family_wellbeing_parents", "other_information"


def test_a_form_goes_out_and_comes_home(chromium: Browser, address: str, home: Home, axe: str, tmp_path: Path) -> None:
    window = Window(chromium, address, home, SIGNE, axe)
    page = window.at(f"/sager/{home.case_id()}/start")
    window.follow("Hent skemaet, eller send det ind")
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Hent som Word").click()
    filled = tmp_path / "udfyldt.docx"
    filled.write_bytes(written(fetched.value.path().read_bytes(), {WELLBEING: "Vi sover bedre.", OTHER: "Mormor."}))
    page.get_by_label("Vælg filen").set_input_files(filled)
    window.press("Send og se, hvad der står")
    expect(page.get_by_role("heading", level=1)).to_have_text("Det står der i skemaet")
    page.get_by_role("group", name="Forældrene beskriver").get_by_label("Brug det fra skemaet").check(force=True)
    window.press("Gem mine valg")
    expect(page.get_by_role("status").first).to_contain_text("Ét svar er sat ind.")
    current = home.visit().current(Slot(WELLBEING, "hjem-0101"))
    assert current is not None
    assert current.value == {"text": "Vi sover bedre."}
    window.press("Gem mine valg")
    expect(page.get_by_role("alert")).to_contain_text("Vælg “Brug det fra skemaet”")
    # A page that refuses something has a status that Chromium tells of.
    assert [fault for fault in window.close() if "422 (" not in fault] == []


def test_the_html_checker_finds_nothing(home: Home, word_form: bytes, tmp_path: Path) -> None:
    browser, pages = home.browser(SIGNE), []
    pages.append(browser.at("paa-papir").page)
    pages.append(send(browser, b"", "").page)
    new = len(home.visit().plan) + 1
    filled = {WELLBEING: "Nyt.", f"{PLAN}.1.focus": "Andet.", f"{PLAN}.{new}.wording": "Et nyt mål"}
    pages.append(send(browser, written(word_form, filled)).page)
    pages.append(browser.fill().page)
    pages.append(browser.fill(**{f"valg__{WELLBEING}": "brug"}).page)
    pages.append(home.browser(CASEWORKER).at("paa-papir").page)
    for number, page in enumerate(pages):
        (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
    assert html_errors(tmp_path) == []
