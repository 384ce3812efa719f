"""A PDF that lacks rows, cells or paragraphs of its Word document is not let through."""

import subprocess
from pathlib import Path

import docx
import pytest

from pipeline.documents.convert.nothing_lost import Pieces, pieces_of_word, require_all
from pipeline.documents.convert.office import Office
from pipeline.documents.convert.package_check import check_package
from pipeline.errors import StepFailed

_LOSES_ROWS = Path(__file__).resolve().parents[3] / "fixtures/tabte_raekker.docx"
_IN_A_LOST_ROW = "15. november 2024"


@pytest.fixture
def word(tmp_path: Path) -> Path:
    """A table of three rows between two paragraphs with text and two without."""
    document = docx.Document()
    document.add_paragraph("Først & fremmest")
    document.add_paragraph("")
    table = document.add_table(3, 2)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "ord"
    table.rows[2].cells[1].text = " "
    document.add_paragraph("Til sidst")
    path = tmp_path / "ord.docx"
    document.save(str(path))
    return path


def test_a_word_document_is_counted(word: Path) -> None:
    assert check_package(word) == Pieces(rows=3, cells=6, paragraphs=7)


def test_text_that_shows_nothing_is_not_counted() -> None:
    empty = "<w:p><w:r><w:t xml:space='preserve'> </w:t></w:r></w:p><w:p/><w:p><w:r><w:tab/></w:r></w:p>"
    body = f"{empty}<w:p><w:r><w:t>æ</w:t></w:r></w:p>".encode()
    assert pieces_of_word(body) == Pieces(paragraphs=1)


def test_a_text_box_is_counted_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>i boksen</w:t></w:r></w:p></w:txbxContent>"
    body = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert pieces_of_word(body.encode()) == Pieces(paragraphs=1)


@pytest.mark.office
def test_what_libreoffice_makes_holds_all_of_it_and_less_is_refused(word: Path, tmp_path: Path) -> None:
    given, pdf = check_package(word), tmp_path / "ord.pdf"
    office = Office(2 * 1024**3)
    try:
        office.convert(word, pdf, 60, given)
        with pytest.raises(StepFailed, match="udeladt") as refused:
            office.convert(word, tmp_path / "mere.pdf", 60, Pieces(given.rows + 1, given.cells, given.paragraphs))
    finally:
        office.end()

    made = pdf.read_bytes()
    assert refused.value.permanent
    assert not (tmp_path / "mere.pdf").exists()
    for element in (b"/S/TR\n", b"/S/TD\n"):
        with pytest.raises(StepFailed, match="udeladt"):
            require_all(given, made.replace(element, b"/S/Div\n", 1))
    with pytest.raises(StepFailed, match="udeladt"):  # it tags the two without text as well
        require_all(given, made.replace(b"/S/Standard\n", b"/S/Div\n", 3))


@pytest.mark.office
def test_a_table_whose_rows_libreoffice_leaves_out_is_refused(tmp_path: Path) -> None:
    """A fictional report made with an earlier template: LibreOffice 7.4 loses four rows of it, a later one may not."""
    unheld, pdf = tmp_path / "uden_kontrol.pdf", tmp_path / "rapport.pdf"
    office, refusal = Office(2 * 1024**3), ""
    try:
        office.convert(_LOSES_ROWS, unheld, 60, Pieces())
        office.convert(_LOSES_ROWS, pdf, 60, check_package(_LOSES_ROWS))
    except StepFailed as refused:
        refusal = str(refused)
    finally:
        office.end()

    text = subprocess.run(("pdftotext", unheld, "-"), check=True, capture_output=True, text=True).stdout
    assert ("udeladt en del af teksten" in refusal) is (_IN_A_LOST_ROW not in text)
    assert pdf.exists() is not bool(refusal)
