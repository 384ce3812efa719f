"""One field and its contributions in words; every document says an answer in the same way."""

from collections.abc import Sequence

from pipeline.cases.answers import Answers, Attainment, Contribution, Event, Goal, GoalOrigin, GoalText
from pipeline.cases.values import ChoiceValue, TableValue
from pipeline.danish import danish_date, danish_day, danish_list, danish_moment
from pipeline.documents.contents.words import Block, GoalBlock, Goals, Row, Said
from pipeline.law.dated_law import Law
from pipeline.tool.definition import Field, Kind, Tool

NOT_ANSWERED = "Ikke besvaret."
NOT_ASKED = "Ikke drøftet. Temaet er sprunget over."
NOTHING_YET = "Ikke sket endnu."

_SLASH = "/\u200b"  # LibreOffice breaks no line after a slash, and tears the long word behind it anywhere
_ORIGIN = {GoalOrigin.NEW: "Nyt mål", GoalOrigin.CONTINUED: "Fortsat mål", GoalOrigin.ADJUSTED: "Justeret mål"}


def block_of(field: Field, answers: Answers, law: Law) -> Block:
    """A field with everything said to it."""
    given, rows = answers.of(field.key), rows_of(answers.of(field.key))
    said = drawn(field, answers.events) if field.kind is Kind.DRAWN else said_of(_in_words(given))
    return Block(
        label=law.in_words(field.label),
        heading=field.heading,
        empty="" if said or rows else _why_empty(field, answers),
        said=said,
        questions=field.questions,
        width=len(field.columns) if field.kind is Kind.TABLE else 0,
        head=row_of([column.label for column in field.columns]),
        rows=rows,
        authors=_authors(given) if rows else "",
    )


def said_of(contributions: Sequence[Contribution | GoalText | Attainment]) -> tuple[Said, ...]:
    """Contributions in words, in the order they were given."""
    return tuple(_said(c) for c in contributions)


def rows_of(contributions: Sequence[Contribution]) -> tuple[Row, ...]:
    """All rows of a table field, in the order they were given."""
    return tuple(
        row_of([cell.as_text() for cell in row])
        for c in contributions
        if isinstance(c.value, TableValue)
        for row in c.value.rows
    )


def row_of(cells: list[str]) -> Row:
    """A row from its cells."""
    first, second, third, fourth, *_ = [*cells, "", "", "", ""]
    return Row(first, second, third, fourth)


def goals_of(answers: Answers, tool: Tool) -> Goals:
    """The tids- og faseplan in words, måltyper in the official order."""
    order = [choice.code for choice in tool.goal_types]
    goals = sorted(answers.goals, key=lambda goal: order.index(goal.goal_type.code))
    return Goals(
        label=tool.goals_field.label,
        head=row_of([column.label for column in tool.goals_field.columns]),
        rows=tuple(_goal(goal) for goal in goals),
        empty="" if goals else NOT_ANSWERED,
    )


def who(given: Contribution | GoalText | Attainment) -> str:
    """The contributor as documents name him; the one who held the pen is named too, and whether it was on the phone."""
    if given.on_behalf_of is None:
        return given.by.in_words
    how = "oplyst i telefon, noteret af" if given.by_phone else "skrevet ned af"
    return f"{given.on_behalf_of.in_words} ({how} {given.by.in_words})"


def why_left_out(key: str, answers: Answers) -> str:
    """The municipality's note on a field that was skipped at the visit with a reason; empty where there is none."""
    why = answers.why_not_asked.get(key)
    return f"Ikke talt om: {why}" if why else ""


def origin_in_words(goal: Goal) -> str:
    """Where a goal comes from; the earlier wording is kept beside an adjusted one."""
    return f"{_ORIGIN[goal.origin]}. Før: {goal.before}" if goal.before else _ORIGIN[goal.origin]


def drawn(field: Field, events: Sequence[Event]) -> tuple[Said, ...]:
    """What happened, in words, for a field that is never typed."""
    return tuple(
        Said(who=f"{danish_moment(e.at)}{', ' + e.by.in_words if e.by else ''}", choice="", text=_event(e))
        for e in sorted(events, key=lambda e: e.at)
        if e.type in field.drawn_from
    )


def _in_words(contributions: Sequence[Contribution]) -> list[Contribution]:
    """Those that say something in words; a table's rows stand as rows, and an empty text is no answer."""
    return [c for c in contributions if not isinstance(c.value, TableValue) and c.value.as_text().strip()]


def _goal(goal: Goal) -> GoalBlock:
    return GoalBlock(
        goal_type=goal.goal_type.label.replace("/", _SLASH),
        wording=goal.wording,
        origin=origin_in_words(goal),
        focus=said_of(goal.focus),
        attainment=said_of(goal.attainment),
        next=said_of(goal.next),
    )


def _said(c: Contribution | GoalText | Attainment) -> Said:
    author = f"{who(c)}, {danish_day(c.at)}"
    if isinstance(c.value, ChoiceValue):
        return Said(author, c.value.choice.label, c.value.reason)
    return Said(author, "", c.value.as_text())


def _authors(contributions: Sequence[Contribution]) -> str:
    return danish_list(list(dict.fromkeys(who(c) for c in contributions)))


def _why_empty(field: Field, answers: Answers) -> str:
    if field.key in answers.not_asked:
        return why_left_out(field.key, answers) or NOT_ASKED
    return NOTHING_YET if field.kind is Kind.DRAWN else NOT_ANSWERED


_EVENTS = {
    "hoering_sent": "Sendt i høring hos {to}. Frist: {deadline}.",
    "child_not_heard": "Barnet er ikke hørt over rapporten.",
    "remarks_received": "Bemærkninger modtaget fra {to}.",
    "no_remarks": "{to} har ingen bemærkninger.",
    "remarks_weighed": "Kommunens stillingtagen.",
    "outcome_decided": "Udfald.",
    "report_signed": "Rapporten er underskrevet.",
}


def _event(event: Event) -> str:
    person = event.to or event.by
    whom = person.name if person else "parten"
    deadline = danish_date(event.deadline) if event.deadline else "ikke sat"
    words = _EVENTS[event.type].format(to=whom, deadline=deadline)
    return f"{words} {event.text}" if event.text else words
