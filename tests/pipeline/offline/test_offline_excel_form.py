"""The Excel plan says in its cells exactly what the slots of the goals say, and is known when it comes home."""

from dataclasses import replace
from pathlib import Path

import pytest
from excel_forms import KEY, case_of, edited, excel_form, goal_slots, plan_of
from hypothesis import given, settings
from hypothesis import strategies as st
from offline_packages import parts_of
from test_offline_word_form import HOSTILE, SAMPLES, TEXTS

from exports.workbook import workbook_bytes
from pipeline.documents.plan_sheet import plan_sheet
from pipeline.law.dated_law import law_for
from pipeline.offline.come_home import import_bytes
from pipeline.offline.differences import Status
from pipeline.offline.excel_form import make_excel_form, read_xlsx
from pipeline.offline.passport import goal_marks, is_whole, read_passport
from pipeline.tool.load import load_tool

EXCELS_OWN = ["=1+1", "'=1", "+45", "@x", "#N/A", "007", "3,5", "SAND", "_x000d_", "z" * 40_000, "=y" + "ord " * 10_000]


def _made(name: str, folder: Path, *, blank: bool = False) -> bytes:
    case = case_of(name)
    make_excel_form(case, load_tool(), law_for(case.document_date), folder / "plan.xlsx", blank=blank)
    return (folder / "plan.xlsx").read_bytes()


@pytest.mark.parametrize("name", SAMPLES)
def test_every_slot_of_every_goal_comes_back_exactly(name: str, tmp_path: Path) -> None:
    passport, answers = read_xlsx(_made(name, tmp_path))
    case = case_of(name)
    assert answers == {slot.name: slot.value for slot in goal_slots(case).values()}
    assert is_whole(read_passport(passport))
    assert read_passport(passport).goals == goal_marks(case)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_plan_that_goes_with_the_report_is_the_one_that_is_handed_out(name: str, tmp_path: Path) -> None:
    assert workbook_bytes(plan_of(case_of(name))) == _made(name, tmp_path)


@pytest.mark.parametrize("name", SAMPLES)
def test_of_the_plan_that_goes_with_the_report_exactly_the_edited_cell_is_reported(name: str) -> None:
    case = case_of(name)
    several = next(goal for goal in case.goals if len(goal.attainment) > 1)
    data = edited(
        workbook_bytes(plan_of(case)), lambda table: table.write(table.row(several.id), "3. Begrundelse", "Nu")
    )
    touched = [one for one in import_bytes("plan.xlsx", data, case).differences if one.status is not Status.UNCHANGED]
    number = case.goals.index(several) + 1
    assert [(one.name, one.status, one.incoming) for one in touched] == [
        (f"{KEY}.{number}.reason", Status.CHANGED, "Nu")
    ]


def test_a_blank_plan_says_nothing_of_the_case_but_whose_it_is(tmp_path: Path) -> None:
    data = _made("cp_skole_2", tmp_path, blank=True)
    passport, answers = read_xlsx(data)
    assert set(answers.values()) == {""}
    assert read_passport(passport).goals == ()
    words = b"".join(parts_of(data).values()).decode("utf-8", "ignore")
    assert all(goal.wording not in words for goal in case_of("cp_skole_2").goals)


def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    assert _made("cp_skole_2", tmp_path) == _made("cp_skole_2", tmp_path)


def test_without_a_passport_the_file_has_no_properties_of_its_own() -> None:
    plan = plan_sheet(case_of("cp_skole_2"), load_tool())
    assert "docProps/custom.xml" not in parts_of(workbook_bytes(plan))
    assert "docProps/custom.xml" in parts_of(workbook_bytes(replace(plan, passport="x")))


@pytest.mark.parametrize("texts", [HOSTILE, EXCELS_OWN])
def test_hostile_texts_come_back_exactly(texts: list[str]) -> None:
    form = excel_form("cp_skole_2", texts)
    assert read_xlsx(form.data)[1] == form.held


@settings(deadline=None, max_examples=40)
@given(st.lists(TEXTS, min_size=1, max_size=24))
def test_any_text_that_is_accepted_comes_back_exactly(texts: list[str]) -> None:
    form = excel_form("cp_skole_2", texts)
    assert read_xlsx(form.data)[1] == form.held
