"""The HTML checker on the pages before and at a visit: empty, full, with something to mend, in both languages."""

from pathlib import Path

from family_home import CASEWORKER, Browser, Home
from handed_in import hand_in
from vnu import html_errors

from pipeline.cases.record.visit_events import TeamChosen


def _pages(home: Home) -> list[str]:
    page = home.browser(CASEWORKER)
    full = f"/sager/{home.case_id()}/besoeg/{home.visit().before}"
    written = [page.at(path).page for path in ("forberedelse", "hold", "paa-besoeget")]
    written += [page.get(f"{full}/{path}").page for path in ("forberedelse", "paa-besoeget")]
    return [*written, _to_mend(page)]


def _to_mend(page: Browser) -> str:
    page.at("paa-besoeget").fill(theme_health="Sund", theme_health__spring="springer", observations__1__by_whom="Os")
    assert page.status == 422
    return page.page


def test_the_html_checker_finds_nothing_on_the_pages_of_a_visit(home: Home, tmp_path: Path) -> None:
    empty = home.browser(CASEWORKER).at("forberedelse").page
    hand_in(home)
    home.happens(TeamChosen(home.visit().id, (CASEWORKER,), "Ida Prøvesen, studerende"))
    danish = _pages(home)
    english = home.browser(CASEWORKER)
    english.client.set_cookie("sprog", "en")
    more = [english.at(path).page for path in ("forberedelse", "paa-besoeget")]
    for number, page in enumerate([empty, *danish, *more]):
        (tmp_path / f"{number:02}.html").write_text(page, encoding="utf-8")
    assert html_errors(tmp_path) == []
