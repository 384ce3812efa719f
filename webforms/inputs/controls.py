"""Single controls on a page: words, a day, a pick among choices; inputs are made of these."""

from collections.abc import Mapping
from datetime import date

from werkzeug.datastructures import MultiDict

from pipeline.cases.text_at_the_door import accept_text
from pipeline.errors import AnswersError
from pipeline.tool.definition import Choice, Column, Field, Kind
from webforms.design.page import Option, Problem
from webforms.design.words import Speaker
from webforms.inputs.danish_day import NotADay, YearMissing, read_day, written_day

LONGEST_QUOTE = 90
"""So many characters of a label are repeated in a message."""

Posted = MultiDict[str, str]


class Refused(Exception):
    """What was typed cannot be taken; the message says what to do."""


class Control:
    """One place to write in.

    Args:
        name: the name under which the browser sends it.
        label: what it is called, also in messages.
        say: our own words in the visitor's language.

    Attributes:
        typed: what stands in it: the stored answer, or what was typed, also where that cannot be read.
        error: why it cannot be taken; empty until `check`.
        called: what messages call it on an English page, where the label is the tool's own; else empty.
    """

    called = ""

    def __init__(self, name: str, label: str, say: Speaker) -> None:
        self.name, self.label, self.say = name, label, say
        self.place = name.replace(".", "-")
        self.typed = self.error = ""

    def show(self, stored: str) -> None:
        """Put the stored answer into the control; a cell is stored as its bare value."""
        self.typed = stored

    def take(self, posted: Posted) -> None:
        """What the browser sent; a control that it did not send stays as it was."""
        if self.name in posted:
            self.typed = posted[self.name].replace("\r\n", "\n").replace("\r", "\n")

    def read(self) -> str:
        """The value as it is stored; empty where nothing was written.

        Raises:
            Refused: it cannot be taken.
        """
        raise NotImplementedError

    def check(self) -> tuple[Problem, ...]:
        """What must be mended, also remembered in `error`."""
        try:
            self.read()
        except Refused as refused:
            return (self.refuse(str(refused)),)
        return ()

    def refuse(self, words: str) -> Problem:
        """Remember why it cannot be taken."""
        self.error = words
        return Problem(self.place, words)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written."""
        return not self.typed.strip()

    @property
    def has_lines(self) -> bool:
        """Whether a one-line control would lose line breaks, as browsers make it do."""
        return "\n" in self.typed

    @property
    def quoted(self) -> str:
        """The label as messages repeat it."""
        name = self.called or self.label
        return name if len(name) <= LONGEST_QUOTE else f"{name[:LONGEST_QUOTE].rstrip()} …"


class Words(Control):
    """Free text."""

    def read(self) -> str:
        """The text, exactly as typed."""
        try:
            return "" if self.is_blank else accept_text(self.typed, f"“{self.quoted}”")
        except AnswersError as error:
            raise Refused(self.say.told(error)) from None


class Day(Control):
    """A day, written in one of the ways that Danes do."""

    def show(self, stored: str) -> None:
        """The stored ISO date as a Dane writes it."""
        self.typed = day_as_typed(stored)

    def read(self) -> str:
        """The day in ISO 8601."""
        if self.is_blank:
            return ""
        try:
            return read_day(self.typed).isoformat()
        except YearMissing:
            raise Refused(self.say("inputs.year_missing", label=self.quoted)) from None
        except NotADay:
            raise Refused(self.say("inputs.not_a_day", label=self.quoted)) from None


class Pick(Control):
    """One choice on a scale.

    Args:
        choices: the scale.
        explained: what the labels mean in English, by Danish label.
    """

    def __init__(
        self, name: str, label: str, say: Speaker, choices: tuple[Choice, ...], explained: Mapping[str, str]
    ) -> None:
        super().__init__(name, label, say)
        self.options = tuple(
            Option(choice.code, choice.label, explained=explained.get(choice.label, "")) for choice in choices
        )
        self._codes = {choice.code for choice in choices}

    @property
    def is_on_scale(self) -> bool:
        """Whether one of the choices is chosen, or none."""
        return not self.typed or self.typed in self._codes

    def take(self, posted: Posted) -> None:
        """What the browser sent, if it is on the scale; our own pages offer nothing else."""
        if posted.get(self.name) in self._codes | {""}:
            self.typed = posted[self.name]

    def read(self) -> str:
        """The code of the choice."""
        return self.typed


def day_as_typed(stored: str) -> str:
    """A stored ISO date as a Dane writes it; empty where there is none."""
    return written_day(date.fromisoformat(stored)) if stored else ""


def control_for(asked: Field | Column, name: str, label: str, say: Speaker, english: Mapping[str, str]) -> Control:
    """The control that a cell or a simple field is written in."""
    match asked.kind:
        case Kind.DATE:
            return Day(name, label, say)
        case Kind.CHOICE:
            return Pick(name, label, say, asked.choices, english)
        case _:
            return Words(name, label, say)
