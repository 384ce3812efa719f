"""The drop-down lists and the hidden sheet their choices stand on; a list written inline breaks at 255 characters."""

from collections.abc import Sequence

from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from exports.workbook.looks import UNWRITTEN, Wardrobe
from exports.workbook.pen import Pen

SHEET_NAME = "Valgmuligheder"


def write_choice_lists(book: Workbook, wardrobe: Wardrobe, lists: Sequence[Sequence[str]]) -> None:
    """Write the choices of each drop-down as a column of a hidden sheet."""
    sheet = book.create_sheet(SHEET_NAME)
    sheet.sheet_state = "hidden"
    pen = Pen(sheet, wardrobe)
    for column, choices in enumerate(lists, start=1):
        for row, choice in enumerate(choices, start=1):
            pen.text(row, column, choice, UNWRITTEN)


def drop_down(list_column: str, length: int, cells: str, what: str) -> DataValidation:
    """A drop-down that refuses anything else than its choices and empty.

    Args:
        list_column: the column of the hidden sheet, e.g. “A”.
        length: how many choices.
        cells: where it applies, e.g. “A6:A20”.
        what: what is chosen, for the message, e.g. “en måltype”.
    """
    rule = DataValidation(
        type="list",
        formula1=f"{SHEET_NAME}!${list_column}$1:${list_column}${max(length, 1)}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Vælg fra listen",
        error=f"Vælg {what} fra listen, eller lad feltet være tomt.",
        errorStyle="stop",
    )
    rule.add(cells)
    return rule
