"""Two converters under fire: whatever is killed while they work, no document is lost."""

import os
import random
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from office_processes import offices, running
from word_packages import package, small

from pipeline.documents.convert import Converter, ConverterPool
from pipeline.errors import StepFailed

pytestmark = pytest.mark.office

_DOCUMENTS = 100
_KILLS = 6


def test_a_hundred_documents_survive_kills_at_random_moments(tmp_path: Path) -> None:
    documents = [small(tmp_path / f"{number}.docx", f"Dokument {number}") for number in range(_DOCUMENTS)]
    done, over, chance, killed = 0, threading.Event(), random.Random(11), []
    others = set(offices())
    (scratch := tmp_path / "scratch").mkdir()

    def kill_now_and_then() -> None:
        while len(killed) < _KILLS and not over.wait(chance.uniform(0.5, 2.0)):
            if ours := sorted(set(offices()) - others):
                os.kill(chance.choice(ours), signal.SIGKILL)
                killed.append(done)

    def convert(docx: Path) -> None:
        nonlocal done
        pool.to_pdf(docx, docx.with_suffix(".pdf"))
        done += 1

    killer = threading.Thread(target=kill_now_and_then)
    with ConverterPool([Converter(scratch=scratch) for _ in range(2)]) as pool, ThreadPoolExecutor(2) as callers:
        killer.start()
        list(callers.map(convert, documents))
        over.set()
        killer.join()
    assert len(killed) >= 3
    assert all(docx.with_suffix(".pdf").read_bytes().startswith(b"%PDF-") for docx in documents)
    assert set(offices()) == others
    assert not list(scratch.iterdir())


def test_a_refused_document_gives_its_converter_back(tmp_path: Path) -> None:
    broken = package(tmp_path / "a.docx", "<w:p>")
    with ConverterPool([Converter()]) as pool:
        for _ in range(2):
            with pytest.raises(StepFailed):
                pool.to_pdf(broken, tmp_path / "a.pdf")
        pool.to_pdf(small(tmp_path / "b.docx"), tmp_path / "b.pdf")


def test_a_converter_that_is_not_needed_is_never_started(tmp_path: Path) -> None:
    others = set(offices())
    docx = small(tmp_path / "a.docx")
    with ConverterPool([Converter(), Converter(), Converter()]) as pool:
        for _ in range(3):
            pool.to_pdf(docx, tmp_path / "a.pdf")
        [only] = set(offices()) - others
    assert not running(only)
