"""Draws how far goals were reached over the visits as SVG: steps up and down, told by position and never by colour.

The drawing takes the colour of the text around it, so that it follows forced colours and print. It names itself for
screen readers; the numbers stand in a table that the page shows beside it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_LEFT, _TOP, _STEP, _VISITS, _BELOW = 102, 18, 30, 198, 32
"""In units of the drawing: the least room for the words of the scale, above it, between grades, for visits, below."""
_LETTER, _GAP = 6.6, 10
"""How wide a letter of the scale is at most on average, and what is between its words and the lines."""
_DOT, _EDGE = 5, 22
_MOST_NAMES = 5
"""So many names of visits fit beside each other; of more only every other is named, the newest among them."""


@dataclass(frozen=True)
class AttainmentChart:
    """One line of development.

    Attributes:
        id: unique on the page; the title and description have ids that begin with it.
        title: what is shown, e.g. the måltype.
        description: the same as the drawing in a sentence or two.
        scale: the grades, best first.
        visits: what each visit is called, oldest first.
        given: for each visit the grades given, by their place in `scale`; a visit may have none.
    """

    id: str
    title: str
    description: str
    scale: tuple[str, ...]
    visits: tuple[str, ...]
    given: tuple[tuple[int, ...], ...]


def draw(chart: AttainmentChart) -> str:
    """The chart as an SVG element, to stand in a page of HTML."""
    height = _TOP + _STEP * (len(chart.scale) - 1) + _BELOW
    names = f"{chart.id}-title", f"{chart.id}-desc"
    labelled = quoteattr(" ".join(names))
    parts = (
        f'<svg class="ht-chart" viewBox="0 0 {_left(chart) + _VISITS} {height}" role="img" aria-labelledby={labelled}>',
        f"<title id={quoteattr(names[0])}>{escape(chart.title)}</title>",
        f"<desc id={quoteattr(names[1])}>{escape(chart.description)}</desc>",
        *_scale(chart),
        *_visits(chart, height),
        *_line(chart),
        *_dots(chart),
        "</svg>",
    )
    return "".join(parts)


def _left(chart: AttainmentChart) -> int:
    """Where the lines begin: after the longest word of the scale, in whatever language it is."""
    return max(_LEFT, round(max((len(grade) for grade in chart.scale), default=0) * _LETTER) + _GAP)


def _scale(chart: AttainmentChart) -> Iterator[str]:
    left = _left(chart)
    for place, grade in enumerate(chart.scale):
        y = _y(place)
        yield f'<line class="ht-chart-grid" x1="{left}" y1="{y}" x2="{left + _VISITS}" y2="{y}"/>'
        yield f'<text x="{left - _GAP}" y="{y + 4}" text-anchor="end">{escape(grade)}</text>'


def _visits(chart: AttainmentChart, height: int) -> Iterator[str]:
    step = 1 if len(chart.visits) <= _MOST_NAMES else 2
    for place, visit in list(enumerate(chart.visits))[::-step]:
        yield f'<text x="{_x(chart, place):g}" y="{height - 6}" text-anchor="middle">{escape(visit)}</text>'


def _line(chart: AttainmentChart) -> Iterator[str]:
    """Through the middle of the grades of each visit; one visit alone has no line."""
    points = [
        f"{_x(chart, place):g},{_y(sum(given) / len(given)):g}" for place, given in enumerate(chart.given) if given
    ]
    if len(points) > 1:
        yield f'<polyline class="ht-chart-line" points="{" ".join(points)}"/>'


def _dots(chart: AttainmentChart) -> Iterator[str]:
    """A dot for each grade given; where several gave the same, their number stands beside it."""
    for place, given in enumerate(chart.given):
        for grade, times in sorted(Counter(given).items()):
            x, y = _x(chart, place), _y(grade)
            yield f'<circle class="ht-chart-dot" cx="{x:g}" cy="{y:g}" r="{_DOT}"/>'
            if times > 1:
                yield f'<text class="ht-chart-times" x="{x + _DOT + 4:g}" y="{y - 5:g}">{times}</text>'


def _x(chart: AttainmentChart, place: int) -> float:
    left = _left(chart)
    first, last = left + _EDGE, left + _VISITS - _EDGE
    return (first + last) / 2 if len(chart.visits) == 1 else first + (last - first) * place / (len(chart.visits) - 1)


def _y(place: float) -> float:
    return _TOP + _STEP * place
