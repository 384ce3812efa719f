"""The same case gives the same bytes, today and tomorrow, here and in another process."""

import pytest
from whole_case import KINDS, SAMPLES, merged, numbered

from pipeline.documents.merge.merger import Merger


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_case_merges_to_the_same_bytes_twice_and_in_another_process(merger: Merger, kind: str) -> None:
    for sample in range(len(SAMPLES)):
        first = merged(merger, kind, numbered(sample, lambda n: f"svar {n} &"))

        assert merged(merger, kind, numbered(sample, lambda n: f"svar {n} &")) == first
    with Merger() as other:
        assert merged(other, kind, numbered(len(SAMPLES) - 1, lambda n: f"svar {n} &")) == first


def test_another_case_gives_other_bytes(merger: Merger) -> None:
    one = merged(merger, KINDS[0], numbered(0, lambda n: f"a{n}"))

    assert merged(merger, KINDS[0], numbered(0, lambda n: f"b{n}")) != one


def test_one_documents_words_never_stay_for_the_next(merger: Merger) -> None:
    before = merged(merger, KINDS[1], numbered(2, lambda n: f"«{n}»"))
    merged(merger, KINDS[1], numbered(1, lambda n: f"hemmeligt {n}"))

    assert merged(merger, KINDS[1], numbered(2, lambda n: f"«{n}»")) == before
