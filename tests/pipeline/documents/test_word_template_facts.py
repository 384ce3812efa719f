"""Which Word templates an edition has, and the facts that stand beside each."""

import dataclasses
import shutil
from pathlib import Path

import pytest

from pipeline.documents.word_template import newest_template, word_templates
from pipeline.errors import TemplateError
from pipeline.tool.definition import Tool


@pytest.fixture
def own_tool(tool: Tool, tmp_path: Path) -> Tool:
    """The edition with Word templates that a test may change."""
    shutil.copytree(tool.folder / "word", tmp_path / "word")
    return dataclasses.replace(tool, folder=tmp_path)


def test_the_edition_has_a_report_and_the_tool(tool: Tool) -> None:
    names = [template.name for template in word_templates(tool)]
    assert {"tilsynsrapport-1", "tilsynsredskab-1"} <= set(names)
    assert names == sorted(names)
    assert newest_template(tool, "tilsynsredskab").title == "Tilsynsredskab"


def test_the_newest_version_is_the_one_with_the_highest_number(own_tool: Tool) -> None:
    word = own_tool.folder / "word"
    for version in ("2", "10"):
        shutil.copy(word / "tilsynsrapport-1.docx", word / f"tilsynsrapport-{version}.docx")
        shutil.copy(word / "tilsynsrapport-1.toml", word / f"tilsynsrapport-{version}.toml")
    assert newest_template(own_tool, "tilsynsrapport").version == 10


def test_a_file_that_word_keeps_while_it_is_open_is_no_template(own_tool: Tool) -> None:
    before = word_templates(own_tool)
    (own_tool.folder / "word" / "~$lsynsrapport-1.docx").write_bytes(b"")
    assert word_templates(own_tool) == before


def test_an_edition_without_the_document_says_where_to_put_it(own_tool: Tool) -> None:
    with pytest.raises(
        TemplateError, match=r"Udgave 2018 har ingen Word-skabelon “brev”\. Læg den i word/brev-1\.docx"
    ):
        newest_template(own_tool, "brev")


def test_a_template_without_its_facts_is_refused(own_tool: Tool) -> None:
    (own_tool.folder / "word" / "tilsynsredskab-1.toml").unlink()
    with pytest.raises(TemplateError, match=r"tilsynsredskab-1\.toml mangler ved siden af tilsynsredskab-1\.docx"):
        word_templates(own_tool)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            'title = "Rapport"\nrequired = []\nmust_be_resoned = []\n',
            "nøglen “must_be_resoned” kendes ikke. Ret navnet.",
        ),
        ("required = []\n", "“title” mangler eller er ikke en tekst."),
        ('title = "Rapport"\n', "“required” mangler eller er ikke en liste af tekster."),
        ('title = "Rapport"\nrequired = "facts"\n', "“required” mangler eller er ikke en liste af tekster."),
        ('title = "R"\nrequired = []\nmust_be_reasoned = [1]\n', "“must_be_reasoned” mangler eller er ikke en liste"),
        (
            'title = "R"\nrequired = []\nmust_be_reasoned_with_health = "a"\n',
            "“must_be_reasoned_with_health” mangler eller er ikke en liste",
        ),
        ('title = "Rapport"\nrequired = [\n', "tilsynsrapport-1.toml, slutningen: ikke gyldig TOML. Ret stedet."),
        ('title = "Rapport\nrequired = []\n', "tilsynsrapport-1.toml, linje 1: ikke gyldig TOML. Ret stedet."),
    ],
)
def test_wrong_facts_are_refused(own_tool: Tool, facts: str, words: str) -> None:
    (own_tool.folder / "word" / "tilsynsrapport-1.toml").write_text(facts, encoding="utf-8")
    with pytest.raises(TemplateError) as refused:
        word_templates(own_tool)
    assert str(refused.value).startswith("tilsynsrapport-1.toml")
    assert words in str(refused.value)


def test_the_fields_that_a_report_requires_are_fields_of_the_edition(tool: Tool) -> None:
    report = newest_template(tool, "tilsynsrapport")
    keys = [slot.split(".")[1] for slot in report.required if slot.startswith("field.")]
    assert len(keys) > 10
    demanded = (*report.must_be_reasoned, *report.must_be_reasoned_with_health)
    assert [key for key in (*keys, *demanded) if tool.find(key) is None] == []
