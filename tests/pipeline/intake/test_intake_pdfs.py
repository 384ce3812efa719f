"""A PDF stays byte for byte unless something in it acts or hides; what is taken out leaves the words alone."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from fixtures.uploads import pdfs, pictures
from inbox import kept

from pipeline.intake.accepted import Change
from pipeline.intake.refusals import FileRefused, Reason


@pytest.mark.parametrize(
    "make",
    [pdfs.pdf, pdfs.scan, lambda: pdfs.pdf(pdfs.text_form), lambda: pdfs.pdf(pdfs.opening_at_a_page)],
    ids=["words", "scan", "form", "opens at a page"],
)
def test_an_ordinary_pdf_stays_byte_for_byte(make: Callable[[], bytes], tmp_path: Path) -> None:
    sent = make()
    accepted, data = kept(lambda: sent, tmp_path)

    assert data == sent
    assert accepted.what_was_changed == ()


def test_a_form_loses_its_program_and_keeps_its_answers(tmp_path: Path) -> None:
    accepted, data = kept(lambda: pdfs.pdf(pdfs.form_with_script), tmp_path)

    assert accepted.what_was_changed == (Change.DEACTIVATED,)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        assert str(field.V) == "Opdigtet Person"
        assert "/AA" not in field
        assert b"Opdigtet side 0" in pdf.pages[0].Contents.read_bytes()


def test_a_protected_pdf_that_opens_without_a_password_is_unlocked(tmp_path: Path) -> None:
    accepted, data = kept(lambda: pdfs.locked(""), tmp_path)

    assert accepted.what_was_changed == (Change.UNLOCKED,)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not pdf.is_encrypted


def test_a_locked_pdf_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="fjern adgangskoden") as refused:
        kept(lambda: pdfs.locked("hemmelig"), tmp_path)

    assert refused.value.reason is Reason.PASSWORD


def test_a_signed_pdf_with_a_program_is_refused_and_not_spoilt(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="underskrevet"):
        kept(lambda: pdfs.pdf(pdfs.signed_with_script), tmp_path)


def test_a_photo_in_a_pdf_loses_its_place_and_no_pixel(tmp_path: Path) -> None:
    accepted, data = kept(lambda: pdfs.scan(as_photo=True), tmp_path)

    assert accepted.what_was_changed == (Change.POSITION_BLANKED,)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        raw = pdf.pages[0].Resources.XObject.Im1.read_raw_bytes()
    photo = pictures.photo(800, 800, 6)
    assert pictures.PLACE_IN_WORDS.encode() not in raw
    assert raw[raw.index(b"\xff\xda") :] == photo[photo.index(b"\xff\xda") :]


def test_words_behind_the_end_are_left_behind(tmp_path: Path) -> None:
    accepted, data = kept(lambda: pdfs.pdf() + b"<script>", tmp_path)

    assert accepted.what_was_changed == (Change.WRITTEN_ANEW,)
    assert b"<script>" not in data
