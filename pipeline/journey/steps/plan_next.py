"""When a visit is over the next one begins to be planned, with the goals that go on."""

from pathlib import Path

from pipeline.cases.record.carried_over import carried_over
from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.reached import reached
from pipeline.cases.record.visit_events import VisitOpened
from pipeline.journey.engine.step import NOTHING, Done, Step, Work
from pipeline.store.clock import new_id
from pipeline.tool.load import load_tool

_ORDINARY = "ordinary"


def plan_next_with(editions: Path) -> Step:
    """The step, for the editions that an installation has; the next visit answers the newest of them.

    Extra visits stand beside the ordinary ones and are followed by none; one that was called off is followed as one
    that was held is, with the goals of the last that was.
    """

    def plan_next(work: Work) -> Done:
        case = work.case()
        last = case.visits[work.journey.about]
        if not case.is_open or last.is_extra or _is_followed(case, last):
            return NOTHING
        visit, number = new_id(), max(one.number for one in case.visits.values()) + 1
        source = _source(case, last)
        known = reached(case, lambda edition: load_tool(edition, editions))
        opened = VisitOpened(visit, number, _ORDINARY, load_tool(None, editions).edition, before=source.id)
        return Done([opened, *carried_over(known.visits[source.id], visit, source).events])

    return plan_next


def _is_followed(case: Case, last: Visit) -> bool:
    return any(
        not one.is_extra and one.number > last.number and one.id not in case.travelled.called_off
        for one in case.visits.values()
    )


def _source(case: Case, last: Visit) -> Visit:
    """The visit whose goals go on: one that was called off came to none of its own."""
    while last.id in case.travelled.called_off and last.before in case.visits:
        last = case.visits[last.before]
    return last
