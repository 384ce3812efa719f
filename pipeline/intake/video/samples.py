"""Where in the file the samples of a track stand (ISO/IEC 14496-12, 8.7), for tracks that have to go."""

import itertools
from collections.abc import Iterator, Sequence
from mmap import mmap

from pipeline.intake.video.boxes import Box, BrokenStructure, number

MOST_SAMPLES = 1_000_000
_COUNT_AT = 4  # behind version and flags
_FULL_BOX = 8  # version, flags and a count


def sample_places(data: mmap, table: dict[bytes, Box]) -> Iterator[tuple[int, int]]:
    """Offset and length of each chunk of a track.

    Args:
        data: the file.
        table: the boxes of its `stbl`, by kind.

    Raises:
        BrokenStructure: the table is not whole.
    """
    sizes = iter(_sizes(data, table))
    offsets = _offsets(data, table)
    for offset, count in zip(offsets, _counts(data, table, len(offsets)), strict=True):
        yield offset, sum(itertools.islice(sizes, count))


def _offsets(data: mmap, table: dict[bytes, Box]) -> Sequence[int]:
    box, width = (table[b"stco"], 4) if b"stco" in table else (_one(table, b"co64"), 8)
    count = _count(data, box.body + _COUNT_AT)
    return [number(data, box.body + _FULL_BOX + place * width, width) for place in range(count)]


def _sizes(data: mmap, table: dict[bytes, Box]) -> Iterator[int]:
    box = _one(table, b"stsz")
    same, count = number(data, box.body + _COUNT_AT, 4), _count(data, box.body + _FULL_BOX)
    if same:
        return itertools.repeat(same, count)
    return (number(data, box.body + _FULL_BOX + 4 + place * 4, 4) for place in range(count))


def _counts(data: mmap, table: dict[bytes, Box], chunks: int) -> Iterator[int]:
    """How many samples each chunk holds: runs that last until the next one begins."""
    box = _one(table, b"stsc")
    runs = [
        (number(data, at, 4) - 1, number(data, at + 4, 4))
        for at in (box.body + _FULL_BOX + run * 12 for run in range(_count(data, box.body + _COUNT_AT)))
    ]
    ends = [first for first, _ in runs[1:]] + [chunks]
    for (first, samples), end in zip(runs, ends, strict=True):
        if not 0 <= first <= end <= chunks:
            raise BrokenStructure
        yield from itertools.repeat(samples, end - first)


def _count(data: mmap, at: int) -> int:
    count = number(data, at, 4)
    if count > MOST_SAMPLES:
        raise BrokenStructure
    return count


def _one(table: dict[bytes, Box], kind: bytes) -> Box:
    if kind not in table:
        raise BrokenStructure
    return table[kind]
