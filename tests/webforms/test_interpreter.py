"""The interpreter of a server of pages is set as it was measured."""

import gc
import sys
from collections.abc import Iterator

import pytest

from webforms.interpreter import set_for_pages


@pytest.fixture
def _as_before() -> Iterator[None]:
    turn, threshold = sys.getswitchinterval(), gc.get_threshold()
    yield
    sys.setswitchinterval(turn)
    gc.set_threshold(*threshold)


@pytest.mark.usefixtures("_as_before")
def test_turns_are_short_and_searches_for_lost_objects_seldom() -> None:
    turn, (threshold, *older) = sys.getswitchinterval(), gc.get_threshold()
    set_for_pages()
    assert sys.getswitchinterval() < turn
    assert gc.get_threshold()[0] > threshold
    assert [*gc.get_threshold()[1:]] == older
