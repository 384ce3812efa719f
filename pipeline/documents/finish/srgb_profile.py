"""An sRGB colour profile (IEC 61966-2-1) as an ICC.1:2004-10 display profile of 548 bytes, the same bytes every time.

LibreOffice embeds one that bears the time of the export and whose curves are tables of 4096 entries, which poppler
inverts anew for every page: twelve pages take it more than a second with that profile, and 0.1 with this one.
"""

import struct

_DATE = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
_D50 = (0.9642, 1.0, 0.8249)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_COLOURS = {
    b"rXYZ": (0.436066, 0.222488, 0.013916),
    b"gXYZ": (0.385147, 0.716873, 0.097076),
    b"bXYZ": (0.143066, 0.060608, 0.714096),
}
# From D65 to D50 by Bradford's method (ICC.1:2004-10, annex E).
_ADAPTATION = (1.047882, 0.022919, -0.050217, 0.029586, 0.990479, -0.017059, -0.009232, 0.015076, 0.751678)
_HEADER_SIZE, _ENTRY_SIZE = 128, 12


def srgb_profile() -> bytes:
    """The profile."""
    curve = b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + _fixed(*_CURVE)
    values = {
        b"desc": _text("sRGB IEC61966-2.1"),
        b"cprt": _text("No copyright, use freely"),
        b"wtpt": _xyz(_D50),
        b"chad": b"sf32\0\0\0\0" + _fixed(*_ADAPTATION),
        **{tag: _xyz(colour) for tag, colour in _COLOURS.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    body = _body(values)
    return _header(_HEADER_SIZE + len(body)) + body


def _body(values: dict[bytes, bytes]) -> bytes:
    """Tag table and tag data; equal values are stored once (ICC.1:2004-10, 7.3)."""
    start = _HEADER_SIZE + 4 + _ENTRY_SIZE * len(values)
    table, data = struct.pack(">I", len(values)), b""
    places: dict[bytes, int] = {}
    for tag, value in values.items():
        if value not in places:
            places[value] = start + len(data)
            data += value + bytes(-len(value) % 4)
        table += tag + struct.pack(">II", places[value], len(value))
    return table + data


def _header(size: int) -> bytes:
    kind = bytes([4, 0x20, 0, 0]) + b"mntrRGB XYZ "
    head = struct.pack(">I4x", size) + kind + _DATE + b"acsp" + bytes(28) + _fixed(*_D50)
    return head.ljust(_HEADER_SIZE, b"\0")


def _xyz(colour: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(*colour)


def _text(text: str) -> bytes:
    words = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II", 1, 12) + b"enUS" + struct.pack(">II", len(words), 28) + words


def _fixed(*numbers: float) -> bytes:
    """Numbers as s15Fixed16Number."""
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))
