"""Draws fields; what of a field is the same on every page is drawn once, by its template, and kept as it is.

Of a field with nothing but text in it all except that text follows from the edition, the law and the language: label,
help, ids, the tool's own questions; of a choice with a reason also from which code of its scale is chosen. Its template
draws it once with a mark in the text's place. What somebody has written is escaped, laid between the two halves and not
kept. A page of 25 fields spends a fifth of its time otherwise.
"""

from jinja2 import Environment
from markupsafe import Markup, escape

from webforms.design.words import Speaker
from webforms.inputs.at_rest import AtRest, InWords
from webforms.inputs.base import Input
from webforms.inputs.section_form import Shown, input_with_choice
from webforms.inputs.simple import ChoiceInput, OneControl
from webforms.inputs.worded import Worded

_TEXT_HERE = "\ue000"
"""No edition has it in its words: it is for private use, and means nothing."""


class DrawnFields:
    """The fields on the pages of one application.

    Args:
        environment: of its templates.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._around: dict[tuple[Worded, str], tuple[str, str]] = {}

    def __call__(self, part: Shown | AtRest | Input) -> Markup:
        """A field as it stands on the page."""
        if isinstance(part, AtRest):
            return self._laid_between(part.worded, part.say, part.stored)
        if isinstance(part, OneControl | ChoiceInput) and part.is_plain:
            return self._laid_between(part.asking.worded, part.asking.say, part.in_words)
        return self._by_template(part)

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What is kept: of each field what stands before its text, and after it; of a choice once for each code."""
        return tuple(self._around.values())

    def _laid_between(self, asked: Worded, say: Speaker, written: InWords) -> Markup:
        text, picked = written
        around = self._around.get((asked, picked))
        if around is None:
            around = self._around[asked, picked] = self._drawn_around(asked, say, picked)
        before, after = around
        return Markup(f"{before}{escape(text)}{after}")  # noqa: S704 - drawn by our template, and escaped

    def _drawn_around(self, asked: Worded, say: Speaker, picked: str) -> tuple[str, str]:
        """By an input of its own, which nobody has written in."""
        part = input_with_choice(asked, say, picked)
        part.text_control.typed = _TEXT_HERE
        before, after = str(self._by_template(part)).split(_TEXT_HERE)
        return before, after

    def _by_template(self, part: Shown | Input) -> Markup:
        drawn: Markup = self._environment.get_template(f"inputs/{part.template}.html").module.input(part)  # type: ignore[attr-defined] # a macro
        return drawn
