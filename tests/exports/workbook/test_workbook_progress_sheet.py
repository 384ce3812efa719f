from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from exports.workbook import PlanSheet, UnreadablePlan, VisitGrades, workbook_bytes

Opened = Callable[[PlanSheet], Workbook]
SHEET = "Udvikling over besøg"


def table_of(book: Workbook) -> list[list[Any]]:
    rows = [[cell.value for cell in row] for row in book[SHEET].iter_rows()]
    header = next(number for number, row in enumerate(rows) if row[0] == "Måltype")
    return rows[header:]


def part(plan: PlanSheet, name: str) -> str:
    return ZipFile(BytesIO(workbook_bytes(plan))).read(name).decode()


def test_each_goal_type_has_its_mean_for_each_visit_and_nothing_where_nothing_was_graded(
    plan: PlanSheet, opened: Opened
) -> None:
    assert table_of(opened(plan)) == [
        ["Måltype", datetime(2025, 10, 14), datetime(2026, 4, 14)],
        ["Motoriske mål", 1.5, 2],
        ["Andet", 0, None],
    ]


def test_the_scale_is_explained_in_words(plan: PlanSheet, opened: Opened) -> None:
    lines = [row[0].value for row in opened(plan)[SHEET].iter_rows(max_row=5)]

    assert (
        "Gennemsnit af de vurderede mål, hvor 0 = Slet ikke, 1 = I mindre grad, 2 = I nogen grad, 3 = I høj grad."
        in lines
    )


def test_a_goal_type_that_the_form_does_not_know_comes_last(plan: PlanSheet, opened: Opened) -> None:
    visit = VisitGrades(date(2026, 4, 14), {"=Egen type": (plan.scale[0],), "Andet": (plan.scale[0],)})

    assert [row[0] for row in table_of(opened(replace(plan, visits=(visit,))))] == ["Måltype", "Andet", "=Egen type"]


def test_a_grade_that_is_not_on_the_scale_is_refused(plan: PlanSheet) -> None:
    with pytest.raises(UnreadablePlan, match="står ikke på planens skala"):
        workbook_bytes(replace(plan, visits=(VisitGrades(date(2026, 4, 14), {"Andet": ("Måske",)}),)))


@pytest.mark.parametrize("visits", [(), (VisitGrades(date(2026, 4, 14), {"Andet": ()}),)])
def test_without_grades_it_says_so_and_has_no_chart(
    visits: tuple[VisitGrades, ...], plan: PlanSheet, opened: Opened
) -> None:
    sheet = opened(replace(plan, visits=visits))[SHEET]

    assert any("Ingen mål er vurderet endnu" in str(row[0].value) for row in sheet.iter_rows())
    assert not sheet._charts


@pytest.mark.parametrize(("count", "shown"), [(1, 1), (2, 2), (4, 4), (30, 4)])
def test_the_chart_shows_the_newest_visits_from_zero_to_the_best_grade(
    count: int, shown: int, plan: PlanSheet, opened: Opened
) -> None:
    visits = tuple(
        VisitGrades(date(2020, 1, 1) + timedelta(days=180 * n), {"Andet": (plan.scale[1],)}) for n in range(count)
    )
    (chart,) = opened(replace(plan, visits=visits))[SHEET]._charts

    assert len(chart.series) == shown
    assert (chart.y_axis.scaling.min, chart.y_axis.scaling.max) == (0, 3)
    newest = get_column_letter(count + 1)
    assert chart.series[-1].val.numRef.f == f"'Udvikling over besøg'!${newest}$7"


def test_the_chart_has_titles_and_an_alternative_text_with_the_figures(plan: PlanSheet) -> None:
    chart, drawing = part(plan, "xl/charts/chart1.xml"), part(plan, "xl/drawings/drawing1.xml")

    assert "Målopnåelse for hver måltype" in chart
    assert "Gennemsnit fra 0 = Slet ikke til 3 = I høj grad" in chart
    assert "Motoriske mål: 14.10.2025: 1,5; 14.04.2026: 2,0. Andet: 14.10.2025: 0,0." in drawing


def test_two_plans_of_one_shape_do_not_share_their_words(plan: PlanSheet) -> None:
    other = replace(plan, scale=("Ja", "Nej"), visits=(VisitGrades(date(2026, 4, 14), {"Andet": ("Ja",)}),))
    workbook_bytes(plan)

    assert "Gennemsnit fra 0 = Nej til 1 = Ja" in part(other, "xl/charts/chart1.xml")
    assert "I høj grad" not in part(other, "xl/drawings/drawing1.xml")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(points=st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_the_mean_is_that_of_the_points(points: list[int], plan: PlanSheet) -> None:
    visit = VisitGrades(date(2026, 4, 14), {"Andet": tuple(plan.scale[3 - point] for point in points)})

    assert plan.mean_grade(visit, "Andet") == pytest.approx(sum(points) / len(points))
