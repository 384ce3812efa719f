"""Words that are left out of a report beside its fields: approval, enclosures, what happened, names and titles."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.cases.answers import Answers, Approval, Attainment, Contribution, Enclosure, Event, Goal, GoalText, Person
from pipeline.cases.record.protected import WITHHELD

Spot = tuple[str, int]
"""A spot as `protected_text_found` names it, and which contribution or entry there, from 1."""

WITHHELD_NAME, WITHHELD_WORK = "Kommunen har navnet", "kommunen har oplysningen"
"""Stand in the middle of a line, where a name or a title stood."""

_People = Mapping[Person, Person]
_Said = TypeVar("_Said", bound=GoalText | Attainment | Contribution)


def facts_left_out(answers: Answers, places: Collection[Spot]) -> Answers:
    """The answers with other words in those of the places that are neither a field nor a goal."""
    municipality = answers.municipality
    without = replace(
        answers,
        approval=_approval(answers.approval, places),
        enclosures=tuple(_enclosure(one, n, places) for n, one in enumerate(answers.enclosures, start=1)),
        events=tuple(_event(one, n, places) for n, one in enumerate(answers.events, start=1)),
        why_not_asked={
            key: _or_withheld(why, (f"why_not_asked/{key}", 1), places) for key, why in answers.why_not_asked.items()
        },
        municipality=replace(
            municipality,
            unit=_or_withheld(municipality.unit, ("municipality/unit", 1), places),
            contact=WITHHELD_NAME if ("municipality/contact", 1) in places else municipality.contact,
        ),
    )
    people = {one: _person(one, n, places) for n, one in enumerate(answers.people, start=1)}
    return _named(without, people) if any(old != new for old, new in people.items()) else without


def _approval(approval: Approval, places: Collection[Spot]) -> Approval:
    return replace(
        approval,
        extent=_or_withheld(approval.extent, ("approval/extent", 1), places),
        supervision_frame=_or_withheld(approval.supervision_frame, ("approval/supervision_frame", 1), places),
        methods=_lines(approval.methods, "approval/methods", places),
        goals=_lines(approval.goals, "approval/goals", places),
    )


def _lines(lines: Sequence[str], place: str, places: Collection[Spot]) -> tuple[str, ...]:
    return tuple(_or_withheld(line, (place, number), places) for number, line in enumerate(lines, start=1))


def _enclosure(one: Enclosure, number: int, places: Collection[Spot]) -> Enclosure:
    return replace(
        one,
        title=_or_withheld(one.title, ("enclosures/title", number), places),
        received_from=_or_withheld(one.received_from, ("enclosures/received_from", number), places),
    )


def _event(one: Event, number: int, places: Collection[Spot]) -> Event:
    return replace(one, text=_or_withheld(one.text, ("events", number), places))


def _or_withheld(text: str, place: Spot, places: Collection[Spot]) -> str:
    return WITHHELD if place in places else text


def _person(one: Person, number: int, places: Collection[Spot]) -> Person:
    named = replace(one, name=WITHHELD_NAME) if ("people/name", number) in places else one
    hides_work = ("people/work", number) in places
    return replace(named, title=WITHHELD_WORK, organisation="") if hides_work else named


def _named(answers: Answers, people: _People) -> Answers:
    """The same words by people who are named otherwise, wherever documents name them."""
    return replace(
        answers,
        people=tuple(people.values()),
        contributions={key: _by(said, people) for key, said in answers.contributions.items()},
        goals=tuple(_goal_by(goal, people) for goal in answers.goals),
        events=tuple(replace(one, by=_of(one.by, people), to=_of(one.to, people)) for one in answers.events),
    )


def _goal_by(goal: Goal, people: _People) -> Goal:
    return replace(
        goal, focus=_by(goal.focus, people), attainment=_by(goal.attainment, people), next=_by(goal.next, people)
    )


def _by(said: tuple[_Said, ...], people: _People) -> tuple[_Said, ...]:
    return tuple(replace(one, by=people[one.by], on_behalf_of=_of(one.on_behalf_of, people)) for one in said)


def _of(person: Person | None, people: _People) -> Person | None:
    return people[person] if person else None
