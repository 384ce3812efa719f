"""`tilsyn form` and `tilsyn import`: forms out, and what came home in plain Danish lines with an honest exit code."""

import io
import json
import os
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from pipeline.tool.load import EDITIONS
from webforms.cli import tilsyn
from webforms.danish_cli import run

pytestmark = pytest.mark.office
CASE = EDITIONS / "2018" / "sample_cp_skole_2.json"
OTHER_CASE = EDITIONS / "2018" / "sample_autisme_skole_2.json"
NAMES = ["tids-og-faseplan.xlsx", "tilsynsredskab-arkiv.pdf", "tilsynsredskab-udfyld.docx", "tilsynsredskab.pdf"]


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("HJEMMETILSYN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HJEMMETILSYN_HOME", str(tmp_path / "hjem"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("formularer")
    assert run(tilsyn, ["form", str(CASE), "--out", str(folder)]) == 0
    return folder


def written(form: Path, target: Path, name: str, words: str) -> str:
    """The PDF with words in one field."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(form.read_bytes())))
    for page in writer.pages:
        for note in page.get("/Annots", []):
            if note.get_object().get("/T") == name:
                note.get_object()[NameObject("/V")] = TextStringObject(words)
    writer.write(target)
    return str(target)


def test_the_four_files_are_made_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tilsyn, ["form", str(CASE), "--out", str(tmp_path / "ud"), "--sections", "bc", "--blank"]) == 0
    assert sorted(path.name for path in (tmp_path / "ud").iterdir()) == NAMES
    said = capsys.readouterr().out
    assert all(f"Lavet {name}:" in said for name in NAMES)
    assert "Færdig." in said


def test_no_seal_is_started_for_a_form_and_nothing_is_said_on_the_stream_of_errors(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(tilsyn, ["form", str(CASE), "--out", str(tmp_path / "ud"), "--sections", "b"]) == 0
    assert capfd.readouterr().err == ""
    assert not (tmp_path / "hjem").exists()


def test_an_unknown_section_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tilsyn, ["form", str(CASE), "--out", str(tmp_path / "ud"), "--sections", "az"]) == 1
    assert "Afsnit “z” findes ikke. Vælg blandt a, b, c" in capsys.readouterr().err
    assert not (tmp_path / "ud").exists()


def test_forms_are_not_put_beside_a_finished_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    finished = tmp_path / "sag"
    finished.mkdir()
    (finished / "manifest.json").write_text("{}")
    assert run(tilsyn, ["form", str(CASE), "--out", str(finished)]) == 1
    assert "Vælg en anden mappe" in capsys.readouterr().err
    assert [path.name for path in finished.iterdir()] == ["manifest.json"]


@pytest.mark.parametrize("name", [name for name in NAMES if "arkiv" not in name])
def test_an_untouched_form_is_read_with_nothing_to_see(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tilsyn, ["import", str(folder / name), "--base", str(CASE)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 2
    assert said[0].endswith("nyt svar: 0, ændret: 0, ændret begge steder: 0, kan ikke læses: 0")
    assert said[1] == "Intet er skrevet ind i sagen."


def test_a_changed_field_is_a_line_and_nothing_of_it_moves_the_cursor(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = written(folder / NAMES[3], tmp_path / "x.pdf", "theme_health", "Astma\n\x9b2J " + "x" * 200)
    assert run(tilsyn, ["import", form, "--base", str(CASE)]) == 0
    line = capsys.readouterr().out.splitlines()[0]
    assert line.startswith("ændret: Sundhedsforhold: ")
    assert "“Astma  2J xxx" in line
    assert line.endswith("…”")
    assert line.isprintable()


def test_a_field_that_cannot_be_read_ends_with_1_and_says_why(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = written(folder / NAMES[3], tmp_path / "x.pdf", "visit_date", "i går")
    assert run(tilsyn, ["import", form, "--base", str(CASE)]) == 1
    said = capsys.readouterr().out
    assert "kan ikke læses: " in said
    assert "“i går” er ikke en dato. Skriv den som 31.03.2026." in said


def test_words_outside_the_fields_have_a_line_each(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = load_workbook(folder / NAMES[0], rich_text=True)
    sheet = book.worksheets[0]
    sheet["N8"], sheet["A1"] = "husk briller\x85" + "x" * 500, "Vores plan"
    book.save(tmp_path / "plan.xlsx")
    assert run(tilsyn, ["import", str(tmp_path / "plan.xlsx"), "--base", str(CASE)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("kan ikke læses: Tekst uden for felterne. Se, om noget af det hører til")
    assert said[1] == "  Tids- og faseplan, række 1: Vores plan"
    assert said[2].startswith("  Tids- og faseplan, N8: husk briller")
    assert said[-2].endswith("kan ikke læses: 1")


def test_the_report_can_be_had_as_json(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = written(folder / NAMES[3], tmp_path / "x.pdf", "theme_health", "Astma")
    assert run(tilsyn, ["import", form, "--base", str(CASE), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["kind"] == "form"
    assert [one["incoming"] for one in told["fields"] if one["status"] == "changed"] == ["Astma"]


@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_what_is_no_form_is_an_attachment_and_ends_with_2(
    flags: list[str], folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "foto.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    assert run(tilsyn, ["import", str(picture), "--base", str(CASE), *flags]) == 2
    assert "gem den som bilag" in capsys.readouterr().out
    letter = EDITIONS / "2018" / "word" / "tilsynsrapport-1.docx"
    for other in (folder / NAMES[1], letter):
        assert run(tilsyn, ["import", str(other), "--base", str(CASE), *flags]) == 2
        assert "Gem den som bilag" in capsys.readouterr().out


def test_a_form_of_another_case_is_refused_with_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tilsyn, ["import", str(folder / NAMES[3]), "--base", str(OTHER_CASE)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Fejl: Formularen hører ikke til denne sag.")


def test_a_file_that_is_not_there_is_refused_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tilsyn, ["import", str(tmp_path / "væk.pdf"), "--base", str(CASE)]) == 2
    assert "“væk.pdf” findes ikke" in capsys.readouterr().err
