"""PDF files as an enemy would send them, written object by object."""

import base64
import zlib
from collections.abc import Callable

_MEGABYTE = 1024 * 1024
_HEAD = b"%PDF-1.7\n"
Hostile = Callable[[bytes], bytes]
"""An honest form in, a hostile file out."""


def pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Objects numbered from 1, with a table of where they are."""
    out, places = bytearray(_HEAD), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return bytes(out) + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)


def form(fields: bytes, *objects: bytes, page: bytes = b"", root: bytes = b"") -> bytes:
    """A file with one page (3 0) and a form; more objects are numbered from 4."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%s]>>%s>>" % (fields, root),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]%s>>" % page,
        *objects,
    )


def stream(content: bytes, facts: bytes) -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), facts, content)


def bomb(megabytes: int, fill: bytes = b"\0") -> bytes:
    """So much when unpacked."""
    packer = zlib.compressobj(1)
    piece = fill * _MEGABYTE
    return b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()


def _object_stream(packed: bytes, numbers: bytes = b"/N 1/First 4", filters: bytes = b"/FlateDecode") -> bytes:
    """A file whose catalog lies in an object stream, found through a cross-reference stream."""
    inside = b"2 0 obj\n%s\nendobj\n" % stream(packed, b"/Type/ObjStm%s/Filter%s" % (numbers, filters))
    at = len(_HEAD) + len(inside)
    places = ((0, 0), (2, 2), (1, len(_HEAD)), (1, at))
    rows = b"".join(bytes([kind]) + place.to_bytes(4, "big") + b"\0" for kind, place in places)
    table = b"3 0 obj\n%s\nendobj\n" % stream(rows, b"/Type/XRef/Size 4/W[1 4 1]/Root 1 0 R")
    return _HEAD + inside + table + b"startxref\n%d\n%%%%EOF\n" % at


def _xref_loop() -> bytes:
    honest = pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>")
    start = honest.rindex(b"xref\n0 ")
    return honest.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)


def _xref_chain(length: int) -> bytes:
    out = bytearray(pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"))
    before = bytes(out).rindex(b"xref\n0 ")
    for _ in range(length):
        start = len(out)
        out += b"xref\n0 0\ntrailer\n<</Size 3/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (before, start)
        before = start
    return bytes(out)


def _nested_fields(depth: int) -> bytes:
    """Each field is the kid of the one before."""
    fields = [b"<</T(f%d)/Kids[%d 0 R]/Parent %d 0 R>>" % (n, n + 1, n - 1) for n in range(4, 4 + depth)]
    return form(b"4 0 R", *fields, b"<</T(sidst)/FT/Tx/V(x)>>")


def _kids_that_double(levels: int) -> bytes:
    """Each level names the next one ten times: ten to the power of `levels` fields by way of a few objects."""
    fields = [b"<</T(f%d)/Kids[%s]>>" % (n, b"%d 0 R " % (n + 1) * 10) for n in range(4, 4 + levels)]
    return form(b"4 0 R", *fields, b"<</T(sidst)/FT/Tx/V(x)>>")


def _encrypted() -> bytes:
    facts = b"<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>" % (b"o" * 32, b"u" * 32)
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        facts,
        trailer=b"/Root 1 0 R/Encrypt 3 0 R/ID[(x)(x)]",
    )


def _costly_password() -> bytes:
    facts = b"<</Filter/Standard/V 5/R 6/Length 256/P -4/O(%s)/U(%s)/OE(%s)/UE(%s)/Perms(%s)>>" % (
        b"o" * 48, b"u" * 48, b"o" * 32, b"u" * 32, b"p" * 16,
    )  # fmt: skip
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        facts,
        trailer=b"/Root 1 0 R/Encrypt 3 0 R/ID[(x)(x)]",
    )


_CONTENT = b"/Contents 4 0 R"
_HEADS = b"1 0 "
HOSTILE: dict[str, Hostile] = {
    "an object stream of 1 GB": lambda honest: _object_stream(bomb(1000)),
    "an object stream packed twice": lambda honest: _object_stream(
        zlib.compress(bomb(1000)), filters=b"[/FlateDecode/FlateDecode]"
    ),
    "an object stream that claims a billion objects": lambda honest: _object_stream(
        zlib.compress(_HEADS + b"<</Type/Catalog>>"), b"/N 1000000000/First 4"
    ),
    "an object stream that holds itself": lambda honest: _object_stream(zlib.compress(b"2 0 <</Type/ObjStm>>")),
    "a page's content of 1 GB": lambda honest: form(b"", stream(bomb(1000), b"/Filter/FlateDecode"), page=_CONTENT),
    "a value that is a stream of 1 GB": lambda honest: form(
        b"5 0 R", stream(bomb(1000, b"x"), b"/Filter/FlateDecode"), b"<</T(f)/FT/Tx/V 4 0 R>>"
    ),
    "a value packed as LZW": lambda honest: form(
        b"5 0 R", stream(b"\x80\x0b\x60\x50" * 2_000_000, b"/Filter/LZWDecode"), b"<</T(f)/FT/Tx/V 4 0 R>>"
    ),
    "a value packed as run lengths": lambda honest: form(
        b"5 0 R", stream(b"\x81x" * 4_000_000, b"/Filter/RunLengthDecode"), b"<</T(f)/FT/Tx/V 4 0 R>>"
    ),
    "a value packed as hex in hex": lambda honest: form(
        b"5 0 R",
        stream(
            base64.b16encode(base64.b16encode(b"x" * 1_000_000)) + b">",
            b"/Filter" + b"[" + b"/ASCIIHexDecode" * 50 + b"]",
        ),
        b"<</T(f)/FT/Tx/V 4 0 R>>",
    ),
    "a value packed as JBIG2": lambda honest: form(
        b"5 0 R", stream(b"\x97JB2" + bytes(99_999), b"/Filter/JBIG2Decode"), b"<</T(f)/FT/Tx/V 4 0 R>>"
    ),
    "a predictor over a billion columns": lambda honest: form(
        b"5 0 R",
        stream(bomb(100), b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 1000000000>>"),
        b"<</T(f)/FT/Tx/V 4 0 R>>",
    ),
    "a table of objects that points to itself": lambda honest: _xref_loop(),
    "a hundred thousand tables of objects": lambda honest: _xref_chain(100_000),
    "a table of a billion objects": lambda honest: pdf(b"<<>>").replace(b"xref\n0 2", b"xref\n0 999999999"),
    "a hundred thousand arrays within each other": lambda honest: form(b"[" * 100_000 + b"]" * 100_000),
    "a hundred thousand dictionaries within each other": lambda honest: form(b"<</K" * 100_000 + b">>" * 100_000),
    "ten thousand fields within each other": lambda honest: _nested_fields(10_000),
    "kids by the power of ten": lambda honest: _kids_that_double(12),
    "a field that is its own kid": lambda honest: form(b"4 0 R", b"<</T(f)/Kids[4 0 R]>>"),
    "a field that is its own parent": lambda honest: form(b"4 0 R", b"<</T(f)/FT/Tx/Parent 4 0 R/V(x)>>"),
    "two fields that are each other's parents": lambda honest: form(
        b"4 0 R", b"<</T(f)/Parent 5 0 R/Kids[5 0 R]>>", b"<</T(g)/Parent 4 0 R/Kids[4 0 R]>>"
    ),
    "a value that refers to itself": lambda honest: form(b"4 0 R", b"<</T(f)/FT/Tx/V 5 0 R>>", b"5 0 R"),
    "a million fields": lambda honest: form(b"4 0 R " * 1_000_000, b"<</T(f)/FT/Tx/V(x)>>"),
    "a hundred thousand fields": lambda honest: form(b"".join(b"<</T(f%d)/FT/Tx/V(x)>>" % n for n in range(100_000))),
    "pages that go round in a circle": lambda honest: pdf(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]>>>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"
    ),
    "a billion pages": lambda honest: pdf(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]>>>>", b"<</Type/Pages/Kids[]/Count 1000000000>>"
    ),
    "locked with a password": lambda honest: _encrypted(),
    "locked with a password that costs time": lambda honest: _costly_password(),
    "a comment without end": lambda honest: _HEAD + b"%" * 10_000_000,
    "a number without end": lambda honest: form(b"4 0 R", b"<</T(f)/FT/Tx/V " + b"9" * 1_000_000 + b">>"),
    "a name without end": lambda honest: form(b"4 0 R", b"<</T(f)/FT/" + b"x" * 10_000_000 + b">>"),
    "brackets without end": lambda honest: _HEAD + b"1 0 obj\n" + b"(" * 5_000_000,
    "ends without beginnings": lambda honest: _HEAD + b"endobj endstream startxref " * 300_000,
    "many beginnings of objects": lambda honest: _HEAD + b"1 0 obj <<>> " * 300_000,
    "no end": lambda honest: honest[:-40],
    "cut in half": lambda honest: honest[: len(honest) // 2],
    "only its first bytes": lambda honest: honest[:9],
    "NUL bytes all over": lambda honest: honest[:500] + bytes(5000) + honest[500:],
}
