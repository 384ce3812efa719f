"""Every page of the room, empty, filled and with errors: the Nu HTML checker, no style inside, easy Danish."""

import re
from pathlib import Path

from family_home import Browser
from hearing_house import CASEWORKER, CHILD, CHILDS, HERS, HIS, MARIA, NUMBER, VISIT, House
from lix import lix
from vnu import html_errors

from pipeline.cases.hearing.events import (
    AnswerConfirmed,
    ChildNotHeard,
    HearingWithdrawn,
    MoreTimeAsked,
    MoreTimeRefused,
    RemarkMade,
    RemarkWeighed,
    TalkAsked,
    TalkHeld,
)
from webforms.design.words import Words

ROOM = f"besoeg/{VISIT}/hoering"
MEAN_LIX = 35


def test_the_html_checker_finds_nothing(house: House, tmp_path: Path) -> None:
    pages = _seen(house)
    for number, page in enumerate(pages):
        (tmp_path / f"{number:02}.html").write_text(page, encoding="utf-8")
    assert len(pages) > 15
    assert html_errors(tmp_path) == []
    inside = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)")
    assert [found for page in pages for found in inside.findall(page)] == []


def test_the_danish_is_easy_to_read() -> None:
    words = Words(Path(__file__).parents[3] / "webforms" / "hearing" / "words")
    assert lix("\n".join(f"{words.say('da', key)}." for key in words.keys)) <= MEAN_LIX


def _seen(house: House) -> list[str]:
    pages: list[str] = []

    def see(browser: Browser) -> Browser:
        assert browser.status in (200, 422)
        pages.append(browser.page)
        return browser

    hers, office, child = house.at(MARIA), house.at(CASEWORKER), house.at(CHILD)
    for path in ("hoering", f"hoering/{HERS}", f"hoering/{HERS}/tjek", f"hoering/{HERS}/mere-tid", "start"):
        see(hers.get(house.address(path)))
    see(hers.get(house.address(f"hoering/{HERS}/samtale")).fill(tekst=""))
    see(hers.get(house.address(f"hoering/{HERS}")).fill(svar__konklusion="x" * 20_001))
    see(hers.get(house.address(f"hoering/{HERS}")).fill(svar__konklusion="Noget", svar__generelt="Mere"))
    see(hers.press("/svar"))
    see(hers.get(house.address(f"hoering/{CHILDS}")))
    see(child.get(house.address(f"hoering/{CHILDS}")))
    see(child.fill(svar__traening="glad", svar__godt="Gyngen", hjaelper="Mor"))
    _happens(house)
    see(hers.get(house.address(f"hoering/{HERS}/mere-tid")))
    for path in ("", f"/{HERS}/bemaerkning/r1", f"/{HERS}/frist", f"/{HIS}/paa-papir", f"/{HIS}/samtalen", "/luk"):
        see(office.get(house.address(f"{ROOM}{path}")))
    see(office.get(house.address("besoeg/besoeg-3/hoering/aabn")))
    house.happens(*(HearingWithdrawn(one, "Forkert") for one in (HERS, HIS, CHILDS)), number=NUMBER)
    see(office.get(house.address(f"{ROOM}/aabn")))
    see(hers.get(house.address(f"hoering/{HERS}")))
    return pages


def _happens(house: House) -> None:
    now = house.clock()
    house.happens(
        ChildNotHeard(VISIT, "For lille"),
        RemarkMade(HERS, "s", "r1", "konklusion", "Noget"),
        RemarkMade(HERS, "s", "r2", "", "Mere"),
        AnswerConfirmed(HERS, "s", now, "mitid", "", now),
        RemarkWeighed(HERS, "r1", True, "Ja"),
        MoreTimeAsked(HERS, "Ferie"),
        MoreTimeRefused(HERS, "Haster"),
        MoreTimeAsked(HIS, "Ferie"),
        TalkAsked(HIS, "Ring"),
        TalkHeld(HERS, house.services.today(), "Enige"),
        number=NUMBER,
        by=MARIA,
    )
