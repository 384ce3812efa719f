"""Takes the place out of photographs that stand inside a document, without moving a byte or touching a pixel.

A photograph that comes by itself is drawn anew; inside a Word file or a PDF that would mean making the document anew.
"""

import re
import struct

_EXIF = re.compile(rb"\xff\xe1(?P<length>..)Exif\0\0(?=II\*\0|MM\0\*)", re.DOTALL)
_XMP = re.compile(rb"\xff\xe1(?P<length>..)http://ns\.adobe\.com/(?:xap/1\.0|xmp/extension)/\0", re.DOTALL)
_GPS_POINTER = (b"\x25\x88\x04\0", b"\x88\x25\0\x04")  # tag 0x8825 of type LONG in either byte order (EXIF 2.3, 4.6.3)
_ORIENTATION, _UPRIGHT = 0x0112, 1
_ENTRY_LENGTH = 12


def has_position(data: bytes) -> bool:
    """Whether a JPEG, or anything that holds one unpacked, says where it was taken."""
    return any(any(mark in block for mark in _GPS_POINTER) for _, block in _blocks(data, _EXIF)) or any(
        b"GPS" in block for _, block in _blocks(data, _XMP)
    )


def without_position(data: bytes) -> bytes:
    """The same bytes, but each block that tells a place tells no more than which way up the picture is."""
    changed = bytearray(data)
    for start, block in _blocks(data, _EXIF):
        if any(mark in block for mark in _GPS_POINTER):
            changed[start : start + len(block)] = _only_orientation(block)
    for start, block in _blocks(data, _XMP):
        if b"GPS" in block:
            changed[start : start + len(block)] = b" " * len(block)
    return bytes(changed)


def _blocks(data: bytes, head: "re.Pattern[bytes]") -> list[tuple[int, bytes]]:
    """Offset and content of each block behind its head; its length counts itself but not the marker."""
    found = []
    for match in head.finditer(data):
        end = match.start() + 2 + int.from_bytes(match["length"], "big")
        if match.end() <= end <= len(data):
            found.append((match.end(), data[match.end() : end]))
    return found


def _only_orientation(block: bytes) -> bytes:
    """A TIFF structure with one entry, filled up with zeros to the same length."""
    entry = struct.pack("<HHLHH", _ORIENTATION, 3, 1, _orientation(block), 0)
    tiff = b"II*\0" + struct.pack("<LH", 8, 1) + entry + bytes(4)
    return tiff.ljust(len(block), b"\0") if len(tiff) <= len(block) else bytes(len(block))


def _orientation(block: bytes) -> int:
    order = "<" if block.startswith(b"II") else ">"
    try:
        (first,) = struct.unpack_from(f"{order}L", block, 4)
        (count,) = struct.unpack_from(f"{order}H", block, first)
        for place in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHLH", block, first + 2 + place * _ENTRY_LENGTH)
            if tag == _ORIENTATION and 1 <= value <= 8:
                return int(value)
    except struct.error:
        pass  # damaged: viewers show it as it is
    return _UPRIGHT
