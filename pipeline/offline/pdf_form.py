"""The tool as a PDF form, blank or filled, and the flattened copy of it for the archive."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.documents.contents.form_document import Continued, FormDocument
from pipeline.documents.contents.words import Paper
from pipeline.documents.finish.archivable import Claim, DocumentFacts, make_archivable
from pipeline.documents.finish.form_boxes import Layout, LeftBehind, layout_of
from pipeline.documents.finish.form_fields import FieldSpec, Mark, make_fillable
from pipeline.documents.finish.form_look import drawing, shortened, whole
from pipeline.documents.finish.validated import require_profile
from pipeline.documents.legible import undrawable, with_codes
from pipeline.documents.word_template import newest_template
from pipeline.errors import StepFailed
from pipeline.offline.form_workshop import FormWorkshop
from pipeline.offline.passport import PROPERTY, Passport
from pipeline.offline.pdf_content import fillable, flattened
from pipeline.offline.pdf_fields import Filling, fill_fields, read_form
from pipeline.offline.pdf_reading import PASSPORT_FIELD, field_name
from pipeline.offline.slots import FormSection, Slot, all_slots
from pipeline.tool.definition import Kind, Tool

MOST_ROUNDS = 60
"""Each round mends one page; a form has fewer pages than this."""


@dataclass(frozen=True)
class _Press:
    """Makes one kind of paper in a scratch folder."""

    kind: str
    tool: Tool
    workshop: FormWorkshop
    folder: Path

    def make(self, document: FormDocument) -> Path:
        word, pdf = self.folder / f"{self.kind}.docx", self.folder / f"{self.kind}.pdf"
        word.write_bytes(self.workshop.merger.merge(newest_template(self.tool, self.kind), self.tool, document))
        self.workshop.converter.to_pdf(word, pdf)
        return pdf


@dataclass(frozen=True)
class _Printed:
    """The paper, and for each continued text by its slot's name the words that lead there."""

    paper: Path
    layout: Layout
    references: Mapping[str, str]


def make_pdf_form(
    sections: Sequence[FormSection],
    passport: Passport,
    paper: Paper,
    tool: Tool,
    workshop: FormWorkshop,
    out: Path,
    *,
    filled: bool,
) -> None:
    """Write the fillable form (PDF/UA-1), with exactly one field for each slot.

    The same input gives the same bytes.

    Args:
        sections: what is asked, and what the case holds.
        passport: carried inside.
        paper: for header, footer and properties.
        tool: the edition, which has the Word template.
        workshop: the machines.
        out: the file; one that is there is replaced.
        filled: whether the case's words stand in the fields. A field always holds its whole text; where the box cannot
            show it, a page behind the boxes does.

    Raises:
        StepFailed: a machine failed or the form is not PDF/UA-1; nothing was written.
    """
    slots = all_slots(sections)
    with tempfile.TemporaryDirectory(prefix=".undervejs-", dir=out.parent) as scratch:
        folder = Path(scratch)
        printed = _printed(sections, passport, paper, _Press("formular", tool, workshop, folder), filled=filled)
        finished = folder / "klar.pdf"
        mark = Mark(PASSPORT_FIELD, PROPERTY, passport.as_text())
        make_fillable(printed.paper, finished, _facts(paper), [_spec(slot) for slot in slots], mark)
        if filled:
            blank, finished = finished, folder / "udfyldt.pdf"
            fill_fields(blank, _fillings(slots, printed), finished)
        check_form(finished, slots)
        require_profile(finished, "PDF/UA-1")
        finished.replace(out)


def make_archive_copy(
    sections: Sequence[FormSection],
    passport: Passport,
    paper: Paper,
    tool: Tool,
    workshop: FormWorkshop,
    out: Path,
    *,
    values: Mapping[str, str] | None = None,
) -> None:
    """Write the flattened copy of a form for the archive (PDF/A-2a and PDF/UA-1): whole texts, nothing to fill in.

    Args:
        sections: what is asked, and what the case holds.
        passport: of the form that is copied; its number is printed.
        paper: for header, footer and properties.
        tool: the edition, which has the Word template.
        workshop: the machines.
        out: the file; one that is there is replaced.
        values: what a form that came home holds by the slot's name; None for what the case holds.

    Raises:
        StepFailed: a machine failed or the copy is not PDF/A-2a; nothing was written.
    """
    held = {slot.name: slot.value for slot in all_slots(sections)} if values is None else values
    document = flattened(sections, paper, passport.form_id, held)
    with tempfile.TemporaryDirectory(prefix=".undervejs-", dir=out.parent) as scratch:
        folder = Path(scratch)
        converted = _Press("formular_flad", tool, workshop, folder).make(with_codes(document, undrawable(document)))
        finished = folder / "klar.pdf"
        make_archivable(converted, finished, _facts(paper), [], Claim.PDF_A_2A)
        for profile in ("PDF/A-2a", "PDF/UA-1"):
            require_profile(finished, profile)
        finished.replace(out)


def check_form(form: Path, slots: Sequence[Slot]) -> None:
    """Hold a form against the definition: one field for each slot, in order, each with its label as tooltip.

    Raises:
        StepFailed: naming the first field that is not as it should be.
    """
    fields = [field for field in read_form(form.read_bytes(), PROPERTY).fields if field.name != PASSPORT_FIELD]
    found = [(field.name, field.tooltip) for field in fields]
    wanted = [(field_name(slot.name), slot.label) for slot in slots]
    if found != wanted:
        odd = next((one for one, other in zip(wanted, found, strict=False) if one != other), ("?", "?"))
        raise StepFailed(
            f"PDF-formularen har {len(found)} felter og skal have {len(wanted)}; det første, der ikke passer, er "
            f"“{odd[0]}”. Meld fejlen til drift.",
            permanent=True,
        )


def _printed(
    sections: Sequence[FormSection], passport: Passport, paper: Paper, press: _Press, *, filled: bool
) -> _Printed:
    """The paper with every label on its box's page, and with the texts that no box can show."""
    breaks: frozenset[LeftBehind] = frozenset()
    for _ in range(MOST_ROUNDS):
        converted = press.make(fillable(sections, paper, passport.form_id, breaks))
        layout = layout_of(converted)
        if layout.left_behind is None:
            break
        breaks |= {layout.left_behind}
    else:
        raise StepFailed(
            "Formularens ledetekster kan ikke holdes ved deres felter. Ret Word-skabelonen.", permanent=True
        )
    long = _too_long(all_slots(sections), layout) if filled else []
    if not long:
        return _Printed(converted, layout, {})
    converted = press.make(fillable(sections, paper, passport.form_id, breaks, _continued(long)))
    layout = layout_of(converted)
    pages = enumerate(zip(long, layout.continued_on, strict=True), start=1)
    references = {slot.name: f"… fortsættes på side {page}, nr. {number}" for number, (slot, page) in pages}
    return _Printed(converted, layout, references)


def _too_long(slots: Sequence[Slot], layout: Layout) -> list[Slot]:
    return [slot for slot, size in zip(slots, layout.box_sizes, strict=True) if whole(slot.value, *size) is None]


def _continued(slots: Sequence[Slot]) -> tuple[Continued, ...]:
    texts = tuple(Continued(str(number), slot.label, slot.value) for number, slot in enumerate(slots, start=1))
    return with_codes(texts, undrawable(texts))


def _fillings(slots: Sequence[Slot], printed: _Printed) -> dict[str, Filling]:
    sized = zip(slots, printed.layout.box_sizes, strict=True)
    return {
        field_name(slot.name): Filling(slot.value, _drawn(slot, size, printed.references.get(slot.name, "")))
        for slot, size in sized
        if slot.value
    }


def _drawn(slot: Slot, size: tuple[float, float], reference: str) -> bytes:
    look = None if reference else whole(slot.value, *size)
    return drawing(look or shortened(slot.value, *size, reference), *size)


def _spec(slot: Slot) -> FieldSpec:
    labels = tuple(choice.label for choice in slot.choices)
    return FieldSpec(field_name(slot.name), slot.label, slot.kind is Kind.LONG_TEXT, labels)


def _facts(paper: Paper) -> DocumentFacts:
    return DocumentFacts(paper.title, paper.subject, paper.municipality, datetime.fromisoformat(paper.created))
