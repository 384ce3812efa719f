"""The front page of a visit: the sections as a list of tasks."""

from flask import Blueprint, abort, render_template, url_for

from webforms.design.page import Task
from webforms.design.words import Speaker
from webforms.forms.task_list import Progress, SectionTask, tasks_of
from webforms.identity.current import CaseInView, case_in_view, visitor
from webforms.identity.decision import allowed
from webforms.identity.marked import needs
from webforms.services import Services
from webforms.whereabouts import where_for

_TONES = {
    Progress.HANDED_IN: "success",
    Progress.CHANGED: "success",
    Progress.BEGUN: "info",
    Progress.NOT_BEGUN: "",
    Progress.AWAITED: "",
    Progress.LOCKED: "",
}


class VisitPages:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        pages.add_url_rule("/sager/<case_id>/besoeg/<visit>", "visit", self._visit, methods=["GET"])

    @needs("part.read")
    def _visit(self, case_id: str, visit: str) -> str:
        view, say = case_in_view(), self._services.say()
        found = view.case.visits.get(visit)
        if found is None:
            abort(404)
        tasks = tasks_of(self._services, view, found)
        parents = [task for task in tasks if task.is_parents]
        municipal = [task for task in tasks if not task.is_parents]
        return render_template(
            "forms/visit.html",
            visit=found,
            day=say.day(found.day) if found.day else "",
            groups=[
                (say("forms.parents_part"), task_lines(parents, view.id, visit, say)),
                (say("forms.municipal_part"), task_lines(municipal, view.id, visit, say)),
            ],
            paper=self._paper_door(view, visit) if parents else "",
            phone=self._phone_door(view, visit) if parents else "",
            back=url_for("caseworkers.visits" if _is_employee(view) else "parents.start", case_id=view.id),
            where=where_for(view, self._services.today(), say),
        )

    def _phone_door(self, view: CaseInView, visit: str) -> str:
        """Where an employee writes for somebody who rings; empty for those who may not."""
        may = allowed(visitor(), "part.on_behalf", view.case, self._services.today(), view.id).granted
        return url_for("caseworkers.phone", case_id=view.id, visit=visit) if may else ""

    def _paper_door(self, view: CaseInView, visit: str) -> str:
        """Where the form is fetched and taken in on paper; empty for those who may not."""
        may = allowed(visitor(), "offline.take_in", view.case, self._services.today(), view.id).granted
        return url_for("paper.front", case_id=view.id, visit=visit) if may else ""


def _is_employee(view: CaseInView) -> bool:
    return bool(view.decision.role and view.decision.role.is_employed)


def task_lines(tasks: list[SectionTask], case_id: str, visit: str, say: Speaker) -> tuple[Task, ...]:
    """Tasks as the lines of a list."""
    return tuple(
        Task(
            f"{task.key}) {task.title}",
            say(f"forms.progress_{task.progress.value}"),
            url_for(f"forms.{task.door}", case_id=case_id, visit=visit, section=task.key),
            _TONES[task.progress],
            hint=task.told,
            explained=task.explained,
        )
        for task in tasks
    )
