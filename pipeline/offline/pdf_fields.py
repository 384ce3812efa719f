"""The fields of a PDF form, written and read; the only module that imports pypdf.

What pypdf raises over a damaged file has no end (ValueError, TypeError, AssertionError, RecursionError …), so reading
turns whatever it is into one refusal. Files from outside are read in a limited child process only.
"""

import codecs
import io
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
    decode_pdfdocencoding,
)

from pipeline.errors import UnreadableFile

_MULTILINE = 1 << 12
_A_FIELD = "/Widget"
_NO_NOTES = {_A_FIELD, "/Link", "/Popup"}
_DEEPEST = 32
"""So many levels of field names within each other are followed; nobody has a use for more than four."""

# Its warnings quote from the file, and no log may hold an answer.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True)
class Filling:
    """What is written into one field: the whole text, and the content stream of what its box shows."""

    text: str
    drawing: bytes


@dataclass(frozen=True)
class FoundField:
    """One field of a file; `value` is None where its bytes are not text."""

    name: str
    tooltip: str
    value: str | None


@dataclass(frozen=True)
class FoundForm:
    """The fields of a file in their order, the property that may hold its passport, and what was put on its pages."""

    fields: tuple[FoundField, ...]
    property: str
    notes: tuple[str, ...] = ()


def fill_fields(form: Path, fillings: Mapping[str, Filling], filled: Path) -> None:
    """Write values and looks into our own blank form.

    Args:
        form: the blank form.
        fillings: by the field's name in the file; every other field stays as it is.
        filled: where the filled form is to be.
    """
    writer = PdfWriter(clone_from=PdfReader(form), keep_initial_header=True)
    acro_form = _dictionary(writer.root_object.get("/AcroForm"))
    fonts = DictionaryObject({NameObject("/Font"): _dictionary(acro_form["/DR"])["/Font"]})
    fields = {_text(field.get("/T")): field for field in map(_dictionary, _list(acro_form["/Fields"]))}
    for name, filling in fillings.items():
        field = fields[name]
        field[NameObject("/V")] = _text_string(filling.text)
        if str(field["/FT"]) == "/Tx" and "\n" in filling.text:
            # Viewers drop the line breaks of a field for one line as soon as somebody types in it.
            field[NameObject("/Ff")] = NumberObject(_MULTILINE)
        _draw(_dictionary(field["/AP"])["/N"], filling.drawing, fonts)
    writer.write(filled)
    writer.close()


def _draw(look: PdfObject | None, drawing: bytes, fonts: DictionaryObject) -> None:
    stream = _resolved(look)
    if not isinstance(stream, StreamObject):
        raise TypeError("an appearance is a stream")
    stream.set_data(drawing)
    stream[NameObject("/Resources")] = fonts


def _text_string(text: str) -> ByteStringObject:
    """UTF-16BE with its mark (ISO 32000-1, 7.9.2.2): the only way in which no text can be taken for another."""
    return ByteStringObject(codecs.BOM_UTF16_BE + text.encode("utf-16-be"))


def read_form(data: bytes, info_key: str) -> FoundForm:
    """The fields of a PDF, whoever has written it last.

    Args:
        data: the whole file.
        info_key: name of the property to read along.

    Raises:
        UnreadableFile: no PDF, damaged beyond reading, or locked with a password.
    """
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if not reader.is_encrypted:
            facts = _resolved(reader.trailer.get("/Info"))
            held = facts.get(f"/{info_key}") if isinstance(facts, DictionaryObject) else None
            return FoundForm(tuple(_fields(reader)), _text(held) or "", tuple(_notes(reader)))
    except Exception:
        raise UnreadableFile(
            "PDF-filen er beskadiget eller er ikke en PDF. Bed om at få den sendt igen, eller gem den som bilag, og "
            "skriv svarene ind."
        ) from None
    raise UnreadableFile("PDF-filen er låst med adgangskode. Bed om at få den sendt igen uden adgangskode.")


def _fields(reader: PdfReader) -> Iterator[FoundField]:
    """Every field once, those that only a page shows too; of two fields with one name and two values none is read."""
    acro_form = _resolved(reader.root_object.get("/AcroForm"))
    listed = _list(acro_form.get("/Fields")) if isinstance(acro_form, DictionaryObject) else ArrayObject()
    notes = (note for page in reader.pages for note in map(_resolved, _list(page.get("/Annots"))))
    shown = (note for note in notes if isinstance(note, DictionaryObject) and _kind(note) == _A_FIELD)
    walk = _Walk()
    found: dict[str, FoundField] = {}
    for field in [*walk.below(listed), *walk.below(_topmost(note) for note in shown)]:
        earlier = found.setdefault(field.name, field)
        if earlier.value != field.value:
            found[field.name] = replace(earlier, value=None)
    yield from found.values()


def _notes(reader: PdfReader) -> Iterator[str]:
    """Comments, free text and drawings on the pages (ISO 32000-1, 12.5.6), each with the number of its page."""
    for number, page in enumerate(reader.pages, start=1):
        for note in map(_resolved, _list(page.get("/Annots"))):
            if isinstance(note, DictionaryObject) and _kind(note) not in _NO_NOTES:
                words = (_text(note.get("/Contents")) or "").strip()
                yield f"Side {number}: {words or '[en markering eller tegning uden tekst]'}"


def _kind(note: DictionaryObject) -> str:
    """What is put on a page; a field that does not say so, too, is one."""
    return str(_resolved(note.get("/Subtype", NameObject(_A_FIELD))))


@dataclass(frozen=True)
class _Inherited:
    """What a field has from those above it (ISO 32000-1, 12.7.3.1)."""

    name: str = ""
    value: PdfObject | None = None
    options: PdfObject | None = None

    def by(self, node: DictionaryObject) -> "_Inherited":
        own = _text(node.get("/T")) or ""
        name = f"{self.name}.{own}" if self.name and own else self.name or own
        return _Inherited(name, node.get("/V", self.value), node.get("/Opt", self.options))


class _Walk:
    """Goes through the tree of fields, to each place once."""

    def __init__(self) -> None:
        self._been: set[int] = set()

    def below(
        self, nodes: Iterable[PdfObject], above: _Inherited = _Inherited(), level: int = 0
    ) -> Iterator[FoundField]:
        """The fields at these nodes and under them."""
        if level > _DEEPEST:
            raise ValueError("fields too deep within each other")
        for node in map(_resolved, nodes):
            if isinstance(node, DictionaryObject) and id(node) not in self._been:
                self._been.add(id(node))
                yield from self._at(node, above.by(node), level)

    def _at(self, node: DictionaryObject, here: _Inherited, level: int) -> Iterator[FoundField]:
        kids = [kid for kid in map(_resolved, _list(node.get("/Kids"))) if isinstance(kid, DictionaryObject)]
        fields = [kid for kid in kids if "/T" in kid]
        boxes = [kid for kid in kids if "/T" not in kid]
        self._been.update(map(id, boxes))
        yield from self.below(fields, here, level + 1)
        if here.name and not fields:
            held = here.value if here.value is not None else next((b["/V"] for b in boxes if "/V" in b), None)
            yield FoundField(here.name, _text(node.get("/TU")) or "", _value(held, here.options))


def _topmost(note: PdfObject) -> PdfObject:
    node = _resolved(note)
    for _ in range(_DEEPEST):
        if not isinstance(node, DictionaryObject) or "/Parent" not in node:
            return node
        node = _resolved(node["/Parent"])
    raise ValueError("fields too deep within each other")


def _value(held: PdfObject | None, options: PdfObject | None) -> str | None:
    """The value as text with LF for line ends; None where it is something else."""
    held = _resolved(held)
    match held:
        case NullObject():
            return ""
        case ArrayObject():  # the choices of a list
            return "" if not held else _value(held[0], options) if len(held) == 1 else None
        case NameObject():
            text: str | None = held.removeprefix("/")
        case _:
            text = _text(held)
    if text is None:
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _stored(text, options)


def _stored(text: str, options: PdfObject | None) -> str:
    """What a choice means: some viewers store the words shown where the form has other ones to store."""
    pairs = [pair for pair in map(_resolved, _list(options)) if isinstance(pair, ArrayObject) and len(pair) == 2]
    meant = {_text(shown): _text(stored) for stored, shown in pairs}
    return text if text in meant.values() else meant.get(text) or ("" if text in meant else text)


def _text(held: PdfObject | None) -> str | None:
    """A text string (ISO 32000-2, 7.9.2.2), decoded strictly; None where it is none."""
    held = _resolved(held)
    if isinstance(held, StreamObject):
        return _decoded(held.get_data())
    if isinstance(held, TextStringObject | ByteStringObject):
        return _decoded(held.original_bytes)
    return None


def _decoded(raw: bytes) -> str | None:
    try:
        for mark, encoding in _MARKS.items():
            if raw.startswith(mark):
                return raw[len(mark) :].decode(encoding)
        return decode_pdfdocencoding(raw)
    except UnicodeDecodeError:
        return None


_MARKS = {codecs.BOM_UTF16_BE: "utf-16-be", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF8: "utf-8"}


def _resolved(held: PdfObject | None) -> PdfObject:
    found = held.get_object() if held is not None else None
    return NullObject() if found is None else found


def _list(held: PdfObject | None) -> ArrayObject:
    found = _resolved(held)
    return found if isinstance(found, ArrayObject) else ArrayObject()


def _dictionary(held: PdfObject | None) -> DictionaryObject:
    found = _resolved(held)
    if not isinstance(found, DictionaryObject):
        raise TypeError("a dictionary was expected")
    return found
