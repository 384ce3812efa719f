"""The sealed reminder on paper to one person, from the case as it is kept."""

from datetime import date
from pathlib import Path

from pipeline.cases.journey.events import DocumentOrdered
from pipeline.cases.record.case import Case
from pipeline.documents.contents.reminder_letter import hearing_reminder, material_reminder
from pipeline.documents.hearing_documents import paper_for
from pipeline.documents.letters import newest_letter
from pipeline.documents.render import Workshop
from pipeline.documents.sealed_letter import Letter, SealedLetter, sealed_letter
from pipeline.law.dated_law import law_for
from pipeline.tool.load import load_tool

REMINDER = "paamindelse"


def sealed_reminder(case: Case, order: DocumentOrdered, day: date, workshop: Workshop, private: Path) -> SealedLetter:
    """The letter.

    Args:
        case: as it stands now.
        order: to whom; about a hearing, or about the material before the visit where it names none.
        day: the day that the letter bears.
        workshop: the machines, the seal among them.
        private: a folder that only this program may enter.

    Raises:
        TemplateError: the Word template was refused.
        StepFailed: a machine failed, or the time stamp service does not answer.
    """
    visit, template = case.visits[order.visit], newest_letter(REMINDER)
    tool = load_tool(visit.edition, workshop.editions)
    paper = paper_for(case, visit, tool, template, day)
    document = (
        hearing_reminder(case, order.about, paper)
        if order.about
        else material_reminder(case, visit, order.to, tool, law_for(day, visit.day), paper)
    )
    return sealed_letter(Letter(template, tool, document, paper, day, "Kommunens segl på et brev"), workshop, private)
