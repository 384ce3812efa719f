"""What is kept of a field's drawing is the same for everybody, and laid together it is what the template draws."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from filled_forms import GOALS, LAW, TOOL
from flask import Flask
from werkzeug.datastructures import MultiDict

from pipeline.tool.definition import Field, Kind, Section
from webforms.design.install import LANGUAGE_COOKIE, Design
from webforms.design.page import Frame
from webforms.design.words import LANGUAGES
from webforms.inputs.base import Said, Value
from webforms.inputs.drawn import DrawnFields
from webforms.inputs.install import install_inputs
from webforms.inputs.section_form import Fill, SectionForm, section_form

OWN_WORDS = "Ottos <hemmelige> \"ord\" & 'tegn' {{ 7 }}"
LINES = "\nto linjer\n" + OWN_WORDS


@pytest.fixture(scope="module")
def design() -> Design:
    return Design(lambda: Frame("Testkommune"))


@pytest.fixture(scope="module")
def app(design: Design) -> Flask:
    app = Flask("pages")
    design.install(app)
    install_inputs(app)
    return app


@pytest.fixture(params=LANGUAGES)
def drawn_fields(request: pytest.FixtureRequest, app: Flask) -> Iterator[DrawnFields]:
    with app.test_request_context(headers={"Cookie": f"{LANGUAGE_COOKIE}={request.param}"}):
        yield DrawnFields(app.jinja_env)


def by_the_template(app: Flask, part: Any) -> str:
    module: Any = app.jinja_env.get_template(f"inputs/{part.template}.html").module
    return str(module.input(part))


def form(design: Design, section: Section, text: str = "", **more: Any) -> SectionForm:
    answers = {field.key: answer for field in section.fields if (answer := _answer(field, text))}
    return section_form(TOOL, section, LAW, design.speaker(), Fill(answers=answers, goals=GOALS, **more))


def _answer(field: Field, text: str) -> Value:
    match field.kind:
        case Kind.TEXT | Kind.LONG_TEXT if text:
            return {"text": text}
        case Kind.DATE if text:
            return {"date": "2026-06-01"}
        case Kind.CHOICE if text:
            return {"choice": field.choices[0].code, "text": text}
    return None


@pytest.mark.parametrize("section", TOOL.sections, ids=lambda section: section.key)
def test_every_field_is_drawn_as_its_template_draws_it(
    section: Section, drawn_fields: DrawnFields, app: Flask, design: Design
) -> None:
    for text in ("", "Gemmeleg", OWN_WORDS, LINES, "\ue000"):
        for part in form(design, section, text).parts:
            assert str(drawn_fields(part)) == by_the_template(app, part)


@pytest.mark.parametrize("section", TOOL.sections, ids=lambda section: section.key)
def test_faults_and_words_of_others_are_drawn_as_the_template_draws_them(
    section: Section, drawn_fields: DrawnFields, app: Flask, design: Design
) -> None:
    keys = [field.key for field in section.fields]
    beside = {key: (Said("Signe Bruun Aagaard", OWN_WORDS),) for key in keys}
    for more in ({"required": keys}, {"beside": beside}, {"locked": keys, "shown": dict.fromkeys(keys, OWN_WORDS)}):
        plain, other = form(design, section), form(design, section, **more)
        other.validate()
        for first, then in zip(plain.parts, other.parts, strict=True):
            drawn_fields(first)
            assert str(drawn_fields(then)) == by_the_template(app, then)


def test_nothing_that_somebody_wrote_is_kept(drawn_fields: DrawnFields, app: Flask, design: Design) -> None:
    for section in TOOL.sections:
        keys = [field.key for field in section.fields]
        for more in ({}, {"beside": dict.fromkeys(keys, (Said("Signe Bruun Aagaard", "hemmelige"),))}):
            for part in form(design, section, OWN_WORDS, **more).parts:
                drawn_fields(part)
    kinds = (Kind.TEXT, Kind.LONG_TEXT, Kind.DATE, Kind.CHOICE)
    assert len(drawn_fields.kept) == len([field for field in TOOL.fields if field.kind in kinds])
    for before, after in drawn_fields.kept:
        assert not any(word in before + after for word in ("hemmelige", "Aagaard", "1.6.2026"))


def test_each_choice_on_a_scale_has_its_own_drawing(drawn_fields: DrawnFields, app: Flask, design: Design) -> None:
    for section in TOOL.sections:
        scales = [field for field in section.fields if field.kind is Kind.CHOICE]
        for code, reason in ((code, reason) for reason in ("", OWN_WORDS) for code in _codes(scales)):
            typed = MultiDict({**{one.key: code for one in scales}, **{f"{one.key}.text": reason for one in scales}})
            page = section_form(TOOL, section, LAW, design.speaker(), Fill(answers={}, goals=GOALS), typed)
            for part in page.parts:
                assert str(drawn_fields(part)) == by_the_template(app, part)


def _codes(scales: Iterable[Field]) -> list[str]:
    return list(dict.fromkeys(["", *(choice.code for one in scales for choice in one.choices)]))


def test_each_language_has_its_own_drawing(app: Flask, design: Design) -> None:
    drawn_fields, pages = DrawnFields(app.jinja_env), []
    for language in (*LANGUAGES, *LANGUAGES):
        with app.test_request_context(headers={"Cookie": f"{LANGUAGE_COOKIE}={language}"}):
            pages.append("".join(str(drawn_fields(part)) for part in form(design, TOOL.sections[0]).parts))
    danish, english = pages[:2]
    assert pages[2:] == [danish, english]
    assert 'lang="en"' not in danish
    assert 'lang="en"' in english
