"""What changed between two texts, word by word, as segments that a page can mark."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")
_SENTENCES = re.compile(r"[^.!?\n]*(?:[.!?\n]+\s*|$)")
DEAREST = 20_000
"""Pairs of like words. Comparing takes time with their number, and somebody may have written one word 30,000 times:
above it whole sentences are compared, and if they too are all alike, the text is shown as written anew."""


class Change(StrEnum):
    """What became of a segment."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Segment:
    """A stretch of text and what became of it."""

    change: Change
    text: str


def segments(before: str, after: str) -> tuple[Segment, ...]:
    """What changed: the texts of SAME and REMOVED make the text before, those of SAME and ADDED the one after."""
    return tuple(_joined(_by_words(before, after)))


def _by_words(before: str, after: str) -> Iterator[Segment]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    start, end = _alike_at_both_ends(old, new)
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    yield Segment(Change.SAME, "".join(old[:start]))
    if _is_affordable(old_middle, new_middle):
        yield from _matched(old_middle, new_middle)
    else:
        yield from _by_sentences("".join(old_middle), "".join(new_middle))
    yield Segment(Change.SAME, "".join(old[len(old) - end :]))


def _by_sentences(before: str, after: str) -> Iterator[Segment]:
    """By sentences, and those that were rewritten by words, as far as that is affordable."""
    old, new = _SENTENCES.findall(before), _SENTENCES.findall(after)
    stretches = _stretches(old, new) if _is_affordable(old, new) else [(old, new, False)]
    for removed, added, same in stretches:
        if same:
            yield Segment(Change.SAME, "".join(removed))
        else:
            yield from _rewritten("".join(removed), "".join(added))


def _rewritten(before: str, after: str) -> Iterator[Segment]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    yield from _matched(old, new) if _is_affordable(old, new) else _anew(before, after)


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Segment]:
    for removed, added, same in _stretches(old, new):
        if same:
            yield Segment(Change.SAME, "".join(removed))
        else:
            yield from _anew("".join(removed), "".join(added))


def _anew(before: str, after: str) -> Iterator[Segment]:
    yield Segment(Change.REMOVED, before)
    yield Segment(Change.ADDED, after)


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str], bool]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        yield old[old_from:old_to], new[new_from:new_to], tag == "equal"


def _is_affordable(old: Sequence[str], new: Sequence[str]) -> bool:
    in_new = Counter(new)
    return sum(count * in_new[word] for word, count in Counter(old).items()) <= DEAREST


def _alike_at_both_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many words are the same from the start, and of the rest from the end."""
    shorter = min(len(old), len(new))
    start = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    end = next((n for n in range(shorter - start) if old[-1 - n] != new[-1 - n]), shorter - start)
    return start, end


def _joined(found: Iterator[Segment]) -> Iterator[Segment]:
    """Without empty segments, and neighbours of one kind as one."""
    last: Segment | None = None
    for segment in found:
        if not segment.text:
            continue
        if last and last.change is segment.change:
            last = Segment(last.change, last.text + segment.text)
            continue
        if last:
            yield last
        last = segment
    if last:
        yield last
