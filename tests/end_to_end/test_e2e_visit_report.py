"""A visit's report and its drafts by the real machines, from the case as it is kept; nothing stays on the disk."""

import hashlib
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rendered_case import output_of

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline" / "cases" / "record"))

from small_case import sample

from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.from_answers import from_answers
from pipeline.documents.draft import DRAFT, draft_documents
from pipeline.documents.kinds import PDF
from pipeline.documents.render import Workshop
from pipeline.documents.seal.verification import Verdict
from pipeline.documents.seal.verify import verify
from pipeline.documents.visit_report import report_of
from pipeline.tool.load import load_tool
from webforms.settings import Settings
from webforms.wiring import trust_store

pytestmark = pytest.mark.office
ANSWERS = sample("cp_skole", 1)
ASCII_OF_DRAFT = DRAFT[: DRAFT.index("ikke") + 4]
VISIT = f"besoeg-{ANSWERS.visit_number}"


@pytest.fixture(scope="module")
def family() -> Case:
    return fold_all(from_answers([ANSWERS], load_tool("2018")).happened)


def test_the_report_of_a_visit_is_sealed_and_known_by_its_digest(
    family: Case, machines: Workshop, settings: Settings, tmp_path: Path
) -> None:
    report = report_of(family, VISIT, machines, ANSWERS.document_date, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert report.sha256 == hashlib.sha256(report.pdf).hexdigest()
    kept = tmp_path / "rapport.pdf"
    kept.write_bytes(report.pdf)
    assert verify(kept, trust_store(settings)).verdict is Verdict.GOOD
    assert ASCII_OF_DRAFT not in output_of("pdftotext", kept, "-")


def test_a_draft_says_so_on_every_page_and_bears_no_seal(family: Case, machines: Workshop, tmp_path: Path) -> None:
    unfinished = replace(ANSWERS, contributions={k: v for k, v in ANSWERS.contributions.items() if k != "conclusion"})
    drafts = draft_documents(unfinished, machines, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert [draft.file_name for draft in drafts] == [
        "udkast-tilsynsrapport.pdf",
        "udkast-tilsynsrapport.docx",
        "udkast-tilsynsredskab.docx",
        "udkast-tids-og-faseplan.xlsx",
    ]
    for draft in drafts:
        (tmp_path / draft.file_name).write_bytes(draft.content)
    (pdf,) = (tmp_path / draft.file_name for draft in drafts if draft.kind.media_type == PDF)
    pages = output_of("pdftotext", pdf, "-").split("\f")[:-1]
    assert len(pages) > 5
    assert all(DRAFT in page for page in pages)
    assert "/ByteRange" not in pdf.read_bytes().decode("latin-1")
    for name in ("udkast-tilsynsrapport.docx", "udkast-tilsynsredskab.docx", "udkast-tids-og-faseplan.xlsx"):
        assert ASCII_OF_DRAFT in output_of("unzip", "-p", tmp_path / name)  # a sheet writes its letters as numbers
