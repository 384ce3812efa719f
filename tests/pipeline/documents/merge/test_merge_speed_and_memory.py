"""The merge is an order of magnitude faster than stock docxtpl in the same run, and its child does not grow."""

import pytest
from bench.merge_speed import MergeFigures, measure_merge


@pytest.fixture(scope="module", params=[300, pytest.param(1500, marks=pytest.mark.campaign)])
def figures(request: pytest.FixtureRequest) -> MergeFigures:
    return measure_merge(rounds=5, batch=10, settle=200, renders=request.param)


def test_each_merge_takes_at_most_a_twelfth_of_the_cpu_of_stock_docxtpl(figures: MergeFigures) -> None:
    assert {kind: figures.merging_ratio(kind) >= 12 for kind in figures.stock} == dict.fromkeys(figures.stock, True)


def test_a_cases_documents_with_the_child_process_and_all_are_twelve_times_cheaper(figures: MergeFigures) -> None:
    assert figures.ratio >= 12


def test_the_child_stays_as_large_as_it_is(figures: MergeFigures) -> None:
    assert figures.renders >= 300
    assert figures.grown_kib < figures.renders / 300 * 1024
