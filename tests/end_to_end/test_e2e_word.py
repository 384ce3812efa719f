"""The Word files as python-docx and a screen reader's settings meet them."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from rendered_case import REPORT_WORD, TOOL_WORD, RenderedCase

pytestmark = pytest.mark.office


@pytest.fixture(params=[REPORT_WORD, TOOL_WORD])
def word(request: pytest.FixtureRequest, case: RenderedCase) -> WordDocument:
    return Document(str(case.folder / request.param))


def test_the_language_is_danish_everywhere(word: WordDocument) -> None:
    defaults = word.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    assert defaults is not None
    others = [lang for root in (word.element, word.styles.element) for lang in root.iter(qn("w:lang"))]
    assert {lang.get(qn("w:val")) for lang in (defaults, *others)} == {"da-DK"}
    assert word.core_properties.language == "da-DK"


def test_title_and_headings_are_styles_in_steps_of_one(word: WordDocument) -> None:
    styles = [paragraph.style.name for paragraph in _paragraphs(word) if paragraph.style is not None]
    levels = [int(name[-1]) for name in styles if re.fullmatch(r"Heading \d", name or "")]
    assert styles.count("Title") == 1
    assert levels.count(1) >= 10
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_heading_and_no_question_is_empty(word: WordDocument) -> None:
    labels = [p for p in _paragraphs(word) if p.style is not None and (p.style.name or "").startswith(("Head", "Spør"))]
    assert len(labels) > 20
    assert all(label.text.strip() for label in labels)


def test_every_table_repeats_its_first_row_and_no_cell_of_it_is_empty(word: WordDocument) -> None:
    assert len(word.tables) >= 5
    for table in word.tables:
        head, *rest = table.rows
        assert head._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(cell.text.strip() for cell in head.cells)
        assert rest


def test_title_and_municipality_stand_in_the_properties(case: RenderedCase, word: WordDocument) -> None:
    properties = word.core_properties
    assert properties.title.startswith("Tilsyns")
    assert properties.author == case.answers.municipality.name
    assert properties.created is not None
    assert properties.created.date() == case.answers.document_date


def _paragraphs(word: WordDocument) -> Iterator[Paragraph]:
    """Those in tables too."""
    for element in word.element.body.iter(qn("w:p")):
        yield Paragraph(element, word._body)
