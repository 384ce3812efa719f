"""Draws fields; what of a field is the same on every page is drawn once, by its template, and kept as it is.

Of a field with nothing but text in it all except that text follows from the edition, the law and the language: label,
help, ids, the tool's own questions; of a choice with a reason also from which code of its scale is chosen. Its template
draws it once with a mark in the text's place. What somebody has written is escaped, laid between the two halves and not
kept. A page of 25 fields spends a fifth of its time otherwise.
"""

from copy import copy
from types import SimpleNamespace

from jinja2 import Environment
from markupsafe import Markup, escape

from webforms.inputs.base import Input
from webforms.inputs.controls import Control
from webforms.inputs.section_form import Shown
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

    def __call__(self, part: Shown | Input) -> Markup:
        """A field as it stands on the page."""
        if not (isinstance(part, OneControl | ChoiceInput) and part.is_plain):
            return self._by_template(part.template, part)
        drawing = part.asking.worded, part.picked
        around = self._around.get(drawing)
        if around is None:
            around = self._around[drawing] = self._drawn_around(part)
        before, after = around
        text: Control = getattr(part, part.written_in)
        return Markup(f"{before}{escape(text.typed)}{after}")  # noqa: S704 - drawn by our template, and escaped

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What is kept: of each field what stands before its text, and after it; of a choice once for each code."""
        return tuple(self._around.values())

    def _by_template(self, name: str, part: object) -> Markup:
        drawn: Markup = self._environment.get_template(f"inputs/{name}.html").module.input(part)  # type: ignore[attr-defined] # a macro
        return drawn

    def _drawn_around(self, part: OneControl | ChoiceInput) -> tuple[str, str]:
        control: Control = copy(getattr(part, part.written_in))
        control.typed = _TEXT_HERE
        drawn = self._by_template(part.template, SimpleNamespace(**{**vars(part), part.written_in: control}))
        before, after = str(drawn).split(_TEXT_HERE)
        return before, after
