"""What of a page in English is Danish and ours: neither the tool's wording, nor what people wrote or are called.

Two rules, each of which sees what the other does not: words that only Danish has, and wordings of our own Danish
catalogues (also such as look like English words one by one).
"""

import re
import string
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec
from lxml import html

from pipeline.cases.record.codec import Stamped

WEBFORMS = Path(__file__).parents[2] / "webforms"
DANISH = re.compile(
    r"\b(og|eller|ikke|med|af|på|til|som|der|det|den|jeg|vi|du|jeres|kan|skal|har|er|om|hvis|når|blev|efter|ved|også"
    r"|kommunen|barnet|forælder|sagsbehandler|besøg|svar|sagen|mål|skrevet|fra|kl|grad|januar|marts|maj|juni|juli|oktober)"
    r"\b|[æøå]",
    re.IGNORECASE,
)
SHORTEST = 6
"""Shorter words that people wrote may be codes, which stand inside many words."""
SHORTEST_WORDING = 10
SPOKEN = ("title", "aria-label", "alt", "placeholder", "content", "data-title")
NOT_OURS = "//*[@lang='da'][not(self::html)] | //script | //style | //textarea | //option | //*[@name='language']"
NAMES = ("Hjemmetilsyn", "MitID")


def danish_left(page: str, words_of_people: Sequence[str]) -> list[str]:
    """Every text of the page that is Danish and ours.

    Args:
        page: as it was sent.
        words_of_people: what people wrote, the longest first (`written_in`).
    """
    return [text for text in _own_words(page, words_of_people) if DANISH.search(text) or _is_our_wording(text)]


def written_in(happened: Iterable[Stamped]) -> list[str]:
    """Everything that people of a case wrote or are called, the longest first."""
    found = {" ".join(text.split()) for one in happened for text in _texts(msgspec.to_builtins(one.event))}
    return sorted((text for text in found if len(text) >= SHORTEST), key=len, reverse=True)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from (value, *value.splitlines())
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in _texts(inner))
    elif isinstance(value, (list, tuple)):
        yield from (text for inner in value for text in _texts(inner))


def _own_words(page: str, words_of_people: Sequence[str]) -> Iterator[str]:
    tree = html.fromstring(page)
    for element in tree.xpath(NOT_OURS):
        element.drop_tree()
    spoken = (element.get(name) for element in tree.iter() for name in SPOKEN if element.get(name))
    for text in (*tree.itertext(), *spoken):
        told = " ".join(text.split())
        for words in (*words_of_people, *NAMES):
            told = told.replace(words, "")
        yield told.strip()


def _is_our_wording(text: str) -> bool:
    return text in _whole() or any(piece in text for piece in _pieces())


@cache
def _catalogues() -> tuple[tuple[str, str], ...]:
    """Every Danish wording of ours with the English one, where the two are not the same."""
    pairs = []
    for danish in WEBFORMS.glob("*/words/da.toml"):
        one = _flat(tomllib.loads(danish.read_text(encoding="utf-8")))
        other = _flat(tomllib.loads(danish.with_name("en.toml").read_text(encoding="utf-8")))
        pairs += [(one[key], other[key]) for key in one if one[key] != other[key]]
    return tuple(pairs)


@cache
def _whole() -> frozenset[str]:
    english = {words for _, words in _catalogues()}
    return frozenset(danish for danish, _ in _catalogues() if len(danish) >= SHORTEST) - english


@cache
def _pieces() -> tuple[str, ...]:
    """What stands between the places of Danish wordings, where it is several words and in no English one."""
    english = "\n".join(words for _, words in _catalogues())
    parts = {part.strip() for danish, _ in _catalogues() for part, *_ in string.Formatter().parse(danish)}
    return tuple(part for part in parts if len(part) >= SHORTEST_WORDING and " " in part and part not in english)


def _flat(table: dict[str, object], above: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        flat |= _flat(value, f"{above}{key}.") if isinstance(value, dict) else {f"{above}{key}": str(value)}
    return flat
