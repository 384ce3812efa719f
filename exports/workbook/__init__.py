"""The tids- og faseplan as an Excel workbook: one plan in, one file out; the only room that imports openpyxl."""

from exports.workbook.cell_text import UnwritableText
from exports.workbook.plan import (
    GoalRow,
    OfficialHeadings,
    PlanSheet,
    UnreadablePlan,
    VisitGrades,
    WorkbookProperties,
)
from exports.workbook.write import workbook_bytes, write_workbook

__all__ = [
    "GoalRow",
    "OfficialHeadings",
    "PlanSheet",
    "UnreadablePlan",
    "UnwritableText",
    "VisitGrades",
    "WorkbookProperties",
    "workbook_bytes",
    "write_workbook",
]
