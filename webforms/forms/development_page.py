"""The page that shows how far goals were reached from visit to visit, måltype by måltype, as drawings and a table."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from flask import Blueprint, render_template
from markupsafe import Markup

from exports.attainment_chart import AttainmentChart, draw
from pipeline.cases.record.attainment import Sees, VisitAttainment, attainment_over_visits
from pipeline.cases.record.parts import Slot, Version, Visit
from pipeline.tool.definition import Tool, label_of
from webforms.design.words import Speaker
from webforms.forms.section_at_hand import Asked, SectionAtHand, section_at_hand
from webforms.forms.whose_words import may_see
from webforms.identity.current import CaseInView, case_in_view
from webforms.identity.marked import needs
from webforms.inputs.worded import explanations
from webforms.services import Services
from webforms.whereabouts import where_for

_NONE = "–"
_MOST_VISITS = 8
"""So many fit beside each other on a phone; the table has them all."""


@dataclass(frozen=True)
class Development:
    """The page.

    Attributes:
        drawings: one for each måltype that was ever graded, in the official order.
        columns, rows: the same as a table; on an English page both are in English.
        legend: on an English page the official grades, each with what it means.
    """

    drawings: tuple[Markup, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    legend: tuple[tuple[str, str], ...] = ()


class DevelopmentPage:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        pages.add_url_rule("/sager/<case_id>/udvikling", "development", self._show, methods=["GET"])

    @needs("development.read")
    def _show(self, case_id: str) -> str:
        view, say = case_in_view(), self._services.say()
        visits = attainment_over_visits(view.case, self._sees(view))
        return render_template(
            "forms/development.html",
            case_id=case_id,
            development=development(visits, self._services.tool(), say),
            is_family=not (view.decision.role and view.decision.role.is_employed),
            where=where_for(view, self._services.today(), say),
        )

    def _sees(self, view: CaseInView) -> Sees:
        @cache
        def plan_of(visit_id: str, edition: str) -> SectionAtHand | None:
            plan = self._services.section_of(edition, self._services.tool(edition).goals_field.key) or ""
            return section_at_hand(self._services, view, visit_id, plan, Asked())

        def sees(visit: Visit, slot: Slot, version: Version) -> bool:
            plan = plan_of(visit.id, visit.edition)
            return plan is not None and may_see(visit, plan.section, slot, version, plan.reader)

        return sees


def development(visits: tuple[VisitAttainment, ...], tool: Tool, say: Speaker) -> Development:
    """The grades of all visits as drawings and table.

    Args:
        visits: oldest first.
        tool: knows the måltyper and the scale; codes of other editions are left as they are.
        say: our own words.
    """
    graded = [choice for choice in tool.goal_types if any(choice.code in visit.grades for visit in visits)]
    meant = explanations(tool.folder, say.language).labels
    names = tuple(_name(visit, say) for visit in visits)
    return Development(
        drawings=tuple(
            Markup(draw(_chart(number, choice.code, visits, tool, say, meant)))  # noqa: S704 - draw escapes every word
            for number, choice in enumerate(graded, start=1)
        ),
        columns=(say("forms.goal_type"), *names),
        rows=tuple(
            (
                meant.get(one.label, one.label),
                *(say.listed(list(_counted(v.grades.get(one.code, ()), tool, meant))) or _NONE for v in visits),
            )
            for one in graded
        ),
        legend=tuple((one.label, meant[one.label]) for one in tool.goals_field.choices if one.label in meant),
    )


def _chart(
    number: int,
    goal_type: str,
    visits: tuple[VisitAttainment, ...],
    tool: Tool,
    say: Speaker,
    meant: Mapping[str, str],
) -> AttainmentChart:
    scale, title = [choice.code for choice in tool.goals_field.choices], label_of(tool.goal_types, goal_type)
    shown = visits[-_MOST_VISITS:]
    said = [
        say("forms.chart_visit", visit=_name(visit, say), grades=_in_words(visit.grades[goal_type], tool, say, meant))
        for visit in shown
        if goal_type in visit.grades
    ]
    return AttainmentChart(
        id=f"chart-{number}",
        title=meant.get(title, title),
        description=" ".join(said),
        scale=tuple(meant.get(choice.label, choice.label) for choice in tool.goals_field.choices),
        visits=tuple(_short_name(visit, say) for visit in shown),
        given=tuple(tuple(scale.index(g) for g in visit.grades.get(goal_type, ()) if g in scale) for visit in shown),
    )


def _name(visit: VisitAttainment, say: Speaker) -> str:
    return say.day(visit.day) if visit.day else _number(visit, say)


def _number(visit: VisitAttainment, say: Speaker) -> str:
    return say("forms.visit", number=visit.number)


def _short_name(visit: VisitAttainment, say: Speaker) -> str:
    """Month and year in figures: eight of them have room beside each other."""
    return (
        f"{visit.day.month}/{visit.day.year % 100:02}" if visit.day else say("forms.visit_short", number=visit.number)
    )


def _in_words(grades: tuple[str, ...], tool: Tool, say: Speaker, meant: Mapping[str, str]) -> str:
    """The grades, best first, each with how many times it was given."""
    return say.listed(list(_counted(grades, tool, meant))) or _NONE


def _counted(grades: tuple[str, ...], tool: Tool, meant: Mapping[str, str]) -> Iterator[str]:
    counted = Counter(grades)
    for choice in tool.goals_field.choices:
        if times := counted[choice.code]:
            label = meant.get(choice.label, choice.label)
            yield label if times == 1 else f"{label} ({times})"
