"""The sealed letter that tells one person of a visit, from the case as it is kept."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.cases.record.case import Case
from pipeline.documents.contents.visit_notice import visit_notice
from pipeline.documents.hearing_documents import paper_for
from pipeline.documents.letters import newest_letter
from pipeline.documents.render import Workshop
from pipeline.documents.sealed_letter import Letter, SealedLetter, sealed_letter
from pipeline.law.dated_law import law_for
from pipeline.tool.load import load_tool

NOTICE = "besoegsvarsel"


@dataclass(frozen=True)
class NoticeOrder:
    """A letter about a visit to one person.

    Attributes:
        notice: id of the notice, which is in the case.
        day: the day that the letter bears.
    """

    case: Case
    notice: str
    person_id: str
    day: date


def sealed_visit_notice(order: NoticeOrder, workshop: Workshop, private: Path) -> SealedLetter:
    """The letter to one person.

    Args:
        order: what it tells, and whom.
        workshop: the machines, the seal among them.
        private: a folder that only this program may enter.

    Raises:
        TemplateError: the Word template was refused.
        StepFailed: a machine failed, or the time stamp service does not answer.
    """
    case = order.case
    visit = case.visits[case.notices.with_id(order.notice).told.visit]
    template, tool = newest_letter(NOTICE), load_tool(visit.edition, workshop.editions)
    paper = paper_for(case, visit, tool, template, order.day)
    document = visit_notice(case, order.notice, order.person_id, tool, law_for(order.day, visit.day), paper)
    return sealed_letter(
        Letter(template, tool, document, paper, order.day, "Kommunens segl på et brev"), workshop, private
    )
