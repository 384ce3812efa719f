"""What the structure tree keeps of LibreOffice's attributes, and that nothing else of the file is touched."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.documents.finish.layout_attributes import without_layout_attributes

pytestmark = pytest.mark.office


def attributes_of(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    """All attributes of elements of this kind, those in arrays one by one."""
    elements = [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/S") == Name(f"/{kind}") and "/A" in o]
    return [each for e in elements for each in (list(e.A) if isinstance(e.A, Array) else [e.A])]


def keys_of(attributes: list[pikepdf.Object]) -> set[str]:
    return {key for each in attributes for key in each.keys()}  # noqa: SIM118 - no Python dict


def test_header_cells_keep_their_scope_and_lose_their_width(converted: Path) -> None:
    lighter = without_layout_attributes(converted.read_bytes())

    with pikepdf.open(converted) as pdf, pikepdf.open(BytesIO(lighter)) as left:
        before, after = attributes_of(pdf, "TH"), attributes_of(left, "TH")
        assert {"/Width", "/Scope"} <= keys_of(before)
        assert keys_of(after) == {"/O", "/Scope"}
        assert len(after) == sum("/Scope" in each for each in before)


def test_paragraphs_have_no_attributes_left_and_tables_keep_their_box(converted: Path) -> None:
    lighter = without_layout_attributes(converted.read_bytes())

    with pikepdf.open(BytesIO(lighter)) as left:
        assert attributes_of(left, "Svar") == []
        assert "/BBox" in keys_of(attributes_of(left, "Table"))


def test_everything_stays_in_its_place_and_the_file_is_sound(converted: Path) -> None:
    whole = converted.read_bytes()
    lighter = without_layout_attributes(whole)

    assert len(lighter) == len(whole)
    with pikepdf.open(converted) as pdf, pikepdf.open(BytesIO(lighter)) as left:
        assert left.check_pdf_syntax() == []
        assert len(left.objects) < 0.7 * len(pdf.objects)
        assert text_of(left) == text_of(pdf)


def text_of(pdf: pikepdf.Pdf) -> list[bytes]:
    return [page.obj.Contents.read_bytes() for page in pdf.pages]


def test_what_only_looks_like_such_an_object_is_left_alone(converted: Path) -> None:
    """As a piece of a stream would: it stands in no table."""
    lookalike = b"\n9 0 obj\n<</O/Layout\n/Placement/Block\n>>\nendobj\n"
    whole = converted.read_bytes()

    assert without_layout_attributes(whole + lookalike)[len(whole) :] == lookalike
    assert without_layout_attributes(lookalike) == lookalike
