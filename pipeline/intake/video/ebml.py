"""The elements of WEBM (RFC 8794), read without trusting a single length."""

from dataclasses import dataclass
from mmap import mmap

from pipeline.intake.video.boxes import BrokenStructure, number

_LONGEST_ID, _LONGEST_SIZE = 4, 8


@dataclass(frozen=True)
class Element:
    """One element; offsets in the file; `end` is None where its length is left open (RFC 8794, 6.2)."""

    kind: int
    start: int
    body: int
    end: int | None


def element_at(data: mmap, start: int, end: int) -> Element:
    """The element that begins at an offset.

    Raises:
        BrokenStructure: it does not fit in before `end`.
    """
    id_length = _length(data, start, _LONGEST_ID)
    size_at = start + id_length
    size_length = _length(data, size_at, _LONGEST_SIZE)
    body = size_at + size_length
    most = (1 << 7 * size_length) - 1
    size = number(data, size_at, size_length) & most
    stop = None if size == most else body + size
    if body > end or (stop is not None and stop > end):
        raise BrokenStructure
    return Element(number(data, start, id_length), start, body, stop)


def children(data: mmap, element: Element, end: int | None = None) -> list[Element]:
    """The elements inside one whose length is known, or is given as `end`.

    Raises:
        BrokenStructure: they do not fill it exactly, or one leaves its own length open.
    """
    stop = element.end if end is None else end
    if stop is None:
        raise BrokenStructure
    found, at = [], element.body
    while at < stop:
        child = element_at(data, at, stop)
        if child.end is None:
            raise BrokenStructure
        found.append(child)
        at = child.end
    return found


def void(length: int) -> bytes:
    """The head of an empty element that takes `length` bytes in all; at least 2 (RFC 8794, 11.3.2).

    Raises:
        BrokenStructure: there is no room.
    """
    if length < 2:
        raise BrokenStructure
    if length <= 128:
        return bytes((0xEC, 0x80 | length - 2))
    return b"\xec\x01" + (length - 9).to_bytes(7, "big")


def _length(data: mmap, at: int, most: int) -> int:
    """How many bytes a number has: one more than the zero bits that it begins with."""
    length = 9 - number(data, at, 1).bit_length()
    if length > most:
        raise BrokenStructure
    return length
