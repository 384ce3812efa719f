"""Turns the empty boxes of a converted form into AcroForm fields, each nested in its place of the structure tree.

LibreOffice tags a paragraph with the name of its style; the boxes are the paragraphs of the styles named here. The
field's widget becomes the content of a Form element inside that paragraph (PDF/UA-1 7.18.4), so reading order and tab
order are those of the document.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from pipeline.documents.finish.form_font import embed_form_font
from pipeline.errors import StepFailed

BOX_STYLES: Mapping[str, float] = {"Felt linje": 0.8, "Felt mellem": 2.0, "Felt lang": 3.6}
"""Paragraph styles of the boxes in the Word template and their heights in cm (the style's exact line height)."""

_CM = 72 / 2.54
_BASELINE_SHARE = 0.2
"""The part of an exact line height that LibreOffice puts below the baseline."""

_MULTILINE, _COMBO, _READ_ONLY = 1 << 12, 1 << 17, 1
_PRINT, _HIDDEN = 4, 2
FORM_FONT = "Carlito"
FONT_SIZE = 10.0


@dataclass(frozen=True)
class FieldSpec:
    """One field: its name in the file, what a screen reader says, and its choices (none for text)."""

    name: str
    tooltip: str
    multiline: bool
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Box:
    element: Dictionary
    page: Dictionary
    rectangle: tuple[float, float, float, float]


def add_form_fields(pdf: Pdf, fields: Sequence[FieldSpec], passport: str) -> None:
    """Make a field of every box, in reading order.

    Args:
        pdf: the converted form.
        fields: one for each box.
        passport: what the form carries to be known again; stands in a hidden field and in the file's properties.

    Raises:
        StepFailed: the number of boxes is not the number of fields.
    """
    boxes = list(_boxes(pdf))
    if len(boxes) != len(fields):
        raise StepFailed(
            f"Formularen har {len(boxes)} felter på papiret, men {len(fields)} i definitionen. Ret Word-skabelonen.",
            permanent=True,
        )
    font = embed_form_font(pdf)
    widgets = [_widget(pdf, box, field) for box, field in zip(boxes, fields, strict=True)]
    hidden = _hidden(pdf, passport)
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([*widgets, hidden]),
        DR=Dictionary(Font=Dictionary({f"/{FORM_FONT}": font})),
        DA=String(f"/{FORM_FONT} {FONT_SIZE:g} Tf 0 g"),
    )
    pdf.docinfo["/Hjemmetilsyn"] = String(passport)
    for page in pdf.pages:
        page.obj.Tabs = Name.S


def _boxes(pdf: Pdf) -> Iterator[_Box]:
    places = {page.objgen: _places(page) for page in (p.obj for p in pdf.pages)}
    for element in _elements(pdf.Root.StructTreeRoot.K):
        style = _style(element)
        if style in BOX_STYLES:
            page = element.Pg
            x, baseline = places[page.objgen][_first_content(element)]
            height = BOX_STYLES[style] * _CM
            bottom = baseline - _BASELINE_SHARE * height
            right = float(page.MediaBox[2]) - x
            yield _Box(element, page, (x, bottom, right, bottom + height))


def _elements(kids: Any) -> Iterator[Dictionary]:
    """The structure elements in reading order."""
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            if "/K" in kid:
                yield from _elements(kid.K)


def _style(element: Dictionary) -> str:
    return str(element.S).removeprefix("/").replace("#20", " ")


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
            current = next((m for m in reversed(marked) if m is not None), None)
            if current is not None and current not in places:
                x, y = instruction.operands[-2:]
                places[current] = (float(x), float(y))
    return places


def _widget(pdf: Pdf, box: _Box, field: FieldSpec) -> Dictionary:
    left, bottom, right, top = box.rectangle
    widget = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, F=_PRINT, P=box.page,
        T=String(field.name), TU=String(field.tooltip),
        Rect=Array([round(edge, 2) for edge in box.rectangle]),
        DA=String(f"/{FORM_FONT} {FONT_SIZE:g} Tf 0 g"),
        MK=Dictionary(BC=Array([0.55, 0.60, 0.65]), BG=Array([0.97, 0.98, 1.0])),
        BS=Dictionary(Type=Name.Border, W=0.75, S=Name.S),
        AP=Dictionary(N=_empty_look(pdf, right - left, top - bottom)),
        V=String(""),
    )  # fmt: skip
    if field.choices:
        widget.FT, widget.Ff = Name.Ch, _COMBO
        widget.Opt = Array(
            [Array([String(""), String(" ")]), *(Array([String(c), String(t)]) for c, t in field.choices)]
        )
    else:
        widget.FT, widget.Ff = Name.Tx, _MULTILINE if field.multiline else 0
    made = pdf.make_indirect(widget)
    _nest(pdf, box, made)
    box.page.Annots = Array([*box.page.get("/Annots", Array()), made])
    return made


def _empty_look(pdf: Pdf, width: float, height: float) -> Stream:
    look = Stream(
        pdf,
        b"q 0.97 0.98 1 rg 0 0 %.2f %.2f re f 0.55 0.6 0.65 RG 0.75 w 0.38 0.38 %.2f %.2f re S Q /Tx BMC EMC"
        % (width, height, width - 0.76, height - 0.76),
    )
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, round(width, 2), round(height, 2)])
    look.Resources = Dictionary()
    return look


def _nest(pdf: Pdf, box: _Box, widget: Dictionary) -> None:
    """A Form element with the widget as its only content, after what the paragraph holds already."""
    root = pdf.Root.StructTreeRoot
    key = int(root.get("/ParentTreeNextKey", _next_key(root.ParentTree)))
    form = pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem, S=Name.Form, P=box.element, Pg=box.page,
            K=Dictionary(Type=Name.OBJR, Obj=widget, Pg=box.page),
        )
    )  # fmt: skip
    kids = box.element.K
    box.element.K = Array([*(kids if isinstance(kids, Array) else [kids]), form])
    root.ParentTree.Nums = Array([*root.ParentTree.Nums, key, form])
    root.ParentTreeNextKey = key + 1
    widget.StructParent = key


def _next_key(tree: Dictionary) -> int:
    return max((int(key) for key in list(tree.Nums)[::2]), default=-1) + 1


def _hidden(pdf: Pdf, passport: str) -> Dictionary:
    page = pdf.pages[0].obj
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Ff=_READ_ONLY, F=_HIDDEN, P=page,
            T=String("hjemmetilsyn"), TU=String("Formularens mærke"), V=String(passport), Rect=Array([0, 0, 0, 0]),
        )
    )  # fmt: skip
    page.Annots = Array([*page.get("/Annots", Array()), field])
    return field


def open_form(path: Path) -> Pdf:
    """A converted form, to add fields to."""
    try:
        return pikepdf.open(path)
    except pikepdf.PdfError as error:
        raise StepFailed("PDF-filen fra LibreOffice kunne ikke læses. Prøv igen.") from error
