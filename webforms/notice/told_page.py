"""What the family was told of a visit, with its letters; to the municipality also what it will be told, and when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, url_for

from pipeline.cases.journey.events import ReminderGiven
from pipeline.cases.notice.events import Tells
from pipeline.cases.notice.material import asked_sections, owing_parents
from pipeline.cases.record.case import Case
from pipeline.cases.record.history import name_of
from pipeline.cases.record.parts import Visit
from pipeline.documents.contents.visit_notice import notice_facts, themes_of_visit
from pipeline.documents.visit_notice import NOTICE
from webforms.caseworkers.at_case import at_case
from webforms.caseworkers.case_front import where
from webforms.design.page import Line
from webforms.files.who_sees_files import open_to
from webforms.identity.current import CaseInView
from webforms.identity.marked import needs
from webforms.notice.appointment import appointment_of
from webforms.notice.at_notice import visit_told_of
from webforms.parents.agenda_pages import own_points
from webforms.services import Services
from webforms.whereabouts import where_for


@dataclass(frozen=True)
class LetterLine:
    """A letter about the visit; `who` it is to, and when it was sent."""

    title: str
    address: str
    who: str
    sent: str


class ToldPage:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        pages.add_url_rule("/sager/<case_id>/besoeg/<visit>/besked", "told", self._show, methods=["GET"])

    @needs("part.read")
    def _show(self, case_id: str, visit: str) -> str:
        view, found = visit_told_of(visit)
        today, is_municipal = self._services.today(), view.decision.role is not None and view.decision.role.is_employed
        shown = self._told(view, found)
        shown |= {"case_id": case_id, "visit": found, "letters": self._letters(view, found, today)}
        if is_municipal:
            at = at_case(self._services, {"visit": visit})
            return render_template(
                "notice/municipal.html", at=at, where=where(at), waits=self._waits(view, found), **shown
            )
        return render_template("notice/told.html", where=where_for(view, today, self._services.say()), **shown)

    def _told(self, view: CaseInView, visit: Visit) -> dict[str, Any]:
        say, last = self._services.say(), view.case.notices.last(visit.id)
        tool, today = self._services.tool(visit.edition), self._services.today()
        is_held = last is not None and last.told.tells in (Tells.NEW, Tells.CHANGED)
        due = last.told.material_by if last and is_held else None
        law = self._services.law(visit.day or today)
        owes = view.actor in owing_parents(view.case, visit, tool, today)
        return {
            "day": say.day(visit.day) if visit.day else "",
            "tells": last.told.tells.value if last else "",
            "moment": say.moment(last.at) if last else "",
            "words": last.told.words if last else "",
            "facts": tuple(Line(one.label, one.text) for one in notice_facts(view.case, last.told)) if last else (),
            "is_held": is_held,
            "has_calendar": appointment_of(view.case, visit, "", "") is not None,
            "themes": themes_of_visit(tool, visit) if is_held else (),
            "points": own_points(view, visit, today),
            "sections": tuple(f"({s.key}) {law.in_words(s.title)}" for s in asked_sections(tool, visit)) if due else (),
            "due": say.day(due) if due else "",
            "owes": owes and due is not None and _was_reminded(view.case, visit),
        }

    def _letters(self, view: CaseInView, visit: Visit, today: date) -> tuple[LetterLine, ...]:
        say = self._services.say()
        own = (one for one in open_to(view, today) if one.document.kind == NOTICE and one.document.visit == visit.id)
        return tuple(
            LetterLine(
                title=kept.document.title,
                address=url_for("files.file", case_id=view.id, file_id=kept.document.file),
                who=", ".join(name_of(view.case, sent.to) for _, sent in kept.sent),
                sent=say.moment(kept.sent[-1][0]) if kept.sent else "",
            )
            for kept in own
        )

    def _waits(self, view: CaseInView, visit: Visit) -> str:
        """When the family is told of what has changed; empty where it knows."""
        rows = self._services.store.journeys.of_case(view.id)
        row = next((one for one in rows if (one.kind, one.about) == ("notice", visit.id) and one.is_live), None)
        return self._services.say().moment(row.wake_at) if row and row.wake_at else ""


def _was_reminded(case: Case, visit: Visit) -> bool:
    return any(noted.what == ReminderGiven("visit", visit.id) for noted in case.travelled.noted)
