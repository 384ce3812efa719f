"""An answer from right to left stands in a paragraph from right to left; all else is left as it was."""

import io
import sys
import unicodedata

import docx
import pytest
from docx.oxml.ns import qn
from whole_case import KINDS, merged, numbered

from pipeline.documents.merge.direction import has_letters_from_right, with_directions
from pipeline.documents.merge.merger import Merger

ARABIC, HEBREW = "السلام عليكم، طفل (5)", "5 × שלום, Aksel"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _body(paragraphs: str) -> str:
    return with_directions(f'<w:body xmlns:w="{_W}">{paragraphs}</w:body>'.encode()).decode()


@pytest.mark.parametrize("words", [ARABIC, HEBREW])
def test_a_paragraph_takes_the_direction_of_its_first_letter(words: str) -> None:
    assert f"<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>{words}</w:t></w:r></w:p>" in _body(
        f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    )


@pytest.mark.parametrize("words", ["Han siger שלום", "(5) + 7", "", "æ ø å"])
def test_a_paragraph_that_begins_otherwise_is_left_alone(words: str) -> None:
    assert "w:bidi" not in _body(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")


def test_the_marks_stand_where_word_wants_them_and_once() -> None:
    before = (
        f'<w:p><w:pPr><w:pStyle w:val="A"/><w:spacing w:after="1"/><w:rPr><w:b/></w:rPr></w:pPr>'
        f'<w:r><w:rPr><w:b/><w:lang w:val="da-DK"/></w:rPr><w:t>{ARABIC}</w:t></w:r></w:p>'
    )
    once = _body(before)
    assert '<w:pStyle w:val="A"/><w:bidi/><w:spacing' in once
    assert '<w:b/><w:rtl/><w:lang w:val="da-DK"/>' in once
    assert with_directions(once.encode()).decode() == once


def test_a_danish_word_in_the_answer_keeps_its_own_direction() -> None:
    xml = _body(f"<w:p><w:r><w:t>{ARABIC}</w:t></w:r><w:r><w:t>Aksel</w:t></w:r></w:p>")
    assert xml.count("<w:rtl/>") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_only_answers_from_right_to_left_change_a_document(merger: Merger, kind: str) -> None:
    arabic = docx.Document(io.BytesIO(merged(merger, kind, numbered(0, lambda n: f"{ARABIC} {n}"))))
    found = [p for p in arabic.element.body.iter(qn("w:p")) if p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None]
    assert len(found) > 10
    assert all("السلام" in "".join(t.text or "" for t in p.iter(qn("w:t"))) for p in found)

    danish = docx.Document(io.BytesIO(merged(merger, kind, numbered(0, lambda n: f"svar {n}"))))
    assert not list(danish.element.body.iter(qn("w:bidi")))


def test_the_quick_look_sees_every_letter_from_right_to_left() -> None:

    missed = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.bidirectional(chr(code)) in ("R", "AL")
        and not has_letters_from_right(chr(code).encode("utf-8", "replace"))
    ]
    assert missed == ["0x200f"]  # a mark, not a letter
