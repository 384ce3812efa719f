"""A plan to start from, and the way to read a workbook back as a stranger would."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from exports.workbook import (
    GoalRow,
    OfficialHeadings,
    PlanSheet,
    VisitGrades,
    WorkbookProperties,
    workbook_bytes,
)

SCALE = ("I høj grad", "I nogen grad", "I mindre grad", "Slet ikke")


@pytest.fixture
def plan() -> PlanSheet:
    return PlanSheet(
        title="Tids- og faseplan",
        subtitle="Testkommune · sag DEMO-0101 · besøg 2, 14. april 2026",
        notice="Fiktivt eksempel",
        headings=OfficialHeadings("1. Måltyper (udvælg)", "2. Hvilke mål?", "3. I hvilken grad?", "4. Hvilke nye?"),
        goal_types=("Motoriske mål", "Kommunikative mål", "Andet"),
        scale=SCALE,
        rows=(
            GoalRow("m1", "Motoriske mål", "Gå på trapper", "Øvet dagligt", SCALE[1], "Det går", "Løbe", "Nyt"),
            GoalRow("m2", "Andet", "Sove", "", "", "", "", "Justeret", "Sove igennem"),
        ),
        visits=(
            VisitGrades(date(2025, 10, 14), {"Andet": (SCALE[3],), "Motoriske mål": (SCALE[0], SCALE[3])}),
            VisitGrades(date(2026, 4, 14), {"Motoriske mål": (SCALE[1],), "Kommunikative mål": ()}),
        ),
        properties=WorkbookProperties("Tids- og faseplan", "Testkommune", datetime(2026, 4, 14, 10, 5, tzinfo=UTC)),
    )


@pytest.fixture
def goal(plan: PlanSheet) -> GoalRow:
    return plan.rows[0]


@pytest.fixture
def with_goals(plan: PlanSheet) -> Callable[..., PlanSheet]:
    """The plan with these goals instead of its own."""
    return lambda *goals: replace(plan, rows=goals)


@pytest.fixture
def opened() -> Callable[[PlanSheet], Workbook]:
    """The plan written and opened again."""
    return lambda plan: load_workbook(BytesIO(workbook_bytes(plan)))


@pytest.fixture
def table_rows() -> Callable[[Workbook], list[list[Any]]]:
    """The cells of the table of goals, without its headings; found by the table's name, as an import would."""

    def rows(book: Workbook) -> list[list[Any]]:
        sheet = book["Tids- og faseplan"]
        return [list(row) for row in sheet[sheet.tables["Maal"].ref]][1:]

    return rows
