"""LibreOffice as the second reader: what openpyxl has written must say the same to somebody else."""

import csv
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from exports.workbook import GoalRow, PlanSheet, write_workbook

pytestmark = pytest.mark.office

EVERY_SHEET_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
TEXTS = [
    "=1+1",
    "+45",
    "-5",
    "@SUM(A1)",
    "#N/A",
    "00012",
    "  mellemrum  ",
    "to\nlinjer",
    "👩‍👩‍👧 שלום {{ x }}",
    "_x000D_",
    "_x0041_x0042_",
    "_x005F_x000D_ x005F_",
]


@pytest.fixture
def converted(tmp_path: Path) -> Callable[[PlanSheet, str], Path]:
    """Write a plan and let LibreOffice convert it; returns the folder with what came out."""

    def convert(plan: PlanSheet, form: str) -> Path:
        write_workbook(plan, tmp_path / "plan.xlsx")
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        out = tmp_path / "out"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", form, "--outdir", out, tmp_path / "plan.xlsx"],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return out

    return convert


def test_libreoffice_reads_every_text_literally(
    converted: Callable[[PlanSheet, str], Path], goal: GoalRow, with_goals: Callable[..., PlanSheet]
) -> None:
    plan = with_goals(*[replace(goal, wording=text) for text in TEXTS])

    with (converted(plan, EVERY_SHEET_AS_CSV) / "plan-Tids- og faseplan.csv").open(
        newline="", encoding="utf-8"
    ) as file:
        rows = list(csv.reader(file))

    assert [row[1] for row in rows[5 : 5 + len(TEXTS)]] == TEXTS


def test_libreoffice_keeps_table_filter_lists_and_chart(
    converted: Callable[[PlanSheet, str], Path], plan: PlanSheet
) -> None:
    book = load_workbook(converted(plan, "xlsx") / "plan.xlsx")
    sheet = book["Tids- og faseplan"]

    assert sheet.tables["Maal"].ref == "A5:J17"
    assert sheet.tables["Maal"].autoFilter.ref == "A5:J17"
    assert {str(rule.sqref) for rule in sheet.data_validations.dataValidation} == {"A6:A17", "D6:D17"}
    assert sheet.print_title_rows == "$1:$5"
    assert len(book["Udvikling over besøg"]._charts) == 1
