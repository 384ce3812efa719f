"""In English the pages of parents speak English: what is Danish is the tool's own wording, or what people wrote."""

import re
from collections.abc import Iterator

import msgspec
from family_home import CASEWORKER, SIGNE, Browser, Home
from lxml import html

from pipeline.cases.record.family_events import ConsentAsked

WELLBEING = "family_wellbeing_parents"
DANISH = re.compile(
    r"\b(og|eller|ikke|med|af|på|til|som|der|det|den|jeg|vi|du|jeres|kan|skal|har|er|om|hvis|når|blev|efter|ved|også"
    r"|kommunen|barnet|forælder|sagsbehandler|besøg|svar|sagen|mål|skrevet|fra|kl|grad|januar|marts|maj|juni|juli|oktober)"
    r"\b|[æøå]",
    re.IGNORECASE,
)
SHORTEST = 6
"""Shorter words that people wrote may be codes, which stand inside many words."""
SPOKEN = ("title", "aria-label", "alt", "placeholder", "content", "data-title")
PAGES = (
    "start", "vores-aftaler", "samtykke", "dagbog", "filer", "udvikling", "hoering",
    "besoeg/{visit}", "besoeg/{visit}/afsnit/a", "besoeg/{visit}/afsnit/a?side=3", "besoeg/{visit}/afsnit/b",
    "besoeg/{visit}/afsnit/c", "besoeg/{visit}/afsnit/c?maal={goal}", "besoeg/{visit}/afsnit/d",
    "besoeg/{visit}/afsnit/f", "besoeg/{visit}/tjek", "besoeg/{visit}/kvittering", "besoeg/{visit}/dagsorden",
    "besoeg/{visit}/paa-papir", "besoeg/{visit}/historik/" + WELLBEING, "besoeg/{visit}/maal/{goal}/dokumentation",
    "besoeg/{before}/vores-aftaler",
)  # fmt: skip


def test_in_english_nothing_of_our_own_is_danish(home: Home) -> None:
    browser = _lived_in(home)
    words_of_people = _written_in(home)
    visit = home.visit()
    left = {}
    for page in PAGES:
        browser.of_case(page.format(visit=visit.id, before=visit.before, goal=visit.plan[0].id))
        assert browser.status == 200, page
        assert '<html lang="en">' in browser.page
        found = [text for text in _own_words(browser.page, words_of_people) if _is_danish(text)]
        left |= {page: found} if found else {}
    assert not left, "\n".join(f"{page}: {found}" for page, found in left.items())


def test_the_check_sees_danish_words() -> None:
    page = '<html lang="en"><p>Du kan se <b>Aksel</b></p><p lang="da">Mål</p><p title="Skrevet her">Fine</p></html>'
    assert [text for text in _own_words(page, ["Aksel"]) if _is_danish(text)] == ["Du kan se", "Skrevet her"]


def _lived_in(home: Home) -> Browser:
    """Signe's browser in English, after something has happened that every page can tell of."""
    browser = home.browser(SIGNE)
    browser.at("afsnit/d").fill(**{WELLBEING: "xyz"}).at("afsnit/d").fill(**{WELLBEING: "xyzzy"})
    browser.at("tjek").press("/aflever")
    before = home.visit().before
    home.browser(CASEWORKER).of_case(f"besoeg/{before}/konklusion/vis-familien").fill(looked="1")
    home.happens(ConsentAsked("c1", SIGNE, "Xkolen", "Xyz."))
    browser.client.set_cookie("sprog", "en")
    return browser


def _written_in(home: Home) -> list[str]:
    """Everything that people wrote or are called, the longest first."""
    happened = home.services.store.cases.happened(home.case_id())
    found = {" ".join(text.split()) for one in happened for text in _texts(msgspec.to_builtins(one.event))}
    return sorted((text for text in found if len(text) >= SHORTEST), key=len, reverse=True)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from (value, *value.splitlines())
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in _texts(inner))
    elif isinstance(value, (list, tuple)):
        yield from (text for inner in value for text in _texts(inner))


def _own_words(page: str, words_of_people: list[str]) -> Iterator[str]:
    tree = html.fromstring(page)
    for element in tree.xpath("//*[@lang='da'] | //script | //style | //textarea | //option | //*[@name='language']"):
        element.drop_tree()
    spoken = (element.get(name) for element in tree.iter() for name in SPOKEN if element.get(name))
    for text in (*tree.itertext(), *spoken):
        told = " ".join(text.split())
        for words in words_of_people:
            told = told.replace(words, "")
        yield told.strip()


def _is_danish(text: str) -> bool:
    return DANISH.search(text) is not None
