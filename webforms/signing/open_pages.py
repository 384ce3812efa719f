"""The page on which a caseworker asks for signatures: under which agreements, whose, in which order, until when."""

from threading import Lock

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.journal_events import Agreed
from pipeline.cases.record.people import CasePerson
from pipeline.cases.signing.who import can_sign, is_child
from pipeline.danish import danish_date
from pipeline.deadlines.deadline import Deadline
from pipeline.errors import TilsynError
from pipeline.store.clock import new_id
from webforms.caseworkers.at_case import AtCase, at_case
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Option
from webforms.identity.marked import needs
from webforms.inputs.danish_day import written_day
from webforms.services import Services
from webforms.signing.follow_pages import follow_url
from webforms.signing.opening import OPEN, AlreadyAsked, Asked, open_signing
from webforms.whereabouts import visit_at_hand

_SEE_OTHER, _REFUSED = 303, 422
_PATH = "/sager/<case_id>/underskrifter/ny"
_MUST, _MAY, _NOT = "skal", "maa", "nej"
_IN_ORDER, _ANY_ORDER = "raekkefoelge", "samtidig"
_WHO, _ID = "hvem-", "nr"
_ID_LENGTH = 32


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
    def _show(self, case_id: str) -> str:
        at = at_case(self._services, {})
        return _page(at, _form(at), new_id())

    @needs(OPEN)
    def _do(self, case_id: str) -> AnyResponse | tuple[str, int]:
        at, signing = at_case(self._services, {}), request.form.get(_ID, "")
        if len(signing) != _ID_LENGTH or not signing.isalnum():
            abort(400)
        form = _form(at).with_typed(request.form)
        asked = _asked(at, form, signing)
        if asked is None:
            return _page(at, form, signing), _REFUSED
        try:
            with self._one_at_a_time:
                if signing not in at.afresh().case.signings:  # a double click makes one document
                    open_signing(at, asked)
        except AlreadyAsked:
            pass
        except TilsynError as problem:
            return _page(at, form, signing, str(problem)), _REFUSED
        return redirect(follow_url(at), _SEE_OTHER)


def _standing(at: AtCase) -> tuple[Agreed, ...]:
    return tuple(one.agreed for one in at.case.agreements.values() if one.ended is None)


def _form(at: AtCase) -> SmallForm:
    standing = _standing(at)
    newest = max((at.case.visits[one.visit].number for one in standing if one.visit in at.case.visits), default=0)
    offered = tuple(Option(one.agreement, one.what, _hint(at, one)) for one in standing)
    begins = tuple(
        one.agreement
        for one in standing
        if one.visit not in at.case.visits or at.case.visits[one.visit].number == newest
    )
    usual = written_day(at.services.deadlines.hearing(at.today).day)
    orders = tuple(Option(code, at.say(f"signing.open.order_{code}")) for code in (_ANY_ORDER, _IN_ORDER))
    asks = (
        Ask("agreements", Look.BOXES, required=True, options=offered, begins=begins),
        *(_about(at, person) for person in can_sign(at.case, at.today)),
        Ask("order", Look.RADIOS, required=True, options=orders, begins=(_ANY_ORDER,)),
        Ask("day", Look.DAY, required=True, hint=True, begins=(usual,)),
    )
    return SmallForm("signing.open", asks, at.say)


def _hint(at: AtCase, agreed: Agreed) -> str:
    return ", ".join(part for part in (agreed.who, danish_date(agreed.by_day) if agreed.by_day else "") if part)


def _about(at: AtCase, person: CasePerson) -> Ask:
    """The child is heard and may sign, but nothing ever hangs on it."""
    child = is_child(at.case, person.id)
    codes = (_MAY, _NOT) if child else (_MUST, _MAY, _NOT)
    options = tuple(Option(code, at.say(f"signing.open.{code}")) for code in codes)
    label = at.say("signing.open.who", name=person.name)
    return Ask(_WHO + person.id, Look.RADIOS, options=options, begins=(codes[-1] if child else _MUST,), label=label)


def _asked(at: AtCase, form: SmallForm, signing: str) -> Asked | None:
    """What was decided; None where it does not fit, and the form says why."""
    form.validate()
    chosen = [(person.id, form.text(_WHO + person.id)) for person in can_sign(at.case, at.today)]
    people = [(person, said == _MAY) for person, said in chosen if said in (_MUST, _MAY)]
    if all(optional for _, optional in people):
        form.refuse("order" if not chosen else _WHO + chosen[0][0], "signing.open.nobody")
    day = form.day("day")
    if day is not None and day < at.today:
        form.refuse("day", "signing.open.day_passed")
    if form.problems or day is None:
        return None
    agreements = tuple(one.agreement for one in _standing(at) if one.agreement in form.chosen("agreements"))
    in_order = form.text("order") == _IN_ORDER
    return Asked(signing, _visit_of(at, agreements), agreements, people, in_order, Deadline(day))


def _visit_of(at: AtCase, agreements: tuple[str, ...]) -> str:
    """The visit that it was agreed at; the document bears its number."""
    known = [at.case.visits[v] for a in agreements if (v := at.case.agreements[a].agreed.visit) in at.case.visits]
    visit = max(known, key=lambda one: one.number, default=visit_at_hand(at.case, at.today))
    return visit.id if visit else abort(404)


def _page(at: AtCase, form: SmallForm, signing: str, fault: str = "") -> str:
    return render_template(
        "signing/open.html",
        at=at,
        form=form,
        signing=signing,
        fault=fault,
        nothing=not _standing(at) or not can_sign(at.case, at.today) or not at.case.visits,
        back=follow_url(at),
        problems=form.problems,
    )
