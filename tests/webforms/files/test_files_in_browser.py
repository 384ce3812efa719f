"""The page for files in Chromium: as axe sees it, on a phone and on a desk, empty, with an error, and with files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import WIDTHS, Look, sideways, violations
from demo_family import MOTHER, TOGETHER
from fixtures.uploads import pictures
from playwright.sync_api import Browser, Page, expect

from webforms.services import Services

pytestmark = pytest.mark.browser


@pytest.fixture(params=WIDTHS)
def look(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Look]:
    look = Look(chromium, address, request.param)
    yield look
    # A page that refuses something has a status that Chromium tells of.
    assert [line for line in look.close() if "422 (" not in line] == []


def _files_page(look: Look, services: Services) -> Page:
    listed = services.store.lists.find_number(TOGETHER)
    assert listed
    look.at("/log-ind").locator(f"[value='person:{listed.id}:{MOTHER}']").first.click()
    return look.at(f"/sager/{listed.id}/filer")


def test_axe_finds_nothing_before_and_after_sending(look: Look, services: Services, axe: str, tmp_path: Path) -> None:
    page = _files_page(look, services)
    assert (sideways(page), violations(page, axe)) == (0, [])
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Du har ikke valgt en fil")
    assert page.evaluate("document.activeElement.className") == "alert alert-error"
    assert (sideways(page), violations(page, axe)) == (0, [])
    photo = tmp_path / f"{'meget-langt-navn-' * 6}.jpg"
    photo.write_bytes(pictures.photo(64, 48))
    page.get_by_label("Vælg en eller flere filer").set_input_files(photo)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Tak, filen er modtaget.")).to_be_visible()
    assert (sideways(page), violations(page, axe)) == (0, [])
