"""A field as a page asks it: in the words of the law in force, explained in the language of the page."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pipeline.law.dated_law import naming
from pipeline.tool.definition import Field
from webforms.design.words import ENGLISH
from webforms.inputs.english import NO_ENGLISH, English, Explained, english_of


@dataclass(frozen=True, eq=False)
class Worded:
    """Compared by identity: the same field in the same words is one object for all pages and people.

    Attributes:
        field: of the tool, its references to the law filled in.
        explained: what its Danish words mean, where the visitor reads English.
    """

    field: Field
    explained: Explained

    @property
    def help(self) -> str:
        """The tool's help, in the language of the page."""
        return self.explained.help or self.field.help


class Wording:
    """The fields of an edition in words; there are as many as editions, acts and languages have, so each is kept.

    Args:
        hjemmel: the paragraph that home training rests on.
        english: the explanations that the page shows.
    """

    def __init__(self, hjemmel: str, english: English) -> None:
        self._hjemmel, self._english = hjemmel, english
        self._known: dict[Field, Worded] = {}

    def of(self, field: Field) -> Worded:
        """A field of the edition, in words."""
        known = self._known.get(field)
        # Two pages at once may both make it; the one that is kept first is the one for all.
        return known or self._known.setdefault(field, self._worded(field))

    def _worded(self, field: Field) -> Worded:
        label = naming(self._hjemmel, field.label)
        in_words = field if label == field.label else replace(field, label=label)
        return Worded(in_words, self._english.of_field(field.key))


@cache
def wording(folder: Path, hjemmel: str, language: str) -> Wording:
    """An edition in words.

    Args:
        folder: of the edition; the explanations lie there.
        hjemmel: the paragraph that home training rests on.
        language: of the page.
    """
    return Wording(hjemmel, explanations(folder, language))


def explanations(folder: Path, language: str) -> English:
    """The explanations of an edition for pages in a language; none for the Danish ones."""
    return english_of(folder) if language == ENGLISH else NO_ENGLISH
