"""After a visit is archived the next one begins to be planned, with the goals that go on."""

from pathlib import Path

from pipeline.cases.record.carried_over import carried_over
from pipeline.cases.record.events import VisitOpened
from pipeline.journey.engine.step import NOTHING, Done, Step, Work
from pipeline.store.clock import new_id
from pipeline.tool.load import load_tool

_ORDINARY = "ordinary"


def plan_next_with(editions: Path) -> Step:
    """The step, for the editions that an installation has; the next visit answers the newest of them."""

    def plan_next(work: Work) -> Done:
        case = work.case()
        last = case.visits[work.journey.about]
        is_followed = any(visit.number > last.number for visit in case.visits.values())
        if is_followed or not case.is_open:
            return NOTHING
        visit = new_id()
        edition = load_tool(None, editions).edition
        opened = VisitOpened(visit, last.number + 1, _ORDINARY, edition, before=last.id)
        return Done([opened, *carried_over(last, visit).events])

    return plan_next
