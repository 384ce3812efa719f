"""Finds every signature in a PDF and refuses whatever else could change what a reader sees.

A form field, an unknown kind of signature or a visible signature box is refused here, before any
cryptography: the known attacks on signed PDFs live in these places.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from pipeline.documents.seal.entries import entry, items, raw_items, resolved
from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.pages import widgets_on_pages
from pipeline.documents.seal.places import is_place_of_signer
from pipeline.documents.seal.refusal import Refused

_PADES, _DOCUMENT_TIMESTAMP = "/ETSI.CAdES.detached", "/ETSI.RFC3161"
_KINDS = {("/Sig", _PADES), ("/DocTimeStamp", _DOCUMENT_TIMESTAMP)}
_FILL_FORMS = 2
_KEYS_OF_EMPTY = {"/Type", "/Subtype", "/FT", "/T", "/Ff", "/F", "/P", "/Rect"}
_LONGEST_REASON = 1000


@dataclass(frozen=True)
class SignatureField:
    """One signature as the file states it; nothing is verified yet.

    Args:
        place: name of its field.
        reason: what the signature says it is for, as plain text of one line.
        reference: object number of the signature dictionary.
        is_timestamp: a document timestamp rather than a signature.
        is_certifying: it states what may be changed later, as a seal does.
        numbers: the /ByteRange array.
        contents: the value of /Contents, padding included.
    """

    place: str
    reason: str
    reference: int
    is_timestamp: bool
    is_certifying: bool
    numbers: list[int]
    contents: bytes


def signature_fields(reader: PdfFileReader) -> list[SignatureField]:
    """All signatures, in the order they cover the file.

    Raises:
        Refused: there are none, or there is something beside them that must not be.
    """
    form = entry(reader.root, "/AcroForm")
    if form is None or not entry(form, "/Fields"):
        raise Refused(Finding.NOT_SEALED)
    if "/XFA" in form:
        raise Refused(Finding.OTHER_FIELDS)
    entries = [resolved(item) for item in _references(form["/Fields"])]
    if not any(entry(field, "/FT") == "/Sig" for field in entries):
        raise Refused(Finding.NOT_SEALED)  # a form that is to be filled in
    fields = [_signature_field(field) for field in entries if not _is_kept_empty(field)]
    if not fields:
        raise Refused(Finding.NOT_SEALED)
    if len({field.reference for field in fields}) != len(fields):
        raise Refused(Finding.OTHER_FIELDS)
    return sorted(fields, key=lambda field: field.numbers[1:3])


def open_places(reader: PdfFileReader) -> int:
    """How many places are kept for signatures that have not been made."""
    return sum(_is_kept_empty(resolved(item)) for item in _references(reader.root["/AcroForm"]["/Fields"]))


def _is_kept_empty(field: generic.DictionaryObject) -> bool:
    """An invisible place that we keep for a signer: there is nothing in it that could be shown or do anything."""
    is_bare = set(field) <= _KEYS_OF_EMPTY and entry(field, "/FT") == "/Sig" and "/Rect" in field
    return is_bare and is_place_of_signer(_line(entry(field, "/T"))) and not any(items(field["/Rect"]))


def require_no_other_boxes(reader: PdfFileReader) -> None:
    """A form field's box on a page that is in no field list could be brought to life later.

    Raises:
        Refused: there is one.
    """
    known = {item.idnum for item in _references(reader.root["/AcroForm"]["/Fields"])}
    for box in widgets_on_pages(reader.root):
        if not isinstance(box, generic.IndirectObject) or box.idnum not in known:
            raise Refused(Finding.OTHER_FIELDS)


def require_certifying(reader: PdfFileReader, first: SignatureField) -> None:
    """The first signature locks the content and allows later signatures (ISO 32000-2, 12.8.2.2).

    Raises:
        Refused: it does not, or another one claims to.
    """
    permissions = entry(reader.root, "/Perms")
    if permissions is None or set(permissions) != {"/DocMDP"}:
        raise Refused(Finding.NOT_CERTIFYING)
    certifying = permissions.raw_get("/DocMDP")
    if not isinstance(certifying, generic.IndirectObject) or certifying.idnum != first.reference:
        raise Refused(Finding.NOT_CERTIFYING)
    references = entry(resolved(certifying), "/Reference")
    if not references or len(references) != 1 or _permission(references[0]) != _FILL_FORMS:
        raise Refused(Finding.NOT_CERTIFYING)


def _permission(reference: generic.DictionaryObject) -> int | None:
    if entry(reference, "/TransformMethod") != "/DocMDP":
        return None
    permission = entry(reference["/TransformParams"], "/P")
    return permission if isinstance(permission, int) else None


def _references(array: generic.ArrayObject) -> Iterator[generic.IndirectObject]:
    for item in raw_items(array):
        if not isinstance(item, generic.IndirectObject):
            raise Refused(Finding.OTHER_FIELDS)
        yield item


def _signature_field(field: generic.DictionaryObject) -> SignatureField:
    if entry(field, "/FT") != "/Sig" or "/Kids" in field or "/V" not in field:
        raise Refused(Finding.OTHER_FIELDS)
    left, bottom, right, top = items(field["/Rect"])
    if (left, bottom) != (right, top):
        raise Refused(Finding.VISIBLE_SIGNATURE)
    value = field.raw_get("/V")
    if not isinstance(value, generic.IndirectObject):
        raise Refused(Finding.UNKNOWN_KIND)
    return _signature(field, value.idnum, resolved(value))


def _signature(field: generic.DictionaryObject, reference: int, signature: generic.DictionaryObject) -> SignatureField:
    kind = entry(signature, "/Type"), entry(signature, "/SubFilter")
    if kind not in _KINDS:
        raise Refused(Finding.UNKNOWN_KIND)
    numbers = entry(signature, "/ByteRange")
    if not isinstance(numbers, generic.ArrayObject) or not all(type(each) is generic.NumberObject for each in numbers):
        raise Refused(Finding.BAD_BYTE_RANGE)
    if len(numbers) != 4:
        raise Refused(Finding.BAD_BYTE_RANGE)
    contents = entry(signature, "/Contents")
    if not isinstance(contents, generic.ByteStringObject | generic.TextStringObject):
        raise Refused(Finding.BAD_CONTAINER)
    return SignatureField(
        place=_line(entry(field, "/T", "")),
        reason=_line(entry(signature, "/Reason", "")),
        reference=reference,
        is_timestamp=kind[1] == _DOCUMENT_TIMESTAMP,
        is_certifying=any(
            _permission(each) is not None for each in items(entry(signature, "/Reference", generic.ArrayObject()))
        ),
        numbers=[int(number) for number in numbers],
        contents=contents.original_bytes,
    )


def _line(value: object) -> str:
    """Text from a file of unknown origin, fit for a terminal and a page."""
    text = value if isinstance(value, str) else ""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())[:_LONGEST_REASON]
