"""pyHanko and poppler on the seal, and our own answer to a citizen who asks whether a report is genuine."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.status import SignatureCoverageLevel
from rendered_case import RenderedCase, output_of

from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.verification import SignatureKind, Verdict
from pipeline.documents.seal.verify import verify
from webforms.settings import Settings, read_settings
from webforms.wiring import trust_store

pytestmark = pytest.mark.office

_PROJECT = Path(__file__).parents[2]


def test_pyhanko_accepts_seal_and_timestamp_from_what_the_file_carries(case: RenderedCase, demo_root: Path) -> None:
    with case.report.open("rb") as file:
        reader = PdfFileReader(file)
        [signature] = reader.embedded_signatures
        root = load_cert_from_pemder(demo_root)  # type: ignore[no-untyped-call]  # this module of pyHanko has no types
        offline = {"trust_roots": [root], "allow_fetching": False, "revocation_mode": "require"}
        context = DocumentSecurityStore.read_dss(reader).as_validation_context(offline)
        status = validate_pdf_signature(signature, context, context)
        assert signature.docmdp_level is MDPPerm.FILL_FORMS
        assert list(reader.root["/Perms"]) == ["/DocMDP"]
    assert status.bottom_line
    assert status.docmdp_ok
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.modification_level is ModificationLevel.NONE
    assert status.timestamp_validity is not None
    assert status.timestamp_validity.trusted


def test_pdfsig_finds_one_valid_signature_over_the_whole_file(case: RenderedCase, tmp_path: Path) -> None:
    said = output_of("pdfsig", "-no-ocsp", case.report, home=tmp_path)
    assert said.count("Signature #") == 1
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    assert "Signature Type: ETSI.CAdES.detached" in said


def test_the_seal_is_the_only_field_and_takes_no_room_on_any_page(case: RenderedCase) -> None:
    with pikepdf.open(case.report) as pdf:
        [field] = pdf.Root.AcroForm.Fields
        assert field.FT == "/Sig"
        assert [float(side) for side in field.Rect] == [0, 0, 0, 0]
        boxes = [annotation for page in pdf.pages for annotation in page.get("/Annots", ())]
        assert [box.Subtype for box in boxes if box.Subtype != "/Link"] == ["/Widget"]


def test_verify_says_that_the_report_is_good_and_that_the_seal_is_a_demo(
    case: RenderedCase, settings: Settings
) -> None:
    answer = verify(case.report, trust_store(settings))
    assert answer.verdict is Verdict.GOOD
    assert answer.is_demo
    [signature] = answer.signatures
    assert (signature.kind, signature.level) == (SignatureKind.SEAL, "B-LT")
    assert all(sentence.startswith("DEMO: ") for sentence in answer.sentences)
    assert [attachment.name for attachment in answer.attachments] == ["tids-og-faseplan.xlsx"]


def test_the_seal_can_still_be_checked_when_its_certificate_has_expired(
    one_case: RenderedCase, settings: Settings
) -> None:
    in_six_years = datetime.now(UTC) + timedelta(days=6 * 365)
    assert verify(one_case.report, trust_store(settings), at=in_six_years).verdict is Verdict.GOOD


def test_the_command_verify_ends_with_0_for_a_good_1_for_a_changed_and_2_for_an_unreadable_report(
    one_case: RenderedCase, settings: Settings, tmp_path: Path
) -> None:
    changed, unreadable = tmp_path / "changed.pdf", tmp_path / "unreadable.pdf"
    content = bytearray(one_case.report.read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    unreadable.write_text("ikke en PDF")
    done = [_tilsyn_verify(file, settings) for file in (one_case.report, changed, unreadable)]
    assert [each.returncode for each in done] == [0, 1, 2]
    assert done[0].stdout.startswith("DEMO: Dokumentet er uændret")


def test_another_installation_does_not_trust_the_seal(one_case: RenderedCase, tmp_path: Path) -> None:
    elsewhere = trust_store(read_settings({"HJEMMETILSYN_HOME": str(tmp_path)}))
    answer = verify(one_case.report, elsewhere)
    assert answer.verdict is Verdict.NOT_GOOD
    assert set(answer.findings) & {Finding.SIGNER_UNTRUSTED, Finding.TIMESTAMP_UNTRUSTED}


def _tilsyn_verify(file: Path, settings: Settings) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from webforms.cli import main; main()", "verify", file],
        check=False,
        capture_output=True,
        text=True,
        cwd=_PROJECT,
        env={"HJEMMETILSYN_HOME": str(settings.home), "PATH": "/usr/bin:/bin"},
    )
