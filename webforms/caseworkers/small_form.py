"""A small form as data: what it asks, what was typed, what is wrong with it; everything typed stays on the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from werkzeug.datastructures import MultiDict

from pipeline.cases.record.cpr import read_cpr
from pipeline.cases.text_at_the_door import accept_text
from pipeline.errors import AnswersError
from webforms.design.page import Option, Problem
from webforms.design.words import Speaker
from webforms.inputs.danish_day import NotADay, YearMissing, read_day

Typed = MultiDict[str, str]
LONGEST_LINE = 200
_TICKED = "1"


class Look(StrEnum):
    """How a question is drawn, and by that what may be answered."""

    LINE = "line"
    AREA = "area"
    DAY = "day"
    CPR = "cpr"
    RADIOS = "radios"
    LIST = "list"
    BOXES = "boxes"
    TICK = "tick"


@dataclass(frozen=True)
class Ask:
    """One question.

    Attributes:
        name: as the browser sends it; its words are `<form>.<name>`, and its hint `<form>.<name>_hint`.
        required: whether it must be answered; `problem.<name>` says so where there is such a word.
        begins: what stands in it at first; for boxes the values of those that are set.
        options: what can be chosen.
        rows: the height of an area, in lines.
        label: where the words are not our own, e.g. the tool's official ones.
        quiet: asked only where an answer to something else made it needed.
        kind: the browser's keyboard and help: `text`, `tel`, `email`.
    """

    name: str
    look: Look = Look.LINE
    required: bool = False
    hint: bool = False
    begins: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    rows: int = 4
    width: str = "l"
    label: str = ""
    kind: str = "text"
    quiet: bool = False


@dataclass(frozen=True)
class Shown:
    """A question as the page shows it."""

    ask: Ask
    label: str
    hint: str
    typed: tuple[str, ...]
    error: str = ""

    @property
    def text(self) -> str:
        """What stands in it."""
        return "\n".join(self.typed)

    @property
    def in_words(self) -> str:
        """What stands in it, as one reads it: the labels of what is chosen."""
        labels = {option.value: option.label for option in self.ask.options}
        return ", ".join(labels.get(value, value) for value in self.typed)


class _Refused(Exception):
    """What was typed cannot be taken; the message is what the page says."""


class SmallForm:
    """A form of a few questions.

    Args:
        words: where the words of its questions stand in the catalogue, e.g. `caseworkers.note`.
        asks: the questions in order.
        say: our own words in the visitor's language.
        typed: what the browser sent; None where the form is shown for the first time.
    """

    def __init__(self, words: str, asks: Sequence[Ask], say: Speaker, typed: Typed | None = None) -> None:
        self._words, self._say, self._typed = words, say, typed
        self._asks = tuple(asks)
        self._errors: dict[str, str] = {}
        self._read: dict[str, tuple[str, ...]] = {}

    def validate(self) -> bool:
        """Whether everything can be taken; else `problems` says what must be mended."""
        for ask in self._asks:
            try:
                self._read[ask.name] = self._answer(ask)
            except _Refused as refused:
                self._errors[ask.name] = str(refused)
                self._read[ask.name] = ()
        return not self._errors

    def refuse(self, name: str, key: str, **values: object) -> None:
        """Say what is wrong with one answer beside another; the first complaint about a question stands.

        Args:
            name: of the question.
            key: of the words, in the catalogue.
            values: for the places in the words.
        """
        self._errors.setdefault(name, self._say(key, **values))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What must be mended, in the order of the questions."""
        return tuple(Problem(ask.name, self._errors[ask.name]) for ask in self._asks if ask.name in self._errors)

    @property
    def shown(self) -> tuple[Shown, ...]:
        """The questions as the page shows them."""
        return tuple(
            self._shown(ask) for ask in self._asks if not ask.quiet or ask.name in self._errors or self._in_it(ask)
        )

    def text(self, name: str) -> str:
        """The words of an answer, without empty space around them; a CPR number as ten digits."""
        return next(iter(self._read.get(name, ())), "").strip()

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of an answer that say something."""
        return tuple(line.strip() for line in self.text(name).splitlines() if line.strip())

    def day(self, name: str) -> date | None:
        """The day of an answer."""
        return date.fromisoformat(self.text(name)) if self.text(name) else None

    def chosen(self, name: str) -> tuple[str, ...]:
        """Every value that was chosen."""
        return self._read.get(name, ())

    def asks(self, name: str) -> bool:
        """Whether the form has such a question."""
        return any(ask.name == name for ask in self._asks)

    def ticked(self, name: str) -> bool:
        """Whether a box is set."""
        return bool(self._read.get(name))

    def with_typed(self, typed: Typed) -> "SmallForm":
        """The same questions with what the browser sent."""
        return SmallForm(self._words, self._asks, self._say, typed)

    def _shown(self, ask: Ask) -> Shown:
        return Shown(
            ask,
            ask.label or self._say(f"{self._words}.{ask.name}"),
            self._say(f"{self._words}.{ask.name}_hint") if ask.hint else "",
            self._in_it(ask),
            self._errors.get(ask.name, ""),
        )

    def _in_it(self, ask: Ask) -> tuple[str, ...]:
        if self._typed is None:
            return ask.begins
        return tuple(text.replace("\r\n", "\n").replace("\r", "\n") for text in self._typed.getlist(ask.name))

    def _answer(self, ask: Ask) -> tuple[str, ...]:
        typed = self._in_it(ask)
        label = ask.label or self._say(f"{self._words}.{ask.name}")
        if not any(text.strip() for text in typed):
            if ask.required:
                raise _Refused(self._say(f"{self._words}.{ask.name}_missing"))
            return ()
        match ask.look:
            case Look.DAY:
                return (self._day(typed[0], label),)
            case Look.CPR:
                return (_cpr(typed[0]),)
            case Look.RADIOS | Look.LIST | Look.BOXES:
                return self._offered(ask, typed)
            case Look.TICK:
                return (_TICKED,)
            case _:
                return (self._free_text(ask, typed[0], label),)

    def _offered(self, ask: Ask, typed: tuple[str, ...]) -> tuple[str, ...]:
        """What was chosen of what is offered; our own pages send nothing else."""
        offered = {option.value for option in ask.options}
        chosen = tuple(value for value in typed if value in offered)
        if ask.required and not chosen:
            raise _Refused(self._say(f"{self._words}.{ask.name}_missing"))
        return chosen

    def _free_text(self, ask: Ask, typed: str, label: str) -> str:
        if ask.look is Look.LINE and len(typed) > LONGEST_LINE:
            raise _Refused(self._say("caseworkers.problem.too_long", label=label, count=LONGEST_LINE))
        try:
            text = accept_text(typed, f"“{label}”")
        except AnswersError as error:
            raise _Refused(str(error)) from None
        return " ".join(text.split()) if ask.look is Look.LINE else text

    def _day(self, typed: str, label: str) -> str:
        try:
            return read_day(typed).isoformat()
        except YearMissing:
            raise _Refused(self._say("inputs.year_missing", label=label)) from None
        except NotADay:
            raise _Refused(self._say("inputs.not_a_day", label=label)) from None


def _cpr(typed: str) -> str:
    try:
        return read_cpr(typed).number
    except AnswersError as error:
        raise _Refused(str(error)) from None


def beginning(asks: Sequence[Ask], begins: Mapping[str, tuple[str, ...]]) -> tuple[Ask, ...]:
    """The questions with what stands in them at first."""
    return tuple(replace(ask, begins=begins.get(ask.name, ask.begins)) for ask in asks)
