import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from exports.workbook import PlanSheet, UnreadablePlan, UnwritableText, workbook_bytes, write_workbook

HASH_A_PLAN = """
from datetime import UTC, date, datetime
from hashlib import sha256
from exports.workbook import *
plan = PlanSheet("T", "S", "N", OfficialHeadings("1", "2", "3", "4"), ("A", "B"), ("Ja", "Nej"),
    (GoalRow("m", "A", "w" * 40_000, "f", "Ja", "r", "n", "Nyt", "b"),),
    (VisitGrades(date(2026, 4, 14), {"A": ("Ja",), "C": ("Nej",)}),),
    WorkbookProperties("T", "K", datetime(2026, 4, 14, tzinfo=UTC)))
print(sha256(workbook_bytes(plan)).hexdigest())
"""


def hash_in_a_process(seed: str, zone: str) -> str:
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", HASH_A_PLAN], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_same_plan_gives_the_same_bytes_in_every_process_and_time_zone() -> None:
    assert hash_in_a_process("1", "Europe/Copenhagen") == hash_in_a_process("2", "Pacific/Auckland")


def test_the_same_plan_gives_the_same_bytes_again_and_another_plan_others(plan: PlanSheet) -> None:
    first = sha256(workbook_bytes(plan)).digest()

    assert sha256(workbook_bytes(plan)).digest() == first
    assert sha256(workbook_bytes(replace(plan, subtitle="besøg 3"))).digest() != first


def test_a_workbook_is_the_same_whatever_was_written_before_it(plan: PlanSheet) -> None:
    """All workbooks share their looks, so none may leave anything behind in them."""
    first = workbook_bytes(plan)
    workbook_bytes(replace(plan, rows=(), visits=(), notice=""))
    workbook_bytes(replace(plan, scale=("Ja", "Måske", "Nej"), rows=(), visits=()))
    workbook_bytes(replace(plan, rows=(replace(plan.rows[0], wording="w" * 40_000),)))

    assert workbook_bytes(plan) == first


def test_no_member_of_the_file_tells_the_clock(plan: PlanSheet) -> None:
    members = ZipFile(BytesIO(workbook_bytes(plan))).infolist()

    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_says_title_creator_language_and_its_moment_in_utc(
    plan: PlanSheet, opened: Callable[[PlanSheet], Workbook]
) -> None:
    summer = timezone(timedelta(hours=2))
    facts = replace(plan.properties, created=datetime(2026, 4, 14, 12, 5, tzinfo=summer))
    properties = opened(replace(plan, properties=facts)).properties

    assert (properties.title, properties.creator, properties.language) == ("Tids- og faseplan", "Testkommune", "da-DK")
    assert properties.created == properties.modified == datetime(2026, 4, 14, 10, 5)


def test_a_moment_without_time_zone_is_refused(plan: PlanSheet) -> None:
    naive = replace(plan.properties, created=datetime(2026, 4, 14, 12, 5, tzinfo=UTC).replace(tzinfo=None))

    with pytest.raises(UnreadablePlan, match="mangler tidszone"):
        workbook_bytes(replace(plan, properties=naive))


@pytest.mark.parametrize("field", ["title", "creator"])
def test_properties_are_refused_as_cells_are(field: str, plan: PlanSheet) -> None:
    with pytest.raises(UnwritableText):
        workbook_bytes(replace(plan, properties=replace(plan.properties, **{field: "a\x00"})))


def test_a_heading_longer_than_a_cell_is_refused_and_not_cut(plan: PlanSheet) -> None:
    with pytest.raises(UnwritableText, match="længere end"):
        workbook_bytes(replace(plan, subtitle="s" * 32_768))


def test_nothing_is_left_in_or_passes_through_the_temp_folder(
    plan: PlanSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no such folder"))  # any temp file would fail now

    write_workbook(plan, tmp_path / "plan.xlsx")

    assert [file.name for file in tmp_path.iterdir()] == ["plan.xlsx"]


def test_a_refused_plan_leaves_no_file(plan: PlanSheet, tmp_path: Path) -> None:
    with pytest.raises(UnwritableText):
        write_workbook(replace(plan, title="\x00"), tmp_path / "plan.xlsx")

    assert list(tmp_path.iterdir()) == []
