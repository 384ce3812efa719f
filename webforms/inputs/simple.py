"""Inputs of one control, and the choice with its reason."""

from collections.abc import Iterable

from webforms.design.page import Problem
from webforms.inputs.base import Input, Value
from webforms.inputs.controls import Control, Day, Pick, Words

_PURPOSES = {"email": ("email", "email"), "phone": ("tel", "tel")}
"""Fields that a browser can fill from its own memory (WCAG 1.3.5): type and autocomplete."""
_DIGITS = ("child_cpr",)


class OneControl(Input):
    """A field of one control.

    Attributes:
        keeps_lines: whether the control shows line breaks.
        written_in: name of the control that holds running text.
        picked: the code that is chosen beside the text; here there is none to choose.
    """

    control: Control
    keeps_lines = False
    written_in, picked = "control", ""

    def controls(self) -> Iterable[Control]:
        """The one."""
        return (self.control,)

    @property
    def is_plain(self) -> bool:
        """Whether it is as the edition has it but for what is written in it: no fault, no words of others beside it."""
        is_longer = self.control.has_lines and not self.keeps_lines
        return not (self.control.error or self.asking.beside or is_longer)


class TextInput(OneControl):
    """A line of text."""

    template = "text"

    def build(self) -> None:
        """One control."""
        self.control = Words(self.name, self.asked.label, self.asking.say)
        self.control.show(str((self.asking.answers.get(self.asked.key) or {}).get("text", "")))
        self.type, self.autocomplete = _PURPOSES.get(self.asked.key, ("text", ""))
        self.inputmode = "numeric" if self.asked.key in _DIGITS else ""

    def values(self) -> dict[str, Value]:
        """The text."""
        text = self.control.read()
        return {self.asked.key: {"text": text} if text else None}


class LongTextInput(TextInput):
    """Text of many lines."""

    template = "long_text"
    keeps_lines = True


class DateInput(OneControl):
    """A day."""

    template = "date"

    def build(self) -> None:
        """One control."""
        self.control = Day(self.name, self.asked.label, self.asking.say)
        self.control.show(str((self.asking.answers.get(self.asked.key) or {}).get("date", "")))

    def values(self) -> dict[str, Value]:
        """The day."""
        day = self.control.read()
        return {self.asked.key: {"date": day} if day else None}


class ChoiceInput(Input):
    """A choice on a scale and the reason for it.

    Attributes:
        written_in: as `OneControl` has it.
    """

    template = "choice"
    written_in = "reason"

    def build(self) -> None:
        """The scale, and room for the reason."""
        say, stored = self.asking.say, self.asking.answers.get(self.asked.key) or {}
        self.pick = Pick(self.name, self.asked.label, say, self.asked.choices, self.asking.explained.choices)
        self.reason = Words(f"{self.name}.text", f"{self.asked.label}: {say('inputs.reason')}", say)
        self.pick.show(str(stored.get("choice", "")))
        self.reason.show(str(stored.get("text", "")))

    def controls(self) -> Iterable[Control]:
        """Scale, then reason."""
        return (self.pick, self.reason)

    @property
    def picked(self) -> str:
        """The code that is chosen; empty where none is."""
        return self.pick.typed

    @property
    def is_plain(self) -> bool:
        """Whether it is as the edition has it but for the choice on its scale and the reason: as in `OneControl`."""
        return self.pick.is_on_scale and not (self.pick.error or self.reason.error or self.asking.beside)

    def values(self) -> dict[str, Value]:
        """Choice and reason."""
        return {self.asked.key: choice_value(self.pick, self.reason)}

    def check(self) -> tuple[Problem, ...]:
        """A reason alone is no answer yet."""
        return check_reasoned(self.pick, self.reason) or super().check()

    def unreadable(self) -> bool:
        """A reason without a choice cannot be kept as an answer; it is kept as a draft."""
        return is_reason_alone(self.pick, self.reason) or super().unreadable()


def choice_value(pick: Pick, reason: Words) -> Value:
    """The answer that scale and reason make together."""
    code, why = pick.read(), reason.read()
    return {"choice": code, "text": why} if code else None


def is_reason_alone(pick: Pick, reason: Words) -> bool:
    """Whether somebody wrote why, and has not chosen."""
    return pick.is_blank and not reason.is_blank


def check_reasoned(pick: Pick, reason: Words) -> tuple[Problem, ...]:
    """Tell at the scale that a choice is missing."""
    if not is_reason_alone(pick, reason):
        return ()
    return (pick.refuse(pick.say("inputs.choice_missing", label=pick.quoted)),)
