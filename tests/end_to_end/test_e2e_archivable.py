"""veraPDF and qpdf on what a person receives: the sealed report, not the file before the seal."""

from pathlib import Path

import pikepdf
import pytest
from judges.verapdf import PDF_A_3A, PDF_UA_1, VeraPdf
from rendered_case import RenderedCase, output_of

pytestmark = [pytest.mark.office, pytest.mark.verapdf]

_MANY_CHECKS = 10_000


@pytest.mark.parametrize("profile", [PDF_A_3A, PDF_UA_1])
def test_the_sealed_report_keeps_every_rule(case: RenderedCase, verapdf: VeraPdf, profile: str) -> None:
    verdict = verapdf.judge(case.report, profile)
    assert verdict.broken == ()
    assert verdict.compliant
    assert verdict.checks > _MANY_CHECKS


def test_qpdf_finds_nothing_to_complain_of(case: RenderedCase) -> None:
    assert "No syntax or stream encoding errors found" in output_of("qpdf", "--check", case.report)


@pytest.mark.parametrize(
    ("profile", "taken_away", "clause"),
    [
        (PDF_A_3A, "/Metadata", "6.6.2.1"),
        (PDF_A_3A, "/OutputIntents", "6.2.4.3"),
        (PDF_A_3A, "/MarkInfo", "6.7.2.2"),
        (PDF_UA_1, "/Metadata", "7.1"),
        (PDF_UA_1, "/StructTreeRoot", "7.1"),
        (PDF_UA_1, "/Lang", "7.2"),
    ],
)
def test_the_judge_sees_what_is_taken_away(
    one_case: RenderedCase, verapdf: VeraPdf, tmp_path: Path, profile: str, taken_away: str, clause: str
) -> None:
    """The proof that the tests above could fail."""
    damaged = tmp_path / "damaged.pdf"
    with pikepdf.open(one_case.report) as pdf:
        del pdf.Root[taken_away]
        pdf.save(damaged)
    verdict = verapdf.judge(damaged, profile)
    assert not verdict.compliant
    assert clause in {rule.clause for rule in verdict.broken}
