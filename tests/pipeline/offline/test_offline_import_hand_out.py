"""The forms of a case appear all at once or not at all, and the same case gives the same files."""

from pathlib import Path
from typing import NoReturn

import pytest
from offline_forms import Forms, MakeForms

from pipeline.documents.render import Workshop
from pipeline.errors import AnswersError, StepFailed
from pipeline.offline.come_home import import_bytes
from pipeline.offline.hand_out import ARCHIVE_COPY, EXCEL_FORM, PDF_FORM, WORD_FORM, FormFile, hand_out, hand_out_one

pytestmark = pytest.mark.office


class Broken:
    """A LibreOffice that has gone."""

    def to_pdf(self, docx: Path, pdf: Path) -> NoReturn:
        raise StepFailed("LibreOffice er væk. Prøv igen.")


def test_all_four_files_are_made_and_told_of(machines: Workshop, forms: Forms, tmp_path: Path) -> None:
    said: list[str] = []
    names = hand_out(forms.case, machines, tmp_path / "ud", only="bc", say=said.append)
    assert names == (PDF_FORM, WORD_FORM, EXCEL_FORM, ARCHIVE_COPY)
    assert {path.name for path in (tmp_path / "ud").iterdir()} == set(names)
    assert [line.split(":")[0] for line in said[:-1]] == [f"Lavet {name}" for name in names]


def test_when_a_machine_fails_nothing_stands_in_the_folder(machines: Workshop, forms: Forms, tmp_path: Path) -> None:
    broken = Workshop(machines.merger, Broken(), machines.sealer)
    with pytest.raises(StepFailed, match="LibreOffice er væk"):
        hand_out(forms.case, broken, tmp_path / "ud")
    assert list((tmp_path / "ud").iterdir()) == []


def test_older_forms_are_replaced(machines: Workshop, forms: Forms, tmp_path: Path) -> None:
    (tmp_path / WORD_FORM).write_bytes(b"gammel")
    hand_out(forms.case, machines, tmp_path, only="b")
    assert (tmp_path / WORD_FORM).read_bytes().startswith(b"PK")


def test_the_same_case_gives_the_same_files(machines: Workshop, forms: Forms, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        hand_out(forms.case, machines, tmp_path / folder, only="bc")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_an_unknown_section_is_named_and_nothing_is_made(machines: Workshop, forms: Forms, tmp_path: Path) -> None:
    with pytest.raises(AnswersError, match="Afsnit “x” findes ikke"):
        hand_out(forms.case, machines, tmp_path / "ud", only="ax")
    assert not (tmp_path / "ud").exists()


def test_a_blank_form_says_nothing_of_the_case_but_whose_it_is(forms_of: MakeForms) -> None:
    forms = forms_of("cp_skole_2", blank=True)
    for kind in ("pdf", "docx", "xlsx"):
        report = import_bytes("x", forms.files[kind], forms.case)
        assert report.passport is not None
        assert set(report.passport.base.values()) == {""}
        assert report.passport.goals == ()
        assert {one.incoming for one in report.differences} == {""}


def test_one_file_alone_is_the_same_as_among_the_others(machines: Workshop, forms: Forms, tmp_path: Path) -> None:
    out = tmp_path / "plan.xlsx"
    hand_out_one(forms.case, machines, FormFile.EXCEL, out)
    assert out.read_bytes() == forms.files["xlsx"]


def test_there_is_no_excel_of_sections_without_the_plan(machines: Workshop, forms: Forms, tmp_path: Path) -> None:
    with pytest.raises(AnswersError, match="Vælg PDF eller Word"):
        hand_out_one(forms.case, machines, FormFile.EXCEL, tmp_path / "plan.xlsx", "d")
    assert list(tmp_path.iterdir()) == []
