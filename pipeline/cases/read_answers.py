"""From the answers' JSON to frozen facts: the door through which every answer comes in.

The format is described in templates_docx/tilsynsredskab/README.md.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.cases.answers import (
    Answers,
    Approval,
    Attainment,
    Contribution,
    EarlierVisit,
    Enclosure,
    Event,
    Goal,
    GoalOrigin,
    GoalText,
    Municipality,
    Person,
    Role,
)
from pipeline.cases.json_door import JsonDoor
from pipeline.cases.text_at_the_door import shown
from pipeline.cases.values import ChoiceValue, TextValue, parse_value
from pipeline.errors import AnswersError, UnreadableFile
from pipeline.tool.definition import Choice, Field, Kind, Tool
from pipeline.tool.load import EDITIONS, editions, load_tool

FORMAT = "hjemmetilsyn-svar-1"
VISIT_KINDS = ("ordinary", "extra")


def read_answers_file(path: Path, root: Path = EDITIONS) -> Answers:
    """Read a file of answers.

    Raises:
        UnreadableFile: the file is not there or not JSON.
        AnswersError: something in it is not as it should be; the message names the place.
    """
    try:
        raw = json.loads(path.read_bytes(), object_pairs_hook=_refuse_twice)
    except FileNotFoundError:
        raise UnreadableFile(f"Filen {path.name} findes ikke. Ret navnet.") from None
    except OSError as error:
        raise UnreadableFile(
            f"Filen {path.name} kan ikke læses. Se, om det er en fil, og om du må læse den."
        ) from error
    except json.JSONDecodeError as error:
        place = f"linje {error.lineno}, tegn {error.colno}"
        raise UnreadableFile(f"Filen {path.name} er ikke gyldig JSON ({place}). Ret stedet.") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"Filen {path.name} er ikke UTF-8. Gem den som UTF-8.") from error
    except ValueError as error:  # Python reads no number of more than 4300 digits
        raise UnreadableFile(f"Filen {path.name} er ikke et svarark: et tal i den er for langt.") from error
    except RecursionError:
        raise UnreadableFile(f"Filen {path.name} er ikke et svarark: den er indlejret for dybt.") from None
    return read_answers(raw, root)


def read_answers(raw: object, root: Path = EDITIONS) -> Answers:
    """Turn decoded JSON into answers.

    Raises:
        AnswersError: something is not as it should be; the message names the place.
    """
    door = JsonDoor(raw, "Svarene")
    if door.text("format") != FORMAT:
        raise AnswersError(f"Svarene: format skal være “{FORMAT}”.")
    known = editions(root)
    tool = load_tool(door.choice("edition", str, known), root)
    people, not_asked = _people(door), _not_asked(door, tool)
    answers = Answers(
        edition=tool.edition,
        case_number=door.text("case_number"),
        is_fictional=door.truth("fictional", False),
        document_date=door.day("document_date"),
        visit_number=door.number("visit_number"),
        visit_kind=door.choice("visit_kind", str, VISIT_KINDS, "ordinary"),
        municipality=_municipality(door.inner("municipality")),
        people=tuple(people.values()),
        approval=_approval(door.inner("approval"), tool),
        contributions=dict(_contributions(door.inner("answers"), tool, people)),
        goals=tuple(_goal(goal, tool, people) for goal in door.objects("goals")),
        not_asked=not_asked,
        enclosures=tuple(_enclosure(e) for e in door.objects("enclosures")),
        earlier_visits=tuple(_earlier(v, tool) for v in door.objects("earlier_visits")),
        events=tuple(_event(e, tool, people) for e in door.objects("events")),
        why_not_asked=_why_not_asked(door.inner("why_not_asked"), not_asked),
    )
    door.text("note", "")
    door.finish()
    _refuse_same_goal_twice(answers.goals)
    return answers


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON lets a key stand twice and keeps only the last: an answer would be lost."""
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [key for key, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise AnswersError(f"Svarene: “{shown(twice)}” står to gange samme sted. Saml de to til ét.")
    return result


def _people(door: JsonDoor) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for raw in door.objects("people"):
        person = Person(
            id=raw.text("id"),
            name=raw.text("name"),
            role=raw.choice("role", Role, tuple(Role)),
            title=raw.text("title", ""),
            organisation=raw.text("organisation", ""),
        )
        raw.finish()
        if person.id in people:
            raw.refuse("id", "en anden person har samme id; giv den ene et nyt")
        people[person.id] = person
    return people


def _person(door: JsonDoor, key: str, people: Mapping[str, Person]) -> Person:
    person = people.get(door.text(key))
    if person is None:
        door.refuse(key, "personen står ikke under “people”; ret id'et, eller skriv personen på")
    return person


def _person_if_any(door: JsonDoor, key: str, people: Mapping[str, Person]) -> Person | None:
    written = door.text(key, "")
    return _person(door, key, people) if written else None


def _municipality(door: JsonDoor) -> Municipality:
    municipality = Municipality(
        name=door.text("name"), unit=door.text("unit"), contact=door.text("contact"), phone=door.text("phone", "")
    )
    door.finish()
    return municipality


def _approval(door: JsonDoor, tool: Tool) -> Approval:
    approval = Approval(
        decided_on=door.day("decided_on"),
        extent=door.text("extent"),
        methods=door.texts("methods"),
        goals=door.texts("goals"),
        supervision_frame=door.text("supervision_frame"),
        health_elements=door.truth("health_elements"),
    )
    door.finish()
    return approval


def _contributions(
    door: JsonDoor, tool: Tool, people: Mapping[str, Person]
) -> Iterator[tuple[str, tuple[Contribution, ...]]]:
    for key, raw in door.rest().items():
        field = tool.find(key)
        if field is None:
            raise AnswersError(f"Svarene: feltet “{shown(key)}” findes ikke i udgave {tool.edition}. Ret navnet.")
        if field.kind is Kind.GOALS:
            raise AnswersError(f"Svarene: “{key}” skal stå under “goals”, ét mål ad gangen.")
        if not isinstance(raw, list):
            raise AnswersError(f"Svarene, {key}: et svar er en liste af bidrag.")
        yield key, tuple(_contribution(item, field, people, n) for n, item in enumerate(raw, start=1))


def _contribution(raw: object, field: Field, people: Mapping[str, Person], number: int) -> Contribution:
    name = (field.heading or field.label).replace("{hjemmel}", "loven")
    place = f"“{name}” ({field.key}), bidrag nr. {number}"
    door = JsonDoor(raw, place)
    by, behalf, at = _person(door, "by", people), _person_if_any(door, "on_behalf_of", people), door.moment("at")
    by_phone = door.truth("by_phone", default=False)
    content = door.rest()
    unknown = sorted(set(content) - _CONTENT_KEYS[field.kind])
    if unknown:
        raise AnswersError(f"{place}: “{shown(unknown[0])}” kendes ikke. Ret navnet, eller fjern det.")
    return Contribution(by=by, at=at, value=parse_value(content, field, place), on_behalf_of=behalf, by_phone=by_phone)


_CONTENT_KEYS: dict[Kind, set[str]] = {
    Kind.TEXT: {"text"},
    Kind.LONG_TEXT: {"text"},
    Kind.DATE: {"date"},
    Kind.CHOICE: {"choice", "text"},
    Kind.TABLE: {"rows"},
    Kind.GOALS: set(),
    Kind.DRAWN: set(),
}


def _goal(door: JsonDoor, tool: Tool, people: Mapping[str, Person]) -> Goal:
    goal = Goal(
        id=door.text("id"),
        goal_type=_choice(door, "goal_type", tool.goal_types),
        wording=door.text("wording", ""),
        origin=door.choice("origin", GoalOrigin, tuple(GoalOrigin), GoalOrigin.NEW),
        before=door.text("before", ""),
        focus=tuple(_goal_text(raw, people) for raw in door.objects("focus")),
        attainment=tuple(_attainment(raw, tool, people) for raw in door.objects("attainment")),
        next=tuple(_goal_text(raw, people) for raw in door.objects("next")),
    )
    door.finish()
    return goal


def _goal_text(door: JsonDoor, people: Mapping[str, Person]) -> GoalText:
    words = GoalText(
        by=_person(door, "by", people),
        on_behalf_of=_person_if_any(door, "on_behalf_of", people),
        by_phone=door.truth("by_phone", default=False),
        at=door.moment("at"),
        value=TextValue(door.text("text")),
    )
    door.finish()
    return words


def _attainment(door: JsonDoor, tool: Tool, people: Mapping[str, Person]) -> Attainment:
    attainment = Attainment(
        by=_person(door, "by", people),
        on_behalf_of=_person_if_any(door, "on_behalf_of", people),
        by_phone=door.truth("by_phone", default=False),
        at=door.moment("at"),
        value=ChoiceValue(_choice(door, "choice", tool.goals_field.choices), door.text("text", "")),
    )
    door.finish()
    return attainment


def _choice(door: JsonDoor, key: str, choices: tuple[Choice, ...]) -> Choice:
    by_code = {choice.code: choice for choice in choices}
    return door.choice(key, by_code.__getitem__, tuple(by_code))


def _not_asked(door: JsonDoor, tool: Tool) -> frozenset[str]:
    keys = door.texts("not_asked")
    skippable = {field.key for section in tool.sections if section.skippable for field in section.fields}
    for number, key in enumerate(keys, start=1):
        if key not in skippable:
            door.refuse("not_asked", f"nr. {number} er ikke et felt, der kan springes over; fjern det")
    return frozenset(keys)


def _why_not_asked(door: JsonDoor, not_asked: frozenset[str]) -> dict[str, str]:
    reasons = {key: door.text(key) for key in sorted(not_asked) if door.has(key)}
    door.finish()
    return reasons


def _enclosure(door: JsonDoor) -> Enclosure:
    enclosure = Enclosure(title=door.text("title"), received_from=door.text("received_from"), dated=door.day("dated"))
    door.finish()
    return enclosure


def _earlier(door: JsonDoor, tool: Tool) -> EarlierVisit:
    visit_date = door.day("visit_date")
    grades = []
    for raw in door.objects("grades"):
        grades.append((_choice(raw, "goal_type", tool.goal_types), _choice(raw, "choice", tool.goals_field.choices)))
        raw.finish()
    door.finish()
    return EarlierVisit(visit_date, tuple(grades))


def _event(door: JsonDoor, tool: Tool, people: Mapping[str, Person]) -> Event:
    known = tuple(name for field in tool.fields for name in field.drawn_from)
    event = Event(
        type=door.choice("type", str, known),
        at=door.moment("at"),
        text=door.text("text", ""),
        by=_person_if_any(door, "by", people),
        to=_person_if_any(door, "to", people),
        deadline=door.day_if_any("deadline"),
    )
    door.finish()
    return event


def _refuse_same_goal_twice(goals: tuple[Goal, ...]) -> None:
    ids = [goal.id for goal in goals]
    for number, goal_id in enumerate(ids, start=1):
        if goal_id in ids[: number - 1]:
            raise AnswersError(f"Svarene, goals nr. {number}: et andet mål har samme id. Giv det ene et nyt id.")
