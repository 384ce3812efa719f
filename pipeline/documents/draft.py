"""A visit's documents as they will look, at any time: marked as a draft on every page, and never sealed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from exports.workbook import workbook_bytes
from pipeline.cases.answers import Answers
from pipeline.documents.contents.paper import paper_of
from pipeline.documents.contents.report import report_document
from pipeline.documents.contents.tool_document import tool_document
from pipeline.documents.contents.words import Paper
from pipeline.documents.finish.archivable import Claim, DocumentFacts, accessible
from pipeline.documents.kinds import PLAN, REPORT, REPORT_WORD, TOOL_WORD, DocumentKind
from pipeline.documents.legible import undrawable, with_codes
from pipeline.documents.plan_sheet import plan_sheet, visit_date
from pipeline.documents.render import Workshop
from pipeline.documents.word_template import WordTemplate, newest_template
from pipeline.law.dated_law import Law, law_for
from pipeline.tool.definition import Tool
from pipeline.tool.load import load_tool

DRAFT = "UDKAST: ikke færdig, ikke forseglet og ikke sendt i høring"
"""At the top of every page and every sheet."""

DRAFTED = (REPORT, REPORT_WORD, TOOL_WORD, PLAN)
"""The documents of a draft."""


@dataclass(frozen=True)
class Draft:
    """One document of a draft."""

    kind: DocumentKind
    content: bytes

    @property
    def file_name(self) -> str:
        """What it is called when somebody keeps it; no name of anybody."""
        return f"udkast-{self.kind.file_name}"


def draft_documents(answers: Answers, workshop: Workshop, private: Path) -> tuple[Draft, ...]:
    """Make a draft of every document; what the report still lacks stands in it as not answered.

    Args:
        answers: the case.
        workshop: the machines; the seal is left alone.
        private: a folder that only this program may enter; nothing of the family stays in it.

    Raises:
        TemplateError: a Word template was refused.
        StepFailed: a machine failed.
    """
    tool = load_tool(answers.edition, workshop.editions)
    law = law_for(answers.document_date, visit_date(answers))
    tool_template, template = newest_template(tool, TOOL_WORD.key), newest_template(tool, REPORT.key)
    paper = _paper(answers, tool, law, template.title, template)
    tool_paper = _paper(answers, tool, law, law.in_words(tool.title), tool_template)
    document = report_document(answers, tool, law, paper)
    report = workshop.merger.merge(template, tool, document)
    missing = undrawable(document)
    printable = workshop.merger.merge(template, tool, with_codes(document, missing)) if missing else report
    tool_word = workshop.merger.merge(tool_template, tool, tool_document(answers, tool, law, tool_paper))
    plan = plan_sheet(answers, tool)
    made = (
        _as_pdf(printable, workshop.converter.to_pdf, _facts(answers, paper), private),
        report,
        tool_word,
        workbook_bytes(replace(plan, notice=_notice(plan.notice))),
    )
    return tuple(Draft(kind, content) for kind, content in zip(DRAFTED, made, strict=True))


def _paper(answers: Answers, tool: Tool, law: Law, title: str, template: WordTemplate) -> Paper:
    paper = paper_of(answers, tool, law, title=f"Udkast: {title}", template=template.name)
    return replace(paper, notice=_notice(paper.notice))


def _notice(notice: str) -> str:
    return f"{DRAFT}. {notice}" if notice else DRAFT


def _facts(answers: Answers, paper: Paper) -> DocumentFacts:
    created = datetime.combine(answers.document_date, time(12), tzinfo=UTC)
    return DocumentFacts(paper.title, paper.subject, paper.municipality, created)


def _as_pdf(word: bytes, to_pdf: Callable[[Path, Path], None], facts: DocumentFacts, private: Path) -> bytes:
    """Tagged like the sealed report, so that it can be read aloud; it does not claim to be for the archive."""
    with TemporaryDirectory(dir=private) as scratch:
        folder = Path(scratch)
        source, converted, finished = folder / "udkast.docx", folder / "omsat.pdf", folder / "klar.pdf"
        source.write_bytes(word)
        to_pdf(source, converted)
        with accessible(converted, finished, facts, Claim.ACCESSIBLE_ONLY):
            pass
        return finished.read_bytes()
