"""Where a slot of a form on paper stands on our pages: the control of the same answer, and what is written into it."""

import hashlib
from dataclasses import dataclass

from pipeline.offline.differences import Difference
from pipeline.tool.definition import Choice, Field, Kind, Tool

_GOAL_PARTS_TOGETHER = {"reason": "attainment"}
"""A reason goes with its grade."""
_LONG = ("wording", "focus", "reason", "next")


@dataclass(frozen=True)
class Place:
    """Where a slot belongs.

    Attributes:
        field: of the tool.
        line: number of the line of a table or plan in the case; 0 where the field has no lines.
        part: column, or `text` of a reason; empty for a field of one control.
    """

    field: Field
    line: int = 0
    part: str = ""

    @property
    def is_goal(self) -> bool:
        """Whether it is a cell of the plan."""
        return self.field.kind is Kind.GOALS

    @property
    def together(self) -> str:
        """The same for slots that only make sense together: a choice and its reason."""
        if self.is_goal:
            return f"{self.field.key}.{self.line}.{_GOAL_PARTS_TOGETHER.get(self.part, self.part)}"
        return f"{self.field.key}.{self.line}.{self.part}" if self.line else self.field.key

    @property
    def is_long_text(self) -> bool:
        """Whether two texts can stand there one after the other."""
        if self.is_goal:
            return self.part in _LONG
        return self.field.kind is Kind.LONG_TEXT or self.part == "text"

    def choices(self, tool: Tool) -> tuple[Choice, ...]:
        """The scale, where there is one."""
        if self.is_goal:
            return {"goal_type": tool.goal_types, "attainment": self.field.choices}.get(self.part, ())
        if self.line:
            return next((column.choices for column in self.field.columns if column.key == self.part), ())
        return self.field.choices if not self.part else ()

    def control(self, goal_id: str) -> str:
        """Name of the control; `goal_id` of the goal that the line is about."""
        line = goal_id if self.is_goal else str(self.line)
        return ".".join(part for part in (self.field.key, line if self.line else "", self.part) if part)


def place_of(slot: str, tool: Tool) -> Place | None:
    """The place of a slot of a form; None where the edition has none of that name."""
    key, *rest = slot.split(".")
    field = tool.find(key)
    match field, rest:
        case None, _:
            return None
        case Field(kind=Kind.GOALS | Kind.TABLE), [line, part] if line.isascii() and line.isdecimal():
            return Place(field, int(line), part)
        case Field(kind=Kind.CHOICE), ["text"]:
            return Place(field, part="text")
        case Field(kind=Kind.GOALS | Kind.TABLE | Kind.DRAWN), _:
            return None
        case Field(), []:
            return Place(field)
    return None


def typed_for(place: Place, words: str, tool: Tool) -> str:
    """What a form on paper says, as the control takes it: of a choice its code."""
    codes = {choice.label: choice.code for choice in place.choices(tool)}
    return codes.get(words, "") if codes else words


def new_goal_id(sha256: str, difference: Difference) -> str:
    """The id of a goal that a file of this digest adds: the same however often it is sent, so it is added once."""
    line = (difference.name_in_form or difference.name).split(".")[1]
    return hashlib.sha256(f"{sha256}/{line}".encode()).hexdigest()[:32]
