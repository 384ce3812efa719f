"""What one contribution to a field says: one small class for each kind, with the value as JSON and in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.cases.text_at_the_door import accept_text, shown
from pipeline.danish import danish_date
from pipeline.errors import AnswersError
from pipeline.tool.definition import Choice, Column, Field, Kind, label_of


@dataclass(frozen=True)
class TextValue:
    """Free text, one line or many."""

    text: str

    def as_json(self) -> dict[str, Any]:
        """The value as it stands in the answers' JSON."""
        return {"text": self.text}

    def as_text(self) -> str:
        """The value in words."""
        return self.text


@dataclass(frozen=True)
class DateValue:
    """A day."""

    day: date

    def as_json(self) -> dict[str, Any]:
        """The value as it stands in the answers' JSON (ISO 8601)."""
        return {"date": self.day.isoformat()}

    def as_text(self) -> str:
        """The value in words, e.g. “3. marts 2026”."""
        return danish_date(self.day)


@dataclass(frozen=True)
class ChoiceValue:
    """A choice on a scale, with its reason."""

    choice: Choice
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """The value as it stands in the answers' JSON."""
        return {"choice": self.choice.code, "text": self.reason}

    def as_text(self) -> str:
        """The value in words: label, then reason."""
        return f"{self.choice.label}. {self.reason}" if self.reason else self.choice.label


@dataclass(frozen=True)
class TableValue:
    """Rows of cells, each cell in words, in the order of the field's columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple["Value", ...], ...]

    def as_json(self) -> dict[str, Any]:
        """The value as it stands in the answers' JSON."""
        return {"rows": [{c.key: _cell_json(v) for c, v in zip(self.columns, r, strict=True)} for r in self.rows]}

    def as_text(self) -> str:
        """The value in words: a line for each cell that is filled, an empty line between rows."""
        return "\n\n".join(
            "\n".join(f"{column.label}: {cell.as_text()}" for column, cell in self._filled(row)) for row in self.rows
        )

    def _filled(self, row: tuple["Value", ...]) -> list[tuple[Column, "Value"]]:
        cells = zip(self.columns, row, strict=True)
        return [(column, cell) for column, cell in cells if cell.as_text().strip()]


Value = TextValue | DateValue | ChoiceValue | TableValue


def parse_value(raw: Mapping[str, Any], field: Field | Column, place: str) -> Value:
    """Turn the JSON of one contribution into its value.

    Raises:
        AnswersError: the JSON does not fit the field's kind.
    """
    return _PARSERS[field.kind](raw, field, place)


def _text(raw: Mapping[str, Any], field: Field | Column, place: str) -> Value:
    return TextValue(accept_text(_string(raw, "text", place), place))


def _date(raw: Mapping[str, Any], field: Field | Column, place: str) -> Value:
    written = _string(raw, "date", place)
    try:
        return DateValue(date.fromisoformat(written))
    except ValueError:
        raise AnswersError(f"{place}: teksten er ikke en dato. Skriv den som 2026-03-31.") from None


def _choice(raw: Mapping[str, Any], field: Field | Column, place: str) -> Value:
    code = _string(raw, "choice", place)
    if code not in {choice.code for choice in field.choices}:
        known = ", ".join(f"{choice.code} ({choice.label})" for choice in field.choices)
        raise AnswersError(f"{place}: svaret er ikke en af mulighederne. Vælg en af: {known}.")
    reason = accept_text(_string(raw, "text", place), place) if "text" in raw else ""
    return ChoiceValue(Choice(code, label_of(field.choices, code)), reason)


def _table(raw: Mapping[str, Any], field: Field | Column, place: str) -> Value:
    columns = field.columns if isinstance(field, Field) else ()
    rows = raw.get("rows")
    if not isinstance(rows, list):
        raise AnswersError(f"{place}: “rows” mangler eller er ikke en liste.")
    return TableValue(columns, tuple(_row(row, columns, f"{place}, linje {n}") for n, row in enumerate(rows, start=1)))


def _row(raw: object, columns: tuple[Column, ...], place: str) -> tuple[Value, ...]:
    if not isinstance(raw, dict):
        raise AnswersError(f"{place}: en linje skal have navngivne felter.")
    unknown = sorted(set(raw) - {column.key for column in columns})
    if unknown:
        raise AnswersError(f"{place}: feltet “{shown(unknown[0])}” kendes ikke. Ret navnet, eller fjern det.")
    return tuple(_cell(raw, column, f"{place}, {column.label}") for column in columns)


def _cell(row: Mapping[str, Any], column: Column, place: str) -> Value:
    """A cell is written as its bare value; an empty one of any kind is empty text."""
    raw = row.get(column.key, "")
    if raw == "":
        return TextValue("")
    name = {Kind.DATE: "date", Kind.CHOICE: "choice"}.get(column.kind, "text")
    return parse_value({name: raw}, column, place)


def _cell_json(value: Value) -> str:
    match value:
        case ChoiceValue():
            return value.choice.code
        case DateValue():
            return value.day.isoformat()
        case _:
            return value.as_text()


def _drawn(raw: Mapping[str, Any], field: Field | Column, place: str) -> Value:
    raise AnswersError(f"{place}: feltet kommer af sig selv fra sagen og kan ikke udfyldes. Fjern svaret.")


def _string(raw: Mapping[str, Any], key: str, place: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str):
        raise AnswersError(f"{place}: “{key}” mangler eller er ikke en tekst.")
    return value


_PARSERS: dict[Kind, Callable[[Mapping[str, Any], Field | Column, str], Value]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.TABLE: _table,
    Kind.GOALS: _drawn,  # the goals have a shape of their own, see pipeline.cases.read_answers
    Kind.DRAWN: _drawn,
}
