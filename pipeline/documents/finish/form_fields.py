"""Turns the empty boxes of a converted form into AcroForm fields, each nested in its place of the structure tree.

The field's widget becomes the content of a Form element inside the box's paragraph (PDF/UA-1 7.18.4), so reading order
and tab order are those of the document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from pipeline.documents.finish.archivable import Claim, DocumentFacts, accessible
from pipeline.documents.finish.form_boxes import Box, boxes
from pipeline.documents.finish.form_font import embed_form_font
from pipeline.documents.finish.form_look import FORM_FONT, SIZES, Look, drawing
from pipeline.errors import StepFailed

_MULTILINE, _COMBO, _READ_ONLY = 1 << 12, 1 << 17, 1
_PRINT, _HIDDEN = 4, 2
_DEFAULT_APPEARANCE = f"/{FORM_FONT} {SIZES[0]:g} Tf 0 g"
_UNCHOSEN = ("", " ")
"""What is stored and what is shown where nothing is chosen; viewers want something to click on."""


@dataclass(frozen=True)
class FieldSpec:
    """One field.

    Attributes:
        name: in the file.
        tooltip: what a screen reader says.
        choices: the words to choose between, none for text; they are stored as they are shown.
    """

    name: str
    tooltip: str
    multiline: bool
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mark:
    """What a form carries to be known again: hidden in a field, and in a property of the file.

    Attributes:
        field: name of the hidden field.
        key: name of the property.
    """

    field: str
    key: str
    text: str


def make_fillable(converted: Path, form: Path, facts: DocumentFacts, fields: Sequence[FieldSpec], mark: Mark) -> None:
    """Write the fillable PDF/UA-1 form of a converted document.

    Args:
        converted: the form as LibreOffice made it.
        form: where the fillable form is to be.
        facts: what the file says of itself.
        fields: one for each box, in reading order.
        mark: what it is known by when it comes home.

    Raises:
        StepFailed: the number of boxes is not the number of fields.
    """
    with accessible(converted, form, facts, Claim.ACCESSIBLE_ONLY) as pdf:
        places = list(boxes(pdf))
        if len(places) != len(fields):
            raise StepFailed(
                f"Formularen har {len(places)} felter på papiret, men {len(fields)} i definitionen. "
                f"Ret Word-skabelonen.",
                permanent=True,
            )
        tree = _StructureTree(pdf)
        widgets = [_field(pdf, tree, box, field) for box, field in zip(places, fields, strict=True)]
        pdf.Root.AcroForm = Dictionary(
            Fields=Array([*widgets, _hidden(pdf, mark)]),
            DR=Dictionary(Font=Dictionary({f"/{FORM_FONT}": embed_form_font(pdf)})),
            DA=String(_DEFAULT_APPEARANCE),
        )
        pdf.docinfo[f"/{mark.key}"] = String(mark.text)


class _StructureTree:
    """Numbers the widgets' places in the parent tree (ISO 32000-1, 14.7.4.4)."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._root = pdf.Root.StructTreeRoot
        used = max((int(key) for key in list(self._root.ParentTree.Nums)[::2]), default=-1) + 1
        self._next = int(self._root.get("/ParentTreeNextKey", used))

    def nest(self, box: Box, widget: Dictionary) -> None:
        """A Form element with the widget as its only content, after what the paragraph holds already."""
        form = self._pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem, S=Name.Form, P=box.element, Pg=box.page,
                K=Dictionary(Type=Name.OBJR, Obj=widget, Pg=box.page),
            )
        )  # fmt: skip
        kids = box.element.K
        box.element.K = Array([*(kids if isinstance(kids, Array) else [kids]), form])
        self._root.ParentTree.Nums.append(self._next)
        self._root.ParentTree.Nums.append(form)
        widget.StructParent = self._next
        self._next += 1
        self._root.ParentTreeNextKey = self._next


def _field(pdf: Pdf, tree: _StructureTree, box: Box, field: FieldSpec) -> Dictionary:
    widget = pdf.make_indirect(_widget(pdf, box, field))
    tree.nest(box, widget)
    box.page.Annots = Array([*box.page.get("/Annots", Array()), widget])
    return widget


def _widget(pdf: Pdf, box: Box, field: FieldSpec) -> Dictionary:
    left, bottom, right, top = box.rectangle
    widget = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, F=_PRINT, P=box.page,
        T=String(field.name), TU=String(field.tooltip),
        Rect=Array([round(edge, 2) for edge in box.rectangle]),
        DA=String(_DEFAULT_APPEARANCE),
        MK=Dictionary(BC=Array([0.55, 0.60, 0.65]), BG=Array([0.97, 0.98, 1.0])),
        BS=Dictionary(Type=Name.Border, W=1, S=Name.S),  # whole points: Chromium takes 0.75 for none
        AP=Dictionary(N=_empty_look(pdf, right - left, top - bottom)),
        V=String(""),
    )  # fmt: skip
    if field.choices:
        widget.FT, widget.Ff = Name.Ch, _COMBO
        unchosen = Array([String(text) for text in _UNCHOSEN])
        widget.Opt = Array([unchosen, *(String(label) for label in field.choices)])
    else:
        widget.FT, widget.Ff = Name.Tx, _MULTILINE if field.multiline else 0
    return widget


def _empty_look(pdf: Pdf, width: float, height: float) -> Stream:
    look = Stream(pdf, drawing(Look(), width, height))
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, round(width, 2), round(height, 2)])
    look.Resources = Dictionary()
    return look


def _hidden(pdf: Pdf, mark: Mark) -> Dictionary:
    page = pdf.pages[0].obj
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Ff=_READ_ONLY, F=_HIDDEN, P=page,
            T=String(mark.field), TU=String("Formularens mærke"), V=String(mark.text), Rect=Array([0, 0, 0, 0]),
        )
    )  # fmt: skip
    page.Annots = Array([*page.get("/Annots", Array()), field])
    return field
