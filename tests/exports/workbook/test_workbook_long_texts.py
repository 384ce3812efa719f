from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from exports.workbook import GoalRow, PlanSheet
from exports.workbook.cell_text import utf16_units
from exports.workbook.long_texts import parts_of
from exports.workbook.text_size import MAX_LINES, lines_needed

EXCEL_LIMIT = 32_767


def joined_parts(book: Workbook, number: str) -> str:
    return "".join(row[4].value for row in book["Lange tekster"].iter_rows() if row[0].value == number)


@pytest.mark.parametrize(
    "text",
    [
        "a" * (EXCEL_LIMIT + 1),
        "👍" * 16_384,
        "a" + "👍" * 40_000,
        "ord og mellemrum " * 3_000,
        "\n" * 3_000 + "x" * 40_000,
        "_x000D_" * 9_000,
        "=" + "1+" * 20_000,
    ],
    ids=["one too many", "pairs", "pairs at odd places", "words", "line feeds", "escapes", "formula"],
)
def test_a_text_too_long_for_a_cell_stands_whole_on_a_sheet_of_its_own(
    text: str,
    goal: GoalRow,
    with_goals: Callable[..., PlanSheet],
    opened: Callable[[PlanSheet], Workbook],
    table_rows: Callable[[Workbook], list[list[Any]]],
) -> None:
    book = opened(with_goals(goal, replace(goal, id="m7", reasons=text)))
    cell, read_on = table_rows(book)[1][4], table_rows(book)[1][8]

    assert cell.value.startswith(text[:100])
    assert "står på fanen “Lange tekster” nr. 1" in cell.value
    assert f"Alle {len(text):,} tegn".replace(",", ".") in cell.value
    assert read_on.value == "3. Begrundelse: hele teksten står på fanen “Lange tekster” nr. 1."
    assert joined_parts(book, "1") == text
    assert {row[5].value for row in book["Lange tekster"].iter_rows() if row[0].value == "1"} == {"m7"}


@pytest.mark.parametrize("text", ["a" * EXCEL_LIMIT, "👍" * 16_383 + "a", "ord " * 500])
def test_a_text_that_a_cell_can_hold_but_not_show_stands_in_both_places(
    text: str,
    goal: GoalRow,
    with_goals: Callable[..., PlanSheet],
    opened: Callable[[PlanSheet], Workbook],
    table_rows: Callable[[Workbook], list[list[Any]]],
) -> None:
    book = opened(with_goals(replace(goal, wording=text)))

    assert table_rows(book)[0][1].value == text
    assert joined_parts(book, "1") == text
    assert not book["Tids- og faseplan"].column_dimensions["I"].hidden


def test_without_long_texts_there_is_neither_sheet_nor_column_for_them(
    plan: PlanSheet, opened: Callable[[PlanSheet], Workbook]
) -> None:
    book = opened(plan)

    assert "Lange tekster" not in book.sheetnames
    assert book["Tids- og faseplan"].column_dimensions["I"].hidden


def test_long_texts_are_numbered_as_their_pointers_say(
    goal: GoalRow,
    with_goals: Callable[..., PlanSheet],
    opened: Callable[[PlanSheet], Workbook],
    table_rows: Callable[[Workbook], list[list[Any]]],
) -> None:
    first, second, third = ("a " * 3_000, "b " * 3_000, "c " * 3_000)
    book = opened(with_goals(replace(goal, focus=first, reasons=second), replace(goal, wording=third)))

    assert [joined_parts(book, number) for number in "123"] == [first, second, third]
    assert table_rows(book)[0][8].value.splitlines() == [
        "2. Fokus: hele teksten står på fanen “Lange tekster” nr. 1.",
        "3. Begrundelse: hele teksten står på fanen “Lange tekster” nr. 2.",
    ]


@settings(deadline=None)
@given(
    text=st.text(st.sampled_from("a \n👍W"), min_size=1, max_size=600),
    times=st.integers(1, 60),
)
def test_parts_join_to_the_text_and_each_can_be_seen_whole(text: str, times: int) -> None:
    parts = parts_of(text * times)

    assert "".join(parts) == text * times
    assert all(part and lines_needed(part, 110) <= MAX_LINES and utf16_units(part) <= EXCEL_LIMIT for part in parts)


def test_parts_end_between_words_where_there_are_words() -> None:
    assert all(part.endswith(" ") for part in parts_of("hverdag " * 1_000))
