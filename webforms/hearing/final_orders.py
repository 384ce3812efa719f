"""The final report of a visit is ordered when the weighing is closed; the engine makes it, at once where it can."""

from enum import StrEnum

from flask import abort

from pipeline.documents.hearing_documents import FINAL
from pipeline.documents.visit_report import missing_for_report
from pipeline.errors import AnswersError
from pipeline.journey.ordering import newest_order, order_document
from webforms.caseworkers.at_case import AtCase

_MAKE = "document.make"


class Making(StrEnum):
    """How far the final report of a visit has come."""

    NOT_ORDERED = "not_ordered"
    UNDER_WAY = "under_way"
    GIVEN_UP = "given_up"


def order_final(at: AtCase) -> None:
    """Order the final report of the visit that the address names, and make it where that is possible now.

    404 before the weighing ends; a report that is there already is not made again.

    Raises:
        AnswersError: the report lacks something; the message names all of it.
        StoreUnavailable: nothing was ordered.
    """
    visit = at.visit().id
    if visit not in at.case.hearings.closed:
        abort(404)
    if visit in at.case.hearings.final:
        return
    missing = missing_for_report(at.case, visit, at.today, at.services.editions)
    if missing:
        raise AnswersError(" ".join(one.words for one in missing))
    with at.services.store.cases.change(at.view.id, at.view.actor, _MAKE) as change:
        order = order_document(change, visit, FINAL, at.view.actor)
    at.services.engine.run_now(at.view.id, "document", order)


def making_of(at: AtCase) -> Making:
    """How far it has come, where it is not there yet."""
    order = newest_order(at.case, at.visit().id, FINAL)
    rows = at.services.store.journeys.of_case(at.view.id) if order else ()
    row = next((one for one in rows if order and (one.kind, one.about) == ("document", order.order)), None)
    if row is None or not row.is_live:
        return Making.NOT_ORDERED
    return Making.GIVEN_UP if row.dead_at else Making.UNDER_WAY
