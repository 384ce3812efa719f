"""The chart of the development: a group of bars for each goal type, one bar a visit, the newest darkest."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from openpyxl.chart import BarChart, Reference
from openpyxl.chart._chart import ChartBase
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from exports.workbook.plan import PlanSheet

MOST_VISITS = 4
"""More bars in a group cannot be told apart; the table above the chart has them all."""

_WIDTH_CM = 26.0
_EMU_PER_CM = 360_000
_UNWANTED_LABELS = ("showLegendKey", "showCatName", "showSerName", "showPercent", "showBubbleSize")
_ALT_TITLE = "Målopnåelse over besøg"

# Oldest to newest; one hue, so that the order shows in grey print too.
_BLUES = ("CFE0F1", "8DB3D9", "4A86C0", "123F6D")


@dataclass(frozen=True)
class GradeTable:
    """Where the numbers stand: goal types down from below the header row, visits to the right from column B."""

    header: int
    types: int
    visits: int

    @property
    def first_in_chart(self) -> int:
        """The index of the oldest visit that the chart shows."""
        return max(0, self.visits - MOST_VISITS)


class DescribedAnchor(OneCellAnchor):
    """Anchors a chart and gives its frame the alternative text that screen readers read out."""

    tagname = OneCellAnchor.tagname
    __elements__ = OneCellAnchor.__elements__  # openpyxl would take a subclass for one without elements

    def __init__(self, title: str, description: str, **place: Any) -> None:
        self.title = title
        self.description = description
        super().__init__(**place)

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "graphicFrame" and value is not None:
            properties = value.nvGraphicFramePr.cNvPr
            properties.name, properties.title, properties.descr = self.title, self.title, self.description
        super().__setattr__(name, value)


class DrawnChart(ChartBase):
    """A chart whose XML is there already."""

    def __init__(self, xml: Any) -> None:
        super().__init__()
        self._xml = xml

    def _write(self) -> Any:
        return self._xml


def add_progress_chart(sheet: Worksheet, plan: PlanSheet, table: GradeTable) -> None:
    """Put the chart below the table, the newest visits in it."""
    first = table.first_in_chart
    height = min(4.0 + table.types * (0.5 + 0.35 * (table.visits - first)), 17.0)
    anchor = DescribedAnchor(
        _ALT_TITLE,
        _in_words(plan, first),
        _from=AnchorMarker(row=table.header + table.types + 1),
        ext=XDRPositiveSize2D(int(_WIDTH_CM * _EMU_PER_CM), int(height * _EMU_PER_CM)),
    )
    sheet.add_chart(DrawnChart(_chart_xml(sheet.title, table, plan.scale)), anchor)  # type: ignore[arg-type] # the stub knows only “A1”, openpyxl takes anchors too


@lru_cache(maxsize=64)
def _chart_xml(sheet_name: str, table: GradeTable, scale: tuple[str, ...]) -> Any:
    """The chart as XML; it holds references and no answers, so plans of one shape share it (a third of the time)."""
    chart = BarChart()
    chart.type = "bar"
    chart.gapWidth, chart.overlap = 60, 0
    for visit in range(table.first_in_chart, table.visits):
        chart.series.append(_series(sheet_name, table, visit, _BLUES[visit - table.visits]))
    _title_and_axes(chart, scale, table.first_in_chart)
    return chart._write()  # type: ignore[attr-defined] # the stubs leave it out


def _series(sheet_name: str, table: GradeTable, visit: int, colour: str) -> Series:
    column, last = get_column_letter(visit + 2), table.header + table.types
    values = f"{quote_sheetname(sheet_name)}!${column}${table.header}:${column}${last}"
    names = f"{quote_sheetname(sheet_name)}!$A${table.header + 1}:$A${last}"
    series: Series = SeriesFactory(Reference(range_string=values), title_from_data=True)
    series.cat = AxDataSource(strRef=StrRef(f=names))
    series.graphicalProperties.solidFill = colour
    series.graphicalProperties.line.solidFill = _BLUES[-1]
    series.dLbls = DataLabelList(numFmt="0.0", showVal=True, **dict.fromkeys(_UNWANTED_LABELS, False))
    return series


def _title_and_axes(chart: BarChart, scale: tuple[str, ...], left_out: int) -> None:
    newest = f" (de seneste {MOST_VISITS} besøg)" if left_out else ""
    chart.title = f"Målopnåelse for hver måltype{newest}"
    chart.legend.position = "t"
    chart.roundedCorners = False
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"  # the first goal type on top, as in the table
    chart.y_axis.crosses = "max"  # which would move the numbers to the top as well
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, max(len(scale) - 1, 1)
    chart.y_axis.majorUnit = 1
    chart.y_axis.number_format = "0"
    chart.y_axis.title = f"Gennemsnit fra 0 = {scale[-1]} til {len(scale) - 1} = {scale[0]}"
    # said outright, since Excel lays titles and legend over the bars where a file is silent
    for laid_out in (chart.title, chart.y_axis.title, chart.legend):
        cast(Any, laid_out).overlay = False


def _in_words(plan: PlanSheet, first: int) -> str:
    """The alternative text: what the chart shows and the figures themselves."""
    sentences = [f"Søjlediagram fra 0 = {plan.scale[-1]} til {len(plan.scale) - 1} = {plan.scale[0]}."]
    for goal_type in plan.graded_types():
        means = ((visit.date, plan.mean_grade(visit, goal_type)) for visit in plan.visits[first:])
        figures = [f"{day:%d.%m.%Y}: {_decimal_comma(mean)}" for day, mean in means if mean is not None]
        if figures:
            sentences.append(f"{goal_type}: {'; '.join(figures)}.")
    return " ".join(sentences)


def _decimal_comma(mean: float) -> str:
    return f"{mean:.1f}".replace(".", ",")
