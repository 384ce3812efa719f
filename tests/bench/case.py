"""The fictional case that is measured, as every way of making its documents wants it."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime, time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from exports.workbook import PlanSheet
from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers_file
from pipeline.documents.contents.paper import paper_of
from pipeline.documents.contents.report import report_document
from pipeline.documents.contents.tool_document import tool_document
from pipeline.documents.plan_sheet import plan_sheet
from pipeline.documents.word_template import WordTemplate, newest_template
from pipeline.law.dated_law import law_for
from pipeline.tool.definition import Tool
from pipeline.tool.load import load_tool
from webforms.demo import DEFAULT_SAMPLE, sample_path
from webforms.settings import read_settings


@dataclass(frozen=True)
class Case:
    """One case with its documents' contexts."""

    answers: Answers
    tool: Tool
    template: WordTemplate
    document: Any
    tool_template: Path
    tool_context: dict[str, Any]
    report_template: Path
    report_context: dict[str, Any]
    plan: PlanSheet
    created: datetime


def load_case(name: str = DEFAULT_SAMPLE) -> Case:
    """A sample case."""
    answers = read_answers_file(sample_path(name, read_settings({}).editions))
    tool, law = load_tool(answers.edition), law_for(answers.document_date)
    tool_word, report_word = newest_template(tool, "tilsynsredskab"), newest_template(tool, "tilsynsrapport")
    document = report_document(answers, tool, law, paper_of(answers, tool, law, title="T", template="t"))
    tool_words = tool_document(answers, tool, law, paper_of(answers, tool, law, title="T", template="t"))
    return Case(
        answers=answers, tool=tool, template=report_word, document=document,
        tool_template=tool_word.path, tool_context=_context(tool_words),
        report_template=report_word.path, report_context=_context(document),
        plan=plan_sheet(answers, tool), created=datetime.combine(answers.document_date, time(12), tzinfo=UTC),
    )  # fmt: skip


def _context(document: Any) -> dict[str, Any]:
    return {
        field.name: SimpleNamespace(**value) if isinstance(value := getattr(document, field.name), dict) else value
        for field in fields(document)
    }
