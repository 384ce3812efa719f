"""The judge itself: it can say no, it says where and why, and without Java it says what to install."""

from pathlib import Path

import pikepdf
import pytest
from judges.verapdf import PDF_A_3A, PDF_UA_1, NotJudged, VeraPdf
from judges.verapdf_engine import JudgeMissing, Machine, java_command

pytestmark = pytest.mark.verapdf


@pytest.fixture
def bare_pdf(tmp_path: Path) -> Path:
    """A PDF that claims nothing and is neither archivable nor accessible."""
    path = tmp_path / "bare æøå.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


@pytest.mark.parametrize(("profile", "clause"), [(PDF_A_3A, "6.6.2.1"), (PDF_UA_1, "7.1")])
def test_a_file_that_claims_nothing_is_refused_with_clause_message_and_place(
    verapdf: VeraPdf, bare_pdf: Path, profile: str, clause: str
) -> None:
    verdict = verapdf.judge(bare_pdf, profile)
    assert not verdict.compliant
    assert verdict.checks > 0
    broken = {rule.clause: rule for rule in verdict.broken}
    assert broken[clause].count == 1
    assert broken[clause].message
    assert broken[clause].context.startswith("root")


def test_a_file_that_is_no_pdf_is_not_judged_and_the_judge_goes_on(verapdf: VeraPdf, bare_pdf: Path) -> None:
    text = bare_pdf.with_suffix(".txt")
    text.write_text("ikke en PDF")
    with pytest.raises(NotJudged):
        verapdf.judge(text, PDF_A_3A)
    with pytest.raises(NotJudged):
        verapdf.judge(bare_pdf.with_name("findes-ikke.pdf"), PDF_A_3A)
    with pytest.raises(NotJudged, match="no such profile"):
        verapdf.judge(bare_pdf, "9z")
    assert not verapdf.judge(bare_pdf, PDF_A_3A).compliant


def test_without_java_the_debian_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(JudgeMissing, match="default-jdk-headless"):
        java_command(Machine(path=str(tmp_path)), tmp_path)


def test_without_jaxb_the_debian_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(JudgeMissing, match="libjaxb-java"):
        java_command(Machine(jars=tmp_path), tmp_path)
