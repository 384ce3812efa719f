"""What the pipeline tells a person, in the language of the page.

The pipeline knows no pages and no languages: its messages are Danish sentences. On an English page each is known again
by its wording; one that is not known is shown in Danish and marked as such, never left out.
"""

import re
import string
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from markupsafe import Markup

FILE = Path(__file__).parent / "refusals.toml"


def in_english(message: str) -> str | None:
    """A message of the pipeline in English; None where it is not known."""
    plain = " ".join(message.split())
    if plain in _sentences():
        return _sentences()[plain]
    for pattern, english in _patterns():
        found = pattern.fullmatch(plain)
        if found:
            return english.format_map({name: in_english(value) or value for name, value in found.groupdict().items()})
    return None


def in_english_or_marked(message: str) -> str:
    """A message in English, or as it is, with the mark that it is Danish."""
    english = in_english(message)
    return Markup('<span lang="da">{}</span>').format(message) if english is None else english


def places_of(sentence: str) -> tuple[str, ...]:
    """The names of what stands in a sentence."""
    return tuple(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)


@cache
def wordings() -> Mapping[str, str]:
    """Every sentence with its English one, as they stand in the file."""
    known: dict[str, str] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return known


@cache
def _sentences() -> Mapping[str, str]:
    return {danish: english for danish, english in wordings().items() if not places_of(danish)}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Those in which something stands; the longest first, since a short one may fit what a longer one says better."""
    longest = sorted((danish for danish in wordings() if places_of(danish)), key=len, reverse=True)
    return tuple((_pattern(danish), wordings()[danish]) for danish in longest)


def _pattern(danish: str) -> re.Pattern[str]:
    parts = string.Formatter().parse(danish)
    return re.compile(
        "".join(re.escape(words) + (f"(?P<{name}>.+?)" if name is not None else "") for words, name, _, _ in parts)
    )
