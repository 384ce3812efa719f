from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from exports.workbook import GoalRow, PlanSheet, UnwritableText
from exports.workbook.cell_text import as_stored, fits_a_cell, utf16_units

DANGEROUS = [
    "=1+1",
    "=cmd|'/c calc'!A0",
    '=HYPERLINK("http://eksempel.invalid";"klik")',
    "==",
    "+45 12 34 56 78",
    "-5 kg",
    "@SUM(A1:A2)",
    "\t=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "'=1+1",
    "#N/A",
    "#REF!",
    "TRUE",
    "1e5",
    "00012",
    "2026-04-14",
    "http://eksempel.invalid",
    "mailto:a@eksempel.invalid",
    "{{ barn.navn }}",
    "{%tr for x in y %}",
    "  foran og bagved  ",
    "linje\nlinje\n",
    "\n",
    " ",
    "\u00a0",
    "👩‍👩‍👧‍👦 familie",
    "שלום עולם",
    "\u202eomvendt",
    "<t>&amp;</t>]]>",
    "_x000D_",
    "_x0041__x0042_",
    "_x0041_x0042_",
    "_x005F_x000D_",
    "_x005f_",
    "x005F_",
    "_xabcd_ _X0041_ _x41_",
    '"citat" “citat”',
]

NO_LONGER_TEXT = "".join(map(chr, [*range(0x20), 0xFFFE, 0xFFFF])).replace("\t", "").replace("\n", "")
written_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=NO_LONGER_TEXT), max_size=300)
almost_escapes = st.text(st.sampled_from("_x05Fa0D="), max_size=40)

by_hypothesis = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TextColumns = ("goal_type", "wording", "focus", "attainment", "reasons", "next_goals", "origin", "before")


def said_everywhere(goal: GoalRow, text: str) -> GoalRow:
    return replace(goal, **{field.name: text for field in fields(GoalRow)})


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_stays_text_whatever_it_looks_like(
    text: str,
    goal: GoalRow,
    with_goals: Callable[..., PlanSheet],
    opened: Callable[[PlanSheet], Workbook],
    table_rows: Callable[[Workbook], list[list[Any]]],
) -> None:
    cells = table_rows(opened(with_goals(said_everywhere(goal, text))))[0]

    for cell in [*cells[:8], cells[9]]:
        assert cell.value == text
        assert cell.data_type == "s"
        assert cell.quotePrefix
        assert cell.number_format == "@"
        assert cell.hyperlink is None


@by_hypothesis
@given(texts=st.lists(written_text | almost_escapes, min_size=8, max_size=8))
def test_every_text_reads_back_exactly(
    texts: list[str],
    goal: GoalRow,
    with_goals: Callable[..., PlanSheet],
    opened: Callable[[PlanSheet], Workbook],
    table_rows: Callable[[Workbook], list[list[Any]]],
) -> None:
    told = replace(goal, **dict(zip(TextColumns, texts, strict=True)))

    cells = table_rows(opened(with_goals(told)))[0]

    assert [cell.value or "" for cell in cells[:8]] == texts


@given(text=almost_escapes)
def test_no_part_of_a_stored_text_looks_like_an_escape(text: str) -> None:
    stored = as_stored(text)
    parts = [stored] if isinstance(stored, str) else [str(part) for part in stored]

    assert "".join(parts) == text
    for part in parts:
        assert as_stored(part) == part


@pytest.mark.parametrize(
    "bad", ["\x00", "\x07", "\x0b", "\x0c", "\x1f", "\r", "\r\n", "\ud800", chr(0xDFFF), "\ufffe", "\uffff"]
)
@pytest.mark.parametrize("where", [field.name for field in fields(GoalRow)])
def test_a_character_that_no_workbook_holds_is_refused_and_not_dropped(
    bad: str, where: str, goal: GoalRow, with_goals: Callable[..., PlanSheet], opened: Callable[[PlanSheet], Workbook]
) -> None:
    with pytest.raises(UnwritableText, match=r"Tegn nr\. 6 \(U\+"):
        opened(with_goals(replace(goal, **{where: f"hemme{bad}lig"})))


def test_a_refusal_is_a_value_error_and_keeps_the_text_to_itself(
    goal: GoalRow, with_goals: Callable[..., PlanSheet], opened: Callable[[PlanSheet], Workbook]
) -> None:
    with pytest.raises(ValueError, match="Slet tegnet") as refusal:
        opened(with_goals(replace(goal, reasons="hemmelig\x00")))
    assert "hemmelig" not in str(refusal.value)


def test_an_emoji_counts_as_two_just_as_in_excel() -> None:
    assert utf16_units("a👍") == 3
    assert fits_a_cell("a" * 32_767)
    assert not fits_a_cell("a" * 32_768)
    assert fits_a_cell("👍" * 16_383 + "a")
    assert not fits_a_cell("👍" * 16_384)
