"""The chart of the development: a group of bars for each goal type, one bar a visit, the newest darkest."""

from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.units import cm_to_EMU
from openpyxl.worksheet.worksheet import Worksheet

from exports.workbook.plan import PlanSheet

MOST_VISITS = 6
"""More bars in a group cannot be told apart; the table above the chart has them all."""

_WIDTH_CM = 26.0
_ALT_TITLE = "Målopnåelse over besøg"

# Oldest to newest; one hue, so that the order shows in grey print too.
_BLUES = ("D6E4F2", "B4CDE6", "8DB3D9", "5F93C6", "2F6FAE", "123F6D")


@dataclass(frozen=True)
class GradeTable:
    """Where the numbers stand: goal types down from below the header row, visits to the right from column B."""

    header: int
    types: int
    visits: int


class DescribedAnchor(OneCellAnchor):
    """Anchors a chart and gives its frame the alternative text that screen readers read out."""

    tagname = "oneCellAnchor"

    def __init__(self, title: str, description: str, **place: Any) -> None:
        self.title = title
        self.description = description
        super().__init__(**place)

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "graphicFrame" and value is not None:
            properties = value.nvGraphicFramePr.cNvPr
            properties.name, properties.title, properties.descr = self.title, self.title, self.description
        super().__setattr__(name, value)


def add_progress_chart(sheet: Worksheet, plan: PlanSheet, table: GradeTable) -> None:
    """Put the chart below the table, the newest visits in it."""
    chart = BarChart()
    chart.type = "bar"
    chart.gapWidth, chart.overlap = 60, 0
    first = max(0, table.visits - MOST_VISITS)
    for visit in range(first, table.visits):
        chart.series.append(_series(sheet, table, visit, _BLUES[visit - table.visits]))
    _title_and_axes(chart, plan, left_out=first)
    height = min(4.0 + table.types * (0.5 + 0.35 * len(chart.series)), 17.0)
    chart.anchor = DescribedAnchor(
        _ALT_TITLE,
        _in_words(plan, first),
        _from=AnchorMarker(row=table.header + table.types + 1),
        ext=XDRPositiveSize2D(cm_to_EMU(_WIDTH_CM), cm_to_EMU(height)),
    )
    sheet.add_chart(chart)


def _series(sheet: Worksheet, table: GradeTable, visit: int, colour: str) -> Series:
    column, last = visit + 2, table.header + table.types
    series = SeriesFactory(Reference(sheet, column, table.header, column, last), title_from_data=True)
    names = Reference(sheet, 1, table.header + 1, 1, last)
    series.cat = AxDataSource(strRef=StrRef(f=str(names)))
    series.graphicalProperties.solidFill = colour
    series.graphicalProperties.line.solidFill = _BLUES[-1]
    series.dLbls = DataLabelList(numFmt="0.0", showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    return series


def _title_and_axes(chart: BarChart, plan: PlanSheet, left_out: int) -> None:
    newest = f" (de seneste {MOST_VISITS} besøg)" if left_out else ""
    chart.title = f"Målopnåelse for hver måltype{newest}"
    chart.legend.position = "r"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"  # the first goal type on top, as in the table
    chart.y_axis.crosses = "max"  # which would move the numbers to the top as well
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, max(len(plan.scale) - 1, 1)
    chart.y_axis.majorUnit = 1
    chart.y_axis.number_format = "0"
    best, worst = plan.scale[0], plan.scale[-1]
    chart.y_axis.title = f"Gennemsnit fra 0 = {worst} til {len(plan.scale) - 1} = {best}"


def _in_words(plan: PlanSheet, first: int) -> str:
    """The alternative text: what the chart shows and the figures themselves."""
    sentences = [f"Søjlediagram fra 0 = {plan.scale[-1]} til {len(plan.scale) - 1} = {plan.scale[0]}."]
    for goal_type in plan.graded_types():
        means = ((visit.date, plan.mean_grade(visit, goal_type)) for visit in plan.visits[first:])
        figures = [f"{day:%d.%m.%Y} {mean:.1f}".replace(" 0", " 0") for day, mean in means if mean is not None]
        if figures:
            sentences.append(f"{goal_type}: {', '.join(f.rpartition('.')[0] + ',' + f[-1] for f in figures)}.")
    return " ".join(sentences)
