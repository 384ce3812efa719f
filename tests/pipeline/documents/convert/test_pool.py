"""Two converters under fire: whatever is killed while they work, no document is lost."""

import os
import random
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from office_processes import offices, running
from pypdf import PdfReader
from word_packages import package, small

from pipeline.documents.convert import Converter, ConverterPool
from pipeline.errors import StepFailed

pytestmark = pytest.mark.office

_DOCUMENTS = 100
_KILLS = 5


def test_a_hundred_documents_survive_kills_at_random_moments(tmp_path: Path) -> None:
    (scratch := tmp_path / "scratch").mkdir()
    documents = [_numbered(tmp_path / f"{number}.docx", number) for number in range(_DOCUMENTS)]
    others, over, killed = set(offices()), threading.Event(), list[int]()

    def kill_now_and_then() -> None:
        """Kill the older of the two, so that not one document alone is hit again and again."""
        chance = random.Random(11)
        while len(killed) < _KILLS and not over.wait(chance.uniform(0.7, 2.5)):
            if ours := set(offices()) - others:
                killed.append(min(ours))
                os.kill(killed[-1], signal.SIGKILL)

    def convert(docx: Path) -> None:
        pool.to_pdf(docx, docx.with_suffix(".pdf"))

    killer = threading.Thread(target=kill_now_and_then)
    with ConverterPool([Converter(scratch=scratch) for _ in range(2)]) as pool, ThreadPoolExecutor(2) as callers:
        killer.start()
        try:
            list(callers.map(convert, documents))
        finally:
            over.set()
            killer.join()
    assert len(killed) >= 3
    for number, docx in enumerate(documents):
        assert f"Dokument {number} " in PdfReader(docx.with_suffix(".pdf")).pages[0].extract_text()
    assert set(offices()) == others
    assert not list(scratch.iterdir())


def _numbered(path: Path, number: int) -> Path:
    paragraph = f"<w:p><w:r><w:t>Dokument {number} om træning efter barnets lov § 85</w:t></w:r></w:p>"
    return package(path, paragraph * 120)


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
