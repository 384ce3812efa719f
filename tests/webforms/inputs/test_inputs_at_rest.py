"""A page that nobody has typed on is drawn without inputs, and is the very page that its form would be."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from filled_forms import GOALS, LAW, TOOL, section
from flask import Flask, render_template_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.tool.definition import Field, Kind, Section
from webforms.design.install import LANGUAGE_COOKIE, Design
from webforms.design.page import Frame
from webforms.design.words import LANGUAGES
from webforms.inputs.at_rest import AtRest
from webforms.inputs.base import Said, Value
from webforms.inputs.install import install_inputs
from webforms.inputs.section_form import Fill, section_form
from webforms.inputs.section_page import Drawable, section_page

PAGE = """{% from "inputs/section.html" import section_head, section_fields, hidden_fields %}
{{ section_head(form) }}{{ hidden_fields(form, "t") }}{{ section_fields(form) }}"""
OWN_WORDS = "Ottos <hemmelige> \"ord\" & 'tegn' {{ 7 }}"
TEXTS = ("", "   ", "Gemmeleg", OWN_WORDS, "\nto linjer\n" + OWN_WORDS)
SIMPLE = (Kind.TEXT, Kind.LONG_TEXT, Kind.DATE, Kind.CHOICE)
# What the case's door lets in.
WRITTEN = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t <>&\"'{}%\ue000"),
    max_size=40,
)
A_SAID = (Said("Signe Bruun Aagaard", OWN_WORDS),)


@pytest.fixture(scope="module")
def design() -> Design:
    return Design(lambda: Frame("Testkommune"))


@pytest.fixture(params=LANGUAGES)
def app(request: pytest.FixtureRequest, design: Design) -> Iterator[Flask]:
    app = Flask("pages")
    design.install(app)
    install_inputs(app)
    with app.test_request_context(headers={"Cookie": f"{LANGUAGE_COOKIE}={request.param}"}):
        yield app


def drawn(form: Drawable) -> str:
    return render_template_string(PAGE, form=form)


def both(design: Design, asked: Section, fill: Fill) -> tuple[Drawable, Drawable]:
    """The page, and the form of the same section with the same answers."""
    given = TOOL, asked, LAW, design.speaker(), fill
    return section_page(*given), section_form(*given)


def answers_of(asked: Section, text: str) -> dict[str, Value]:
    return {field.key: answer for field in asked.fields if (answer := _answer(field, text))}


def _answer(field: Field, text: str) -> Value:
    match field.kind:
        case Kind.TEXT | Kind.LONG_TEXT if text:
            return {"text": text}
        case Kind.DATE if text:
            return {"date": "2026-06-01"}
        case Kind.CHOICE if text:
            return {"choice": field.choices[-1].code, "text": text}
    return None


@pytest.mark.parametrize("asked", TOOL.sections, ids=lambda section: section.key)
def test_a_page_at_rest_is_the_page_of_its_form(asked: Section, app: Flask, design: Design) -> None:
    for text in TEXTS:
        stored = answers_of(asked, text)
        fill = Fill(answers=stored, goals=GOALS, based_on=dict.fromkeys(stored, 7))
        page, form = both(design, asked, fill)
        assert drawn(page) == drawn(form)
        assert (page.blank, page.revisions) == (form.blank, form.revisions)


@pytest.mark.parametrize("asked", TOOL.sections, ids=lambda section: section.key)
def test_so_it_is_with_words_of_others_and_with_what_cannot_be_written(
    asked: Section, app: Flask, design: Design
) -> None:
    keys = [field.key for field in asked.fields]
    usual = Fill(answers=answers_of(asked, OWN_WORDS), goals=GOALS)
    for fill in (
        replace(usual, beside=dict.fromkeys(keys, A_SAID)),
        replace(usual, beside=dict.fromkeys(keys[:1], A_SAID)),
        replace(usual, locked=keys, shown=dict.fromkeys(keys, OWN_WORDS)),
        replace(usual, hidden=keys[::2]),
    ):
        page, form = both(design, asked, fill)
        assert drawn(page) == drawn(form)
        assert page.blank == form.blank


def test_every_simple_field_of_the_tool_rests(design: Design, app: Flask) -> None:
    for asked in TOOL.sections:
        page, _ = both(design, asked, Fill(answers=answers_of(asked, "Gemmeleg"), goals=GOALS))
        resting = {part.asked.key for part in page.parts if isinstance(part, AtRest)}
        assert resting == {field.key for field in asked.fields if field.kind in SIMPLE}


def test_a_choice_that_is_no_longer_on_its_scale_is_drawn_by_its_form(design: Design, app: Flask) -> None:
    stored: dict[str, Value] = {"training_extent": {"choice": "udgået", "text": OWN_WORDS}}
    page, form = both(design, section("a"), Fill(answers=stored))
    assert drawn(page) == drawn(form)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WRITTEN)
def test_whatever_was_written_is_escaped_as_its_form_escapes_it(app: Flask, design: Design, text: str) -> None:
    stored: dict[str, Value] = {
        "child_name": {"text": text},
        "siblings": {"text": text},
        "training_extent": {"choice": "full_time", "text": text},
    }
    page, form = both(design, section("a"), Fill(answers=stored))
    assert drawn(page) == drawn(form)
