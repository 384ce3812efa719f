"""A PDF form that comes home: its passport and what stands in each slot; small, for the limited child process."""

from pipeline.offline.passport import PROPERTY
from pipeline.offline.pdf_fields import FoundField, read_form
from pipeline.offline.recognise import NotAForm
from pipeline.offline.slots import OUTSIDE

PASSPORT_FIELD = "hjemmetilsyn"
"""Name of the hidden field that holds the passport; no slot has it, for slots are named in English."""


def field_name(slot_name: str) -> str:
    """The field of a slot: in a PDF a dot would part a name into levels (ISO 32000-1, 12.7.3.2)."""
    return slot_name.replace(".", "-")


def slot_name(field: str) -> str:
    """The slot of a field; some programs make levels of a name all the same."""
    return field.replace("-", ".")


def read_pdf(data: bytes) -> tuple[str, dict[str, str]]:
    """The passport's text and every slot's value of a filled form, whoever filled it.

    A field whose bytes are not text is left out, and is then reported as missing. Comments and drawings on the pages
    are handed on under the name `OUTSIDE`.

    Args:
        data: the whole file.

    Returns:
        The passport, and text by the slot's name with LF for line ends; a choice is its label or its code.

    Raises:
        NotAForm: not one of our forms.
        UnreadableFile: not readable at all.
    """
    form = read_form(data, PROPERTY)
    passport = next((each.value for each in form.fields if each.name == PASSPORT_FIELD), "") or form.property
    if not passport:
        raise NotAForm(
            "PDF-filen er ikke en af vores formularer og kan ikke læses felt for felt. "
            "Gem den som bilag, og skriv svarene ind."
        )
    beside = {OUTSIDE: "\n".join(form.notes)} if form.notes else {}
    return passport, _slots(form.fields) | beside


def _slots(fields: tuple[FoundField, ...]) -> dict[str, str]:
    """Text by slot; where two spellings of a slot's name say different things, neither is to be believed."""
    said: dict[str, set[str | None]] = {}
    for field in fields:
        if field.name != PASSPORT_FIELD:
            said.setdefault(slot_name(field.name), set()).add(field.value)
    agreed = {name: values.pop() for name, values in said.items() if len(values) == 1}
    return {name: value for name, value in agreed.items() if value is not None}
