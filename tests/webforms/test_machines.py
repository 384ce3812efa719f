"""The machines of the pages: started once, never more at work than there are places, closed for good."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from pipeline.documents.merge.merger import Merger
from pipeline.documents.render import Workshop
from pipeline.errors import StepFailed
from webforms.machines import Machines


class Untouched:
    """Nobody converts or seals in these tests."""

    def to_pdf(self, docx: Path, pdf: Path) -> NoReturn:
        raise AssertionError("something was converted")

    def seal(self, pdf: Path, sealed: Path, *, reason: str) -> NoReturn:
        raise AssertionError("something was sealed")


class Starts:
    """Opens workshops, and counts."""

    def __init__(self) -> None:
        self.opened = self.closed = 0

    @contextmanager
    def __call__(self) -> Iterator[Workshop]:
        self.opened += 1
        with Merger() as merger:
            yield Workshop(merger, Untouched(), Untouched())
        self.closed += 1


def test_nothing_is_started_before_somebody_asks_and_then_once() -> None:
    starts = Starts()
    machines = Machines(starts)
    assert starts.opened == 0
    with machines.at_work() as first, machines.at_work() as second:
        assert first is second
    machines.close()
    assert (starts.opened, starts.closed) == (1, 1)


def test_who_finds_no_place_is_told_to_wait_and_the_place_comes_back() -> None:
    machines = Machines(Starts(), places=1)
    with machines.at_work(), pytest.raises(StepFailed, match="Vent et øjeblik"), machines.at_work():
        raise AssertionError("two were let in")
    with machines.at_work():
        pass
    machines.close()


def test_after_the_end_nothing_is_started_any_more() -> None:
    starts = Starts()
    machines = Machines(starts)
    machines.close()
    with pytest.raises(StepFailed, match="lukke ned"), machines.at_work():
        raise AssertionError("it was let in")
    assert starts.opened == 0
