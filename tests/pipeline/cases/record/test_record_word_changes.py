"""Differences word by word: they always make both texts, they are small, and they are quick."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cases.record.word_changes import Change, Segment, segments

WORDS = st.lists(st.sampled_from(["Aksel", "kan", "gå", "ti", "meter", ".", ",", "\n", " ", "“nej”", "é"]), max_size=40)


def parts(found: tuple[Segment, ...], *changes: Change) -> str:
    return "".join(segment.text for segment in found if segment.change in changes)


@given(WORDS.map("".join) | st.text(max_size=60), WORDS.map("".join) | st.text(max_size=60))
def test_the_segments_make_both_texts(before: str, after: str) -> None:
    found = segments(before, after)
    assert parts(found, Change.SAME, Change.REMOVED) == before
    assert parts(found, Change.SAME, Change.ADDED) == after
    assert all(segment.text for segment in found)
    assert all(one.change is not two.change for one, two in pairwise(found))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Han går ti meter.", "Han går tyve meter.", ["same Han går", "removed  ti", "added  tyve", "same  meter."]),
        ("", "Ja", ["added Ja"]),
        ("Ja", "", ["removed Ja"]),
        ("Ja", "Ja", ["same Ja"]),
        ("", "", []),
        ("Ja", "ja", ["removed Ja", "added ja"]),
        ("Ja tak", "Ja, tak", ["same Ja", "added ,", "same  tak"]),
    ],
)
def test_a_word_is_added_and_removed_as_a_whole(before: str, after: str, expected: list[str]) -> None:
    assert [f"{s.change} {s.text}" for s in segments(before, after)] == expected


def test_a_long_text_with_two_new_words_shows_those_words() -> None:
    before = "".join(f"Aksel går {number} meter med rollator. " for number in range(2000))
    after = before.replace("går 400 meter", "går hele 400 meter").replace("går 1400 meter", "går hele 1400 meter")
    changed = [s for s in segments(before, after) if s.change is not Change.SAME]
    assert changed == [Segment(Change.ADDED, " hele")] * 2


@pytest.mark.parametrize("word", ["ja ", "ja. ", "ja\n", "ja nej ", "."])
def test_the_longest_answer_of_one_word_does_not_hold_the_page_up(word: str) -> None:
    before = word * (100_000 // len(word))
    after = f"nej {before[: len(before) // 2]} nej {before[: len(before) // 3]}"
    begun = time.process_time()
    found = segments(before, after)
    assert time.process_time() - begun < 5
    assert parts(found, Change.SAME, Change.REMOVED) == before
    assert parts(found, Change.SAME, Change.ADDED) == after
