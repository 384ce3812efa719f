"""What is wrong in a template, and where: the part, the words around it, and what to do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.errors import TemplateError

_PARTS = {"document": "brødtekst", "header": "sidehoved", "footer": "sidefod", "footnotes": "fodnote",
          "endnotes": "slutnote", "comments": "kommentar", "settings": "dokumentets indstillinger",
          "styles": "typografier", "numbering": "punktopstillinger", "core": "filens egenskaber",
          "custom": "filens brugerdefinerede egenskaber", "chart": "diagram"}  # fmt: skip
_NEAR = 60


@dataclass(frozen=True)
class Fault:
    """Something wrong in a template.

    Attributes:
        part: the part's name in the package, e.g. “word/header1.xml”.
        near: words that stand beside the fault, “” where there are none.
    """

    part: str
    near: str
    what: str

    def in_words(self) -> str:
        """One line for the person who mends the template."""
        return f"{part_in_words(self.part)}{f', ved “{self.near}”' if self.near else ''}: {self.what}"


def part_in_words(part: str) -> str:
    """A part of the Word file as people call it."""
    stem = re.sub(r"\d*\.xml$", "", part.rsplit("/", 1)[-1])
    return f"{_PARTS.get(stem, part)} ({part})"


def excerpt(words: str) -> str:
    """The beginning of some words on one line, long enough to search for in Word."""
    return re.sub(r"\s+", " ", words).strip()[:_NEAR]


def refuse_all(faults: Sequence[Fault]) -> None:
    """Refuse a template for all its faults at once.

    Raises:
        TemplateError: there is at least one fault.
    """
    if faults:
        raise TemplateError("\n".join(dict.fromkeys(fault.in_words() for fault in faults)))
