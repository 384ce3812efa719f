"""A caseworker finishes a conclusion in Chromium, reads the draft, shows the family the page; the family reads it."""

import io
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from family_home import CASEWORKER, SIGNE, Home
from family_window import Window
from held_visit import hold
from playwright.sync_api import APIResponse, Browser, Page, expect
from pypdf import PdfReader

from pipeline.documents.draft import DRAFT

pytestmark = [pytest.mark.browser, pytest.mark.office]


@pytest.fixture
def desk(chromium: Browser, address: str, home: Home, axe: str) -> Iterator[Window]:
    window = Window(chromium, address, home, CASEWORKER, axe)
    yield window
    assert window.close() == []


@pytest.fixture
def kitchen(chromium: Browser, address: str, home: Home, axe: str) -> Iterator[Window]:
    window = Window(chromium, address, home, SIGNE, axe)
    yield window
    assert window.close() == []


def test_from_the_conclusion_over_the_draft_to_the_fridge(home: Home, desk: Window, kitchen: Window) -> None:
    hold(home, "recommendation", "condition_wellbeing")
    _finish(desk, home)
    _read_draft(desk)
    _show_family(desk)
    _read_at_home(kitchen, home)


def _finish(desk: Window, home: Home) -> None:
    page = desk.at(f"/sager/{home.case_id()}/besoeg/{home.visit().id}/konklusion")
    expect(page.get_by_role("heading", name="Rapporten mangler 2 ting")).to_be_visible()
    desk.follow("Begrundet indstilling")
    page.get_by_role("radio", name="Fortsættelse").check(force=True)
    page.locator("main textarea").fill("Træningen gavner ham, og familien magter den.")
    desk.press("Gem og gå videre")
    expect(page.get_by_role("heading", name="Rapporten mangler én ting")).to_be_visible()
    desk.follow("Er betingelsen opfyldt: Hjemmetræningen fremmer")
    page.get_by_role("radio", name="Ja").check(force=True)
    page.locator("main textarea").fill("Han griner, når de træner.")
    desk.press("Gem og gå videre")
    expect(page.get_by_text("Rapporten har alt, hvad den skal have")).to_be_visible()


def _read_draft(desk: Window) -> None:
    page = desk.follow("Se dokumenterne som udkast")
    link = page.get_by_role("link", name="Tilsynsrapport (PDF)").get_attribute("href")
    assert link
    answer = _pressed_until_ready(page, urljoin(page.url, link))
    assert answer.headers["content-disposition"] == 'inline; filename="udkast-tilsynsrapport.pdf"'
    assert answer.headers["cache-control"] == "no-store"
    pages = [" ".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(answer.body())).pages]
    assert all(DRAFT in one for one in pages)
    assert "Træningen gavner ham, og familien magter den." in " ".join(pages)
    assert "Aksel går til bussen" in " ".join(pages)
    desk.follow("Til konklusionen")


def _pressed_until_ready(page: Page, address: str) -> APIResponse:
    """A machine that is cold and busy with other tests may take longer than a request waits; the page then says so."""
    for _ in range(5):
        answer = page.request.get(address)
        if answer.ok:
            return answer
        assert "Udkastet er ikke færdigt endnu" in answer.text()
    raise AssertionError("the draft was never ready")


def _show_family(desk: Window) -> None:
    page = desk.follow("Vis familien aftalerne og de nye mål")
    page.get_by_label("En hilsen til familien").fill("Tak, fordi vi måtte komme.")
    desk.press("Vis familien siden")
    expect(page.locator(".ht-errors .alert")).to_be_focused()
    page.get_by_label("Jeg har set siden igennem").check(force=True)
    desk.press("Vis familien siden")
    expect(page.get_by_text("Familien fik aftalerne og de nye mål at se")).to_be_visible()
    # Chromium tells of every answer that is not 2xx; a form with something to mend is answered with 422.
    desk.faults[:] = [said for said in desk.faults if "422" not in said]


def _read_at_home(kitchen: Window, home: Home) -> None:
    page = kitchen.at(f"/sager/{home.case_id()}/start")
    kitchen.follow("Aftaler og næste mål")
    kitchen.follow("Siden til køleskabet")
    expect(page.get_by_text("Tak, fordi vi måtte komme.")).to_be_visible()
    expect(page.get_by_text("Ringe til skolen")).to_be_visible()
    (sheet,) = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert "Senest 1. maj 2027" in sheet.extract_text()
    kitchen.at(f"/sager/{home.case_id()}/udvikling")
