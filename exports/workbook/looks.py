"""How cells look: a handful of looks in Calibri, worked out once and then shared by the cells of all workbooks."""

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Final

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle, DifferentialStyleList
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.styles.table import TableStyleList
from openpyxl.workbook import Workbook
from openpyxl.xml.functions import tostring

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


LOOKS: Final = (
    *(TITLE, SUBTITLE, NOTICE, OFFICIAL_HEADING, COLUMN_HEADING, DATE_HEADING),
    *(WRITTEN, WRITTEN_CENTRED, ROW_NAME, UNWRITTEN, POINTER, MEAN),
)
"""Every look, in the order in which it stands in the file."""

_TABLES = {
    *("_fonts", "_fills", "_borders", "_alignments", "_protections", "_colors"),
    *("_number_formats", "_cell_styles", "_named_styles"),
}


class DressedWorkbook(Workbook):
    """A workbook with all looks; all of these share them, since working them out is a fifth of the work on one."""

    def _setup_styles(self) -> None:
        for table, made in vars(_looks_made().pattern).items():
            if table in _TABLES:
                setattr(self, table, made)
        self._date_formats: dict[int, str] = {}
        self._timedelta_formats: dict[int, str] = {}
        self._table_styles = TableStyleList()
        self._differential_styles = DifferentialStyleList()


class Wardrobe:
    """The looks that cells of a `DressedWorkbook` wear."""

    def __init__(self) -> None:
        self._made = _looks_made().styles

    def dress(self, cell: Cell, look: Look) -> None:
        """Give a cell a look."""
        cell._style = self._made[look]  # type: ignore[attr-defined] # the stubs leave it out


def grade_look(colour: str) -> DifferentialStyle:
    """What a cell gets on top of its look where it holds a certain grade."""
    return DifferentialStyle(fill=PatternFill(bgColor=colour))


def stylesheet(book: DressedWorkbook) -> bytes:
    """The part of a workbook that describes its looks and those of its grades, as XML."""
    return _stylesheet(tuple(style.fill.bgColor.rgb for style in book._differential_styles.styles))


@lru_cache(maxsize=64)
def _stylesheet(grade_colours: tuple[str, ...]) -> bytes:
    book = DressedWorkbook()
    for colour in grade_colours:
        book._differential_styles.append(grade_look(colour))
    xml: bytes = tostring(write_stylesheet(book))
    return xml


@dataclass(frozen=True)
class _LooksMade:
    """A workbook with a cell in each look, and what openpyxl has made of each look."""

    pattern: Workbook
    styles: dict[Look, Any]


@cache
def _looks_made() -> _LooksMade:
    pattern = Workbook()
    sheet = pattern.worksheets[0]
    return _LooksMade(pattern, {look: _made_on(sheet.cell(row, 1), look) for row, look in enumerate(LOOKS, start=1)})


def _made_on(cell: Any, look: Look) -> Any:
    cell.font = look.font
    cell.alignment = look.alignment
    cell.number_format = look.number_format
    if look.fill:
        cell.fill = look.fill
    if look.border:
        cell.border = look.border
    cell.quotePrefix = look.literal
    style = cell._style
    cell.parent.parent._cell_styles.add(style)  # else it would be numbered by the first cell that is written
    return style
