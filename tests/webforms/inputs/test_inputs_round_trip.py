"""A page that nobody touched says the same when it is sent, whatever the answers hold."""

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from filled_forms import GOALS, LAW, TOOL, form, is_parsed, post, section, sent_by_a_browser
from flask import Flask, render_template_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.cases.read_answers import read_answers_file
from pipeline.tool.definition import FilledBy
from pipeline.tool.load import EDITIONS
from webforms.design.install import Design
from webforms.design.page import Frame
from webforms.inputs.base import Value
from webforms.inputs.goals import PlanGoal
from webforms.inputs.install import install_inputs
from webforms.inputs.section_form import Fill, SectionForm, section_form

PAGE = """{% from "inputs/section.html" import section_fields, hidden_fields %}
<form>{{ hidden_fields(form, "t") }}{{ section_fields(form) }}</form>"""
SAMPLES = sorted((EDITIONS / "2018").glob("sample_*.json"))
WRITTEN = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t <>&\"'{}%"),
    max_size=60,
).filter(lambda text: bool(text.strip()))


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask("pages")
    Design(lambda: Frame("Testkommune")).install(app)
    install_inputs(app)
    return app


def drawn(app: Flask, form_: SectionForm) -> str:
    with app.test_request_context():
        return render_template_string(PAGE, form=form_)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("key", [each.key for each in TOOL.sections])
def test_the_fictional_cases_stay_as_they_are(key: str, sample: Path, app: Flask) -> None:
    answers = read_answers_file(sample)
    stored: dict[str, Value] = {
        field.key: given[0].value.as_json() for field in section(key).fields if (given := answers.of(field.key))
    }
    for goal in answers.goals:
        for column, words in (("focus", goal.focus), ("attainment", goal.attainment), ("next", goal.next)):
            stored |= {f"goal/{goal.id}/{column}": words[0].value.as_json()} if words else {}
        stored[f"goal/{goal.id}/wording"] = {"text": goal.wording}
    plan = tuple(PlanGoal(goal.id, goal.goal_type.code, goal.origin.value, goal.before) for goal in answers.goals)
    fill = Fill(answers=stored, goals=plan)
    say = Design(lambda: Frame("Testkommune"))
    with app.test_request_context():
        form_ = section_form(TOOL, section(key), LAW, say.speaker(), fill)
        sent = sent_by_a_browser(drawn(app, form_))
        form_.process(sent)
    assert form_.validate()
    assert (form_.changes(), form_.changed_goal_types()) == ({}, {})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WRITTEN, WRITTEN, WRITTEN)
def test_any_text_comes_back_as_it_was(app: Flask, line: str, text: str, why: str) -> None:
    stored: dict[str, Value] = {
        "child_name": {"text": line},
        "siblings": {"text": text},
        "training_extent": {"choice": "full_time", "text": why},
    }
    form_ = form("a", stored)
    form_.process(sent_by_a_browser(drawn(app, form_)))
    assert form_.validate()
    assert form_.changes() == {}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WRITTEN, WRITTEN)
def test_any_text_in_a_table_or_a_goal_comes_back_as_it_was(app: Flask, one: str, other: str) -> None:
    table: dict[str, Value] = {"agreements": {"rows": [{"what": one, "who": other, "deadline": "2026-06-01"}]}}
    goals: dict[str, Value] = {
        f"goal/{goal.id}/{column}": {"text": one} for goal in GOALS for column in ("focus", "next")
    }
    for key, stored in (("l", table), ("c", goals)):
        form_ = form(key, stored)
        form_.process(sent_by_a_browser(drawn(app, form_)))
        assert form_.validate()
        assert form_.changes() == {}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_typed_text_is_taken_exactly_or_refused_and_kept(typed: str) -> None:
    form_ = form("a", {}, post(siblings=typed))
    said = typed.replace("\r\n", "\n").replace("\r", "\n")
    if form_.validate():
        assert form_.changes() == ({"siblings": {"text": said}} if said.strip() else {})
        assert is_parsed(form_.changes())
    else:
        assert form_.left_over() == (("siblings", said),)


def test_a_line_of_text_that_came_with_line_breaks_keeps_them(app: Flask) -> None:
    page = drawn(app, form("a", {"parents_names": {"text": "Signe\nAnders"}}))
    assert sent_by_a_browser(page)["parents_names"] == "Signe\r\nAnders"


def test_a_text_that_begins_with_an_empty_line_keeps_it(app: Flask) -> None:
    page = drawn(app, form("a", {"siblings": {"text": "\nOtto"}}))
    assert sent_by_a_browser(page)["siblings"] == "\r\nOtto"


def test_every_official_word_stands_on_the_page(app: Flask) -> None:
    for each in TOOL.sections:
        page = " ".join(html.unescape(re.sub(r"</?span[^>]*>", "", drawn(app, form(each.key)))).split())
        for field in each.fields:
            for words in (LAW.in_words(field.label), field.heading, *field.questions):
                assert words in page


def test_a_question_that_is_new_in_the_tool_appears_without_a_line_of_code(app: Flask) -> None:
    parents = next(each for each in TOOL.sections if each.filled_by is FilledBy.PARENTS)
    new = replace(parents.fields[4], key="childs_favourite", label="Barnets yndlingsleg")
    form_ = section_form(TOOL, replace(parents, fields=(new,)), LAW, form("a").inputs[0].asking.say, Fill({}))
    assert "Barnets yndlingsleg" in drawn(app, form_)
    form_.process(post(childs_favourite="Gemmeleg"))
    assert form_.changes() == {"childs_favourite": {"text": "Gemmeleg"}}
