"""The texts of “Lange tekster” in a workbook that came home, put together again from their parts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from exports.workbook import long_texts
from exports.workbook.cell_words import Words
from exports.workbook.cells import Row, Sheet
from exports.workbook.own_words import OwnWords

_TEXT = "Tekst"
_OF_A_PART = ("Mål-id", "Kolonne", "Del", _TEXT)
_PART_OF = re.compile("([1-9][0-9]{0,3}) af ([1-9][0-9]{0,3})")
Header = tuple[int, dict[str, str]]
"""The number of the row of headings, and the letters of the column under each."""


@dataclass(frozen=True)
class LongTexts:
    """What the sheet says.

    Attributes:
        whole: each text by its goal and column; one that has lost a part cannot be told.
        beside: the rows, by their number, that are neither a part of such a text nor as we wrote them.
    """

    whole: Mapping[tuple[str, str], Words]
    beside: Mapping[int, Row]


def find_headings(sheet: Sheet, headings: Iterable[str]) -> Header | None:
    """The row that holds all these headings, or None; of two columns with one heading the left one counts."""
    for number, row in sheet.rows.items():
        columns = {words.shown: letters for letters, words in reversed(row.items()) if words.shown}
        if all(heading in columns for heading in headings):
            return number, columns
    return None


def read_long_texts(sheet: Sheet, own: OwnWords, taken: Iterable[str]) -> LongTexts:
    """Read the sheet.

    Args:
        sheet: the one called “Lange tekster”.
        own: what we wrote.
        taken: the columns of the plan whose texts are read back.
    """
    header = find_headings(sheet, long_texts.HEADINGS)
    if header is None:
        return LongTexts({}, {number: row for number, row in sheet.rows.items() if not is_own(row, sheet.name, own)})
    top, columns = header
    headings = frozenset(taken)
    parts: dict[tuple[str, str], list[tuple[str, Words]]] = {}
    beside: dict[int, Row] = {}
    for number, row in sheet.rows.items():
        goal_id, column, which, text = (row.get(columns[name], Words()) for name in _OF_A_PART)
        is_part = number > top and column.told in headings and not goal_id.is_empty
        if is_part:
            parts.setdefault((goal_id.told, column.told), []).append((which.told, text))
        if not (is_own(row, sheet.name, own) or (is_part and _is_own_but_for_its_text(row, columns, own))):
            beside[number] = row
    return LongTexts({place: _together(found) for place, found in parts.items()}, beside)


def is_own(row: Row, sheet_name: str, own: OwnWords) -> bool:
    """Whether we wrote the row so, on a sheet of that name."""
    return any(own.has_row(sheet_name, texts) for texts in _readings(row))


def _readings(row: Row) -> Iterator[list[str]]:
    """What a row said when we wrote it, if it is ours."""
    for reading in (0, 1):
        yield [words.readings[reading] for words in row.values()]


def _is_own_but_for_its_text(row: Row, columns: Mapping[str, str], own: OwnWords) -> bool:
    rest = {letters: words for letters, words in row.items() if letters != columns[_TEXT]}
    return any(own.has_part(texts) for texts in _readings(rest))


def _together(parts: list[tuple[str, Words]]) -> Words:
    numbered = [(match, words) for which, words in parts if (match := _PART_OF.fullmatch(which))]
    in_order = [words for _, words in sorted(numbered, key=lambda part: int(part[0][1]))]
    numbers = sorted(int(match[1]) for match, _ in numbered)
    totals = {int(match[2]) for match, _ in numbered}
    told = "".join(words.told for words in in_order)
    if len(numbered) != len(parts) or totals != {len(parts)} or numbers != list(range(1, len(parts) + 1)):
        return Words(None, found=told)
    literal = "".join(words.literal for words in in_order)
    return Words(None, literal, told) if None in [words.shown for words in in_order] else Words(told, literal)
