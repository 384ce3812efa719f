"""What a report does not tell one recipient, because it is another's protected address, phone number or e-mail.

Whoever is protected reads their own words. For the others the words of a field or a goal in which such a thing stands
are left out as a whole, and so are a line of the approval, an enclosure's name or a title (hidden_facts.py); what is
left is the same for all and has a digest of its own (contents/shared_content.py).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pipeline.cases.answers import Answers, Attainment, Contribution, Goal, GoalText
from pipeline.cases.hearing.hidden_facts import Spot, facts_left_out
from pipeline.cases.record.case import Case
from pipeline.cases.record.protected import WITHHELD, protected_text_found
from pipeline.cases.values import ChoiceValue, TableValue, TextValue, Value


@dataclass(frozen=True)
class Variant:
    """One recipient's version of a report.

    Attributes:
        places: whose words are left out.
        common: SHA-256 of what all variants say alike; empty where there is but one.
    """

    places: frozenset[Spot] = frozenset()
    common: str = ""


WHOLE = Variant()
"""A report that all read as it is."""

_COLUMNS = ("focus", "attainment", "next")
_Words = TypeVar("_Words", bound=GoalText | Attainment | Contribution)


def withheld_places(case: Case, answers: Answers, reader: str = "") -> frozenset[Spot]:
    """Where a report tells what somebody is protected from the reader for; without a reader: from anybody."""
    found = protected_text_found(case, answers)
    return frozenset((one.place, one.number) for one in found if one.person_id != reader)


def left_out(answers: Answers, places: Collection[Spot]) -> Answers:
    """The answers with other words in these places; that somebody wrote there, and what was chosen, stays."""
    if not places:
        return answers
    contributions = {key: _without(key, said, places) for key, said in answers.contributions.items()}
    goals = tuple(_goal(goal, places) for goal in answers.goals)
    return facts_left_out(replace(answers, contributions=contributions, goals=goals), places)


def _goal(goal: Goal, places: Collection[Spot]) -> Goal:
    focus, attainment, following = (f"goal/{goal.id}/{column}" for column in _COLUMNS)
    hides_name = (f"goal/{goal.id}/wording", 1) in places
    return replace(
        goal,
        wording=WITHHELD if hides_name else goal.wording,
        before="" if hides_name else goal.before,
        focus=_without(focus, goal.focus, places),
        attainment=_without(attainment, goal.attainment, places),
        next=_without(following, goal.next, places),
    )


def _without(key: str, said: tuple[_Words, ...], places: Collection[Spot]) -> tuple[_Words, ...]:
    return tuple(_hidden(one) if (key, number) in places else one for number, one in enumerate(said, start=1))


def _hidden(one: _Words) -> _Words:
    known: Any = one  # of the three shapes each has a value of another type
    hidden: _Words = replace(known, value=_hidden_value(known.value))
    return hidden


def _hidden_value(value: Value) -> Value:
    match value:
        case ChoiceValue():
            return ChoiceValue(value.choice, WITHHELD)
        case TableValue():
            return TableValue(value.columns, ((TextValue(WITHHELD), *(TextValue("") for _ in value.columns[1:])),))
        case _:
            return TextValue(WITHHELD)
