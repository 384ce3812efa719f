"""A template is a file from outside: what could run, look around or work without end is refused with its place."""

import io
from pathlib import Path

import jinja2
import pytest
from docxtpl import DocxTemplate
from hostile_expressions import HOSTILE
from jinja2.exceptions import SecurityError
from template_builder import CARRIED_PLACES, MERGED_PLACES, edited, paragraph, small, text_box, written_to
from whole_case import TOOL, document_of, numbered
from word_reader import texts

from pipeline.documents.merge.compiled import compile_template
from pipeline.documents.merge.merger import Merger
from pipeline.documents.merge.sandbox import IN_PROPERTIES, IN_RUNS
from pipeline.documents.merge.worker import context_of
from pipeline.documents.shapes import roots_of
from pipeline.errors import TemplateError

ROOTS = roots_of("tilsynsredskab", TOOL)
_LOOKED_INSIDE = ("class ", "module ", "function ", "object at", "root:", "globals", "subclasses")


def test_there_are_at_least_sixty_hostile_expressions_and_each_stands_once() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60


@pytest.mark.parametrize("place", MERGED_PLACES)
def test_hostile_expressions_are_refused_with_part_and_words_nearby(place: str, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    for expression in HOSTILE:
        template = MERGED_PLACES[place](f"Kendetegn {expression}".replace("CANARY", str(canary)))

        with pytest.raises(TemplateError) as refusal:
            compile_template(template, ROOTS)

        part = place.partition(",")[0]
        assert f"({part})" in str(refusal.value), expression
        assert "ved “Kendetegn" in str(refusal.value), expression
    assert not canary.exists()


@pytest.mark.parametrize("place", CARRIED_PLACES)
def test_where_nothing_is_merged_hostile_expressions_are_refused_with_the_part(place: str) -> None:
    for expression in HOSTILE:
        with pytest.raises(TemplateError) as refusal:
            compile_template(CARRIED_PLACES[place](expression), ROOTS)

        assert f"({place}" in str(refusal.value), expression
        assert "bliver felter ikke flettet" in str(refusal.value), expression


def test_stock_docxtpl_runs_what_is_refused_here(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    hostile = f"{{{{ cycler.__init__.__globals__.os.system('touch {canary}') }}}}"

    DocxTemplate(io.BytesIO(edited("{{ paper.visit }}", hostile))).render({"paper": {}})

    assert canary.exists(), "the canary shows nothing"


def test_the_child_process_refuses_it_too_and_lives_on(merger: Merger, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    hostile = next(text for text in HOSTILE if "cycler.__init__" in text).replace("CANARY", str(canary))
    before = merger.pid

    with pytest.raises(TemplateError, match=r"Skabelonen tilsynsredskab-1 blev afvist:\nbrødtekst"):
        merger.check(written_to(tmp_path, small(paragraph(hostile))), TOOL)

    assert not canary.exists()
    assert before is None or merger.pid == before


@pytest.mark.parametrize("environment", [IN_RUNS, IN_PROPERTIES], ids=["in runs", "in properties"])
def test_the_sandbox_alone_lets_nothing_out(environment: jinja2.Environment, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    context = context_of(document_of("tilsynsredskab", numbered(0, lambda n: f"«{n}»"))[1])
    endless = {"{{ 'a' * 10**9 }}", "{{ 9**9**9 }}", "{{ 10**100000 }}"}  # the child's limits stop these
    said = []
    for expression in (text for text in HOSTILE if text not in endless):
        try:
            said.append(environment.from_string(expression.replace("CANARY", str(canary))).render(context))
        except (jinja2.TemplateError, TypeError, ValueError, RecursionError):
            continue  # no loader, no such filter, no such name, not safe

    assert not canary.exists()
    assert [text for text in said if any(sign in text for sign in _LOOKED_INSIDE)] == []


@pytest.mark.parametrize(
    "expression",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ paper.__class__ }}",
        "{{ paper.__dict__ }}",
        "{{ sections.__class__ }}",
        "{{ paper.title.__class__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ '{0.__class__}'.format(paper) }}",
        "{{ paper.title.format.__self__.__class__ }}",
    ],
)
def test_the_sandbox_calls_an_escape_by_its_name(expression: str) -> None:
    context = context_of(document_of("tilsynsredskab", numbered(0, lambda n: f"«{n}»"))[1])

    with pytest.raises(SecurityError):
        IN_RUNS.from_string(expression).render(context)


@pytest.mark.parametrize("expression", ["{{ nothing }}", "{{ paper.nothing }}", "{% if nothing %}x{% endif %}"])
def test_a_name_without_a_value_stops_the_merge(expression: str) -> None:
    context = context_of(document_of("tilsynsredskab", numbered(0, lambda n: f"«{n}»"))[1])

    with pytest.raises(jinja2.UndefinedError):
        IN_RUNS.from_string(expression).render(context)


def test_the_environments_hold_no_function_filter_or_test() -> None:
    for environment in (IN_RUNS, IN_PROPERTIES):
        assert (environment.globals, environment.filters, environment.tests) == ({}, {}, {})


def test_data_that_claims_to_be_markup_is_escaped_all_the_same() -> None:
    class Claims(str):
        def __html__(self) -> str:
            return "<w:p/>"

    assert IN_RUNS.from_string("{{ x }}").render(x=Claims("<b>")) == "&lt;b&gt;"


def test_a_text_box_is_merged_in_both_its_forms(merger: Merger, tmp_path: Path) -> None:
    compiled = compile_template(small(text_box("Sag {{ paper.case_number }}")), ROOTS)
    context = context_of(document_of("tilsynsredskab", numbered(0, lambda n: f"«{n}»"))[1])

    assert texts(compiled.render(context)).count("Sag «0»") == 2
