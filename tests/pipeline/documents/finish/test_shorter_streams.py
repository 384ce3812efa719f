"""A PDF with shorter streams is whole: every object is found where the table says."""

import base64
import io
import zlib
from pathlib import Path

import pikepdf
import pytest
from report_faults import saved

from pipeline.documents.finish.plain_report import condensed_report
from pipeline.documents.finish.shorter_streams import with_streams

_LONG, _OTHER = b"a long stream", b"one that stays"


@pytest.fixture
def two_streams(tmp_path: Path) -> tuple[bytes, dict[int, slice]]:
    """A file with two streams, and where the bytes of each are."""
    path = tmp_path / "to.pdf"
    with pikepdf.new() as pdf:
        pdf.Root.First, pdf.Root.Second = pdf.make_stream(_LONG), pdf.make_stream(_OTHER)
        saved(pdf, path)
    content = path.read_bytes()
    with pikepdf.open(path) as pdf:
        streams = {each.objgen[0]: each.read_raw_bytes() for each in (pdf.Root.First, pdf.Root.Second)}
    starts = {number: content.index(drawn) for number, drawn in streams.items()}
    return content, {number: slice(at, at + len(streams[number])) for number, at in starts.items()}


def test_all_else_is_as_before(two_streams: tuple[bytes, dict[int, slice]]) -> None:
    content, places = two_streams
    shorter = with_streams(content, {min(places): b"short"}, places)

    assert len(shorter) == len(content) - len(_LONG) + len(b"short")
    with pikepdf.open(io.BytesIO(shorter), attempt_recovery=False) as pdf:
        assert {pdf.Root.First.read_bytes(), pdf.Root.Second.read_bytes()} == {b"short", _OTHER}
        assert not pdf.check_pdf_syntax()


def test_a_longer_stream_is_refused(two_streams: tuple[bytes, dict[int, slice]]) -> None:
    content, places = two_streams
    with pytest.raises(ValueError, match="longer"):
        with_streams(content, {min(places): _LONG + b"er"}, places)


def test_a_table_with_objects_that_are_free_is_refused(two_streams: tuple[bytes, dict[int, slice]]) -> None:
    content, places = two_streams
    freed = content.replace(b" 00000 n \n", b" 00001 f \n", 1)
    with pytest.raises(ValueError, match="free"):
        with_streams(freed, {min(places): b""}, places)


def test_a_page_in_ascii_is_condensed_too(finished: Path, tmp_path: Path) -> None:
    """Some pages are written so by `archivable`, when their last packed byte happens to be a carriage return."""
    report = tmp_path / "ascii.pdf"
    with pikepdf.open(finished) as pdf:
        page = pdf.pages[0].obj.Contents
        packed = base64.a85encode(zlib.compress(page.read_bytes())) + b"~>"
        page.write(packed, filter=pikepdf.Array([pikepdf.Name.ASCII85Decode, pikepdf.Name.FlateDecode]))
        saved(pdf, report)

    with pikepdf.open(io.BytesIO(condensed_report(report))) as twin, pikepdf.open(report) as whole:
        assert 0 < len(twin.pages[0].obj.Contents.read_bytes()) < len(whole.pages[0].obj.Contents.read_bytes())
