"""What all sheets have in common: the lines at the top and A4 landscape, one page wide, with page numbers."""

from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exports.workbook.looks import NOTICE, SUBTITLE, TITLE, Look
from exports.workbook.pen import Pen
from exports.workbook.plan import PlanSheet

_A4 = 9
_AS_MANY_AS_NEEDED = 0
_MARGIN_INCHES = 0.4
_FOOTER_INCHES = 0.6


def write_top_lines(pen: Pen, plan: PlanSheet, title: str) -> int:
    """Write title, subtitle and notice, each in one cell so that filters and screen readers see plain rows.

    Returns:
        The first free row.
    """
    lines: list[tuple[str, Look, float]] = [(title, TITLE, 24.0), (plan.subtitle, SUBTITLE, 16.0)]
    if plan.notice:
        lines.append((plan.notice, NOTICE, 18.0))
    for row, (text, look, points) in enumerate(lines, start=1):
        pen.text(row, 1, text, look)
        pen.sheet.row_dimensions[row].height = points
    return len(lines) + 1


def set_paper(sheet: Worksheet, *, pages_high: int = _AS_MANY_AS_NEEDED) -> None:
    """A4 landscape, one page wide, the sheet's name and “Side x af y” at the foot.

    Args:
        sheet: which to print so.
        pages_high: 0 for as many as it takes.
    """
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = pages_high
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(_MARGIN_INCHES, _MARGIN_INCHES, _MARGIN_INCHES, _FOOTER_INCHES, 0.3, 0.3)
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("Side &P af &N")
    )
    sheet.sheet_view.showGridLines = False
