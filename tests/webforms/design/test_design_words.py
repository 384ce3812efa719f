"""Our own words: in both languages, in no template, and easy to read."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lix import lix
from template_words import bare_words

from pipeline.errors import DefinitionError
from pipeline.tool.load import load_tool
from webforms.design.words import DANISH, ENGLISH, FOLDER, LANGUAGES, Words

WEBFORMS = FOLDER.parents[1]
ROOMS = sorted(file.parents[1] for pattern in ("words/da.toml", "*/words/da.toml") for file in WEBFORMS.glob(pattern))
"""Rooms with words of their own keep them there; the inputs' stand with the design's."""
TEMPLATES = sorted(path for room in (*ROOMS, WEBFORMS / "inputs") for path in room.glob("templates/**/*.html"))


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(*(room / "words" for room in ROOMS))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "words"))


def test_every_key_is_said_in_both_languages(words: Words) -> None:
    assert len(words.keys) > 50
    assert all(words.speaker(language)(key).strip() for key in words.keys for language in LANGUAGES)


def test_the_languages_differ(words: Words) -> None:
    long = [
        key
        for key in words.keys
        if len(re.findall(r"[^\W\d_]{2,}", re.sub(r"\{\w+\}", "", words.say(DANISH, key)))) > 1
    ]
    assert [key for key in long if words.say(DANISH, key) == words.say(ENGLISH, key)] == []


def test_the_design_says_nearly_everything_differently_in_english() -> None:
    words = Words()
    same = [key for key in words.keys if words.say(DANISH, key) == words.say(ENGLISH, key)]
    assert set(same) <= {"frame.demo", "frame.product", "frame.other_language"}


def test_values_are_put_in_their_places() -> None:
    assert Words().say(DANISH, "pages.at", page=2, pages=5) == "Side 2 af 5"


def test_a_key_that_is_missing_in_one_language_is_refused(folder: Path) -> None:
    english = folder / "en.toml"
    english.write_text(english.read_text(encoding="utf-8").replace("sign_out =", "sign_off ="), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"words/(da|en)\.toml: “frame\.sign_o(ut|ff)” mangler"):
        Words(folder)


def test_a_place_that_is_missing_in_one_language_is_refused(folder: Path) -> None:
    english = folder / "en.toml"
    english.write_text(english.read_text(encoding="utf-8").replace("{pages}", "many"), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"“pages\.at” har ikke de samme pladser"):
        Words(folder)


@pytest.mark.parametrize(("written", "told"), [("[a\n", "linje 1"), ("a = 3\n", "“a” er ikke en tekst")])
def test_a_broken_catalogue_is_refused_with_its_place(folder: Path, written: str, told: str) -> None:
    (folder / "da.toml").write_text(written, encoding="utf-8")
    with pytest.raises(DefinitionError, match=re.escape(told)):
        Words(folder)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(WEBFORMS).as_posix())
def test_no_template_holds_words_of_its_own(template: Path) -> None:
    assert bare_words(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Gem svaret</p>",
        "<img alt='Et billede'>",
        '<button aria-label="Luk {{ x }}"></button>',
        "{{ words or 'Tilbage' }}",
        "{% if x %}Færdig{% endif %}",
    ],
)
def test_words_in_a_template_would_be_found(source: str) -> None:
    assert bare_words(source)


def test_every_key_that_a_template_asks_for_exists(words: Words) -> None:
    known = set(words.keys)
    asked = {
        key for path in TEMPLATES for key in re.findall(r'\bword\("([a-z_.]+)"[,)]', path.read_text(encoding="utf-8"))
    }
    assert asked
    assert asked - known == set()


def danish_by_page(words: Words) -> dict[str, str]:
    """Our Danish words, a page's worth at a time: each table of the catalogue, and the help of each section."""
    pages: dict[str, list[str]] = {}
    for key in words.keys:
        pages.setdefault(key.partition(".")[0], []).append(re.sub(r"\{\w+\}", "", words.say(DANISH, key)))
    tool = load_tool()
    for section in tool.sections:
        pages[f"section {section.key}"] = [field.help for field in section.fields]
    pages["smart"] = [letter.help for letter in tool.smart]
    return {page: "\n".join(texts) for page, texts in pages.items()}


def test_our_danish_is_easy_to_read(words: Words) -> None:
    pages = danish_by_page(words)
    assert lix("\n".join(pages.values())) <= 35
    assert {page: round(lix(text)) for page, text in pages.items() if lix(text) > 45} == {}


def test_lix_tells_easy_from_heavy() -> None:
    assert lix("Skriv, hvad barnet kan. Giv et eksempel.") < 25
    assert lix("Kommunalbestyrelsen fastsætter tilsynsforpligtelsernes gennemførelsesbestemmelser.") > 60


def test_days_and_moments_are_told_in_the_language_of_the_page() -> None:
    words, at = Words(), datetime(2026, 3, 31, 22, 30, tzinfo=UTC)  # past midnight in Denmark
    danish, english = words.speaker(DANISH), words.speaker(ENGLISH)
    assert (danish.moment(at), english.moment(at)) == ("1. april 2026 kl. 00.30", "1 April 2026 at 00:30")
    assert (danish.day_of(at), english.day_of(at)) == ("1. april 2026", "1 April 2026")
    assert (danish.day(at.date()), english.day(at.date())) == ("31. marts 2026", "31 March 2026")
