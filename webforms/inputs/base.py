"""What inputs have in common: show the stored answer, take what was typed, say what changed and what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import Field as WtField  # type: ignore[import-untyped] # WTForms carries no types
from wtforms import ValidationError
from wtforms.utils import unset_value  # type: ignore[import-untyped] # WTForms carries no types

from pipeline.tool.definition import Field
from webforms.design.page import Problem
from webforms.design.words import Speaker
from webforms.inputs.at_rest import InWords
from webforms.inputs.controls import Control, Posted
from webforms.inputs.english import Explained
from webforms.inputs.worded import Worded

PRESS = "_press"
"""Name of the buttons that do something to the form itself; the value is `<field>.<deed>[.<which>]`."""

Value = Mapping[str, Any] | None
"""An answer as `pipeline.cases.values.parse_value` reads it; None: not answered."""


@dataclass(frozen=True)
class Said:
    """What somebody else has answered, shown beside an input."""

    who: str
    words: str


@dataclass(frozen=True)
class Asking:
    """What is asked, and how.

    Attributes:
        worded: the field of the tool, in words.
        answers: by slot, as stored, of the voice that answers.
        beside: what others have said, by slot.
        required: must be answered before it is handed in.
    """

    worded: Worded
    say: Speaker
    answers: Mapping[str, Value]
    beside: tuple[Said, ...] = ()
    required: bool = False

    @property
    def field(self) -> Field:
        """Of the tool, its references to the law filled in."""
        return self.worded.field

    @property
    def explained(self) -> Explained:
        """What its words mean in English."""
        return self.worded.explained

    @property
    def help(self) -> str:
        """The tool's help, in the language of the page."""
        return self.worded.help


class Input(WtField):  # type: ignore[misc] # WTForms carries no types
    """One field of the tool on a form; each kind is a small class of its own.

    Args:
        asking: what is asked, and how.
    """

    template = ""

    def __init__(self, asking: Asking, **binding: Any) -> None:
        super().__init__(label=asking.field.label, **binding)
        self.asking, self.asked = asking, asking.field
        self.problems: tuple[Problem, ...] = ()
        self.before: dict[str, Value] = {}
        self.build()

    @staticmethod
    def at_rest(asked: Field, stored: Value) -> InWords | None:
        """What is shown of a stored answer where nobody has typed; None where only an input of its own can show it."""
        return None

    @property
    def explained(self) -> Explained:
        """What its words mean in English."""
        return self.asking.explained

    def build(self) -> None:
        """Make the controls and put the stored answers into them."""
        raise NotImplementedError

    def controls(self) -> Iterable[Control]:
        """Every control, in the order in which it stands on the page."""
        raise NotImplementedError

    def values(self) -> dict[str, Value]:
        """By slot what is now answered.

        Raises:
            Refused: something cannot be read; `check` tells what.
        """
        raise NotImplementedError

    def process(self, formdata: Posted | None, data: Any = unset_value, extra_filters: Any = None) -> None:
        """WTForms' door: the stored answers stand already in the controls, what was typed is laid over them."""
        self.process_errors: list[str] = []
        self.before = self.values()
        if formdata is not None:
            self.take(formdata)

    def take(self, posted: Posted) -> None:
        """What the browser sent."""
        for control in self.controls():
            control.take(posted)

    def check(self) -> tuple[Problem, ...]:
        """What must be mended."""
        found = tuple(problem for control in self.controls() for problem in control.check())
        return found or (self.check_answered() if self.asking.required else ())

    def check_answered(self) -> tuple[Problem, ...]:
        """A field that must be answered says so at its first control."""
        if any(value is not None for value in self.values().values()):
            return ()
        first = next(iter(self.controls()))
        return (first.refuse(self.asking.say("inputs.required", label=first.quoted)),)

    def pre_validate(self, form: Any) -> None:
        """WTForms' door to `check`."""
        self.problems = self.check()
        if self.problems:
            raise ValidationError(self.problems[0].words)

    def changes(self) -> dict[str, Value]:
        """By slot what differs from the stored answers; nothing of an input that has something to mend."""
        if self.unreadable():
            return {}
        return {slot: value for slot, value in self.values().items() if value != self.before.get(slot)}

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written in it."""
        return all(control.is_blank for control in self.controls())

    def unreadable(self) -> bool:
        """Whether something in it cannot be read; that an answer is missing does not make it so."""
        return any(control.check() for control in self.controls())

    def left_over(self) -> tuple[tuple[str, str], ...]:
        """What was typed and cannot be kept as an answer, by control, so that it can be kept as a draft."""
        return tuple((control.name, control.typed) for control in self.controls()) if self.unreadable() else ()
