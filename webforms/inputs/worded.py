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


@cache
def worded(field: Field, folder: Path, hjemmel: str, language: str) -> Worded:
    """A field in words; there are as many as editions, acts and languages have fields, so each is kept.

    Args:
        field: as the edition has it.
        folder: of the edition; the explanations lie there.
        hjemmel: the paragraph that home training rests on.
        language: of the page.
    """
    label = naming(hjemmel, field.label)
    in_words = field if label == field.label else replace(field, label=label)
    return Worded(in_words, explanations(folder, language).of_field(field.key))


def explanations(folder: Path, language: str) -> English:
    """The explanations of an edition for pages in a language; none for the Danish ones."""
    return english_of(folder) if language == ENGLISH else NO_ENGLISH
