"""Word and Excel stay byte for byte, but for where their photographs were taken; fields are read as Word reads them."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from fixtures.uploads import offices, pictures
from inbox import kept
from PIL import Image

from pipeline.intake.accepted import Change
from pipeline.intake.jpeg_position import has_position, without_position
from pipeline.intake.office.cells import reaches_outside
from pipeline.intake.office.fields import fields_that_fetch

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _part(body: str) -> bytes:
    return f'<w:document xmlns:w="{_W}">{body}</w:document>'.encode()


@pytest.mark.parametrize("make", [offices.docx_file, offices.xlsx_file])
def test_an_ordinary_file_stays_byte_for_byte(make: Callable[[], bytes], tmp_path: Path) -> None:
    sent = make()
    accepted, data = kept(lambda: sent, tmp_path)

    assert data == sent
    assert accepted.what_was_changed == ()


def test_a_photo_in_a_word_file_loses_its_place_and_stays_the_same_way_up(tmp_path: Path) -> None:
    accepted, data = kept(lambda: offices.docx_with_photo(6), tmp_path)

    assert accepted.what_was_changed == (Change.POSITION_BLANKED,)
    assert docx.Document(io.BytesIO(data)).paragraphs[0].text == "Opdigtet notat"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        (photo,) = (package.read(name) for name in package.namelist() if "/media/" in name)
    with Image.open(io.BytesIO(photo)) as picture:
        assert dict(picture.getexif()) == {0x0112: 6}
        assert picture.tobytes() == Image.open(io.BytesIO(pictures.photo(orientation=6))).tobytes()


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_place_is_found_in_either_order_of_bytes(order: str) -> None:
    head = b"II*\0" if order == "<" else b"MM\0*"
    entries = struct.pack(f"{order}HHLHH", 0x0112, 3, 1, 8, 0) + struct.pack(f"{order}HHLL", 0x8825, 4, 1, 60)
    block = b"Exif\0\0" + head + struct.pack(f"{order}LH", 8, 2) + entries + bytes(4) + b"HEMMELIGT STED"
    jpeg = b"\xff\xd8\xff\xe1" + struct.pack(">H", len(block) + 2) + block + b"\xff\xda"

    assert has_position(jpeg)
    assert not has_position(without_position(jpeg))
    assert b"STED" not in without_position(jpeg)
    assert len(without_position(jpeg)) == len(jpeg)
    assert struct.pack("<HHLHH", 0x0112, 3, 1, 8, 0) in without_position(jpeg)


def test_a_place_in_a_photos_xmp_is_blanked() -> None:
    block = b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='55,40N'/>"
    jpeg = b"\xff\xd8\xff\xe1" + struct.pack(">H", len(block) + 2) + block + b"\xff\xda"

    assert has_position(jpeg)
    assert b"55,40N" not in without_position(jpeg)


@pytest.mark.parametrize(
    "block", [b"Exif\0\0II*\0", b"Exif\0\0II*\0\x25\x88\4\0", b"Exif\0\0MM\0*\xff\xff\xff\xff\x88\x25\0\4"]
)
def test_damaged_facts_of_a_photo_are_blanked_without_a_fault(block: bytes) -> None:
    jpeg = b"\xff\xd8\xff\xe1" + struct.pack(">H", len(block) + 2) + block

    assert len(without_position(jpeg)) == len(jpeg)
    assert not has_position(without_position(jpeg))


@pytest.mark.parametrize(
    "instruction",
    [" DDEAUTO cmd ", "dde x", " INCLUDEPICTURE http://a ", " LINK Excel.Sheet ", " IMPORT a ", "\tRD a", " DATABASE "],
)
@pytest.mark.parametrize("pieces", [1, 3, 7])
def test_a_field_that_fetches_is_seen_however_it_is_cut_up(instruction: str, pieces: int) -> None:
    assert fields_that_fetch(_part(offices.field(instruction, pieces)))


@pytest.mark.parametrize(
    "body",
    [
        offices.field(" PAGE "),
        offices.field(' HYPERLINK "https://eksempel.invalid" '),
        offices.field(" REF LINK "),
        offices.field(" DDEN "),
        "<w:r><w:t>DDEAUTO</w:t></w:r>",
        '<w:fldSimple w:instr=" NUMPAGES "/>',
        f"<w:p>{offices.field(' IF ')[5:-6]}</w:p>",
    ],
)
def test_a_field_that_only_counts_or_names_is_none_of_them(body: str) -> None:
    assert not fields_that_fetch(_part(body))


@pytest.mark.parametrize(
    "formula",
    ["cmd|'/C calc'!A0", "DDE(&quot;soffice&quot;)", "1+webservice (A1)", "_xlfn.IMAGE(A1)", "RTD(&quot;a&quot;)"],
)
def test_a_formula_that_reaches_outside_is_seen(formula: str) -> None:
    assert reaches_outside(f"<row><c><f>{formula}</f></c></row>".encode())
    assert reaches_outside(f'<x:row><x:c><x:f t="array">{formula}</x:f></x:c></x:row>'.encode())


@pytest.mark.parametrize("formula", ["SUM(A1:B2)", "IF(A1=&quot;a|b&quot;,1,2)", "CALLE+1", "A!B1"])
def test_an_ordinary_formula_is_let_be(formula: str) -> None:
    assert not reaches_outside(f"<row><c><f>{formula}</f></c></row>".encode())


@pytest.mark.parametrize(
    ("cell", "far"), [("XFD1048576", True), ("AAA100000", True), ("ZZ1048576", False), ("XFD9", False)]
)
def test_a_cell_far_out_both_ways_is_a_bomb(cell: str, far: bool) -> None:
    assert reaches_outside(f'<row><c s="1" r="{cell}"/></row>'.encode()) == far
