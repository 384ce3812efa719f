"""In English every page that people from outside can meet is in English: parents, child, helper, representative."""

import io
from collections.abc import Iterator

import pytest
from english_pages import danish_left, written_in
from family_home import (
    AKSEL,
    APART,
    CASEWORKER,
    JEPPE,
    JYTTE,
    SARA,
    SIGNE,
    TOGETHER,
    WITH_HELPERS,
    Browser,
    Home,
)
from werkzeug.exceptions import InternalServerError, RequestEntityTooLarge

from pipeline.cases.record.access_pause import paused
from pipeline.cases.record.events import AccessDecided
from pipeline.cases.record.family_events import ConsentAsked
from pipeline.errors import StepFailed, StoreUnavailable, Tampered
from pipeline.store.refusals import CaseMovedOn, CaseNotFound, HeardNow

WELLBEING = "family_wellbeing_parents"
PAGES = (
    "start", "vores-aftaler", "samtykke", "dagbog", "filer", "udvikling", "hoering", "underskriv",
    "besoeg/{visit}", "besoeg/{visit}/afsnit/a", "besoeg/{visit}/afsnit/a?side=3", "besoeg/{visit}/afsnit/b",
    "besoeg/{visit}/afsnit/c", "besoeg/{visit}/afsnit/c?maal={goal}", "besoeg/{visit}/afsnit/d",
    "besoeg/{visit}/afsnit/f", "besoeg/{visit}/tjek", "besoeg/{visit}/kvittering", "besoeg/{visit}/dagsorden",
    "besoeg/{visit}/paa-papir", "besoeg/{visit}/historik/" + WELLBEING, "besoeg/{visit}/maal/{goal}/dokumentation",
    "besoeg/{before}/vores-aftaler", "besoeg/{visit}/besked", "besoeg/{before}",
)  # fmt: skip
OF_NO_CASE = ("/mine-logins", "/tjek", "/log-ind/ukendt", "/logget-ud", "/invitation/findes-ikke")
FAULTS = (
    StoreUnavailable("Systemet har for travlt lige nu. Intet er gemt endnu. Prøv igen om lidt."),
    StepFailed("Kontrollen af filen kunne ikke starte. Prøv igen."),
    Tampered("En ny og ukendt sætning."),
    InternalServerError(),
    RequestEntityTooLarge(),
    CaseMovedOn(),
    CaseNotFound(),
    HeardNow(),
)


def test_in_english_nothing_of_our_own_is_danish(home: Home) -> None:
    browser = _lived_in(home)
    visit = home.visit()
    pages = [page.format(visit=visit.id, before=visit.before, goal=visit.plan[0].id) for page in PAGES]
    _nothing_danish(home, TOGETHER, _open(browser, pages))


@pytest.mark.parametrize(
    ("person", "number"), [(JEPPE, TOGETHER), (AKSEL, TOGETHER), (SARA, WITH_HELPERS), (JYTTE, APART)]
)
def test_nor_on_the_pages_of_whoever_else_is_let_in(home: Home, person: str, number: str) -> None:
    home.happens(AccessDecided(person, granted=True, reason="Opdigtet"), number=number)
    browser, visit = _in_english(home.browser(person, number)), home.visit(number)
    pages = [page.format(visit=visit.id, before=visit.before, goal=visit.plan[0].id) for page in PAGES]
    shown = dict(_open(browser, pages, whatever_comes=True))
    assert sum(status == 200 for _, status in shown) > 2  # what is not theirs is refused, in English too
    _nothing_danish(home, number, iter(shown.items()))


def test_nor_where_something_is_wrong_with_what_was_sent(home: Home) -> None:
    browser = _in_english(home.browser(SIGNE))
    browser.at("afsnit/a").keep(filled_in_on="i morgen")
    sent = (
        lambda: browser.at("afsnit/a").fill(filled_in_on="i morgen"),
        lambda: browser.at("afsnit/d").fill(**{WELLBEING: "x\x00y"}),
        lambda: browser.at("tjek").press("/aflever"),
        lambda: browser.at("dagsorden").fill(),
        lambda: browser.of_case("dagbog").fill(),
    )
    shown = []
    for number, send in enumerate(sent):
        send()
        assert browser.status == 422
        shown.append(((str(number), browser.status), browser.page))
    _nothing_danish(home, TOGETHER, iter(shown))


def test_nor_where_a_file_is_refused(home: Home) -> None:
    browser = _in_english(home.browser(SIGNE)).of_case("filer")
    for name, content in (("x.exe", b"MZ" + b"x" * 99), ("x.pdf", b"%PDF-1.7 ikke en pdf"), ("x.jpg", b"")):
        answer = browser.send(f"/sager/{browser.case_id}/filer", {"filer": (io.BytesIO(content), name)})
        assert answer.status_code == 422, name
        assert _left(home, answer.text) == []


def test_nor_on_the_pages_that_belong_to_no_case(home: Home) -> None:
    browser = _in_english(home.browser(SIGNE))
    for address in OF_NO_CASE:
        assert _left(home, browser.get(address).page) == []


def test_nor_on_the_page_of_what_is_not_there(home: Home) -> None:
    browser = _in_english(home.browser(SIGNE))
    for address in ("/findes-ikke", f"/sager/{home.case_id()}/findes-ikke", f"/sager/{home.case_id()}/personer"):
        assert browser.get(address).status in (403, 404)
        assert '<html lang="en">' in browser.page
        assert _left(home, browser.page) == []


def test_nor_on_the_page_of_a_fault(home: Home) -> None:
    with home.app.test_request_context("/", headers={"Cookie": "sprog=en"}):
        for fault in FAULTS:
            page = home.app.make_response(home.app.handle_user_exception(fault)).get_data(as_text=True)
            assert '<html lang="en">' in page
            assert danish_left(page, []) == [], fault
            assert ("En ny og ukendt" in page) is isinstance(fault, Tampered)


def test_nor_where_nobody_is_let_in_or_a_form_is_not_genuine(home: Home) -> None:
    browser, stranger = _in_english(home.browser(SIGNE)), home.app.test_client()
    stranger.set_cookie("sprog", "en")
    for answer in (
        browser.send(f"/sager/{browser.case_id}/filer", {}),
        browser.client.post(f"/sager/{browser.case_id}/dagbog", data={}),
        browser.client.get(f"/sager/{browser.case_id}/besoeg/{browser.visit}/aflever"),
        stranger.post(f"/sager/{browser.case_id}/dagbog"),
    ):
        assert answer.status_code >= 400
        assert _left(home, answer.text) == []
    home.happens(AccessDecided(SIGNE, granted=False, reason="Opdigtet"))
    assert paused(home.case(), SIGNE, home.services.today())
    refused = browser.of_case("start")
    assert refused.status == 403
    assert _left(home, refused.page) == []


def test_the_check_sees_danish_words() -> None:
    page = '<html lang="en"><p>Du kan se <b>Aksel</b></p><p lang="da">Mål</p><p title="Skrevet her">Fine</p></html>'
    assert danish_left(page, ["Aksel"]) == ["Du kan se", "Skrevet her"]
    assert danish_left("<p>Receipt</p><p>Gem i dagbogen</p><p>Begynd</p>", []) == ["Gem i dagbogen", "Begynd"]


def _in_english(browser: Browser) -> Browser:
    browser.client.set_cookie("sprog", "en")
    return browser


def _lived_in(home: Home) -> Browser:
    """Signe's browser in English, after something has happened that every page can tell of."""
    browser = home.browser(SIGNE)
    browser.at("afsnit/d").fill(**{WELLBEING: "xyz"}).at("afsnit/d").fill(**{WELLBEING: "xyzzy"})
    browser.at("tjek").press("/aflever")
    before = home.visit().before
    home.browser(CASEWORKER).of_case(f"besoeg/{before}/konklusion/vis-familien").fill(looked="1")
    home.happens(ConsentAsked("c1", SIGNE, "Xkolen", "Xyz."))
    return _in_english(browser)


def _open(browser: Browser, pages: list[str], *, whatever_comes: bool = False) -> Iterator[tuple[tuple[str, int], str]]:
    for page in pages:
        browser.of_case(page)
        assert whatever_comes or browser.status == 200, page
        assert '<html lang="en">' in browser.page
        yield (page, browser.status), browser.page


def _left(home: Home, page: str) -> list[str]:
    return danish_left(page, written_in(home.services.store.cases.happened(home.case_id())))


def _nothing_danish(home: Home, number: str, shown: Iterator[tuple[tuple[str, int], str]]) -> None:
    pages = list(shown)  # opened before the words are gathered, since a page may be what wrote them
    words = written_in(home.services.store.cases.happened(home.case_id(number)))
    left = {page: found for page, text in pages if (found := danish_left(text, words))}
    assert not left, "\n".join(f"{page}: {found}" for page, found in left.items())
