"""A report is condensed before it is validated, and still every fault that the validator knows is refused by name."""

from datetime import UTC, datetime
from pathlib import Path

import page
import pikepdf
import pytest
from expected_rules import RULES
from report_faults import BYTE_FAULTS, FAULTS, saved

from pipeline.documents.finish.archivable import DocumentFacts, make_archivable
from pipeline.documents.finish.plain_content import NotPlain, condensed
from pipeline.documents.finish.plain_report import condensed_report
from pipeline.documents.finish.validated import VALIDATOR, require_report_profiles
from pipeline.errors import StepFailed

pytestmark = pytest.mark.office

_ALL = (*FAULTS, *BYTE_FAULTS)
_JUDGED_WHOLE = {"PDF/A-3a": VALIDATOR, "PDF/UA-1": VALIDATOR}


def damaged(finished: Path, fault: str, folder: Path) -> Path:
    path = folder / "damaged.pdf"
    if fault in BYTE_FAULTS:
        path.write_bytes(BYTE_FAULTS[fault](finished.read_bytes()))
        return path
    with pikepdf.open(finished) as pdf:
        FAULTS[fault](pdf)
        saved(pdf, path)
    return path


def test_a_good_report_is_condensed_and_keeps_both_profiles(finished: Path) -> None:
    judges = require_report_profiles(finished)

    assert set(judges) == {"PDF/A-3a", "PDF/UA-1"}
    assert set(judges.values()) == {f"{VALIDATOR} og pipeline.documents.finish"}


def test_a_letter_with_nothing_attached_is_as_plain(converted: Path, tmp_path: Path) -> None:
    letter = tmp_path / "brev.pdf"
    make_archivable(
        converted, letter, DocumentFacts("Brev", "Tilsyn", "Testkommune", datetime(2026, 5, 6, tzinfo=UTC)), []
    )

    assert set(require_report_profiles(letter).values()) == {f"{VALIDATOR} og pipeline.documents.finish"}
    assert page.is_pdf_compliant(letter, profile="PDF/A-3A")


def test_a_file_that_is_embedded_but_not_attached_is_not_plain(finished: Path, tmp_path: Path) -> None:
    hidden = tmp_path / "skjult.pdf"
    with pikepdf.open(finished) as pdf:
        pdf.Root.Metadata["/Held"] = pdf.Root.AF[0]
        del pdf.Root["/AF"], pdf.Root["/Names"]
        saved(pdf, hidden)
    with pytest.raises(NotPlain):
        condensed_report(hidden)


def test_the_validator_itself_says_the_same_of_the_whole_report(finished: Path) -> None:
    assert page.is_pdf_compliant(finished, profile="PDF/A-3A")
    assert page.is_pdf_compliant(finished, profile="PDF/UA-1")


def test_a_condensed_report_differs_from_it_only_in_what_is_drawn_attached_and_in_the_metadata(
    finished: Path, tmp_path: Path
) -> None:
    twin = tmp_path / "twin.pdf"
    twin.write_bytes(condensed_report(finished))

    with pikepdf.open(finished) as whole, pikepdf.open(twin) as short:
        other = {page.obj.Contents.objgen for page in whole.pages} | {whole.Root.Metadata.objgen}
        other |= {whole.Root.AF[0].EF.F.objgen}
        assert as_bytes(whole, other) == as_bytes(short, other)
        assert all(len(page.obj.Contents.read_bytes()) < 1000 for page in short.pages)
        assert not short.check_pdf_syntax()


def as_bytes(pdf: pikepdf.Pdf, other: set[tuple[int, int]]) -> list[tuple[bytes, bytes]]:
    """Every object as it is written, and what streams hold but for those that may be other ones."""
    return [
        (
            each.unparse(resolved=True),
            each.read_raw_bytes() if isinstance(each, pikepdf.Stream) and each.objgen not in other else b"",
        )
        for each in pdf.objects
        if isinstance(each, pikepdf.Object)
    ]


def test_a_condensed_report_shows_every_glyph_that_the_report_shows(finished: Path) -> None:
    with pikepdf.open(finished) as pdf:
        contents = [page.obj.Contents.read_bytes() for page in pdf.pages]

    assert glyphs([condensed(contents)]) == glyphs(contents)


def glyphs(contents: list[bytes]) -> set[tuple[str, int]]:
    """Fonts and codes, as pikepdf takes a page's content apart."""
    shown, font = set(), ""
    for content in contents:
        with pikepdf.new() as pdf:
            for each in pikepdf.parse_content_stream(pdf.make_stream(content)):
                operands = each.operands
                match str(each.operator):
                    case "Tf":
                        font = str(operands[0])
                    case "Tj":
                        shown |= {(font, code) for code in bytes(operands[0])}
                    case "TJ":
                        texts = [text for text in operands[0] if isinstance(text, pikepdf.String)]
                        shown |= {(font, code) for text in texts for code in bytes(text)}
    return shown


@pytest.mark.parametrize("fault", RULES)
def test_a_fault_is_refused_with_its_rule(finished: Path, fault: str, tmp_path: Path) -> None:
    with pytest.raises(StepFailed) as refusal:
        require_report_profiles(damaged(finished, fault, tmp_path))

    assert refusal.value.permanent
    assert RULES[fault] in str(refusal.value)


@pytest.mark.parametrize("change", [name for name in _ALL if name not in RULES])
def test_what_breaks_no_rule_is_not_refused(finished: Path, change: str, tmp_path: Path) -> None:
    assert set(require_report_profiles(damaged(finished, change, tmp_path))) == set(_JUDGED_WHOLE)


@pytest.mark.parametrize("change", ["picture see-through", "keywords only outside", "another title"])
def test_a_report_that_is_not_plain_is_judged_whole(finished: Path, change: str, tmp_path: Path) -> None:
    changed = damaged(finished, change, tmp_path)

    with pytest.raises(NotPlain):
        condensed_report(changed)
    assert require_report_profiles(changed) == _JUDGED_WHOLE


def test_there_are_faults_of_every_kind() -> None:
    assert set(RULES) <= set(_ALL)
    assert len(RULES) > 100
    assert {rule.partition("-")[0] for rule in RULES.values()} == {"PDFA3A", "PDFUA1", "ParseError"}
