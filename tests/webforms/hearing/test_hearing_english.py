"""In English a person who is heard reads our words in English; the report itself is Danish, and is marked so."""

import pytest
from english_pages import danish_left, written_in
from hearing_house import CHILD, CHILDS, HERS, MARIA, NUMBER, House

from pipeline.documents.contents.report_parts import PART_TITLES

REMARK = "Xyzzy."


@pytest.mark.parametrize(("person", "hearing"), [(MARIA, HERS), (CHILD, CHILDS)])
def test_nothing_of_our_own_is_danish_from_reading_to_receipt(house: House, person: str, hearing: str) -> None:
    browser = house.at(person)
    browser.client.set_cookie("sprog", "en")
    shown = []

    def look() -> None:
        assert (browser.status, '<html lang="en">' in browser.page) == (200, True), browser.address
        shown.append((browser.address, browser.page))

    for path in ("hoering", f"hoering/{hearing}", f"hoering/{hearing}/tjek"):
        browser.get(house.address(path))
        look()
    browser.get(house.address(f"hoering/{hearing}"))
    field = [name for name in browser.sent(browser.form()) if name.startswith("svar.")][-1]
    browser.fill(**{field.replace(".", "__"): REMARK})
    look()
    browser.press("/svar")
    look()
    browser.get(house.address("hoering"))
    look()
    words = [*written_in(house.services.store.cases.happened(house.case_id(NUMBER))), REMARK]
    left = {page: found for page, text in shown if (found := danish_left(text, words))}
    assert not left, "\n".join(f"{page}: {found}" for page, found in left.items())


def test_a_wish_for_more_time_or_a_talk_is_asked_for_in_english_too(house: House) -> None:
    browser = house.at(MARIA)
    browser.client.set_cookie("sprog", "en")
    browser.get(house.address(f"hoering/{HERS}"))
    wishes = [link for link in browser.links() if link.endswith(("/mere-tid", "/samtale"))]
    words = written_in(house.services.store.cases.happened(house.case_id(NUMBER)))
    assert wishes
    for link in wishes:
        for page in (browser.get(link), browser.get(link).fill()):
            assert danish_left(page.page, words) == []


def test_the_parts_are_called_in_danish_what_the_report_calls_them(house: House) -> None:
    say = house.services.say
    with house.app.test_request_context("/"):
        assert {key: say()(f"hearing.part.{key}") for key in PART_TITLES} == PART_TITLES
