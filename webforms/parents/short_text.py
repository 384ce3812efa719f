"""A short text that somebody typed into a field of ours, taken through the one door for text."""

from dataclasses import dataclass

from pipeline.cases.text_at_the_door import accept_text
from pipeline.errors import AnswersError
from webforms.design.page import Problem
from webforms.design.words import Speaker


@dataclass(frozen=True)
class ShortText:
    """What was typed, and what is wrong with it.

    Attributes:
        typed: as it was sent; shown again where it cannot be taken.
    """

    typed: str
    problems: tuple[Problem, ...]


def short_text(typed: str, place: str, label: str, most: int, say: Speaker) -> ShortText:
    """Read a text that must be written and may not be longer than `most` characters."""
    text = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        return ShortText(text, (Problem(place, say("parents.write_something", label=label)),))
    if len(text) > most:
        return ShortText(text, (Problem(place, say("parents.too_long", label=label, most=most)),))
    try:
        return ShortText(accept_text(text, f"“{label}”"), ())
    except AnswersError as error:
        return ShortText(text, (Problem(place, say.told(error)),))
