"""The form on paper in Chromium: fetched, filled in by a word processor, sent in, chosen from; and the HTML checker."""

from collections.abc import Callable
from pathlib import Path

import pytest
from family_home import CASEWORKER, SIGNE, Home
from family_window import Window
from fetched_forms import PLAN, send, written
from offline_forms import pdf_with, xlsx_with
from playwright.sync_api import Browser, Page, expect
from vnu import html_errors

from pipeline.cases.record.parts import Slot
from pipeline.cases.record.voices import goal_slot

pytestmark = pytest.mark.browser
WELLBEING, OTHER = "family_wellbeing_parents", "other_information"


def test_forms_go_out_and_come_home(chromium: Browser, address: str, home: Home, axe: str, tmp_path: Path) -> None:
    window = Window(chromium, address, home, SIGNE, axe)
    page = window.at(f"/sager/{home.case_id()}/start")
    window.follow("Hent skemaet, eller send det ind")
    front = page.url
    _there_and_back(
        page, "Word", tmp_path, lambda form: written(form, {WELLBEING: "Vi sover bedre.", OTHER: "Mormor."})
    )
    window.press("Send og se, hvad der står")
    expect(page.get_by_role("heading", level=1)).to_have_text("Det står der i skemaet")
    _choose(window, "Forældrene beskriver")
    assert _said(home, WELLBEING) == ("word", {"text": "Vi sover bedre."})
    window.press("Gem mine valg")
    expect(page.get_by_role("alert")).to_contain_text("Vælg “Brug det fra skemaet”")

    goals = [goal.id for goal in home.visit().plan]
    page.goto(front)
    _there_and_back(page, "Excel", tmp_path, lambda form: xlsx_with(form, {f"{PLAN}.1.next": "Til skolen."}, goals))
    page.get_by_role("button", name="Send og se, hvad der står").click()
    _choose(window, "Mål 1")
    assert _said(home, goal_slot(goals[0], "next")) == ("excel", {"text": "Til skolen."})

    page.goto(front)
    for letter in "abcdf":
        page.get_by_role("checkbox", name=f"{letter}) ").uncheck(force=True)
    _there_and_back(page, "PDF", tmp_path, lambda form: pdf_with(form, {OTHER: "Mormor er flyttet ind."}))
    page.get_by_role("button", name="Send og se, hvad der står").click()
    _choose(window, "Forældrene noterer")
    assert _said(home, OTHER) == ("pdf", {"text": "Mormor er flyttet ind."})
    # A page that refuses something has a status that Chromium tells of.
    assert [fault for fault in window.close() if "422 (" not in fault] == []


def _there_and_back(page: Page, kind: str, folder: Path, fill: Callable[[bytes], bytes]) -> None:
    """Fetch the form, fill it in with another program, choose the file."""
    with page.expect_download() as fetched:
        page.get_by_role("button", name=kind).click()
    filled = folder / fetched.value.suggested_filename
    filled.write_bytes(fill(fetched.value.path().read_bytes()))
    page.get_by_label("Vælg filen").set_input_files(filled)


def _choose(window: Window, label: str) -> None:
    window.page.get_by_role("group", name=label).first.get_by_label("Brug det fra skemaet").check(force=True)
    window.press("Gem mine valg")
    expect(window.page.get_by_role("status").first).to_contain_text("Ét svar er sat ind.")


def _said(home: Home, key: str) -> tuple[str, object]:
    current = home.visit().current(Slot(key, "hjem-0101"))
    assert current is not None
    return current.through, current.value


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
    asked_first = home.browser(CASEWORKER).at(f"for-en-anden/d?som=hjem-0101~{SIGNE}")
    assert "bedt dig om hjælp?" in asked_first.words
    pages.append(asked_first.page)
    for number, page in enumerate(pages):
        (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
    assert html_errors(tmp_path) == []
