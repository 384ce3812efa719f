"""A text comes through the door exactly as it was written, but for its line ends."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cases.text_at_the_door import accept_text
from pipeline.cases.values import ChoiceValue, DateValue, TableValue, TextValue, Value, parse_value
from pipeline.tool.definition import Choice, Column, Field, Kind
from pipeline.tool.load import load_tool

FORBIDDEN = [chr(code) for code in (*range(32), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n"]
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=FORBIDDEN), max_size=60)
TOOL = load_tool("2018")


def field(key: str) -> Field:
    found = TOOL.find(key)
    assert found is not None
    return found


def again(value: Value, of: Field) -> Value:
    return parse_value(value.as_json(), of, "Feltet")


@given(TEXTS)
def test_a_text_is_kept_exactly(text: str) -> None:
    assert accept_text(text, "Feltet") == text


@given(st.lists(TEXTS.filter(lambda text: "\n" not in text), max_size=5), st.sampled_from(["\r\n", "\r", "\n"]))
def test_line_ends_become_line_feeds_and_nothing_else_changes(lines: list[str], end: str) -> None:
    assert accept_text(end.join(lines), "Feltet") == "\n".join(lines)


@given(TEXTS)
def test_a_text_written_and_read_again_is_the_same(text: str) -> None:
    assert again(TextValue(text), field("conclusion")) == TextValue(text)


@given(st.dates())
def test_a_date_written_and_read_again_is_the_same(day: date) -> None:
    assert again(DateValue(day), field("visit_date")) == DateValue(day)


@given(st.sampled_from(field("recommendation").choices), TEXTS)
def test_a_choice_written_and_read_again_is_the_same(choice: Choice, reason: str) -> None:
    assert again(ChoiceValue(choice, reason), field("recommendation")) == ChoiceValue(choice, reason)


def cell(column: Column) -> st.SearchStrategy[Value]:
    """What may stand in a column; an empty cell is empty text, whatever the column."""
    empty: st.SearchStrategy[Value] = st.just(TextValue(""))
    match column.kind:
        case Kind.DATE:
            return empty | st.builds(DateValue, st.dates())
        case Kind.CHOICE:
            return empty | st.builds(ChoiceValue, st.sampled_from(column.choices))
        case _:
            return empty | st.builds(TextValue, TEXTS)


@settings(max_examples=40)
@given(st.data(), st.sampled_from([f.key for f in TOOL.fields if f.kind is Kind.TABLE]))
def test_a_table_written_and_read_again_is_the_same(data: st.DataObject, key: str) -> None:
    columns = field(key).columns
    row: Any = st.tuples(*(cell(column) for column in columns))
    value = TableValue(columns, tuple(data.draw(st.lists(row, max_size=3))))
    assert again(value, field(key)) == value
