"""One page for the fridge after a visit: agreements and new goals, as the municipality has shown them to the family."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, abort, render_template

from pipeline.cases.record.after_visit import last_shared, to_share
from pipeline.cases.record.hidden_from import hidden_in, reader_of
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.visit_events import AfterVisitShared
from pipeline.cases.record.voices import contact_person
from pipeline.danish import danish_day
from webforms.identity.current import CaseInView, case_in_view
from webforms.identity.marked import needs
from webforms.services import Services
from webforms.whereabouts import where_for


@dataclass(frozen=True)
class Fridge:
    """What stands on the page.

    Attributes:
        shared_on: the day it was shown to the family; empty: only the municipality sees it, as it would be.
    """

    what: AfterVisitShared
    shared_on: str


class FridgePage:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        pages.add_url_rule("/sager/<case_id>/besoeg/<visit>/vores-aftaler", "fridge", self._show, methods=["GET"])

    @needs("agreement.read")
    def _show(self, case_id: str, visit: str) -> str:
        view, today = case_in_view(), self._services.today()
        found = view.case.visits.get(visit) or abort(404)
        is_employed = bool(view.decision.role and view.decision.role.is_employed)
        fridge = on_the_fridge(view, found, today, is_employed=is_employed)
        return render_template(
            "parents/fridge.html",
            case_id=case_id,
            visit=found,
            child=view.case.child.name if view.case.child else "",
            day=self._services.say().day(found.day) if found.day else "",
            fridge=fridge,
            holder=contact_person(view.case, today),
            is_employed=is_employed,
            where=where_for(view, today, self._services.say()),
        )


def on_the_fridge(view: CaseInView, visit: Visit, today: date, *, is_employed: bool) -> Fridge | None:
    """What a visitor may see; None for the family while nothing was shown to them."""
    shared = last_shared(visit)
    if shared is None:
        return Fridge(to_share(visit), "") if is_employed else None
    what = shared.what
    if not is_employed:
        reader = reader_of(view.case, view.actor, today)
        what = _read_by(what, lambda text: hidden_in(text, reader) or text)
    return Fridge(what, danish_day(shared.at))


def _read_by(what: AfterVisitShared, read: Callable[[str], str]) -> AfterVisitShared:
    """With what the reader must not learn taken out; the municipality was warned, this is the last door."""
    return replace(
        what,
        greeting=read(what.greeting),
        agreements=tuple(replace(one, what=read(one.what), who=read(one.who)) for one in what.agreements),
        goals=tuple(replace(one, goal=read(one.goal), measure=read(one.measure)) for one in what.goals),
    )
