"""The letters of a hearing: which templates there are, what they must hold, and that no contact stands in them."""

import dataclasses
import shutil
from pathlib import Path

import pytest
from docx import Document

from pipeline.documents.contents.report_parts import PART_TITLES
from pipeline.documents.letters import LETTERS, letters, newest_letter
from pipeline.documents.merge.merger import Merger
from pipeline.documents.word_template import WordTemplate, newest_template
from pipeline.errors import TemplateError
from pipeline.tool.definition import Tool

FORBIDDEN = ("cpr", "address", "phone", "email")
# Headings of the report that are no part to remark on: the rules, the names, and what comes next.
NO_PART = {"Regler, som tilsynet bygger på", "Hvem har bidraget", "Hvad sker der nu?"}


def test_every_letter_is_in_order(tool: Tool) -> None:
    with Merger() as merger:
        for letter in letters():
            merger.check(letter, tool)
    assert {letter.kind for letter in letters()} >= {"hoeringsbrev", "hoeringssvar", "hoering_barn"}


def test_a_letter_that_lacks_its_deadline_is_refused(tool: Tool, tmp_path: Path) -> None:
    own = tmp_path / "breve"
    shutil.copytree(LETTERS, own)
    letter = newest_letter("hoeringsbrev", own)
    without = dataclasses.replace(letter, required=(*letter.required, "deadline.day"))
    with Merger() as merger, pytest.raises(TemplateError, match=r"deadline\.day"):
        merger.check(without, tool)


def test_the_newest_version_is_the_folder_with_the_highest_number(tmp_path: Path) -> None:
    own = tmp_path / "breve"
    shutil.copytree(LETTERS, own)
    for version in ("2", "10"):
        shutil.copytree(own / "hoeringsbrev" / "1", own / "hoeringsbrev" / version)
    assert newest_letter("hoeringsbrev", own).version == 10


def test_a_letter_that_is_not_there_says_where_to_put_it(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"Læg den i breve/rykker/1/rykker\.docx"):
        newest_letter("rykker", tmp_path)


@pytest.mark.parametrize("letter", letters(), ids=lambda letter: letter.name)
def test_no_letter_has_a_place_for_contact_or_numbers_of_the_family(letter: WordTemplate) -> None:

    words = "\n".join(
        paragraph.text for paragraph in Document(str(letter.path)).element.body.iter() if paragraph.text
    ).lower()
    assert [name for name in FORBIDDEN if f".{name}" in words] == []


def test_the_parts_of_the_report_are_the_headings_of_its_word_document(tool: Tool) -> None:
    report = Document(str(newest_template(tool, "tilsynsrapport").path))
    headings = [p.text for p in report.paragraphs if p.style and p.style.name == "Heading 1"]
    assert [heading for heading in headings if heading not in NO_PART] == list(PART_TITLES.values())
