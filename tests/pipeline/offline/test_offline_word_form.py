"""A Word form says in its controls exactly what the slots say, and Word can live with how it says it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offline_packages import parts_of
from word_forms import control, document_of, word_form

from pipeline.cases.text_at_the_door import accept_text
from pipeline.documents.render import Workshop
from pipeline.errors import AnswersError, TemplateError
from pipeline.offline.word_controls import PLACEHOLDERS, add_controls
from pipeline.offline.word_form import read_docx
from pipeline.offline.word_xml import value_of, w
from pipeline.tool.definition import Kind
from pipeline.tool.load import EDITIONS

SAMPLES = sorted(path.stem.removeprefix("sample_") for path in (EDITIONS / "2018").glob("sample_*.json"))


def _is_accepted(text: str) -> bool:
    try:
        return accept_text(text, "") == text
    except AnswersError:
        return False


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200).filter(_is_accepted)
HOSTILE = [
    *(" foran og bag ", "  ", "\n", "\t", " \n ", "\n\nlinjer\n", "\t tab\t", "a  b   c"),
    *("_x000D_", "_x005F_x000D_", "]]>", "<w:t>&amp;</w:t>", "{{ paper.title }}", "{% raw %}", "x" * 20_000),
    *("a\u00adb\u2011c\u00a0d", "\u2028\u2029\x85", "\u202e\u200b", "👩‍👩‍👧 שלום", "\U0010ffff", "Skriv her"),
]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_slot_of_every_case_comes_back_exactly(machines: Workshop, name: str) -> None:
    form = word_form(machines, name)
    assert read_docx(form.data) == (form.passport, form.held)


def test_a_blank_form_says_nothing(machines: Workshop) -> None:
    form = word_form(machines, "cp_skole_2", blank=True)
    _, answers = read_docx(form.data)
    assert answers == dict.fromkeys(form.held, "")


def test_a_half_filled_form_holds_only_its_sections(machines: Workshop) -> None:
    form = word_form(machines, "cp_skole_2", only="ab")
    _, answers = read_docx(form.data)
    assert answers == form.held
    assert len(answers) < len(word_form(machines, "cp_skole_2").held) / 2


def test_the_same_case_gives_the_same_bytes(machines: Workshop) -> None:
    assert word_form(machines, "cp_skole_2").data == word_form(machines, "cp_skole_2").data


def test_hostile_texts_come_back_exactly(machines: Workshop) -> None:
    form = word_form(machines, "cp_skole_2", texts=HOSTILE)
    assert read_docx(form.data)[1] == form.held


@settings(deadline=None, max_examples=40)
@given(st.lists(TEXTS, min_size=1, max_size=30))
def test_any_text_that_is_accepted_comes_back_exactly(machines: Workshop, texts: list[str]) -> None:
    form = word_form(machines, "cp_skole_2", only="a", texts=texts)
    assert read_docx(form.data)[1] == form.held


def test_controls_cannot_be_deleted_and_are_within_words_limits(machines: Workshop) -> None:
    form = word_form(machines, "cp_skole_2")
    controls = list(document_of(form.data).iter(w("sdtPr")))
    assert len(controls) == len(form.slots)
    for slot, facts in zip(form.slots, controls, strict=True):
        said = {child.tag: value_of(child) for child in facts}
        assert said[w("tag")] == slot.name
        assert len(said[w("tag")]) <= 64
        assert len(said[w("alias")]) <= 64
        assert said[w("lock")] == "sdtLocked"
        assert w("text") not in said, "LibreOffice 7.4 drops the line breaks of a plain text control"
    assert len({value_of(facts.find(w("id"))) for facts in controls}) == len(controls)


def test_every_bookmark_has_a_name_that_word_allows(machines: Workshop) -> None:
    document = document_of(word_form(machines, "cp_skole_2").data)
    names = [mark.get(w("name"), "") for mark in document.iter(w("bookmarkStart"))]
    assert len(set(names)) == len(names)
    assert all(name.isascii() and name.replace("_", "").isalnum() and len(name) <= 40 for name in names)


def test_a_choice_is_a_list_of_labels_that_can_be_taken_back(machines: Workshop) -> None:
    form = word_form(machines, "cp_skole_2")
    slot = next(slot for slot in form.slots if slot.kind is Kind.CHOICE)
    lines = control(document_of(form.data), slot.name).findall(f"{w('sdtPr')}/{w('dropDownList')}/{w('listItem')}")
    offered = [(line.get(w("displayText")), line.get(w("value"))) for line in lines]
    assert offered == [
        (PLACEHOLDERS[Kind.CHOICE], ""),
        *((choice.label, choice.code) for choice in slot.choices),
    ]


def test_the_boxes_grow_and_the_text_is_danish(machines: Workshop) -> None:
    found = parts_of(word_form(machines, "cp_skole_2").data)
    styles = found["word/styles.xml"].decode()
    box = styles[styles.index('w:styleId="Svarfelt"') :].partition("</w:style>")[0]
    assert 'w:lineRule="auto"' in box
    assert "pBdr" not in box, "LibreOffice 7.4 does not tag a paragraph with a border"
    assert '<w:lang w:val="da-DK"' in styles


def test_a_template_with_other_boxes_than_slots_is_refused(machines: Workshop) -> None:
    form = word_form(machines, "cp_skole_2", only="a")
    with pytest.raises(TemplateError, match="har 0 felter, men der skal være"):
        add_controls(document_of(form.data), form.slots)
