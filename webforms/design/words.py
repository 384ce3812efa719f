"""Our own words on the pages, in Danish and English; the official wording of the tool is not among them."""

import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipeline.danish import COPENHAGEN, danish_date, danish_list, danish_moment
from pipeline.errors import DefinitionError
from pipeline.toml_fault import line_of_fault
from webforms.design.told import in_english_or_marked

FOLDER = Path(__file__).parent / "words"
DANISH, ENGLISH = "da", "en"
LANGUAGES = (DANISH, ENGLISH)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Words:
    """All words by key, the same keys in each language.

    Args:
        folders: each holds one TOML file for each language: the design's own, and those of the rooms.

    Raises:
        DefinitionError: a file is missing or wrong, a key stands in two of them, or the languages do not say the same.
    """

    def __init__(self, *folders: Path) -> None:
        self._by_language = {language: _all(folders or (FOLDER,), language) for language in LANGUAGES}
        _refuse_differences(self._by_language)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key, in the order of the Danish file."""
        return tuple(self._by_language[DANISH])

    def say(self, language: str, key: str, **values: object) -> str:
        """The words for a key, with `{name}` replaced by the value of that name.

        Raises:
            KeyError: there is no such key, or a value is missing; both are faults of ours.
        """
        return self.speaker(language)(key, **values)

    def speaker(self, language: str) -> "Speaker":
        """`say` in one language."""
        return Speaker(self._by_language[language], language)


class Speaker:
    """Says things in one language.

    Args:
        words: by key, in that language.
        language: `da` or `en`.
    """

    def __init__(self, words: Mapping[str, str], language: str) -> None:
        self._words, self.language = words, language

    def __call__(self, key: str, **values: object) -> str:
        """The words for a key, with `{name}` replaced by the value of that name."""
        words = self._words[key]
        return words.format_map(values) if values else words

    def told(self, message: object, about: str = "") -> str:
        """What the pipeline tells: its Danish sentence, on an English page in English.

        Args:
            message: the sentence, or the refusal that says it.
            about: what it is said of, e.g. the name of a file; it stands before the sentence.
        """
        words = in_english_or_marked(str(message)) if self.language == ENGLISH else str(message)
        if not about:
            return words
        return Markup("{}: {}").format(about, words) if isinstance(words, Markup) else f"{about}: {words}"

    def day(self, day: date) -> str:
        """A day in words, e.g. “3. marts 2026” or “3 March 2026”."""
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if self.language == ENGLISH else danish_date(day)

    def day_of(self, moment: datetime) -> str:
        """The day on which an aware moment falls in Denmark."""
        return self.day(moment.astimezone(COPENHAGEN).date())

    def listed(self, words: Sequence[str]) -> str:
        """Words joined as people say them: “a, b og c” or “a, b and c”."""
        if self.language != ENGLISH or len(words) < 2:
            return danish_list(words)
        return f"{', '.join(words[:-1])} and {words[-1]}"

    def moment(self, moment: datetime) -> str:
        """An aware moment in Danish time, e.g. “3. marts 2026 kl. 14.05” or “3 March 2026 at 14:05”."""
        if self.language == ENGLISH:
            return f"{self.day_of(moment)} at {moment.astimezone(COPENHAGEN):%H:%M}"
        return danish_moment(moment)


def _all(folders: Iterable[Path], language: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for folder in folders:
        more = _read(folder / f"{language}.toml")
        for key in more.keys() & words.keys():
            raise DefinitionError(f"{folder}/{language}.toml: “{key}” står også et andet sted. Giv den et andet navn.")
        words |= more
    return words


def _read(path: Path) -> dict[str, str]:
    try:
        return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")), path))
    except FileNotFoundError:
        raise DefinitionError(f"Filen words/{path.name} mangler.") from None
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"words/{path.name}, {line_of_fault(error)}: ikke gyldig TOML. Ret stedet.") from error


def _flat(table: Mapping[str, Any], path: Path, above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        name = f"{above}{key}"
        if isinstance(value, dict):
            yield from _flat(value, path, f"{name}.")
        elif isinstance(value, str) and value.strip():
            yield name, value
        else:
            raise DefinitionError(f"words/{path.name}: “{name}” er ikke en tekst. Skriv en.")


def _refuse_differences(by_language: Mapping[str, Mapping[str, str]]) -> None:
    danish, english = by_language[DANISH], by_language[ENGLISH]
    for key in sorted(danish.keys() ^ english.keys()):
        missing = ENGLISH if key in danish else DANISH
        raise DefinitionError(f"words/{missing}.toml: “{key}” mangler. Skriv den på begge sprog.")
    for key, words in danish.items():
        if _places(words) != _places(english[key]):
            raise DefinitionError(f"words/: “{key}” har ikke de samme pladser på dansk og engelsk. Ret den ene.")


def _places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}
