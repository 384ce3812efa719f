"""Distinguished Encoding Rules (ITU-T X.690, section 10): a strict reader and a small writer.

The signature container is the only part of a sealed file that the signature itself does not cover.
A reader that forgives there would let bytes be changed unseen, so this one accepts one encoding only.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OID = 0x01, 0x02, 0x03, 0x04, 0x05, 0x06
SEQUENCE, SET, UTC_TIME, GENERALIZED_TIME = 0x30, 0x31, 0x17, 0x18
ENUMERATED = 0x0A

_CONSTRUCTED = 0x20
_DEEPEST = 40
_LONG_TAG = 0x1F


class NotDer(ValueError):
    """The bytes are not one strict DER encoding."""


class Element(NamedTuple):
    """One tag-length-value; a tuple because a container holds hundreds of them.

    Args:
        tag: the identifier octet.
        content: the contents octets.
        raw: the whole encoding, tag and length included.
    """

    tag: int
    content: bytes
    raw: bytes


def encode(tag: int, *parts: bytes) -> bytes:
    """One element holding the parts in the order given."""
    content = b"".join(parts)
    return bytes((tag,)) + _length(len(content)) + content


def encode_set(tag: int, *members: bytes) -> bytes:
    """A SET OF: its members stand in ascending order of their encodings (X.690, 11.6)."""
    return encode(tag, *sorted(members))


def integer(value: int) -> bytes:
    """A non-negative INTEGER."""
    return encode(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER from its dotted form."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    return encode(OID, b"".join(_base128(arc) for arc in (first * 40 + second, *rest)))


def read_one(data: bytes) -> Element:
    """The single element that fills the data.

    Raises:
        NotDer: something follows it, or it is not strict DER at any depth.
    """
    element = read_part(data)
    _check(element, 0)
    return element


def read_part(data: bytes) -> Element:
    """The same, for a part of what read_one has been through already: its inside is not checked again.

    Raises:
        NotDer: something follows it.
    """
    element, end = _read(data, 0)
    if end != len(data):
        raise NotDer("trailing bytes")
    return element


def children(element: Element, tag: int | None = None) -> tuple[Element, ...]:
    """The elements inside a constructed one.

    Args:
        element: read by read_one before, so already known to be strict.
        tag: the tag the outer element must have.

    Raises:
        NotDer: the tag is another one, or the element is primitive.
    """
    if tag is not None and element.tag != tag:
        raise NotDer(f"tag {element.tag:#x} where {tag:#x} belongs")
    if not element.tag & _CONSTRUCTED:
        raise NotDer("primitive where constructed belongs")
    return tuple(_elements(element.content))


def _elements(content: bytes) -> Iterator[Element]:
    position = 0
    while position < len(content):
        element, position = _read(content, position)
        yield element


def _read(data: bytes, start: int) -> tuple[Element, int]:
    if start + 2 > len(data):
        raise NotDer("cut short")
    tag = data[start]
    if tag & _LONG_TAG == _LONG_TAG:
        raise NotDer("long tags occur nowhere in CMS")
    size, content_start = _read_length(data, start + 1)
    end = content_start + size
    if end > len(data):
        raise NotDer("cut short")
    return Element(tag, data[content_start:end], data[start:end]), end


def _read_length(data: bytes, at: int) -> tuple[int, int]:
    first = data[at]
    if first < 0x80:
        return first, at + 1
    end = at + 1 + (first & 0x7F)
    octets = data[at + 1 : end]
    size = int.from_bytes(octets, "big")
    if not octets or len(octets) > 4 or bytes((first,)) + octets != _length(size):
        raise NotDer("length not minimal")
    return size, end


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes((size,))
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(octets),)) + octets


def _base128(value: int) -> bytes:
    octets = [value & 0x7F]
    while value := value >> 7:
        octets.append(0x80 | value & 0x7F)
    return bytes(reversed(octets))


def _check(element: Element, depth: int) -> None:
    if depth > _DEEPEST:
        raise NotDer("nested too deeply")
    if element.tag & _CONSTRUCTED:
        for child in _elements(element.content):
            _check(child, depth + 1)
    elif not _PRIMITIVE_RULES.get(element.tag, _any_content)(element.content):
        raise NotDer(f"content of tag {element.tag:#x} not canonical")


def _any_content(_: bytes) -> bool:
    return True


def _minimal_integer(content: bytes) -> bool:
    if len(content) < 2:
        return bool(content)
    sign_octet_repeats = content[0] in (0x00, 0xFF) and (content[0] ^ content[1]) < 0x80
    return not sign_octet_repeats


def _padded_bits(content: bytes) -> bool:
    if not content or content[0] > 7 or (len(content) == 1 and content[0]):
        return False
    return len(content) == 1 or not content[-1] & ((1 << content[0]) - 1)


def _minimal_oid(content: bytes) -> bool:
    ends_in_last_octet = bool(content) and content[-1] < 0x80
    starts = [content[0:1], *(content[i + 1 : i + 2] for i, octet in enumerate(content) if octet < 0x80)]
    return ends_in_last_octet and b"\x80" not in starts


def _utc_time(content: bytes) -> bool:
    return len(content) == 13 and content.endswith(b"Z") and content[:-1].isdigit()


def _generalized_time(content: bytes) -> bool:
    whole, point, fraction = content[:-1].partition(b".")
    fraction_fits = not point or (fraction.isdigit() and not fraction.endswith(b"0"))
    return content.endswith(b"Z") and len(whole) == 14 and whole.isdigit() and fraction_fits


_PRIMITIVE_RULES: dict[int, Callable[[bytes], bool]] = {
    BOOLEAN: lambda content: content in (b"\x00", b"\xff"),
    INTEGER: _minimal_integer,
    ENUMERATED: _minimal_integer,
    BIT_STRING: _padded_bits,
    NULL: lambda content: content == b"",
    OID: _minimal_oid,
    UTC_TIME: _utc_time,
    GENERALIZED_TIME: _generalized_time,
    SEQUENCE & ~_CONSTRUCTED: lambda _content: False,
    SET & ~_CONSTRUCTED: lambda _content: False,
}
