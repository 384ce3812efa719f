"""Somebody asks for a document that the engine makes: one, however often they press; one given up is tried again."""

from pipeline.cases.journey.events import DocumentOrdered
from pipeline.cases.record.case import Case
from pipeline.journey.moves import Moves
from pipeline.store.case_change import CaseChange
from pipeline.store.clock import new_id


def order_document(change: CaseChange, visit: str, kind: str, by: str) -> str:
    """Order the document of a visit; returns the id of the order that will make it."""
    known = newest_order(change.case, visit, kind)
    row = change.journeys.of("document", known.order) if known else None
    if known and row and row.is_live:
        if row.dead_at:
            Moves(change.journeys, by).by_hand(row, row.state, "again")
        return known.order
    order = DocumentOrdered(new_id(), kind, visit)
    change.add([order], by)
    return order.order


def newest_order(case: Case, visit: str, kind: str) -> DocumentOrdered | None:
    """The last order of such a document; None where there was none."""
    orders = [one for one in case.travelled.ordered.values() if (one.visit, one.kind) == (visit, kind)]
    return orders[-1] if orders else None
