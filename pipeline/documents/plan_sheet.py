"""The tids- og faseplan as the plain data that the Excel export takes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from exports.workbook import GoalRow, OfficialHeadings, PlanSheet, VisitGrades, WorkbookProperties
from pipeline.cases.answers import Answers, Attainment, EarlierVisit, Goal, GoalOrigin, GoalText
from pipeline.cases.values import DateValue
from pipeline.danish import danish_date
from pipeline.documents.contents.of_a_field import who
from pipeline.documents.contents.paper import FICTIONAL
from pipeline.tool.definition import Choice, Tool

_ORIGIN = {GoalOrigin.NEW: "Nyt", GoalOrigin.CONTINUED: "Fortsat", GoalOrigin.ADJUSTED: "Justeret"}


def plan_sheet(answers: Answers, tool: Tool) -> PlanSheet:
    """The goals of this visit and the grades of all visits."""
    field = tool.goals_field
    labels = {column.key: column.label for column in field.columns}
    created = datetime.combine(answers.document_date, time(12), tzinfo=UTC)
    return PlanSheet(
        title=field.label,
        subtitle=_subtitle(answers),
        notice=FICTIONAL if answers.is_fictional else "",
        headings=OfficialHeadings(labels["goal_type"], labels["focus"], labels["attainment"], labels["next"]),
        goal_types=tuple(choice.label for choice in tool.goal_types),
        scale=tuple(choice.label for choice in field.choices),
        rows=tuple(goal_row(goal) for goal in _in_official_order(answers, tool)),
        visits=_visits(answers),
        properties=WorkbookProperties(field.label, answers.municipality.name, created),
    )


def goal_row(goal: Goal) -> GoalRow:
    """A goal in the words that every form and sheet has for it, so that a copy of any of them is known again."""
    return GoalRow(
        id=goal.id,
        goal_type=goal.goal_type.label,
        wording=goal.wording,
        focus=_words(goal.focus),
        attainment=_agreed_grade(goal.attainment),
        reasons=_reasons(goal.attainment),
        next_goals=_words(goal.next),
        origin=_ORIGIN[goal.origin],
        before=goal.before,
    )


def visit_date(answers: Answers) -> date:
    """The day of the visit; before it is known, the document's own date."""
    days = [c.value.day for c in answers.of("visit_date") if isinstance(c.value, DateValue)]
    return days[-1] if days else answers.document_date


def _subtitle(answers: Answers) -> str:
    return (
        f"{answers.municipality.name} · sag {answers.case_number} · "
        f"besøg {answers.visit_number}, {danish_date(visit_date(answers))}"
    )


def _in_official_order(answers: Answers, tool: Tool) -> list[Goal]:
    order = [choice.code for choice in tool.goal_types]
    return sorted(answers.goals, key=lambda goal: order.index(goal.goal_type.code))


def _words(texts: Sequence[GoalText]) -> str:
    """One contributor's words as they are; several with their names."""
    if len(texts) == 1 and texts[0].on_behalf_of is None:
        return texts[0].value.text
    return "\n\n".join(f"{who(t)}:\n{t.value.text}" for t in texts)


def _agreed_grade(attainment: Sequence[Attainment]) -> str:
    """The grade that all give; where they differ the cell is left open and the reasons name each one's grade."""
    grades = {a.value.choice.label for a in attainment}
    return grades.pop() if len(grades) == 1 else ""


def _reasons(attainment: Sequence[Attainment]) -> str:
    if len(attainment) == 1 and attainment[0].on_behalf_of is None:
        return attainment[0].value.reason
    return "\n\n".join(
        f"{who(a)}:\n{a.value.choice.label}{'. ' + a.value.reason if a.value.reason else ''}" for a in attainment
    )


def _visits(answers: Answers) -> tuple[VisitGrades, ...]:
    now = tuple((goal.goal_type, a.value.choice) for goal in answers.goals for a in goal.attainment)
    visits = [*answers.earlier_visits, EarlierVisit(visit_date(answers), now)]
    return tuple(VisitGrades(v.visit_date, _by_type(v.grades)) for v in sorted(visits, key=lambda v: v.visit_date))


def _by_type(grades: Sequence[tuple[Choice, Choice]]) -> dict[str, tuple[str, ...]]:
    by_type: dict[str, tuple[str, ...]] = {}
    for goal_type, grade in grades:
        by_type[goal_type.label] = (*by_type.get(goal_type.label, ()), grade.label)
    return by_type
