"""The page before a visit: what has come, what to talk about, what to follow up, who takes part."""

from flask import Blueprint, abort, render_template

from pipeline.danish import danish_date
from pipeline.tool.definition import When
from webforms.caseworkers.at_case import AtCase, at_case
from webforms.caseworkers.case_front import where
from webforms.caseworkers.phone_part import noted_on_the_phone
from webforms.caseworkers.preparing_follow_up import agenda, consents, follow_up
from webforms.caseworkers.preparing_known import offers
from webforms.caseworkers.preparing_material import material
from webforms.caseworkers.preparing_team import team_of
from webforms.caseworkers.ways import is_municipal
from webforms.design.page import Task
from webforms.forms.task_list import tasks_of
from webforms.forms.visit_pages import task_lines
from webforms.identity.marked import needs
from webforms.services import Services
from webforms.whereabouts import material_due


class PreparingPages:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        address = "/sager/<case_id>/besoeg/<visit>/forberedelse"
        pages.add_url_rule(address, "preparing", self._show, methods=["GET"])

    @needs("part.read")
    def _show(self, case_id: str, visit: str) -> str:
        at = at_case(self._services, {"visit": visit})
        if not is_municipal(at):
            abort(404)
        found, due = at.visit(), material_due(at.visit())
        return render_template(
            "caseworkers/visit_prepare.html",
            at=at,
            visit=found,
            day=danish_date(found.day) if found.day else "",
            due=danish_date(due) if due else "",
            material=material(at, found),
            half_filled=noted_on_the_phone(at.services, at.view, found),
            files=sum(kept.document.visit == found.id for kept in at.case.documents.values()),
            consents=consents(at.case),
            agenda=agenda(at, found),
            follow=follow_up(at, found),
            team=team_of(at, found),
            own=_own_part(at),
            offers=offers(at) if at.may("municipality.write") else (),
            where=where(at),
        )


def _own_part(at: AtCase) -> tuple[Task, ...]:
    """What the municipality itself fills before the visit."""
    visit = at.visit()
    before = {s.key for s in at.services.tool(visit.edition).sections if s.when is When.BEFORE}
    tasks = [task for task in tasks_of(at.services, at.view, visit) if task.key in before and not task.is_parents]
    return task_lines(tasks, at.view.id, visit.id, at.say)
