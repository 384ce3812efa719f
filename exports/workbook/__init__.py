"""The tids- og faseplan as an Excel workbook: one plan in, one file out; the only room that imports openpyxl."""

from exports.workbook.cell_text import UnwritableText
from exports.workbook.cells import Words
from exports.workbook.plan import (
    GoalRow,
    OfficialHeadings,
    PlanSheet,
    UnreadablePlan,
    VisitGrades,
    WorkbookProperties,
)
from exports.workbook.read import NotAPlan, PlanCell, PlanRow, ReadPlan, read_plan
from exports.workbook.write import workbook_bytes, write_workbook

__all__ = [
    "GoalRow",
    "NotAPlan",
    "OfficialHeadings",
    "PlanCell",
    "PlanRow",
    "PlanSheet",
    "ReadPlan",
    "UnreadablePlan",
    "UnwritableText",
    "VisitGrades",
    "Words",
    "WorkbookProperties",
    "read_plan",
    "workbook_bytes",
    "write_workbook",
]
