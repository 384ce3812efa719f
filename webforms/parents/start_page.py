"""Where a family begins: what this is, how long it takes, who helps, what happens next, and what is left to do."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.hearing.who import hearings_for
from pipeline.cases.record.parts import DiaryEntry, Visit
from webforms.forms.task_list import Progress, SectionTask, tasks_of
from webforms.forms.visit_pages import task_lines
from webforms.hearing.own_hearings import asked_for, final_report_for
from webforms.identity.current import CaseInView, case_in_view
from webforms.identity.marked import needs
from webforms.identity.roles import Role
from webforms.parents.agenda_pages import own_points
from webforms.parents.consent_pages import unanswered
from webforms.parents.diary_pages import own_entries
from webforms.services import Services
from webforms.signing.at_signing import waiting_for
from webforms.whereabouts import material_due, visit_at_hand, where_for

_SEE_OTHER = 303


@dataclass(frozen=True)
class HowFar:
    """How far the visitor's own part is.

    Attributes:
        done: sections that were handed in or are locked.
    """

    done: int
    total: int
    is_begun: bool
    is_changed: bool

    @property
    def is_done(self) -> bool:
        """Whether everything was handed in."""
        return self.total > 0 and self.done == self.total

    @classmethod
    def of(cls, tasks: list[SectionTask]) -> "HowFar":
        """Of the sections that the visitor fills."""
        done = sum(not task.progress.is_open for task in tasks)
        is_begun = any(task.progress is not Progress.NOT_BEGUN for task in tasks)
        return cls(done, len(tasks), is_begun, any(task.progress is Progress.CHANGED for task in tasks))


class StartPage:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        pages.add_url_rule("/sager/<case_id>/start", "start", self._start, methods=["GET"])

    @needs("part.read")  # the list shows what may be opened, so it is this right whose reach counts
    def _start(self, case_id: str) -> str | AnyResponse:
        view, say, today = case_in_view(), self._services.say(), self._services.today()
        visit = visit_at_hand(view.case, today)
        role = view.decision.role or Role.PARENT
        if role.is_employed:
            return redirect(url_for("forms.visit", case_id=case_id, visit=visit.id) if visit else "/", _SEE_OTHER)
        tasks = [task for task in self._tasks(view, visit) if task.is_parents]
        mine = [task for task in tasks if task.may_write or task.progress is Progress.LOCKED]
        return render_template(
            "parents/start.html",
            case_id=case_id,
            case=view.case,
            visit=visit,
            is_before=_is_before(visit, today),
            day=say.day(visit.day) if visit and visit.day else "",
            due=say.day(due) if visit and (due := material_due(visit)) else "",
            far=HowFar.of(mine),
            first=next((task for task in mine if task.progress.is_open), None),
            tasks=task_lines(tasks, case_id, visit.id, say) if visit else (),
            earlier=sorted((v for v in view.case.visits.values() if v != visit), key=lambda v: -v.number),
            points=own_points(view, visit, today) if visit else (),
            consents=len(unanswered(view, today)),
            role=role,
            is_family=role is not Role.HELPER,
            diary=len(_of_goals(view, visit, today)),
            keeps_diary=role in (Role.PARENT, Role.CHILD) and view.case.is_open,
            gets_mail=(self._services.sends_mail or self._services.sends_sms) and role is Role.PARENT,
            is_heard=bool(hearings_for(view.case, view.actor, today)),
            signature_waits=waiting_for(self._services, view),
            asked=asked_for(view, today, self._services.clock()),
            final=final_report_for(view, today, self._services.clock()),
            where=where_for(view, today, say),
        )

    def _tasks(self, view: CaseInView, visit: Visit | None) -> tuple[SectionTask, ...]:
        return tasks_of(self._services, view, visit) if visit else ()


def _of_goals(view: CaseInView, visit: Visit | None, today: date) -> tuple[DiaryEntry, ...]:
    """Entries of the household's diary since the last visit that are about a goal of the plan."""
    if visit is None:
        return ()
    last, goals = view.case.visits.get(visit.before), {goal.id for goal in visit.plan}
    since = (last.day if last else None) or date.min
    return tuple(entry for entry in own_entries(view, today) if entry.goal in goals and entry.on >= since)


def _is_before(visit: Visit | None, today: date) -> bool:
    return visit is not None and (visit.day is None or today <= visit.day)
