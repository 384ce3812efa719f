"""The HTML checker on the pages after a visit: empty, full, with something to mend, in both languages."""

from pathlib import Path

from family_home import CASEWORKER, SIGNE, Browser, Home
from held_visit import hold
from vnu import html_errors

_DEEDS = ("konklusion/maal", "konklusion/vis-familien")


def _of(browser: Browser, *paths: str) -> list[str]:
    return [browser.at(path).page for path in paths]


def test_the_html_checker_finds_nothing_on_the_pages_after_a_visit(home: Home, tmp_path: Path) -> None:
    paths = ("konklusion", "forhaandsvisning", "vores-aftaler")
    caseworker, parent = home.browser(CASEWORKER), home.browser(SIGNE)
    pages = [*_of(caseworker, *paths), parent.at("vores-aftaler").page]
    hold(home, "recommendation")
    pages += _of(caseworker, *paths, *_DEEDS)
    pages += [caseworker.at(path).fill().page for path in _DEEDS]
    assert caseworker.status == 422
    caseworker.at("konklusion/vis-familien").fill(looked="1")
    pages += [parent.at("vores-aftaler").page, parent.of_case("udvikling").page, parent.of_case("vores-aftaler").page]
    caseworker.client.set_cookie("sprog", "en")
    pages += [*_of(caseworker, *paths, *_DEEDS), caseworker.of_case("udvikling").page]
    for number, page in enumerate(pages):
        (tmp_path / f"{number:02}.html").write_text(page, encoding="utf-8")
    assert html_errors(tmp_path) == []
