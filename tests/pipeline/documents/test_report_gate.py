"""A report without its assessments and reasons is refused, with every gap named, before anything is made."""

from pathlib import Path
from typing import Any, NoReturn, cast

import pytest

from pipeline.cases.read_answers import read_answers
from pipeline.documents.merge.merger import Merger
from pipeline.documents.render import Workshop, render_case
from pipeline.documents.report_gate import gaps as gaps_of
from pipeline.documents.report_gate import require_reasons
from pipeline.documents.word_template import WordTemplate, newest_template
from pipeline.errors import AnswersError
from pipeline.law.dated_law import law_for
from pipeline.tool.definition import Tool

Raw = dict[str, Any]
AT = "2026-04-16T10:00:00+02:00"
DEMANDED = {
    "recommendation": ("l", "Begrundet indstilling"),
    "condition_wellbeing": ("l", "(barnets lov § 85, stk. 1, nr. 1)"),
    "condition_parents": ("l", "(barnets lov § 85, stk. 1, nr. 2)"),
    "condition_methods": ("l", "(barnets lov § 85, stk. 1, nr. 3)"),
    "health_required": ("l", "(barnets lov § 85, stk. 4)"),
    "needs_assessment": ("l", "Vurdering af barnets fysiske, psykiske og sociale behov"),
    "family_wellbeing": ("l", "Familiens trivsel som helhed, også søskendes"),
    "childs_voice": ("m", "Barnets egen stemme"),
    "conclusion": ("l", "Samlet konklusion"),
}


class Idle:
    """A machine that must not be started."""

    def merge(self, template: object, tool: object, document: object) -> NoReturn:
        pytest.fail("the report was refused, and yet something was merged")

    def to_pdf(self, docx: Path, pdf: Path) -> NoReturn:
        pytest.fail("the report was refused, and yet something was converted")

    def seal(self, pdf: Path, sealed: Path, *, reason: str) -> NoReturn:
        pytest.fail("the report was refused, and yet something was sealed")


def gaps(raw: Raw, tool: Tool, template: WordTemplate | None = None) -> list[str]:
    answers = read_answers(raw)
    with pytest.raises(AnswersError) as refused:
        require_reasons(
            answers, tool, law_for(answers.document_date), template or newest_template(tool, "tilsynsrapport")
        )
    first, *lines = str(refused.value).splitlines()
    assert first == "Rapporten kan ikke laves endnu. Det her mangler:"
    return lines


def test_the_template_demands_what_law_and_handbook_demand(tool: Tool) -> None:
    assert set(newest_template(tool, "tilsynsrapport").must_be_reasoned) == set(DEMANDED)


def test_complete_answers_pass(raw: Raw, tool: Tool) -> None:
    answers = read_answers(raw)
    require_reasons(answers, tool, law_for(answers.document_date), newest_template(tool, "tilsynsrapport"))


@pytest.mark.parametrize("key", DEMANDED)
def test_a_missing_answer_is_refused(raw: Raw, tool: Tool, key: str) -> None:
    del raw["answers"][key]
    (gap,) = gaps(raw, tool)
    section, label = DEMANDED[key]
    assert gap.startswith(f"- Afsnit ({section}): svaret på “")
    assert label in gap


@pytest.mark.parametrize("key", DEMANDED)
@pytest.mark.parametrize("reason", ["", " \n\t"])
def test_an_answer_without_a_reason_is_refused(raw: Raw, tool: Tool, key: str, reason: str) -> None:
    raw["answers"][key][0]["text"] = reason
    (gap,) = gaps(raw, tool)
    section, label = DEMANDED[key]
    assert gap.startswith(f"- Afsnit ({section}): begrundelsen for “")
    assert label in gap


def test_one_reason_among_several_answers_is_enough(raw: Raw, tool: Tool) -> None:
    raw["answers"]["recommendation"].insert(0, {"by": "fysio", "at": AT, "choice": "stop"})
    answers = read_answers(raw)
    require_reasons(answers, tool, law_for(answers.document_date), newest_template(tool, "tilsynsrapport"))


def test_all_gaps_are_named_at_once(raw: Raw, tool: Tool) -> None:
    for key in DEMANDED:
        del raw["answers"][key]
    assert len(gaps(raw, tool)) == len(DEMANDED)


HEALTH = "health_participants"


def test_where_health_expertise_has_to_take_part_its_assessment_is_demanded(raw: Raw, tool: Tool) -> None:
    raw["answers"].pop(HEALTH, None)
    for approved, found, count in ((False, "no", 0), (True, "no", 1), (False, "yes", 1)):
        raw["approval"]["health_elements"] = approved
        raw["answers"]["health_required"][0]["choice"] = found
        answers = read_answers(raw)
        template = newest_template(tool, "tilsynsrapport")
        lacking = gaps_of(answers, tool, law_for(answers.document_date), template)
        assert [gap.key for gap in lacking] == [HEALTH] * count


def template_demanding(*keys: str) -> WordTemplate:
    return WordTemplate("tilsynsrapport", 2, Path("tilsynsrapport-2.docx"), "Tilsynsrapport", (), keys)


@pytest.mark.parametrize("rows", [[], [{}], [{"what": " "}, {}]])
def test_a_table_of_empty_cells_is_no_reason(raw: Raw, tool: Tool, rows: list[Raw]) -> None:
    raw["answers"]["observations"] = [{"by": "fysio", "at": AT, "rows": rows}]
    (gap,) = gaps(raw, tool, template_demanding("observations"))
    assert gap.startswith("- Afsnit (l): begrundelsen for “Observation")


def test_a_template_that_demands_a_field_of_another_edition_is_refused(raw: Raw, tool: Tool) -> None:
    assert gaps(raw, tool, template_demanding("mood")) == ["- Skabelonen kræver feltet “mood”, som udgaven ikke har."]


def test_a_refused_report_leaves_nothing_behind_and_starts_no_machine(raw: Raw, tmp_path: Path) -> None:
    del raw["answers"]["recommendation"]
    idle = Idle()
    out = tmp_path / "sag"
    with pytest.raises(AnswersError, match="Begrundet indstilling"):
        render_case(read_answers(raw), Workshop(cast(Merger, idle), idle, idle), out)
    assert not out.exists()


def test_a_refused_report_leaves_earlier_documents_alone(raw: Raw, tmp_path: Path) -> None:
    raw["answers"]["conclusion"][0]["text"] = ""
    (tmp_path / "manifest.json").write_text("{}")
    idle = Idle()
    with pytest.raises(AnswersError, match="Samlet konklusion"):
        render_case(read_answers(raw), Workshop(cast(Merger, idle), idle, idle), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]
