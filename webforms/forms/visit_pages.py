"""The front page of a visit: the sections as a list of tasks."""

from flask import Blueprint, abort, render_template, url_for

from pipeline.danish import danish_date
from webforms.design.page import Task
from webforms.design.words import Speaker
from webforms.forms.task_list import Progress, SectionTask, tasks_of
from webforms.identity.current import case_in_view
from webforms.identity.marked import needs
from webforms.services import Services
from webforms.whereabouts import where_is

_TONES = {
    Progress.HANDED_IN: "success",
    Progress.CHANGED: "success",
    Progress.BEGUN: "info",
    Progress.NOT_BEGUN: "",
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
            day=danish_date(found.day) if found.day else "",
            groups=[
                (say("forms.parents_part"), task_lines(parents, view.id, visit, say)),
                (say("forms.municipal_part"), task_lines(municipal, view.id, visit, say)),
            ],
            where=where_is(view.case, self._services.today(), say),
        )


def task_lines(tasks: list[SectionTask], case_id: str, visit: str, say: Speaker) -> tuple[Task, ...]:
    """Tasks as the lines of a list."""
    return tuple(
        Task(
            f"{task.key}) {task.title}",
            say(f"forms.progress_{task.progress.value}"),
            url_for(f"forms.{task.door}", case_id=case_id, visit=visit, section=task.key),
            _TONES[task.progress],
        )
        for task in tasks
    )
