from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils import range_boundaries

from exports.workbook import GoalRow, PlanSheet

Opened = Callable[[PlanSheet], Workbook]
HEADINGS = [
    "1. Måltype",
    "1. Mål",
    "2. Fokus",
    "3. Grad",
    "3. Begrundelse",
    "4. Nye mål",
    "Kommer fra",
    "Tidligere ordlyd",
    "Læs videre",
    "Mål-id",
]


@pytest.fixture
def sheet(plan: PlanSheet, opened: Opened) -> Any:
    return opened(plan)["Tids- og faseplan"]


def test_title_case_and_notice_stand_above_the_official_headings(sheet: Any) -> None:
    assert [sheet.cell(row, 1).value for row in range(1, 5)] == [
        "Tids- og faseplan",
        "Testkommune · sag DEMO-0101 · besøg 2, 14. april 2026",
        "Fiktivt eksempel",
        "1. Måltyper (udvælg)",
    ]


def test_without_a_notice_its_line_is_left_out(plan: PlanSheet, opened: Opened) -> None:
    sheet = opened(replace(plan, notice=""))["Tids- og faseplan"]

    assert sheet["A3"].value == "1. Måltyper (udvælg)"
    assert sheet.freeze_panes == "A5"


def test_the_official_headings_stand_word_for_word_over_their_columns(sheet: Any) -> None:
    assert [sheet[cell].value for cell in ("A4", "C4", "D4", "F4")] == [
        "1. Måltyper (udvælg)",
        "2. Hvilke mål?",
        "3. I hvilken grad?",
        "4. Hvilke nye?",
    ]


def test_nothing_in_the_table_is_merged(sheet: Any) -> None:
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A4:B4", "D4:E4"}


def test_each_goal_is_a_row_with_its_id(plan: PlanSheet, opened: Opened, table_rows: Any) -> None:
    rows = table_rows(opened(plan))

    assert [cell.value for cell in rows[0]] == [
        "Motoriske mål",
        "Gå på trapper",
        "Øvet dagligt",
        "I nogen grad",
        "Det går",
        "Løbe",
        "Nyt",
        None,
        None,
        "m1",
    ]
    assert rows[1][7].value == "Sove igennem"
    assert rows[1][9].value == "m2"


@pytest.mark.parametrize("count", [0, 1, 9, 40])
def test_the_table_has_a_filter_and_empty_rows_with_lists_to_fill_in_offline(
    count: int, goal: GoalRow, with_goals: Callable[..., PlanSheet], opened: Opened
) -> None:
    sheet = opened(with_goals(*[goal] * count))["Tids- og faseplan"]
    table = sheet.tables["Maal"]
    _, header, last_column, last = range_boundaries(table.ref)

    assert [column.name for column in table.tableColumns] == HEADINGS
    assert [sheet.cell(header, column).value for column in range(1, last_column + 1)] == HEADINGS
    assert table.autoFilter.ref == table.ref
    assert last - header - count >= 5
    assert {str(rule.sqref) for rule in sheet.data_validations.dataValidation} == {
        f"A{header + 1}:A{last}",
        f"D{header + 1}:D{last}",
    }
    assert sheet.cell(last, 5).number_format == "@"
    assert sheet.print_area == f"'Tids- og faseplan'!$A$1:$I${last}"


def test_the_lists_offer_the_goal_types_and_the_scale(plan: PlanSheet, opened: Opened) -> None:
    book = opened(plan)
    choices = book["Valgmuligheder"]
    types, scale = book["Tids- og faseplan"].data_validations.dataValidation

    assert choices.sheet_state == "hidden"
    assert types.formula1 == "Valgmuligheder!$A$1:$A$3"
    assert tuple(cell.value for cell in choices["A"][:3]) == plan.goal_types
    assert scale.formula1 == "Valgmuligheder!$B$1:$B$4"
    assert tuple(cell.value for cell in choices["B"]) == plan.scale
    assert types.showErrorMessage
    assert types.allow_blank


def test_each_grade_has_a_colour_of_its_own(sheet: Any) -> None:
    rules = [rule for group in sheet.conditional_formatting for rule in group.rules]

    assert [rule.formula for rule in rules] == [
        ['"I høj grad"'],
        ['"I nogen grad"'],
        ['"I mindre grad"'],
        ['"Slet ikke"'],
    ]
    assert len({rule.dxf.fill.bgColor.rgb for rule in rules}) == 4


@pytest.mark.parametrize("length", [1, 2, 3, 7])
def test_a_scale_may_have_any_length_and_quotation_marks(length: int, plan: PlanSheet, opened: Opened) -> None:
    scale = tuple(f'Grad "{n}"' for n in range(length))
    book = opened(replace(plan, scale=scale, visits=()))

    rules = [rule for group in book["Tids- og faseplan"].conditional_formatting for rule in group.rules]
    assert rules[-1].formula == [f'"Grad ""{length - 1}"""']


def test_it_prints_on_a4_landscape_one_page_wide_with_headings_and_page_numbers(sheet: Any) -> None:
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$5"
    assert sheet.freeze_panes == "A6"
    assert sheet.oddFooter.right.text == "Side &P af &N"


def test_id_is_hidden_and_former_wording_is_shown_only_where_there_is_one(
    sheet: Any, goal: GoalRow, with_goals: Callable[..., PlanSheet], opened: Opened
) -> None:
    without = opened(with_goals(goal))["Tids- og faseplan"]

    assert sheet.column_dimensions["J"].hidden
    assert not sheet.column_dimensions["H"].hidden
    assert without.column_dimensions["H"].hidden


def test_rows_are_as_high_as_their_longest_text_and_never_higher_than_excel_draws(
    goal: GoalRow, with_goals: Callable[..., PlanSheet], opened: Opened
) -> None:
    short, long, overfull = "Går godt.", "Barnet går godt. " * 20, "Barnet går godt. " * 200
    sheet = opened(with_goals(*[replace(goal, reasons=text) for text in (short, long, overfull)]))["Tids- og faseplan"]

    heights = [sheet.row_dimensions[row].height for row in (6, 7, 8)]
    assert heights[0] < 2 * 20
    assert 8 * 15 < heights[1] < 14 * 15
    assert heights[2] == 409


def test_cells_are_wrapped_top_aligned_calibri(sheet: Any) -> None:
    cell = sheet["E6"]

    assert cell.alignment.wrap_text
    assert cell.alignment.vertical == "top"
    assert (cell.font.name, cell.font.sz) == ("Calibri", 11)
