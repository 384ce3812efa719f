"""How cells look: a handful of looks in Calibri, each worked out once a workbook and then shared by its cells."""

from dataclasses import dataclass, field
from typing import Any, Final

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

INK: Final = "FF1A1A1A"
MUTED_INK: Final = "FF4D4D4D"
HEADER_BLUE: Final = "FF1F4E79"
PALE_BLUE: Final = "FFDDEBF7"
NOTICE_RED: Final = "FF9C0006"

TEXT_FORMAT: Final = "@"
"""What is typed into the cell later stays text, too, even where it begins with “=” or “-”."""

_HAIRLINE: Final = Side("thin", color="FFBFBFBF")
_FRAME: Final = Border(left=_HAIRLINE, right=_HAIRLINE, top=_HAIRLINE, bottom=_HAIRLINE)
_TOP_LEFT: Final = Alignment(horizontal="left", vertical="top", wrap_text=True)
_TOP_CENTRE: Final = Alignment(horizontal="center", vertical="top", wrap_text=True)
_CENTRE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
_ONE_LINE: Final = Alignment(horizontal="left", vertical="center")
_HEADING: Final = Alignment(horizontal="left", vertical="center", wrap_text=True)


def _calibri(size: float = 11, color: str = INK, *, bold: bool = False, italic: bool = False) -> Font:
    return Font(name="Calibri", family=2, sz=size, color=color, b=bold, i=italic)


def _filled(color: str) -> PatternFill:
    return PatternFill("solid", fgColor=color)


@dataclass(frozen=True, eq=False)
class Look:
    """One look of a cell; two looks are the same only when they are the same object."""

    font: Font = field(default_factory=_calibri)
    alignment: Alignment = _TOP_LEFT
    fill: PatternFill | None = None
    border: Border | None = None
    number_format: str = "General"
    literal: bool = False


TITLE: Final = Look(_calibri(16, HEADER_BLUE, bold=True), _ONE_LINE)
SUBTITLE: Final = Look(_calibri(color=MUTED_INK), _ONE_LINE)
NOTICE: Final = Look(_calibri(12, NOTICE_RED, bold=True), _ONE_LINE)
OFFICIAL_HEADING: Final = Look(_calibri(10, italic=True), _TOP_LEFT, _filled(PALE_BLUE), _FRAME)
COLUMN_HEADING: Final = Look(_calibri(color="FFFFFFFF", bold=True), _HEADING, _filled(HEADER_BLUE), _FRAME)
DATE_HEADING: Final = Look(
    _calibri(color="FFFFFFFF", bold=True),
    _CENTRE,
    _filled(HEADER_BLUE),
    _FRAME,
    "[$-406]d. mmm yyyy",
)
WRITTEN: Final = Look(border=_FRAME, number_format=TEXT_FORMAT, literal=True)
WRITTEN_CENTRED: Final = Look(alignment=_TOP_CENTRE, border=_FRAME, number_format=TEXT_FORMAT, literal=True)
ROW_NAME: Final = Look(alignment=_HEADING, border=_FRAME, number_format=TEXT_FORMAT, literal=True)
UNWRITTEN: Final = Look(border=_FRAME, number_format=TEXT_FORMAT)
POINTER: Final = Look(_calibri(10, MUTED_INK, italic=True), border=_FRAME, number_format=TEXT_FORMAT, literal=True)
MEAN: Final = Look(alignment=_CENTRE, border=_FRAME, number_format="0.0")


class Wardrobe:
    """The looks of one workbook; a look is registered with the workbook when it is first worn."""

    def __init__(self) -> None:
        self._made: dict[Look, Any] = {}

    def dress(self, cell: Cell, look: Look) -> None:
        """Give a cell a look."""
        made = self._made.get(look)
        if made is None:
            self._made[look] = _made_on(cell, look)
        else:
            # sharing the finished style saves looking up six parts of it for every cell
            cell._style = made  # type: ignore[attr-defined] # the stubs leave it out


def _made_on(cell: Cell, look: Look) -> Any:
    cell.font = look.font
    cell.alignment = look.alignment
    cell.number_format = look.number_format
    if look.fill:
        cell.fill = look.fill
    if look.border:
        cell.border = look.border
    cell.quotePrefix = look.literal
    return cell._style  # type: ignore[attr-defined] # the stubs leave it out
