"""The tids- og faseplan as an Excel workbook: one plan in, one file out; the only room that imports openpyxl."""

from exports.workbook.cell_text import UnwritableText
from exports.workbook.cell_words import Words
from exports.workbook.own_words import OwnWords
from exports.workbook.plan import (
    GoalRow,
    OfficialHeadings,
    PlanSheet,
    UnreadablePlan,
    VisitGrades,
    WorkbookProperties,
)
from exports.workbook.read import NotAPlan, ReadPlan, read_plan
from exports.workbook.read_goals import FIELDS, PlanCell, PlanRow
from exports.workbook.write import OWN_WORDS, workbook_bytes, write_workbook

__all__ = [
    "FIELDS",
    "OWN_WORDS",
    "GoalRow",
    "NotAPlan",
    "OfficialHeadings",
    "OwnWords",
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
