"""Every page of a family's way, empty, filled and with errors, through the Nu HTML checker."""

import re
from pathlib import Path

from family_home import AKSEL, CASEWORKER, JEPPE, SIGNE, Browser, Home
from vnu import html_errors

PLAN = "tids_og_faseplan"


def test_the_html_checker_finds_nothing(home: Home, tmp_path: Path) -> None:
    pages = _seen(home)
    for number, page in enumerate(pages):
        (tmp_path / f"{number:02}.html").write_text(page, encoding="utf-8")
    assert len(pages) > 15
    assert html_errors(tmp_path) == []


def test_no_page_holds_style_or_script_of_its_own(home: Home) -> None:
    """The policy of the pages would not let them act."""
    inside = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)")
    assert [found for page in _seen(home) for found in inside.findall(page)] == []


def _seen(home: Home) -> list[str]:
    hers, goal, pages = home.browser(SIGNE), home.visit().plan[0].id, []

    def see(browser: Browser) -> Browser:
        pages.append(browser.page)
        return browser

    for path in ("start", "samtykke", "vores-aftaler", "dagbog", "mail"):
        see(hers.of_case(path))
    for path in ("afsnit/a", f"afsnit/c?som={AKSEL}~{AKSEL}", f"afsnit/c?maal={goal}", "tjek", "dagsorden"):
        see(hers.at(path))
    see(hers.at(f"maal/{goal}/dokumentation"))
    see(hers.at("afsnit/a").fill(filled_in_on="i morgen"))
    see(hers.at("tjek").press("/aflever"))
    hers.at("afsnit/a").fill(filled_in_on="3.3.2026")
    see(hers.of_case("dagbog").fill(tekst="", dato="i morgen"))
    see(hers.of_case("dagbog").fill(tekst="Gik til køkkenet.", dato="20.11.2026", maal=goal))
    see(hers.at("dagsorden").fill(punkt="Nætterne"))
    see(hers.at(f"afsnit/c?maal={goal}"))
    see(hers.at("afsnit/c").fill(press=f"{PLAN}.remove.{goal}"))
    his = home.browser(JEPPE).at("afsnit/d")
    hers.at("afsnit/d").fill(family_wellbeing_parents="Hendes ord")
    see(his.fill(family_wellbeing_parents="Hans ord"))
    see(hers.at("tjek").press("/aflever"))
    see(hers.at("historik/family_wellbeing_parents"))
    see(home.browser(CASEWORKER).at("kommunen/d"))
    see(home.browser(CASEWORKER).at("dag").fill(day="2.3.2027", reason="Opdigtet", starts="9.30"))
    see(home.browser(CASEWORKER).at("besked"))
    home.clock.move(minutes=11)
    home.services.engine.run_now(home.case_id(), "notice", home.visit().id)
    see(hers.at("besked"))
    see(home.browser(CASEWORKER).at("besked"))
    return pages
