"""From a case's answers to its finished documents: the whole document side on one screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Protocol

from exports.workbook import PlanSheet, write_workbook
from pipeline.cases.answers import Answers
from pipeline.documents.contents.paper import paper_of
from pipeline.documents.contents.report import ReportDocument, report_document
from pipeline.documents.contents.shared_content import naming
from pipeline.documents.contents.tool_document import tool_document
from pipeline.documents.contents.words import Paper
from pipeline.documents.finish.archivable import Attachment, DocumentFacts, make_archivable
from pipeline.documents.finish.validated import require_report_profiles
from pipeline.documents.kinds import MANIFEST, PLAN, REPORT, REPORT_WORD, TOOL_WORD, DocumentKind
from pipeline.documents.legible import undrawable, with_codes
from pipeline.documents.manifest import Check, MadeFile, as_json, manifest_of
from pipeline.documents.merge.merger import Merger
from pipeline.documents.out_folder import folder_beside, hand_over
from pipeline.documents.plan_sheet import plan_sheet, visit_date
from pipeline.documents.report_gate import require_reasons
from pipeline.documents.seal.sealer import CheckedWith
from pipeline.documents.word_template import WordTemplate, newest_template
from pipeline.law.dated_law import Law, law_for
from pipeline.tool.definition import Tool
from pipeline.tool.load import EDITIONS, load_tool

SEAL_REASON = "Kommunens segl på tilsynsrapporten"


class ToPdf(Protocol):
    """Turns a Word file into a tagged PDF."""

    def to_pdf(self, docx: Path, pdf: Path) -> None:
        """Convert, or raise StepFailed."""


class Receipt(Protocol):
    """What the one who sealed says of the seal."""

    @property
    def sha256(self) -> str: ...  # noqa: D102 - said by its name
    @property
    def signer_name(self) -> str: ...  # noqa: D102 - said by its name
    @property
    def signing_time(self) -> datetime: ...  # noqa: D102 - said by its name
    @property
    def is_demo(self) -> bool: ...  # noqa: D102 - said by its name


class Seals(Protocol):
    """Seals a PDF, and confirms with the same seal what people sign; each may raise StepFailed."""

    def seal(self, pdf: Path, sealed: Path, *, reason: str) -> Receipt:
        """Seal."""

    def seal_for_signers(self, pdf: Path, sealed: Path, *, reason: str, places: Sequence[str]) -> Receipt:
        """Seal, and keep places for signatures."""

    def sign(self, pdf: Path, signed: Path, *, place: str, reason: str, is_last: bool) -> Receipt:
        """Confirm a signature."""

    def checked_with(self) -> CheckedWith:
        """What a seal made now is checked with."""

    def seal_beside(self, content: bytes) -> bytes:
        """A seal that stands beside what it seals."""


def bare_plan(answers: Answers, tool: Tool, law: Law) -> PlanSheet:
    """The plan of a case without anything by which the file would be known again."""
    return plan_sheet(answers, tool)


@dataclass(frozen=True)
class Workshop:
    """The warm machines that documents are made with.

    Attributes:
        plan_of: makes the plan that becomes the Excel file; an installation gives it a passport for the way back.
    """

    merger: Merger
    converter: ToPdf
    sealer: Seals
    editions: Path = EDITIONS
    plan_of: Callable[[Answers, Tool, Law], PlanSheet] = bare_plan


@dataclass(frozen=True)
class Job:
    """One case on its way through the workshop."""

    answers: Answers
    tool: Tool
    law: Law
    folder: Path
    say: Callable[[str], None]


def render_case(
    answers: Answers, workshop: Workshop, out: Path, say: Callable[[str], None] = lambda line: None, *, common: str = ""
) -> dict[str, Any]:
    """Make all documents of a case and put them into a folder; the manifest comes last.

    Nothing stands in the folder before everything has been made and checked.

    Args:
        answers: the case.
        workshop: the machines.
        out: the folder; it is made where it is missing.
        say: told in Danish what has been done.
        common: SHA-256 of what this report shares with its variants; empty where it has none.

    Returns:
        The manifest.

    Raises:
        AnswersError: the report lacks an assessment or a reason.
        TemplateError: a Word template was refused.
        StepFailed: a machine failed; nothing was written.
    """
    tool = load_tool(answers.edition, workshop.editions)
    law = law_for(answers.document_date, visit_date(answers))
    report_template = newest_template(tool, "tilsynsrapport")
    require_reasons(answers, tool, law, report_template)
    with folder_beside(out) as scratch:
        job = Job(answers, tool, law, Path(scratch), say)
        word = _tool_in_word(job, workshop)
        paper = paper_of(answers, tool, law, title=report_template.title, template=report_template.name)
        document = naming(report_document(answers, tool, law, paper), common)
        report_word = _report_in_word(job, workshop, document, report_template)
        plan = _plan_in_excel(job, workshop)
        report = _report_sealed(job, workshop, document, report_word, plan)
        files = (word, report_word, report, plan)
        manifest = manifest_of(answers, tool, law, files) | ({"common_sha256": common} if common else {})
        (job.folder / MANIFEST).write_text(as_json(manifest), encoding="utf-8")
        hand_over(job.folder, out, [*(file.kind.file_name for file in files), MANIFEST])
    say(f"Færdig. Filerne ligger i {out}")
    return manifest


def _tool_in_word(job: Job, workshop: Workshop) -> MadeFile:
    template = newest_template(job.tool, "tilsynsredskab")
    paper = paper_of(job.answers, job.tool, job.law, title=job.law.in_words(job.tool.title), template=template.name)
    document = tool_document(job.answers, job.tool, job.law, paper)
    return _merged(job, TOOL_WORD, template, workshop.merger.merge(template, job.tool, document))


def _report_in_word(job: Job, workshop: Workshop, document: ReportDocument, template: WordTemplate) -> MadeFile:
    return _merged(job, REPORT_WORD, template, workshop.merger.merge(template, job.tool, document))


def _merged(job: Job, kind: DocumentKind, template: WordTemplate, content: bytes) -> MadeFile:
    path = job.folder / kind.file_name
    path.write_bytes(content)
    job.say(f"Flettet {kind.file_name}")
    checks = (
        Check("Alle felter i skabelonen fik en værdi", "StrictUndefined"),
        Check("Alle dele er gyldig XML", "expat"),
    )
    return MadeFile(kind, path, template.name, checks)


def _plan_in_excel(job: Job, workshop: Workshop) -> MadeFile:
    path = job.folder / PLAN.file_name
    write_workbook(workshop.plan_of(job.answers, job.tool, job.law), path)
    job.say(f"Skrevet {PLAN.file_name}")
    return MadeFile(PLAN, path, "", (Check("Ingen celle er en formel eller et link", "exports.workbook"),))


def _report_sealed(job: Job, workshop: Workshop, document: ReportDocument, word: MadeFile, plan: MadeFile) -> MadeFile:
    converted, finished = job.folder / "omsat.pdf", job.folder / "klar.pdf"
    printable, checks = _printable(job, workshop, document, word)
    workshop.converter.to_pdf(printable, converted)
    job.say("Omsat til PDF")
    attachment = Attachment(plan.path, PLAN.file_name, PLAN.media_type, "Tids- og faseplanen som regneark")
    make_archivable(converted, finished, _facts(job, document.paper), [attachment])
    for profile, judge in require_report_profiles(finished).items():
        checks.append(Check(f"{profile} før forsegling", judge))
    job.say("Kontrolleret: PDF/A-3a og PDF/UA-1")
    sealed = job.folder / REPORT.file_name
    receipt = workshop.sealer.seal(finished, sealed, reason=SEAL_REASON)
    job.say(f"Forseglet af {receipt.signer_name}{' (DEMO)' if receipt.is_demo else ''}")
    checks.append(Check("Seglet dækker hele filen", "pipeline.documents.seal"))
    seal = {
        "by": receipt.signer_name,
        "at": receipt.signing_time.isoformat(),
        "level": "PAdES B-LT",
        "demo": receipt.is_demo,
    }
    return MadeFile(REPORT, sealed, word.template, tuple(checks), seal)


def _printable(job: Job, workshop: Workshop, document: ReportDocument, word: MadeFile) -> tuple[Path, list[Check]]:
    """The Word file to convert: the report itself, or a twin in which undrawable characters stand as codes."""
    missing = undrawable(document)
    if not missing:
        return word.path, []
    template = newest_template(job.tool, "tilsynsrapport")
    twin = job.folder / "til-pdf.docx"
    twin.write_bytes(workshop.merger.merge(template, job.tool, with_codes(document, missing)))
    codes = ", ".join(sorted(f"U+{ord(c):04X}" for c in missing))
    job.say(f"{len(missing)} tegn findes ikke i nogen skrifttype og vises som koder i PDF-filen")
    return twin, [Check(f"Tegn uden skrifttype står som koder i PDF-filen: {codes}", "fontTools")]


def _facts(job: Job, paper: Paper) -> DocumentFacts:
    created = datetime.combine(job.answers.document_date, time(12), tzinfo=UTC)
    return DocumentFacts(paper.title, paper.subject, paper.municipality, created)
