"""How much room a text takes: an estimate, since no viewer fits the height of wrapped rows reliably on opening."""

import re
from math import ceil

LINE_POINTS = 15.0
"""The height of a line of Calibri 11, in points."""

MAX_ROW_POINTS = 409.0
"""The tallest row that Excel draws, in points."""

_PADDING_POINTS = 5.0
MAX_LINES = int((MAX_ROW_POINTS - _PADDING_POINTS) // LINE_POINTS)

# Measured against the width of a digit, the unit of Excel's column widths.
_WIDE = re.compile("[A-ZÆØÅmwMW@%&]")
_DOUBLE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\U0001f000-\U0003ffff]"
)
_USUAL = 0.93
_MORE_IF_WIDE = 0.35
_MORE_IF_DOUBLE = 1.3

# A line breaks at a word, so on average it ends half a long Danish word early.
_LOST_BY_BREAKING = 3.0


def lines_needed(text: str, width: float) -> int:
    """The number of lines a text takes when wrapped, rather one too many than one too few.

    Args:
        text: what the cell says; line feeds begin a new line.
        width: of the column, in digits of the standard font, as Excel states it.
    """
    room = max(width - _LOST_BY_BREAKING, 1.0)
    return sum(_lines_of_paragraph(paragraph, width, room) for paragraph in text.split("\n"))


def row_points(lines: int, least: float = 0.0) -> float:
    """The height of a row for so many lines, in points, never more than Excel draws."""
    return min(max(lines * LINE_POINTS + _PADDING_POINTS, least), MAX_ROW_POINTS)


def _lines_of_paragraph(paragraph: str, width: float, room: float) -> int:
    digits = _USUAL * len(paragraph) + _MORE_IF_WIDE * len(_WIDE.findall(paragraph))
    if not paragraph.isascii():
        digits += _MORE_IF_DOUBLE * len(_DOUBLE.findall(paragraph))
    return 1 if digits <= width - 1 else ceil(digits / room)
