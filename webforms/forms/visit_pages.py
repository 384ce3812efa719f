"""The front page of a visit: the sections as a list of tasks, and the way from each to the next."""

from flask import Blueprint, abort, render_template, url_for

from pipeline.danish import danish_date
from webforms.design.page import Task
from webforms.forms.section_at_hand import SectionAtHand
from webforms.forms.task_list import Progress, SectionTask, tasks_of
from webforms.identity.current import CaseInView, case_in_view
from webforms.identity.marked import needs
from webforms.services import Services
from webforms.whereabouts import where_is

_TONES = {Progress.HANDED_IN: "success", Progress.BEGUN: "info", Progress.NOT_BEGUN: "", Progress.LOCKED: ""}


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
        return render_template(
            "forms/visit.html",
            visit=found,
            day=danish_date(found.day) if found.day else "",
            groups=[
                (say("forms.parents_part"), self._lines(view, visit, [task for task in tasks if task.is_parents])),
                (
                    say("forms.municipal_part"),
                    self._lines(view, visit, [task for task in tasks if not task.is_parents]),
                ),
            ],
            where=where_is(view.case, self._services.today(), say),
        )

    def _lines(self, view: CaseInView, visit: str, tasks: list[SectionTask]) -> tuple[Task, ...]:
        say = self._services.say()
        return tuple(
            Task(
                f"{task.key}) {task.title}",
                say(f"forms.progress_{task.progress.value}"),
                url_for(f"forms.{task.door}", case_id=view.id, visit=visit, section=task.key),
                _TONES[task.progress],
            )
            for task in tasks
        )


def to_the_list(at_hand: SectionAtHand) -> str:
    """From a section back to the list of the visit."""
    return url_for("forms.visit", case_id=at_hand.case_id, visit=at_hand.visit.id)
