"""A PDF with other, shorter streams: what stands behind them moves up, and the table of objects tells where to.

Filling the streams up instead would leave all in its place, but a validator goes through every byte of a file.
"""

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

_LENGTH = b"/Length "
_TABLE, _TRAILER, _START = b"xref\n0 ", b"trailer ", b"startxref\n"
_FREE = [b"0000000000", b"65535", b"f"]  # ISO 32000-1, 7.5.4: the first entry of the table


def with_streams(pdf: bytes, streams: Mapping[int, bytes], places: Mapping[int, slice]) -> bytes:
    """The file with other bytes in some of its streams.

    Args:
        pdf: a file as `archivable` writes it: one table of objects at its end, lengths beside their streams.
        streams: the bytes by the number of the object, each no more than there were.
        places: where the bytes of each stream are now.

    Raises:
        ValueError: a stream is longer than before, or the file is written in another way.
    """
    numbers = sorted(streams, key=lambda number: places[number].start)
    pieces, at = [], 0
    for number in numbers:
        place, drawn = places[number], streams[number]
        if len(drawn) > place.stop - place.start:
            raise ValueError("a longer stream")
        told = pdf.rindex(_LENGTH, at, place.start) + len(_LENGTH)
        until = next(i for i in range(told, place.start) if not pdf[i : i + 1].isdigit())
        pieces += [pdf[at:told], str(len(drawn)).encode().ljust(until - told), pdf[until : place.start], drawn]
        at = place.stop
    gone = accumulate((places[n].stop - places[n].start - len(streams[n]) for n in numbers), initial=0)
    return b"".join((*pieces, _moved(pdf, at, [places[n].start for n in numbers], list(gone))))


def _moved(pdf: bytes, at: int, cuts: list[int], gone: list[int]) -> bytes:
    """The rest of the file from there on, with the table of objects and where that begins put right."""
    table = pdf.rindex(_TABLE)
    first = pdf.index(b"\n", table + len(_TABLE)) + 1
    trailer = pdf.index(_TRAILER, first)
    start = pdf.rindex(_START)
    words = pdf[first:trailer].split()
    if words[:3] != _FREE or {*words[4::3]} != {b"00000"} or {*words[5::3]} != {b"n"}:
        raise ValueError("objects that are free, or of a later generation")
    offsets = [offset - gone[bisect_right(cuts, offset)] for offset in map(int, words[::3])]
    entries = b"%b %b %b \n" % (*_FREE,) + (b"%010d 00000 n \n" * (len(offsets) - 1)) % (*offsets[1:],)
    return b"%b%b%b%b%d\n%%%%EOF\n" % (pdf[at:first], entries, pdf[trailer:start], _START, table - gone[-1])
