"""The tids- og faseplan: a card for each goal, with its måltype, wording, focus, attainment and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.tool.definition import Choice
from webforms.design.page import Problem
from webforms.inputs.base import Asking, Input, Value
from webforms.inputs.controls import Control, Pick, Words
from webforms.inputs.simple import check_reasoned, choice_value, is_reason_alone


@dataclass(frozen=True)
class PlanGoal:
    """A goal that stands in the plan; the form changes its words and never invents one.

    Attributes:
        id: as in the slots `goal/<id>/<column>`.
        origin: `new`, `continued` or `adjusted`.
        before: its wording at the last visit, where it was adjusted.
    """

    id: str
    goal_type: str
    origin: str = "new"
    before: str = ""


class GoalCard:
    """The controls of one goal.

    Args:
        goal: which.
        number: from 1, as the page counts.
        asking: the field and the stored answers.
        goal_types: the scale of måltyper.
        name: of the field, with which the controls' names begin.
    """

    def __init__(self, goal: PlanGoal, number: int, asking: Asking, goal_types: tuple[Choice, ...], name: str) -> None:
        self.goal, self.number = goal, number
        say, stem = asking.say, f"{name}.{goal.id}"
        explained = asking.explained.columns
        official = {column.key: explained.get(column.key) or column.label for column in asking.field.columns}

        def label(words: str) -> str:
            return say("inputs.of_goal", number=number, label=words)

        choices = asking.explained.choices
        self.goal_type = Pick(f"{stem}.goal_type", label(official["goal_type"]), say, goal_types, choices)
        self.wording = Words(f"{stem}.wording", label(say("inputs.wording")), say)
        self.focus = Words(f"{stem}.focus", label(official["focus"]), say)
        self.attainment = Pick(f"{stem}.attainment", label(official["attainment"]), say, asking.field.choices, choices)
        self.reason = Words(f"{stem}.reason", label(say("inputs.goal_reason")), say)
        self.next = Words(f"{stem}.next", label(official["next"]), say)
        self._show(asking)

    def _show(self, asking: Asking) -> None:
        def stored(column: str, part: str = "text") -> str:
            return str((asking.answers.get(self.slot(column)) or {}).get(part, ""))

        self.goal_type.show(self.goal.goal_type)
        self.attainment.show(stored("attainment", "choice"))
        self.reason.show(stored("attainment"))
        for column, control in (("wording", self.wording), ("focus", self.focus), ("next", self.next)):
            control.show(stored(column))

    def slot(self, column: str) -> str:
        """The slot of one of the goal's columns."""
        return f"goal/{self.goal.id}/{column}"

    @property
    def place(self) -> str:
        """The id of the card on the page."""
        return f"{self.goal_type.place.removesuffix('-goal_type')}"

    @property
    def controls(self) -> tuple[Control, ...]:
        """In the order of the page."""
        return (self.goal_type, self.wording, self.focus, self.attainment, self.reason, self.next)

    def values(self) -> dict[str, Value]:
        """The goal's slots; a column that cannot be read is left out."""
        texts = (("wording", self.wording), ("focus", self.focus), ("next", self.next))
        found: dict[str, Value] = {
            self.slot(column): {"text": control.read()} if control.read() else None
            for column, control in texts
            if not control.check()
        }
        if not (is_reason_alone(self.attainment, self.reason) or self.reason.check()):
            found[self.slot("attainment")] = choice_value(self.attainment, self.reason)
        return found


class GoalsInput(Input):
    """All goals of the plan.

    Args:
        asking: the field.
        goals: those that stand in the plan.
        goal_types: the scale of måltyper.
    """

    template = "goals"

    def __init__(
        self, asking: Asking, goals: tuple[PlanGoal, ...], goal_types: tuple[Choice, ...], **binding: object
    ) -> None:
        self._goals, self._goal_types = goals, goal_types
        super().__init__(asking, **binding)

    def build(self) -> None:
        """A card for each goal."""
        self.cards = tuple(
            GoalCard(goal, number, self.asking, self._goal_types, self.name)
            for number, goal in enumerate(self._goals, start=1)
        )

    def controls(self) -> Iterable[Control]:
        """Card by card."""
        return [control for card in self.cards for control in card.controls]

    def values(self) -> dict[str, Value]:
        """Every slot of every goal that can be read."""
        return {slot: value for card in self.cards for slot, value in card.values().items()}

    def check(self) -> tuple[Problem, ...]:
        """Grades that are missing beside a reason, and what cannot be read."""
        found = [problem for card in self.cards for problem in self._check(card)]
        if found or not self.asking.required or self.cards:
            return tuple(found)
        return (Problem(self.name, self.asking.say("inputs.goals_required")),)

    def changes(self) -> dict[str, Value]:
        """Slot by slot: one goal that cannot be read does not hold back the others."""
        return {slot: value for slot, value in self.values().items() if value != self.before.get(slot)}

    def left_over(self) -> tuple[tuple[str, str], ...]:
        """The controls of the goals that have something to mend."""
        bad = [card for card in self.cards if self._check(card)]
        return tuple((control.name, control.typed) for card in bad for control in card.controls)

    def _check(self, card: GoalCard) -> tuple[Problem, ...]:
        read = tuple(problem for control in card.controls for problem in control.check())
        return (*check_reasoned(card.attainment, card.reason), *read)
