"""The boxes of MP4 and QuickTime (ISO/IEC 14496-12, 4.2), read without trusting a single length."""

from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap

MOST_BOXES = 50_000

_TO_THE_END, _LONG_LENGTH = 0, 1
_SHORT_HEAD, _LONG_HEAD = 8, 16
_END_OF_LIST = bytes(4)  # QuickTime ends some lists with a length of zero


class BrokenStructure(ValueError):
    """Lengths that do not add up."""


@dataclass(frozen=True)
class Box:
    """One box; offsets in the file.

    Attributes:
        kind: its four bytes.
        start: of its head.
        body: of what it holds.
        end: of the first byte behind it.
    """

    kind: bytes
    start: int
    body: int
    end: int


def boxes(data: mmap, start: int, end: int) -> Iterator[Box]:
    """The boxes between two offsets; together they fill the place exactly.

    Raises:
        BrokenStructure: they do not.
    """
    for _ in range(MOST_BOXES):
        if start == end or (end - start == len(_END_OF_LIST) and data[start:end] == _END_OF_LIST):
            return
        box = _box_at(data, start, end)
        yield box
        start = box.end
    raise BrokenStructure


def _box_at(data: mmap, start: int, end: int) -> Box:
    if end - start < _SHORT_HEAD:
        raise BrokenStructure
    length, body = number(data, start, 4), start + _SHORT_HEAD
    if length == _LONG_LENGTH and end - start >= _LONG_HEAD:
        length, body = number(data, start + _SHORT_HEAD, 8), start + _LONG_HEAD
    elif length == _TO_THE_END and end == len(data):
        length = end - start
    if not body - start <= length <= end - start:
        raise BrokenStructure
    return Box(data[start + 4 : start + 8], start, body, start + length)


def number(data: mmap, start: int, length: int) -> int:
    """A whole number, most significant byte first.

    Raises:
        BrokenStructure: the file ends before it does.
    """
    found = data[start : start + length]
    if len(found) != length:
        raise BrokenStructure
    return int.from_bytes(found, "big")
