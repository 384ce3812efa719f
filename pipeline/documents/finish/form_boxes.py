"""Finds the boxes of a converted form in its structure tree, and labels that were left behind on the page before.

LibreOffice tags a paragraph with the name of its style; the boxes are the paragraphs of the styles named here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Pdf

from pipeline.errors import StepFailed

BOX_STYLES: Mapping[str, float] = {"Felt linje": 0.8, "Felt mellem": 2.0, "Felt lang": 3.6}
"""Paragraph styles of the boxes in the Word template and their heights in cm (the style's exact line height)."""

SECTION, GROUP, LABEL = "H1", "H2", "Ledetekst"
_KEPT_WITH_NEXT = {SECTION, GROUP, LABEL, "Hjælpetekst", "Vejledning"}
_INSIDE_A_PARAGRAPH = {"Span", "Link"}

_CM = 72 / 2.54
_BASELINE_SHARE = 0.2
"""The part of an exact line height that LibreOffice puts below the baseline."""


@dataclass(frozen=True)
class Box:
    """One box on the paper.

    Attributes:
        element: the paragraph in the structure tree.
        rectangle: left, bottom, right, top in points from the page's lower left corner.
    """

    element: Dictionary
    page: Dictionary
    rectangle: tuple[float, float, float, float]


@dataclass(frozen=True)
class LeftBehind:
    """Words that stand on the page before their box.

    Attributes:
        box: number of the box in reading order, from 0.
        begins_with: the style of the first paragraph that must go with the box: SECTION, GROUP or LABEL.
    """

    box: int
    begins_with: str


@dataclass(frozen=True)
class Layout:
    """What was found out about a converted form.

    Attributes:
        box_sizes: width and height of each box in points, in reading order.
        left_behind: the first words that LibreOffice parted from their box, if it did.
        continued_on: for each heading behind the last box the number of its page, from 1.
    """

    box_sizes: tuple[tuple[float, float], ...]
    left_behind: LeftBehind | None
    continued_on: tuple[int, ...]


def layout_of(converted: Path) -> Layout:
    """Look at a converted form.

    Raises:
        StepFailed: the file cannot be read.
    """
    try:
        with pikepdf.open(converted) as pdf:
            sizes = tuple(
                (right - left, top - bottom) for left, bottom, right, top in (b.rectangle for b in boxes(pdf))
            )
            paragraphs = list(_paragraphs(pdf))
            return Layout(sizes, _left_behind(paragraphs), tuple(_continued_on(pdf, paragraphs)))
    except pikepdf.PdfError as error:
        raise StepFailed("PDF-filen fra LibreOffice kunne ikke læses. Prøv igen.") from error


def boxes(pdf: Pdf) -> Iterator[Box]:
    """The boxes in reading order."""
    places = {page.obj.objgen: _places(page.obj) for page in pdf.pages}
    for element in _paragraphs(pdf):
        style = _style(element)
        if style in BOX_STYLES:
            page = _page(element)
            x, baseline = places[page.objgen][_first_content(element)]
            height = BOX_STYLES[style] * _CM
            bottom = baseline - _BASELINE_SHARE * height
            right = float(page.MediaBox[2]) - x
            yield Box(element, page, (x, bottom, right, bottom + height))


def _left_behind(paragraphs: list[Dictionary]) -> LeftBehind | None:
    """The first box whose words begin on another page; later ones move when this one is mended."""
    chain: list[Dictionary] = []
    number = -1
    for element in paragraphs:
        style = _style(element)
        if style in BOX_STYLES:
            number += 1
            if any(_page(word).objgen != _page(element).objgen for word in chain):
                return LeftBehind(number, _style(chain[0]))
        chain = _longer(chain, element, style)
    return None


def _longer(chain: list[Dictionary], element: Dictionary, style: str) -> list[Dictionary]:
    """The paragraphs up to here that have to stand on the same page as what follows."""
    if style in _INSIDE_A_PARAGRAPH:
        return chain
    if style in (SECTION, LABEL, GROUP) and not (chain and _outranks(_style(chain[0]), style)):
        return [element]
    return [*chain, element] if chain and style in _KEPT_WITH_NEXT else []


def _outranks(style: str, other: str) -> bool:
    ranks = (SECTION, GROUP, LABEL)
    return ranks.index(style) < ranks.index(other)


def _continued_on(pdf: Pdf, paragraphs: list[Dictionary]) -> Iterator[int]:
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    styles = [_style(element) for element in paragraphs]
    last_box = max((place for place, style in enumerate(styles) if style in BOX_STYLES), default=-1)
    for element, style in zip(paragraphs[last_box + 1 :], styles[last_box + 1 :], strict=True):
        if style == GROUP:
            yield numbers[_page(element).objgen]


def _paragraphs(pdf: Pdf) -> Iterator[Dictionary]:
    yield from _elements(pdf.Root.StructTreeRoot.K)


def _elements(kids: Any) -> Iterator[Dictionary]:
    """The structure elements in reading order."""
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            if "/K" in kid:
                yield from _elements(kid.K)


def _style(element: Dictionary) -> str:
    return str(element.S).removeprefix("/")


def _page(element: Dictionary) -> Dictionary:
    page = element.Pg
    if not isinstance(page, Dictionary):
        raise StepFailed("PDF-filen fra LibreOffice har et felt uden side. Prøv igen.")
    return page


def _first_content(element: Dictionary) -> int:
    kids = element.K if isinstance(element.K, Array) else [element.K]
    return int(next(kid for kid in kids if isinstance(kid, int)))


def _places(page: Dictionary) -> dict[int, tuple[float, float]]:
    """Where each piece of marked content begins to write, in points from the page's lower left corner."""
    places: dict[int, tuple[float, float]] = {}
    marked: list[int | None] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            facts = instruction.operands[1] if len(instruction.operands) > 1 else None
            marked.append(int(facts.MCID) if isinstance(facts, Dictionary) and "/MCID" in facts else None)
        elif operator == "EMC":
            marked.pop()
        elif operator in ("Td", "Tm"):
            current = next((mark for mark in reversed(marked) if mark is not None), None)
            if current is not None and current not in places:
                x, y = instruction.operands[-2:]
                places[current] = (float(x), float(y))
    return places
