"""The usual way to make the same documents: fresh docxtpl, cold soffice, stock signer for each document, no checks."""

import subprocess
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

from exports.workbook import write_workbook
from pipeline.documents.finish.archivable import Attachment, DocumentFacts, make_archivable
from pipeline.documents.kinds import PLAN

EXPORT = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"3"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},"PDFUACompliance":{"type":"boolean","value":"true"}}'
)


def merge_stock(template: Path, context: dict[str, Any], target: Path) -> None:
    """A fresh DocxTemplate for the document, escaping on: without it docxtpl loses text."""
    document = DocxTemplate(template)
    document.render(context, autoescape=True)
    document.save(target)


def convert_cold(word: Path, profile: Path) -> Path:
    """A soffice of its own for the document, with a kept profile."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", EXPORT, "--outdir",
         str(word.parent), str(word)],
        check=True, capture_output=True,
    )  # fmt: skip
    return word.with_suffix(".pdf")


def sign_stock(pdf: Path, sealed: Path, identity: Any, *, lasting: bool) -> None:
    """PyHanko's own signer, loaded for the document; certifying, and B-LT where asked for."""
    signer = signers.SimpleSigner.load(str(identity.key), str(identity.certificate))
    context = None
    if lasting:
        roots = [signers.load_certs_from_pemder([str(root)]) for root in identity.trust_roots]
        context = ValidationContext(
            trust_roots=[certificate for certificates in roots for certificate in certificates],
            allow_fetching=True, revocation_mode="hard-fail", fetcher_backend=RequestsFetcherBackend(),
        )  # fmt: skip
    metadata = signers.PdfSignatureMetadata(
        field_name="Segl", certify=True, docmdp_permissions=fields.MDPPerm.FILL_FORMS,
        subfilter=fields.SigSeedSubFilter.PADES, embed_validation_info=lasting, validation_context=context,
    )  # fmt: skip
    stamper = timestamps.HTTPTimeStamper(identity.timestamp_url) if lasting else None
    with pdf.open("rb") as source, sealed.open("wb") as target:
        signers.PdfSigner(metadata, signer, timestamper=stamper).sign_pdf(
            IncrementalPdfFileWriter(source), output=target
        )


def whole_case(case: Any, folder: Path, identity: Any) -> None:
    """Word, Word, Excel, PDF, attachment, seal; one after the other."""
    merge_stock(case.tool_template, case.tool_context, folder / "tilsynsredskab.docx")
    report = folder / "tilsynsrapport.docx"
    merge_stock(case.report_template, case.report_context, report)
    write_workbook(case.plan, folder / PLAN.file_name)
    converted = convert_cold(report, folder / "profile")
    finished = folder / "klar.pdf"
    plan = Attachment(folder / PLAN.file_name, PLAN.file_name, PLAN.media_type, "Tids- og faseplanen")
    facts = DocumentFacts("Tilsynsrapport", "Tilsyn", "Testkommune", case.created)
    make_archivable(converted, finished, facts, [plan])
    sign_stock(finished, folder / "forseglet.pdf", identity, lasting=True)
