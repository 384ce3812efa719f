"""Gives notice of a visit: what the parties do not know yet is told to each of them by a letter of their own."""

from dataclasses import replace

from pipeline.cases.journey.events import DocumentOrdered
from pipeline.cases.notice.due import notice_due, told_to
from pipeline.danish import COPENHAGEN
from pipeline.deadlines.rules import Deadlines
from pipeline.documents.visit_notice import NOTICE
from pipeline.journey.engine.step import NOTHING, Done, Step, Work
from pipeline.store.clock import new_id


def give_notice_with(deadlines: Deadlines) -> Step:
    """The step, for the deadlines that an installation has."""

    def give_notice(work: Work) -> Done:
        case, today = work.case(), work.now.astimezone(COPENHAGEN).date()
        visit = work.journey.about
        due, told = notice_due(case, visit, today, deadlines), told_to(case, today)
        if due is None or not told or not case.is_open:
            return NOTHING
        notice = new_id()
        orders = (DocumentOrdered(new_id(), NOTICE, visit, notice, one.person.id) for one in told)
        return Done([replace(due, notice=notice), *orders])

    return give_notice
