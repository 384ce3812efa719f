"""In English whoever is asked to sign reads our words in English; the agreement's own words are people's."""

from english_pages import danish_left, written_in
from family_home import JEPPE, SIGNE, Browser
from signing_house import SigningHouse


def test_nothing_of_our_own_is_danish_from_reading_to_receipt(house: SigningHouse) -> None:
    house.ask()
    shown = []
    for person, deeds in (
        (SIGNE, ("", "/nej", "sign", "/kvittering")),
        (JEPPE, ("", "/nej", "decline", "/kvittering")),
    ):
        browser = house.browser(person)
        browser.client.set_cookie("sprog", "en")
        for deed in deeds:
            if deed == "sign":
                browser.get(house.of(person)).fill()
                shown.append((browser.address, browser.page))
                browser.get(house.of(person)).fill(laest="1")
            elif deed == "decline":
                browser.get(house.of(person, "/nej")).fill()
                shown.append((browser.address, browser.page))
                browser.get(house.of(person, "/nej")).fill(**{_reason(browser): "Xyzzy."})
            else:
                browser.get(house.of(person, deed))
            assert '<html lang="en">' in browser.page
            shown.append((browser.address, browser.page))
        browser.get(house.address("underskriv"))
        shown.append((browser.address, browser.page))
    words = written_in(house.services.store.cases.happened(house.case_id()))
    left = {page: found for page, text in shown if (found := danish_left(text, words))}
    assert not left, "\n".join(f"{page}: {found}" for page, found in left.items())


def _reason(browser: Browser) -> str:
    return next(name for name in browser.sent(browser.form()) if name not in ("csrf_token", "_seen"))
