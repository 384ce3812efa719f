"""What the family wants to talk about at the visit: its own points, added and taken off again."""

from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.parts import AgendaPoint, Visit
from pipeline.cases.record.visit_events import AgendaPointAdded, AgendaPointRemoved
from pipeline.store.clock import new_id
from webforms.identity.current import CaseInView, case_in_view
from webforms.identity.marked import needs
from webforms.parents.own_part import visit_in_address
from webforms.parents.short_text import ShortText, short_text
from webforms.parents.whose import own_voice
from webforms.services import Services
from webforms.whereabouts import where_for

_PATH = "/sager/<case_id>/besoeg/<visit>/dagsorden"
_WRITE = "part.write"
_SEE_OTHER, _REFUSED = 303, 422
_MOST_CHARACTERS, _MOST_POINTS = 500, 30


def own_points(view: CaseInView, visit: Visit, day: date) -> tuple[AgendaPoint, ...]:
    """The points that the visitor's household wants to talk about."""
    voice = own_voice(view.case, view.actor, day)
    return tuple(point for point in visit.agenda.values() if point.voice == voice)


class AgendaPages:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule(_PATH, "agenda", self._show, methods=["GET"])
        pages.add_url_rule(_PATH, "agenda_add", self._add, methods=["POST"])
        pages.add_url_rule(f"{_PATH}/<point>/fjern", "agenda_remove", self._remove, methods=["POST"])

    @needs("part.read")
    def _show(self, case_id: str, visit: str) -> str:
        return self._page(visit, ShortText("", ()))

    @needs(_WRITE)
    def _add(self, case_id: str, visit: str) -> AnyResponse | tuple[str, int]:
        view, say, today = case_in_view(), self._services.say(), self._services.today()
        found = visit_in_address(view, visit)
        text = short_text(request.form.get("punkt", ""), "punkt", say("parents.point"), _MOST_CHARACTERS, say)
        if text.problems or len(own_points(view, found, today)) >= _MOST_POINTS:
            return self._page(visit, text), _REFUSED
        voice = own_voice(view.case, view.actor, today)
        if not any(point.text == text.typed for point in own_points(view, found, today)):  # a double click is one point
            added = AgendaPointAdded(visit, new_id(), voice, text.typed)
            self._services.store.cases.append(case_id, [added], view.actor, _WRITE)
        return redirect(url_for("parents.agenda", case_id=case_id, visit=visit), _SEE_OTHER)

    @needs(_WRITE)
    def _remove(self, case_id: str, visit: str, point: str) -> AnyResponse:
        view = case_in_view()
        found = visit_in_address(view, visit)
        if point not in {one.id for one in own_points(view, found, self._services.today())}:
            abort(404)
        self._services.store.cases.append(case_id, [AgendaPointRemoved(visit, point)], view.actor, _WRITE)
        return redirect(url_for("parents.agenda", case_id=case_id, visit=visit), _SEE_OTHER)

    def _page(self, visit: str, text: ShortText) -> str:
        view, today = case_in_view(), self._services.today()
        found = visit_in_address(view, visit)
        return render_template(
            "parents/agenda.html",
            case_id=view.id,
            visit=found,
            points=own_points(view, found, today),
            text=text,
            problems=text.problems,
            is_full=len(own_points(view, found, today)) >= _MOST_POINTS,
            may_write=view.case.is_open,
            where=where_for(view, today, self._services.say()),
        )
