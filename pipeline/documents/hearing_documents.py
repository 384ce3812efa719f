"""The documents of a hearing from the case as it is kept, each sealed by itself; a sealed report is never extended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.cases.hearing.answer_document import ANSWER
from pipeline.cases.hearing.as_events import hearing_as_events
from pipeline.cases.hearing.events import Capacity
from pipeline.cases.hearing.variants import left_out, withheld_places
from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.to_answers import to_answers
from pipeline.danish import COPENHAGEN
from pipeline.documents.contents.final_report import final_report
from pipeline.documents.contents.hearing_letter import SentReport, child_sheet, hearing_letter
from pipeline.documents.contents.hearing_words import LetterHead, answer_document, paper_of_case
from pipeline.documents.contents.paper import paper_of
from pipeline.documents.contents.report import report_document
from pipeline.documents.contents.words import Paper
from pipeline.documents.heard_report import heard_report
from pipeline.documents.letters import newest_letter
from pipeline.documents.plan_sheet import visit_date
from pipeline.documents.render import Workshop
from pipeline.documents.report_gate import refuse_gaps
from pipeline.documents.sealed_letter import Letter, SealedLetter, sealed_letter
from pipeline.documents.visit_report import missing_for_report
from pipeline.documents.word_template import WordTemplate, newest_template
from pipeline.law.dated_law import law_for
from pipeline.tool.definition import Kind, Tool
from pipeline.tool.load import load_tool

FINAL = "endelig_rapport"
LETTER, CHILD = "hoeringsbrev", "hoering_barn"


@dataclass(frozen=True)
class FinalOrder:
    """What a final report is made of.

    Attributes:
        case: as it stands now, with the closed weighing.
        visit: its id.
        then: the case folded to the revision of the heard version.
        heard_on: the day that the heard version bears.
        day: the day that the final report bears.
        attached: the heard version and the answers: name, media type, bytes, what it is in Danish.
    """

    case: Case
    visit: str
    then: Case
    heard_on: date
    day: date
    attached: Sequence[tuple[str, str, bytes, str]]


def hearing_answer(case: Case, hearing_id: str, answer_id: str, workshop: Workshop, private: Path) -> SealedLetter:
    """An answer as a sealed document that names the exact version of the report.

    Args:
        case: with the answer in it.
        hearing_id: the hearing.
        answer_id: the answer.
        workshop: the machines.
        private: a folder that only this program may enter.

    Raises:
        LookupError: there is no such answer.
        TemplateError: the Word template was refused.
        StepFailed: a machine failed, or the time stamp service does not answer.
    """
    hearing = case.hearings.by_id[hearing_id]
    answer = next((one for one in hearing.answers if one.id == answer_id), None)
    if answer is None:
        raise LookupError("no such answer")
    visit, template = case.visits[hearing.opened.visit], newest_letter(ANSWER)
    tool, day = load_tool(visit.edition, workshop.editions), answer.received.astimezone(COPENHAGEN).date()
    paper = paper_for(case, visit, tool, template, day)
    document = answer_document(case, hearing, answer, paper)
    letter = Letter(template, tool, document, paper, day, "Kommunens segl på et høringssvar")
    return sealed_letter(letter, workshop, private)


def final_report_of(final: FinalOrder, workshop: Workshop, private: Path) -> SealedLetter:
    """The final report: the report as it is now, what was heard and answered, and the heard files themselves inside.

    Raises:
        AnswersError: the report lacks an assessment or a reason; the message names all of it.
        TemplateError: a Word template was refused.
        StepFailed: a machine failed, or the time stamp service does not answer.
    """
    case, visit, root = final.case, final.case.visits[final.visit], workshop.editions
    refuse_gaps([one.words for one in missing_for_report(case, visit.id, final.day, root)])
    tool = load_tool(visit.edition, root)
    template = newest_template(tool, FINAL)
    answers = to_answers(case, visit.id, final.day, hearing_as_events(case, visit.id), root)
    # It goes to all: what one variant of the heard report left out stays out of it.
    has_variants = any(one.opened.common for one in case.hearings.of_visit(visit.id) if not one.withdrawn)
    if has_variants:
        answers = left_out(answers, withheld_places(case, answers))
    law = law_for(final.day, visit_date(answers))
    paper = paper_of(answers, tool, law, title=template.title, template=template.name)
    heard = heard_report(final.then, visit.id, final.heard_on, root, reader="" if has_variants else None)
    drawn = {field.key for field in tool.fields if field.kind is Kind.DRAWN}
    document = final_report(case, visit.id, heard, report_document(answers, tool, law, paper), drawn)
    letter = Letter(
        template, tool, document, paper, final.day, "Kommunens segl på den endelige rapport", final.attached
    )
    return sealed_letter(letter, workshop, private)


@dataclass(frozen=True)
class LetterOrder:
    """A letter that goes out with a report.

    Attributes:
        visit: its id.
        day: the day that the letter bears.
    """

    case: Case
    visit: str
    person_id: str
    capacity: Capacity
    report: SentReport
    day: date


def sealed_hearing_letter(order: LetterOrder, workshop: Workshop, private: Path) -> SealedLetter:
    """The letter to one person who is heard; a child's is a sheet in simple words and large type.

    Raises:
        TemplateError: the Word template was refused.
        StepFailed: a machine failed, or the time stamp service does not answer.
    """
    case, visit, is_child = order.case, order.case.visits[order.visit], order.capacity is Capacity.CHILD
    template = newest_letter(CHILD if is_child else LETTER)
    tool = load_tool(visit.edition, workshop.editions)
    paper = paper_for(case, visit, tool, template, order.day)
    document = (
        child_sheet(case, order.person_id, order.report, paper)
        if is_child
        else hearing_letter(case, order.person_id, order.capacity, order.report, paper)
    )
    return sealed_letter(
        Letter(template, tool, document, paper, order.day, "Kommunens segl på et brev"), workshop, private
    )


def paper_for(case: Case, visit: Visit, tool: Tool, template: WordTemplate, day: date) -> Paper:
    """The paper facts of a letter about a visit on a day."""
    head = LetterHead(template.title, template.name, day)
    return paper_of_case(case, visit, tool, law_for(day, visit.day), head)
