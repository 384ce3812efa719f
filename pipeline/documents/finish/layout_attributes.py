"""Takes LibreOffice's layout attributes out of the structure tree: half of the objects of a report, and untrue.

They are to say in points how wide a cell is and how tall a gap (ISO 32000-1, 14.8.5.4). LibreOffice writes thousandths
of twips, 9.4 for a table that is 470 points wide, so no reader that lays text out anew can use them. Those with the box
around a figure or table, which is in points, stay as they are.

This is done on LibreOffice's own bytes, before a library takes a thousand needless objects apart: each is written on
lines of its own, so it can be freed in the table of objects and its reference blanked without anything moving. A file
that is written in another way keeps its attributes; that is no fault, it only takes longer.
"""

import re

_ATTRIBUTES = re.compile(rb" 0 obj\n<</O/Layout\n(?:/(?!BBox)[^\n]*\n)*>>\nendobj\n")
_ELEMENT = re.compile(rb"\n<</Type/StructElem\n(?:/(?!A )[^\n]*\n)*(/A (?:(\d+) 0 R|\[ (?:\d+ 0 R )+\])\n)")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_TABLE = b"\nxref\n0 "
_ENTRY, _FREE = 20, b"0000000000 65535 f \n"  # ISO 32000-1, 7.5.4


def without_layout_attributes(pdf: bytes) -> bytes:
    """The file with each structure element left the attributes that say what it is, such as the scope of a header."""
    if pdf.count(_TABLE) != 1:
        return pdf
    table = pdf.index(b"\n", pdf.index(_TABLE) + len(_TABLE)) + 1
    untrue = _untrue(pdf, table)
    lighter = bytearray(pdf)
    for element in _ELEMENT.finditer(pdf):
        entry, single = element.groups()
        left = b"" if single in untrue else _left(entry, untrue)
        lighter[element.start(1) : element.end(1)] = left.ljust(len(entry))
    for at in untrue.values():
        lighter[at : at + _ENTRY] = _FREE
    return bytes(lighter)


def _untrue(pdf: bytes, table: int) -> dict[bytes, int]:
    """The numbers of such objects and where they are entered in the table, which must say that they are there.

    What looks like an object in the middle of a stream is not in the table.
    """
    untrue = {}
    for found in _ATTRIBUTES.finditer(pdf):
        start = pdf.rindex(b"\n", 0, found.start()) + 1
        number = pdf[start : found.start()]
        at = table + _ENTRY * int(number)
        if pdf[at : at + _ENTRY] == b"%010d 00000 n \n" % start:
            untrue[number] = at
    return untrue


def _left(entry: bytes, untrue: dict[bytes, int]) -> bytes:
    """What is left of the entry for an element's attributes."""
    references = _REFERENCE.findall(entry)
    kept = [b"%s 0 R" % number for number in references if number not in untrue]
    if len(kept) == len(references):
        return entry
    return b"/A [%s]" % b" ".join(kept) if kept else b""
