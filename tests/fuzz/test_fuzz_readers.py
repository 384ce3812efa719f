"""A hundred and fifty mutated forms of each format in every test run; `make fuzz` reads twenty thousand."""

import pytest
from mutate import FILES, Corpus, campaign, honest_forms
from mutations import mutated

pytestmark = pytest.mark.office
_FILES = 150


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return honest_forms()


@pytest.mark.parametrize("kind", FILES)
def test_no_mutated_form_kills_or_hangs_the_reader(kind: str, corpus: Corpus) -> None:
    figures = campaign(kind, range(_FILES), corpus[kind])
    assert figures.files == _FILES
    assert (figures.crashes, figures.hangs) == ([], [])
    assert sum(figures.outcomes.values()) == _FILES
    assert figures.outcomes["read"] > 0
    assert figures.outcomes["refused"] + figures.outcomes["kept"] > 0


@pytest.mark.parametrize("kind", FILES)
def test_the_same_number_gives_the_same_file_and_others_differ(kind: str, corpus: Corpus) -> None:
    files = [mutated(kind, number, corpus[kind]) for number in range(50)]
    assert files == [mutated(kind, number, corpus[kind]) for number in range(50)]
    assert len(set(files)) > 40
