"""Whether a visit's report is ready is told from the case: every gap with the place where it is put right."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn, cast

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "cases" / "record"))

from small_case import family, sample, stamped

from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.events import ApprovalDecided, Event, PersonRecorded
from pipeline.cases.record.from_answers import from_answers
from pipeline.cases.record.people import CasePerson
from pipeline.cases.record.visit_events import ContributionWeighed, VisitDayChanged, Written
from pipeline.documents.merge.merger import Merger
from pipeline.documents.render import Workshop
from pipeline.documents.visit_report import Missing, Where, missing_for_report, report_of
from pipeline.documents.word_template import newest_template
from pipeline.errors import AnswersError
from pipeline.tool.definition import Tool

DAY = date(2026, 4, 1)


def asked(case: Case, day: date = DAY) -> Sequence[Missing]:
    return missing_for_report(case, "v1", day)


def places(missing: Sequence[Missing]) -> set[Where]:
    return {one.where for one in missing}


def small(*more: Event, without: type[Event] | None = None) -> Case:
    return fold_all(stamped([e for e in [*family(), *more] if without is None or not isinstance(e, without)]))


def test_an_empty_conclusion_lacks_everything_that_is_demanded(tool: Tool) -> None:
    missing = asked(small())
    demanded = newest_template(tool, "tilsynsrapport").must_be_reasoned
    assert [one.gap.key for one in missing if one.gap] == list(demanded)
    assert all(one.words.startswith("Afsnit (") for one in missing)


@pytest.mark.parametrize(("value", "lacks"), [({"choice": "yes"}, True), ({"choice": "yes", "text": "Trives"}, False)])
def test_an_answer_without_a_reason_is_told_from_no_answer(value: dict[str, str], lacks: bool) -> None:
    missing = asked(small(Written("v1", "condition_wellbeing", "m-1", value)))
    found = [one.gap.has_answer for one in missing if one.gap and one.gap.key == "condition_wellbeing"]
    assert found == ([True] if lacks else [])


def test_an_answer_that_was_left_out_is_missing() -> None:
    written = Written("v1", "conclusion", "m-1", {"text": "Godt"})
    out = ContributionWeighed("v1", "conclusion", "m-1", included=False, reason="Rettes")
    assert "conclusion" not in {one.gap.key for one in asked(small(written)) if one.gap}
    assert "conclusion" in {one.gap.key for one in asked(small(written, out)) if one.gap}


def test_where_health_expertise_takes_part_its_assessment_is_demanded() -> None:
    found = Written("v1", "health_required", "m-1", {"choice": "yes", "text": "Fysisk træning"})
    assert "health_participants" in {one.gap.key for one in asked(small(found)) if one.gap}
    said = Written("v1", "health_participants", "m-2", {"text": "Kim Fagperson deltog"})
    assert "health_participants" not in {one.gap.key for one in asked(small(found, said)) if one.gap}


def test_a_case_without_its_frame_is_told_what_it_lacks() -> None:
    assert places(asked(small(without=ApprovalDecided))) == {Where.APPROVAL}
    assert places(asked(small(), date(2019, 1, 1))) >= {Where.CASEWORKER, Where.VISIT_DAY}


@pytest.mark.parametrize("day", [None, date(2026, 5, 1)])
def test_a_visit_that_was_not_held_has_no_report(day: date | None) -> None:
    missing = asked(small(VisitDayChanged("v1", day)))
    assert Where.VISIT_DAY in places(missing)


def test_somebody_who_wrote_and_is_not_in_the_case_is_found() -> None:
    stranger = PersonRecorded(CasePerson("x", "Fremmed Prøvesen"))
    wrote = Written("v1", "conclusion", "m-1", {"text": "Godt"}, on_behalf_of="x")
    assert places(asked(small(stranger, wrote))) == {Where.PEOPLE}


@pytest.mark.parametrize("name", ["autisme_skole", "cp_skole"])
def test_the_reports_of_the_samples_are_ready(name: str, tool: Tool) -> None:
    answers = sample(name, 1)
    case = fold_all(from_answers([answers], tool).happened)
    assert missing_for_report(case, f"besoeg-{answers.visit_number}", answers.document_date) == ()


class Idle:
    """A machine that must not be started."""

    def to_pdf(self, docx: Path, pdf: Path) -> NoReturn:
        pytest.fail("the report was refused, and yet something was converted")

    def seal(self, pdf: Path, sealed: Path, *, reason: str) -> NoReturn:
        pytest.fail("the report was refused, and yet something was sealed")


def test_a_report_that_lacks_something_is_not_made(tmp_path: Path) -> None:
    idle = Idle()
    with pytest.raises(AnswersError, match="Begrundet indstilling"):
        report_of(small(), "v1", Workshop(cast(Merger, idle), idle, idle), DAY, tmp_path)
    assert list(tmp_path.iterdir()) == []
