"""PDF forms as other programs leave them, and files that are no forms: read exactly or refused, never guessed."""

import codecs
import io
import random
from collections.abc import Callable

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from pipeline.errors import UnreadableFile
from pipeline.offline.pdf_reading import read_pdf
from pipeline.offline.slots import OUTSIDE

TEXT = "Æblegrød på øen"


def _field(name: str, value: PdfObject | None, **more: PdfObject) -> DictionaryObject:
    field = DictionaryObject({NameObject("/T"): TextStringObject(name), NameObject("/FT"): NameObject("/Tx")})
    field |= {NameObject("/V"): value} if value is not None else {}
    field |= {NameObject(f"/{key}"): entry for key, entry in more.items()}
    return DictionaryObject(field)


def _form(
    *fields: PdfObject, passport: str | None = "mærket", notes: tuple[PdfObject, ...] = (), listed: bool = True
) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    hidden = [_field("hjemmetilsyn", TextStringObject(passport))] if passport else []
    kept = ArrayObject(writer._add_object(field) for field in (*fields, *hidden))
    page[NameObject("/Annots")] = ArrayObject(writer._add_object(note) for note in notes) if listed else kept
    acro_form = DictionaryObject({NameObject("/Fields"): kept if listed else ArrayObject()})
    acro_form[NameObject("/NeedAppearances")] = BooleanObject(True)
    writer.root_object[NameObject("/AcroForm")] = acro_form
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _array(*entries: PdfObject) -> ArrayObject:
    return ArrayObject(entries)


@pytest.mark.parametrize(
    ("held", "text"),
    [
        (ByteStringObject(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")), TEXT),
        (ByteStringObject(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")), TEXT),
        (ByteStringObject(codecs.BOM_UTF8 + TEXT.encode()), TEXT),
        (ByteStringObject(TEXT.encode("latin-1")), TEXT),
        (ByteStringObject(b"\x80\x8d\x8eQ\xa0"), "•“”Q€"),
        (ByteStringObject(codecs.BOM_UTF16_BE + "😀 שלום".encode("utf-16-be")), "😀 שלום"),
        (ByteStringObject(b"en\r\nto\rtre\nfire"), "en\nto\ntre\nfire"),
        (NameObject("/Delvist"), "Delvist"),
        (NameObject("/Nej å"), "Nej å"),
        (NullObject(), ""),
        (_array(TextStringObject("en")), "en"),
        (_array(), ""),
        (None, ""),
    ],
)
def test_a_value_is_read_in_every_way_that_it_may_be_written(held: PdfObject | None, text: str) -> None:
    assert read_pdf(_form(_field("conclusion", held))) == ("mærket", {"conclusion": text})


def test_a_value_in_a_stream_is_read() -> None:
    stream = DecodedStreamObject()
    stream.set_data(codecs.BOM_UTF8 + TEXT.encode())
    assert read_pdf(_form(_field("conclusion", stream)))[1] == {"conclusion": TEXT}


@pytest.mark.parametrize(
    "held",
    [
        ByteStringObject(codecs.BOM_UTF16_BE + b"\x00H\x00"),
        ByteStringObject(codecs.BOM_UTF16_BE + b"\xd8\x00"),
        ByteStringObject(codecs.BOM_UTF8 + b"\xff"),
        ByteStringObject(b"\x9f"),
        NumberObject(7),
        _array(TextStringObject("en"), TextStringObject("to")),
        DictionaryObject(),
    ],
)
def test_a_value_that_is_not_text_is_left_out_and_so_reported_as_missing(held: PdfObject) -> None:
    assert read_pdf(_form(_field("child_name", held), _field("conclusion", TextStringObject(TEXT))))[1] == {
        "conclusion": TEXT
    }


def test_levels_of_names_and_values_that_only_the_upper_level_has() -> None:
    box = DictionaryObject({NameObject("/Subtype"): NameObject("/Widget")})
    cell = DictionaryObject({NameObject("/T"): TextStringObject("who"), NameObject("/Kids"): _array(box)})
    row = DictionaryObject({NameObject("/T"): TextStringObject("2"), NameObject("/Kids"): _array(cell)})
    tree = _field("agreements", TextStringObject(TEXT), Kids=_array(row))
    assert read_pdf(_form(tree))[1] == {"agreements.2.who": TEXT}


def test_a_value_that_only_the_box_has() -> None:
    box = DictionaryObject({NameObject("/V"): TextStringObject(TEXT)})
    assert read_pdf(_form(_field("recommendation-text", None, Kids=_array(box))))[1] == {"recommendation.text": TEXT}


def test_fields_that_the_form_has_forgotten_but_a_page_shows() -> None:
    assert read_pdf(_form(_field("conclusion", TextStringObject(TEXT)), listed=False))[1] == {"conclusion": TEXT}


def test_one_name_with_two_values_is_left_out() -> None:
    twice = _form(_field("conclusion", TextStringObject("en")), _field("conclusion", TextStringObject("to")))
    assert read_pdf(twice)[1] == {}
    same = _form(_field("conclusion", TextStringObject("en")), _field("conclusion", TextStringObject("en")))
    assert read_pdf(same)[1] == {"conclusion": "en"}


def test_two_spellings_of_one_slot_with_different_values_are_left_out() -> None:
    form = _form(_field("agreements-1-who", TextStringObject("A")), _field("agreements.1.who", TextStringObject("B")))
    assert "agreements.1.who" not in read_pdf(form)[1]


def test_links_and_comments_on_a_page_are_no_fields() -> None:
    note = DictionaryObject({NameObject("/Subtype"): NameObject("/Link")})
    assert read_pdf(_form(_field("conclusion", TextStringObject(TEXT)), notes=(note,)))[1] == {"conclusion": TEXT}


@pytest.mark.parametrize(
    ("written", "text"),
    [("yes", "yes"), ("Ja, altid", "yes"), (" ", ""), ("", ""), ("noget andet", "noget andet"), ("Nej", "Nej")],
)
def test_a_choice_is_what_the_form_stores_whatever_the_viewer_stored(written: str, text: str) -> None:
    options = _array(
        _array(TextStringObject(""), TextStringObject(" ")),
        _array(TextStringObject("yes"), TextStringObject("Ja, altid")),
        TextStringObject("Nej"),
    )
    assert read_pdf(_form(_field("conclusion", TextStringObject(written), Opt=options)))[1] == {"conclusion": text}


def test_what_was_saved_last_counts() -> None:
    first = _form(_field("conclusion", TextStringObject("før")))
    writer = PdfWriter(io.BytesIO(first), incremental=True)
    form = writer.root_object["/AcroForm"]
    assert isinstance(form, DictionaryObject)
    fields = form["/Fields"]
    assert isinstance(fields, ArrayObject)
    field = fields[0].get_object()
    assert isinstance(field, DictionaryObject)
    field[NameObject("/V")] = TextStringObject("efter")
    target = io.BytesIO()
    writer.write(target)
    assert target.getvalue().startswith(first)
    assert read_pdf(target.getvalue())[1] == {"conclusion": "efter"}


def test_the_passport_may_stand_in_the_files_properties_only() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_form(_field("conclusion", None), passport=None))))
    writer.add_metadata({"/Hjemmetilsyn": "mærket"})
    target = io.BytesIO()
    writer.write(target)
    assert read_pdf(target.getvalue()) == ("mærket", {"conclusion": ""})


def test_a_pdf_that_is_not_ours_is_to_be_kept_and_typed_in() -> None:
    for foreign in (_form(passport=None), _form(_field("navn", TextStringObject("x")), passport=None)):
        with pytest.raises(UnreadableFile, match="Gem den som bilag, og skriv svarene ind"):
            read_pdf(foreign)


def test_a_locked_file_is_refused() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_form())))
    writer.encrypt("hemmelig")
    target = io.BytesIO()
    writer.write(target)
    with pytest.raises(UnreadableFile, match="låst med adgangskode"):
        read_pdf(target.getvalue())


def _in_a_circle() -> bytes:
    data = _form(_field("AAAA", None, Kids=_array(DictionaryObject({NameObject("/T"): TextStringObject("b")}))))
    reader = PdfReader(io.BytesIO(data))
    writer = PdfWriter(clone_from=reader)
    fields = writer.root_object["/AcroForm"]["/Fields"]  # type: ignore[index] # a form of our own making
    top = fields[0].get_object()
    top[NameObject("/Kids")] = ArrayObject([fields[0], fields[0], top["/Kids"][0]])
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_fields_in_a_circle_are_gone_through_once() -> None:
    assert read_pdf(_in_a_circle())[1] == {"AAAA.b": ""}


def _too_deep() -> bytes:
    inner = _field("z", None)
    for _ in range(200):
        inner = _field("a", None, Kids=_array(inner))
    return _form(inner)


@pytest.mark.parametrize(
    "make", [_too_deep, lambda: b"", lambda: b"%PDF-1.7\n", lambda: b"Hej kommune", lambda: _form()[:300]]
)
def test_what_cannot_be_read_is_refused_in_danish(make: Callable[[], bytes]) -> None:
    with pytest.raises(UnreadableFile, match="beskadiget"):
        read_pdf(make())


def test_a_damaged_form_is_read_or_refused_and_nothing_else() -> None:
    whole = _form(*(_field(f"field-{number}", TextStringObject(TEXT)) for number in range(20)))
    rng = random.Random(85)
    outcomes = set()
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(rng.randint(1, 12)):
            damaged[rng.randrange(len(damaged))] = rng.choice(b"\x00/<>[]()0R e\xff")
        try:
            outcomes.add(type(read_pdf(bytes(damaged))))
        except UnreadableFile:
            outcomes.add(UnreadableFile)
    assert outcomes == {tuple, UnreadableFile}


def _note(kind: str, **more: PdfObject) -> DictionaryObject:
    facts = {NameObject(f"/{key}"): entry for key, entry in more.items()}
    return DictionaryObject(
        {NameObject("/Subtype"): NameObject(kind), NameObject("/T"): TextStringObject("Mor"), **facts}
    )


def test_comments_and_drawings_on_the_pages_are_handed_on() -> None:
    notes = (
        _note("/Text", Contents=TextStringObject("Spørg skolen")),
        _note("/FreeText", Contents=TextStringObject(" Skrevet ved siden af ")),
        _note("/Ink"),
        _note("/StrikeOut", Contents=NumberObject(3)),
        _note("/Popup", Contents=TextStringObject("Spørg skolen")),
        _note("/Link"),
        NullObject(),
    )
    answers = read_pdf(_form(_field("a", TextStringObject("b")), notes=notes))[1]
    assert answers == {
        "a": "b",
        OUTSIDE: "Side 1: Spørg skolen\nSide 1: Skrevet ved siden af\n"
        "Side 1: [en markering eller tegning uden tekst]\nSide 1: [en markering eller tegning uden tekst]",
    }
