"""Every page of the room, empty, filled and with errors: the Nu HTML checker, nothing inline, easy Danish."""

import re
from pathlib import Path

from family_home import JEPPE, SIGNE, Browser
from lix import lix
from signing_house import CASEWORKER, SIGNING, SigningHouse
from vnu import html_errors

from pipeline.cases.record.journal_events import Agreed
from webforms.design.words import Words

MEAN_LIX = 35


def test_the_html_checker_finds_nothing(house: SigningHouse, tmp_path: Path) -> None:
    pages = _seen(house)
    for number, page in enumerate(pages):
        (tmp_path / f"{number:02}.html").write_text(page, encoding="utf-8")
    assert html_errors(tmp_path) == []
    inside = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)")
    assert [found for page in pages for found in inside.findall(page)] == []


def test_the_danish_is_easy_to_read() -> None:
    words = Words(Path(__file__).parents[3] / "webforms" / "signing" / "words")
    assert lix("\n".join(f"{words.say('da', key)}." for key in words.keys)) <= MEAN_LIX


def _seen(house: SigningHouse) -> list[str]:
    pages: list[str] = []

    def see(browser: Browser) -> Browser:
        assert browser.status in (200, 422)
        pages.append(browser.page)
        return browser

    office, hers, his = house.browser(CASEWORKER), house.browser(SIGNE), house.browser(JEPPE)
    see(office.get(house.address("underskrifter/ny")))
    see(hers.get(house.address("underskriv")))
    house.happens(Agreed("ny", "besoeg-4", "Vi ses i januar", "Signe"))
    see(office.get(house.address("underskrifter/ny")).fill(day=""))
    house.ask(in_order=True)
    see(his.get(house.of(JEPPE)))
    see(hers.get(house.of(SIGNE)).fill())
    see(hers.get(house.of(SIGNE)).fill(laest="1"))
    see(his.get(house.of(JEPPE, "/nej")).fill())
    see(office.get(house.address(f"underskrifter/{SIGNING}/{JEPPE}/paa-papir")))
    see(office.get(house.address(f"underskrifter/{SIGNING}/mind-om")))
    see(his.get(house.of(JEPPE, "/nej")).fill(begrundelse="Nej tak"))
    for path in ("underskrifter", "aftaler"):
        see(office.get(house.address(path)))
    for path in ("start", "underskriv", "vores-aftaler"):
        see(hers.get(house.address(path)))
    see(his.get("/tjek").fill())
    return pages
