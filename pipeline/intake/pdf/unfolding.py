"""How much the packed streams of a PDF unfold to, counted without keeping any of it."""

import zlib

from pikepdf import Array, Dictionary, Name, Object, Stream

_MOST_UNFOLDED = 100 * 1024**2
"""All pages' drawings, fonts and data of a file together; a book of maps has a tenth of it."""
_STEP = 1024**2
_SMALL_PICTURE = 1_000_000
"""Pixels. Larger pictures are not unfolded: a reader makes no more of them than their size says."""
_DEFLATE = {"/FlateDecode", "/Fl"}
_UNFOLDING = _DEFLATE | {"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
_MOST_FILTERS = 2


class Unfolding:
    """Counts over all streams of one file.

    Args:
        most_pixels: of one picture.
    """

    def __init__(self, most_pixels: int) -> None:
        self._most_pixels, self._left = most_pixels, _MOST_UNFOLDED

    def is_too_much(self, stream: Stream) -> bool:
        """Whether this stream, with all before it, goes beyond what is allowed."""
        filters = _filters(stream)
        if len(filters) > _MOST_FILTERS or sum(one in _UNFOLDING for one in filters) > 1:
            return True
        pixels = _pixels(stream)
        if pixels > self._most_pixels:
            return True
        if pixels < _SMALL_PICTURE and filters and filters[0] in _DEFLATE:
            self._left -= _unfolded(stream.read_raw_bytes(), self._left)
        return self._left < 0


def _unfolded(packed: bytes, most: int) -> int:
    """How many bytes come out; one more than allowed where there are more."""
    unpacker, count = zlib.decompressobj(), 0
    try:
        while packed and count <= most:
            count += len(unpacker.decompress(packed, _STEP))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        return count  # readers show what came before the fault
    return count


def _filters(stream: Stream) -> list[str]:
    named = stream.stream_dict.get("/Filter")
    if isinstance(named, Name):
        return [str(named)]
    return [str(one) for one in named] if isinstance(named, Array) else []


def _pixels(stream: Stream) -> int:
    return _side(stream.stream_dict, "/Width") * _side(stream.stream_dict, "/Height")


def _side(facts: Dictionary | Object, key: str) -> int:
    value = facts.get(key, 0)
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else 0
