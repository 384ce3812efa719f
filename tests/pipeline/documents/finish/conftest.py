"""One report, as LibreOffice leaves it and as it is before it is sealed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from exports.workbook import write_workbook
from pipeline.cases.read_answers import read_answers_file
from pipeline.documents.contents.paper import paper_of
from pipeline.documents.contents.report import report_document
from pipeline.documents.convert import Converter
from pipeline.documents.finish.archivable import Attachment, DocumentFacts, make_archivable
from pipeline.documents.kinds import PLAN
from pipeline.documents.merge.merger import Merger
from pipeline.documents.plan_sheet import plan_sheet, visit_date
from pipeline.documents.word_template import newest_template
from pipeline.law.dated_law import law_for
from pipeline.tool.load import load_tool

_SMALL = Path(__file__).resolve().parents[3] / "fixtures" / "svar-lille.json"


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a small fictional case, beside its plan."""
    pdf = tmp_path_factory.mktemp("finish") / "omsat.pdf"
    answers, tool = read_answers_file(_SMALL), load_tool("2018")
    law, template = law_for(answers.document_date, visit_date(answers)), newest_template(tool, "tilsynsrapport")
    paper = paper_of(answers, tool, law, title=template.title, template=template.name)
    word = pdf.with_suffix(".docx")
    with Merger() as merger, Converter() as converter:
        word.write_bytes(merger.merge(template, tool, report_document(answers, tool, law, paper)))
        converter.to_pdf(word, pdf)
    write_workbook(plan_sheet(answers, tool), pdf.with_name(PLAN.file_name))
    return pdf


@pytest.fixture(scope="session")
def finished(converted: Path) -> Path:
    """It made archivable."""
    pdf = converted.with_name("klar.pdf")
    facts = DocumentFacts(
        "Tilsynsrapport", "Tilsyn (1/2) & <mere>", "Testkommune", datetime(2026, 5, 6, 12, tzinfo=UTC)
    )
    plan = Attachment(converted.with_name(PLAN.file_name), PLAN.file_name, PLAN.media_type, "Planen som regneark")
    make_archivable(converted, pdf, facts, [plan])
    return pdf
