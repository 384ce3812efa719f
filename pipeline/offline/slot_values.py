"""What a case says in each slot of a form: one contributor's words as they are, several with their names."""

from collections.abc import Mapping, Sequence
from datetime import date

from pipeline.cases.answers import Contribution, Goal
from pipeline.cases.values import ChoiceValue, DateValue, TableValue, Value
from pipeline.documents.contents.of_a_field import who
from pipeline.documents.plan_sheet import goal_row
from pipeline.tool.definition import Field

SLOT_OF: Mapping[str, str] = {
    "goal_type": "goal_type",
    "wording": "wording",
    "focus": "focus",
    "attainment": "attainment",
    "reasons": "reason",
    "next_goals": "next",
}
"""The last name of the slot of each field of a row of the Excel plan."""


def spoken_text(given: Sequence[Contribution]) -> str:
    """A text or date slot."""
    return _spoken(given, [_plain(each.value) for each in given])


def agreed_choice(given: Sequence[Contribution]) -> str:
    """The label that all chose; empty where they differ, and then the reasons name each one's choice."""
    labels = {each.value.choice.label for each in given if isinstance(each.value, ChoiceValue)}
    return labels.pop() if len(labels) == 1 else ""


def spoken_reason(given: Sequence[Contribution]) -> str:
    """The reasons for a choice; where the choices differ each reason begins with the choice."""
    values = [each.value for each in given if isinstance(each.value, ChoiceValue)]
    if agreed_choice(given):
        return _spoken(given, [value.reason for value in values])
    return _spoken(given, [value.as_text() for value in values])


def numbered_rows(field: Field, given: Sequence[Contribution]) -> list[tuple[str, ...]]:
    """The rows of a table field, all contributors' after each other."""
    tables = [each.value for each in given if isinstance(each.value, TableValue)]
    return [tuple(_plain(cell) for cell in row) for table in tables for row in table.rows]


def goal_values(goal: Goal | None) -> dict[str, str]:
    """The slots of one goal by their last name, in the words of the Excel plan; empty for a spare row."""
    if goal is None:
        return dict.fromkeys(SLOT_OF.values(), "")
    row = goal_row(goal)
    return {part: getattr(row, field) for field, part in SLOT_OF.items()}


def form_date(day: date) -> str:
    """A day as people write it in a form, e.g. “31.03.2026”."""
    return f"{day:%d.%m.%Y}"


def _plain(value: Value) -> str:
    match value:
        case DateValue():
            return form_date(value.day)
        case ChoiceValue():
            return value.choice.label
        case _:
            return value.as_text()


def _spoken(given: Sequence[Contribution], texts: list[str]) -> str:
    distinct = list(dict.fromkeys(texts))
    if len(distinct) < 2:
        return distinct[0] if distinct else ""
    return "\n\n".join(f"{who(each)}:\n{text}" for each, text in zip(given, texts, strict=True))
