"""Is the report of a visit ready, and if so, the report, made and sealed: from the case as it is kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.cases.answers import Answers
from pipeline.cases.hearing.variants import WHOLE, Variant, left_out
from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.to_answers import to_answers
from pipeline.cases.record.voices import contact_person
from pipeline.cases.values import DateValue, parse_value
from pipeline.documents.kinds import PLAN, REPORT, REPORT_WORD, TOOL_WORD
from pipeline.documents.plan_sheet import visit_date
from pipeline.documents.render import Workshop, render_case
from pipeline.documents.report_gate import Gap, gaps, refuse_gaps
from pipeline.documents.word_template import newest_template
from pipeline.errors import AnswersError
from pipeline.law.dated_law import law_for
from pipeline.tool.definition import Tool
from pipeline.tool.load import EDITIONS, load_tool


class Where(StrEnum):
    """Where in the case something missing is put right."""

    ANSWER = "answer"
    VISIT_DAY = "visit_day"
    APPROVAL = "approval"
    CASEWORKER = "caseworker"
    PEOPLE = "people"


@dataclass(frozen=True)
class Missing:
    """Something that the report of a visit may not lack.

    Attributes:
        words: in Danish, what is missing.
        gap: the field, where it is an answer or its reason.
    """

    where: Where
    words: str
    gap: Gap | None = None


@dataclass(frozen=True)
class VisitReport:
    """The sealed report with what was made beside it.

    Attributes:
        sha256: hexadecimal, of `pdf`; a hearing names it.
        manifest: what each file was checked for, and the digest of each.
    """

    pdf: bytes
    sha256: str
    report_word: bytes
    tool_word: bytes
    plan: bytes
    manifest: Mapping[str, Any]


def missing_for_report(case: Case, visit_id: str, day: date, root: Path = EDITIONS) -> tuple[Missing, ...]:
    """What the report of a visit still lacks; empty: `report_of` may be asked for it.

    Args:
        case: as it stands now.
        visit_id: the visit.
        day: the report's date; decides law, people and contact person.
        root: folder of the editions.
    """
    of_case = tuple(_of_case(case, visit_id, day))
    if any(one.where in (Where.APPROVAL, Where.CASEWORKER) for one in of_case):
        return of_case  # without them no document can be made, and what else it lacks cannot be known
    try:
        answers = to_answers(case, visit_id, day, root=root)
    except AnswersError as error:
        return (*of_case, Missing(Where.PEOPLE, str(error)))
    return (*of_case, *_of_answers(answers, root))


def other_visit_days(visit: Visit, tool: Tool) -> tuple[date, ...]:
    """Days that the report would name as the day of the visit, though the case knows another; the earliest first."""
    field = tool.find("visit_date")
    if field is None:
        return ()
    said = (visit.in_report(slot) for slot in visit.answers if slot.key == field.key)
    values = (parse_value(one.value, field, field.label) for one in said if one and one.value)
    return tuple(sorted({value.day for value in values if isinstance(value, DateValue)} - {visit.day}))


def report_of(
    case: Case,
    visit_id: str,
    workshop: Workshop,
    day: date,
    private: Path,
    events: Sequence[Mapping[str, Any]] = (),
    variant: Variant = WHOLE,
) -> VisitReport:
    """Make and seal the report of a visit.

    Each call makes and seals anew; whoever sends one keeps it and sends that very file.

    Args:
        case: as it stands now.
        visit_id: the visit.
        workshop: the machines, the seal among them.
        day: the report's date.
        private: a folder that only this program may enter; nothing of the family stays in it.
        events: what happened after the visit (hearing, outcome), as in the documents' JSON.
        variant: what this recipient does not read.

    Raises:
        AnswersError: something is missing; the message names all of it.
        TemplateError: a Word template was refused.
        StepFailed: a machine failed, or the time stamp service does not answer.
    """
    refuse_gaps([one.words for one in missing_for_report(case, visit_id, day, workshop.editions)])
    answers = left_out(to_answers(case, visit_id, day, events, workshop.editions), variant.places)
    with TemporaryDirectory(dir=private) as scratch:
        out = Path(scratch)
        manifest = render_case(answers, workshop, out, common=variant.common)
        pdf, report_word, tool_word, plan = (
            (out / kind.file_name).read_bytes() for kind in (REPORT, REPORT_WORD, TOOL_WORD, PLAN)
        )
    return VisitReport(pdf, sha256(pdf).hexdigest(), report_word, tool_word, plan, manifest)


def _of_case(case: Case, visit_id: str, day: date) -> Iterator[Missing]:
    visit = case.visits[visit_id]
    if visit.day is None:
        yield Missing(Where.VISIT_DAY, "Besøget har ingen dag. Skriv den dag, det blev holdt.")
    elif visit.day > day:
        yield Missing(Where.VISIT_DAY, "Besøget er ikke holdt endnu.")
    if case.approval_on(visit.day or day) is None:
        yield Missing(
            Where.APPROVAL, "Sagen har ingen godkendelse, der gjaldt ved besøget. Skriv godkendelsen på sagen."
        )
    if contact_person(case, day) is None:
        yield Missing(Where.CASEWORKER, "Sagen har ingen sagsbehandler. Sæt en sagsbehandler på sagen.")


def _of_answers(answers: Answers, root: Path) -> Iterator[Missing]:
    tool = load_tool(answers.edition, root)
    law = law_for(answers.document_date, visit_date(answers))
    for gap in gaps(answers, tool, law, newest_template(tool, REPORT.key)):
        yield Missing(Where.ANSWER, gap.words, gap)
