"""The official words are explained in English, all of them, without touching the published edition."""

import shutil
from pathlib import Path

import pytest

from pipeline.errors import DefinitionError
from pipeline.tool.load import EDITIONS, editions, load_tool
from webforms.inputs.english import FILE, NO_ENGLISH, english_of, unexplained


@pytest.mark.parametrize("edition", editions())
def test_every_field_of_every_edition_is_explained(edition: str) -> None:
    tool = load_tool(edition)
    assert unexplained(tool, english_of(tool.folder)) == ()


def test_an_explanation_that_is_missing_or_too_many_is_found(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EDITIONS / "2018", tmp_path / "2018"))
    text = (folder / FILE).read_text(encoding="utf-8")
    text = text.replace("[field.email]", "[field.e_mail]").replace('"How does the child eat?",\n', "")
    (folder / FILE).write_text(text, encoding="utf-8")
    assert unexplained(load_tool("2018"), english_of(folder)) == ("e_mail", "email", "theme_health")


def test_an_edition_without_the_file_has_no_explanations(tmp_path: Path) -> None:
    assert english_of(tmp_path) is NO_ENGLISH


@pytest.mark.parametrize(("written", "told"), [("[a", "ikke gyldig TOML"), ("[field.a]\nlable = 'x'\n", "“lable” ken")])
def test_a_broken_file_is_refused(written: str, told: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(written, encoding="utf-8")
    with pytest.raises(DefinitionError, match=told):
        english_of(tmp_path)
