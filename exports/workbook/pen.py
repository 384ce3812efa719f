"""The one way a value comes into a cell: text stays text, numbers and days are numbers and days."""

from datetime import date
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from exports.workbook.cell_text import MAX_CELL_UNITS, UnwritableText, accepted, as_stored, fits_a_cell
from exports.workbook.looks import Look, Wardrobe


class Pen:
    """Writes cells of one sheet in the looks of its workbook."""

    def __init__(self, sheet: Worksheet, wardrobe: Wardrobe) -> None:
        self.sheet = sheet
        self._wardrobe = wardrobe

    def text(self, row: int, column: int, text: str, look: Look) -> None:
        """Write text that reads back exactly, whatever it looks like; empty text leaves the cell empty.

        Raises:
            UnwritableText: the text cannot be held by a cell.
        """
        if not fits_a_cell(accepted(text)):
            raise UnwritableText(f"En tekst er længere end de {MAX_CELL_UNITS} tegn, en celle kan rumme. Kort den af.")
        cell = self._cell(row, column, look)
        if text:
            cell.value = as_stored(text)
            cell.data_type = "s"  # openpyxl has made “=1+1” a formula and “#N/A” an error by now

    def number(self, row: int, column: int, number: float | None, look: Look) -> None:
        """Write a number, or leave the cell empty."""
        self._cell(row, column, look).value = number

    def day(self, row: int, column: int, day: date, look: Look) -> None:
        """Write a day as a real date."""
        self._cell(row, column, look).value = day

    def blank(self, row: int, column: int, look: Look) -> None:
        """Dress an empty cell."""
        self._cell(row, column, look)

    def _cell(self, row: int, column: int, look: Look) -> Cell:
        cell = cast(Cell, self.sheet.cell(row, column))  # a merged cell only after merging, which comes last
        self._wardrobe.dress(cell, look)
        return cell
