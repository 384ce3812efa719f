"""Checks of seals: once for each content, in the background, and never an old answer for a new file."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.verification import Verification, not_readable
from webforms.public.seal_checks import SealChecks

ANSWER = not_readable(Finding.NOT_A_PDF)


class Judge:
    """Counts what it judges; waits while `pause` is cleared, fails while `broken`."""

    def __init__(self) -> None:
        self.judged: list[bytes] = []
        self.pause = threading.Event()
        self.pause.set()
        self.broken = False

    def __call__(self, pdf: Path) -> Verification:
        assert self.pause.wait(30)
        if self.broken:
            raise RuntimeError("broken")
        self.judged.append(pdf.read_bytes())
        return ANSWER


@pytest.fixture
def judge() -> Judge:
    return Judge()


@pytest.fixture
def checks(judge: Judge) -> Iterator[SealChecks]:
    checks = SealChecks(judge)
    yield checks
    judge.pause.set()
    checks.close()


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"first")
    return path


def test_the_same_file_is_judged_once(checks: SealChecks, judge: Judge, pdf: Path) -> None:
    assert [checks.answers([pdf], 30), checks.answers([pdf], 30)] == [{pdf: ANSWER}] * 2
    assert judge.judged == [b"first"]


def test_a_changed_file_of_the_same_size_is_judged_again(checks: SealChecks, judge: Judge, pdf: Path) -> None:
    checks.answers([pdf], 30)
    pdf.write_bytes(b"forst")
    checks.answers([pdf], 30)
    assert judge.judged == [b"first", b"forst"]


def test_a_slow_check_does_not_hold_up_the_page(checks: SealChecks, judge: Judge, pdf: Path) -> None:
    judge.pause.clear()
    assert checks.answers([pdf], 0.01) == {pdf: None}
    judge.pause.set()
    assert checks.answers([pdf], 30) == {pdf: ANSWER}
    assert judge.judged == [b"first"]


def test_a_check_that_broke_is_tried_again(checks: SealChecks, judge: Judge, pdf: Path) -> None:
    judge.broken = True
    with pytest.raises(RuntimeError):
        checks.answers([pdf], 30)
    judge.broken = False
    assert checks.answers([pdf], 30) == {pdf: ANSWER}


def test_closing_begins_no_other_check(judge: Judge, tmp_path: Path) -> None:
    pdfs = [tmp_path / f"{n}.pdf" for n in range(8)]
    for pdf in pdfs:
        pdf.write_bytes(pdf.name.encode())
    judge.pause.clear()
    checks = SealChecks(judge)
    checks.answers(pdfs, 0.01)
    threading.Timer(0.05, judge.pause.set).start()
    checks.close()
    assert len(judge.judged) == 2
