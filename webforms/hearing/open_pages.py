"""The page on which a caseworker sends a report in hearing: to whom, the child or why not, and until when."""

from threading import Lock

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.hearing.who import ToHear, to_hear
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.people import Place
from pipeline.cases.record.place_words import place_in_words
from pipeline.deadlines.deadline import Deadline
from pipeline.documents.visit_report import missing_for_report
from pipeline.errors import TilsynError
from pipeline.journey.sending import is_child
from webforms.caseworkers.at_case import AtCase, address_of, at_case
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Option
from webforms.hearing.at_visit import hearing_url
from webforms.hearing.opening import OPEN, Opening, is_heard, open_hearings, protected_places
from webforms.identity.marked import needs
from webforms.inputs.danish_day import written_day
from webforms.services import Services

_SEE_OTHER, _REFUSED = 303, 422
_HEARD, _NOT_HEARD = "ja", "nej"
_PATH = "/sager/<case_id>/besoeg/<visit>/hoering/aabn"


class OpenPages:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._one_at_a_time = Lock()

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule(_PATH, "open", self._show, methods=["GET"])
        pages.add_url_rule(_PATH, "open_do", self._do, methods=["POST"])

    @needs(OPEN)
    def _show(self, case_id: str, visit: str) -> str:
        at = at_case(self._services, {"visit": visit})
        return _page(at, at.visit(), _form(at, at.visit()))

    @needs(OPEN)
    def _do(self, case_id: str, visit: str) -> AnyResponse | tuple[str, int]:
        at = at_case(self._services, {"visit": visit})
        found = at.visit()
        form = _form(at, found).with_typed(request.form)
        opening = _opening(at, form)
        if opening is None or missing_for_report(at.case, visit, at.today, self._services.editions):
            return _page(at, found, form), _REFUSED
        try:
            with self._one_at_a_time:
                at = at.afresh()
                if not is_heard(at.visit(), at.case):  # a double click makes one report
                    open_hearings(at, at.visit(), opening)
        except TilsynError as problem:
            return _page(at, found, form, str(problem)), _REFUSED
        return redirect(hearing_url(at, "follow"), _SEE_OTHER)


def _form(at: AtCase, visit: Visit) -> SmallForm:
    people = to_hear(at.case, at.today)
    options = tuple(Option(one.person.id, one.person.name, _hint(at, one)) for one in people if not is_child(one))
    asks = [
        Ask("hear", Look.BOXES, required=True, options=options, begins=tuple(o.value for o in options)),
        Ask("day", Look.DAY, required=True, hint=True, begins=(_usual_day(at),)),
    ]
    if any(is_child(one) for one in people):
        ways = (Option(_HEARD, at.say("hearing.open.child_yes")), Option(_NOT_HEARD, at.say("hearing.open.child_no")))
        asks.insert(1, Ask("child", Look.RADIOS, required=True, hint=True, options=ways))
        asks.insert(2, Ask("child_reason", Look.AREA, hint=True, rows=2))
    if protected_places(at, visit, at.today):
        asks.append(Ask("leave_out", Look.TICK, hint=True, begins=("1",)))
        asks.append(Ask("looked", Look.TICK, required=True))
    return SmallForm("hearing.open", asks, at.say)


def _usual_day(at: AtCase) -> str:
    return written_day(at.services.deadlines.hearing(at.today).day)


def _hint(at: AtCase, one: ToHear) -> str:
    place = place_in_words(Place.PARENTAL_AUTHORITY if one.is_required else Place.TRAINING_PARENT)
    return place if one.reads_here else at.say("hearing.open.on_paper", place=place)


def _opening(at: AtCase, form: SmallForm) -> Opening | None:
    """What was decided; None where it does not fit, and the form says why."""
    form.validate()
    people, chosen, day = to_hear(at.case, at.today), form.chosen("hear"), form.day("day")
    if missing := [one.person.name for one in people if one.is_required and one.person.id not in chosen]:
        form.refuse("hear", "hearing.open.hear_required", who=missing[0])
    if day is not None and day <= at.today:
        form.refuse("day", "hearing.open.day_passed")
    hears_child = form.text("child") == _HEARD
    if form.text("child") == _NOT_HEARD and not form.text("child_reason"):
        form.refuse("child_reason", "hearing.open.child_reason_missing")
    if form.problems or day is None:
        return None
    heard = [one for one in people if (hears_child if is_child(one) else one.person.id in chosen)]
    reason = "" if hears_child else form.text("child_reason")
    return Opening(heard, Deadline(day), reason, form.ticked("leave_out"))


def _page(at: AtCase, visit: Visit, form: SmallForm, fault: str = "") -> str:
    if is_heard(visit, at.case):
        abort(404)
    return render_template(
        "hearing/open.html",
        at=at,
        visit=visit,
        form=form,
        fault=fault,
        missing=missing_for_report(at.case, visit.id, at.today, at.services.editions),
        protected=protected_places(at, visit, at.today),
        conclusion=address_of("caseworkers.conclusion", case_id=at.view.id, visit=visit.id),
        back=hearing_url(at, "follow"),
        problems=form.problems,
    )
