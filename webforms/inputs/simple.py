"""Inputs of one control, and the choice with its reason."""

from collections.abc import Iterable

from pipeline.tool.definition import Field
from webforms.design.page import Problem
from webforms.inputs.at_rest import InWords
from webforms.inputs.base import Input, Value
from webforms.inputs.controls import Control, Day, Pick, Words, day_as_typed

_PURPOSES = {"email": ("email", "email"), "phone": ("tel", "tel")}
"""Fields that a browser can fill from its own memory (WCAG 1.3.5): type and autocomplete."""
_DIGITS = ("child_cpr",)


class OneControl(Input):
    """A field of one control.

    Attributes:
        keeps_lines: whether the control shows line breaks.
    """

    control: Control
    keeps_lines = False

    def controls(self) -> Iterable[Control]:
        """The one."""
        return (self.control,)

    @property
    def text_control(self) -> Control:
        """The one that holds running text."""
        return self.control

    @property
    def in_words(self) -> InWords:
        """What stands in it now."""
        return InWords(self.control.typed)

    @property
    def is_plain(self) -> bool:
        """Whether it is as the edition has it but for what is written in it: no fault, no words of others beside it."""
        is_longer = self.control.has_lines and not self.keeps_lines
        return not (self.control.error or self.asking.beside or is_longer)


class TextInput(OneControl):
    """A line of text."""

    template = "text"

    @staticmethod
    def at_rest(asked: Field, stored: Value) -> InWords | None:
        """The text, unless it has lines that a control of one line would lose."""
        text = _text_of(stored)
        return None if "\n" in text else InWords(text)

    def build(self) -> None:
        """One control."""
        self.control = Words(self.name, self.asked.label, self.asking.say)
        self.control.called = self.asking.explained.label
        self.control.show(_text_of(self.asking.answers.get(self.asked.key)))
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

    @staticmethod
    def at_rest(asked: Field, stored: Value) -> InWords | None:
        """The text with its lines."""
        return InWords(_text_of(stored))


class DateInput(OneControl):
    """A day."""

    template = "date"

    @staticmethod
    def at_rest(asked: Field, stored: Value) -> InWords | None:
        """The day as a Dane writes it."""
        return InWords(day_as_typed(_day_of(stored)))

    def build(self) -> None:
        """One control."""
        self.control = Day(self.name, self.asked.label, self.asking.say)
        self.control.called = self.asking.explained.label
        self.control.show(_day_of(self.asking.answers.get(self.asked.key)))

    def values(self) -> dict[str, Value]:
        """The day."""
        day = self.control.read()
        return {self.asked.key: {"date": day} if day else None}


class ChoiceInput(Input):
    """A choice on a scale and the reason for it."""

    template = "choice"

    @staticmethod
    def at_rest(asked: Field, stored: Value) -> InWords | None:
        """The choice and its reason, if it is on the scale."""
        code = str((stored or {}).get("choice", ""))
        is_on_scale = not code or any(choice.code == code for choice in asked.choices)
        return InWords(_text_of(stored), code) if is_on_scale else None

    def build(self) -> None:
        """The scale, and room for the reason."""
        say, stored = self.asking.say, self.asking.answers.get(self.asked.key) or {}
        self.pick = Pick(self.name, self.asked.label, say, self.asked.choices, self.asking.explained.choices)
        self.pick.called = self.asking.explained.label
        called = self.pick.called or self.asked.label
        self.reason = Words(f"{self.name}.text", f"{called}: {say('inputs.reason')}", say)
        self.pick.show(str(stored.get("choice", "")))
        self.reason.show(_text_of(stored))

    def controls(self) -> Iterable[Control]:
        """Scale, then reason."""
        return (self.pick, self.reason)

    @property
    def text_control(self) -> Control:
        """The one that holds running text."""
        return self.reason

    @property
    def in_words(self) -> InWords:
        """What stands in it now."""
        return InWords(self.reason.typed, self.pick.typed)

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


def _text_of(stored: Value) -> str:
    return str((stored or {}).get("text", ""))


def _day_of(stored: Value) -> str:
    return str((stored or {}).get("date", ""))
