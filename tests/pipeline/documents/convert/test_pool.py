"""Two converters under fire: whatever is killed while they work, no document is lost."""

import os
import random
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from office_processes import offices, offices_at, running
from pypdf import PdfReader
from word_packages import package, small

from pipeline.documents.convert import Converter, ConverterPool
from pipeline.errors import StepFailed

pytestmark = pytest.mark.office

_DOCUMENTS = 100
_KILLS_OF_EACH = 2  # a document is tried three times, so none may be lost even if it is hit every time


def test_a_hundred_documents_survive_kills_at_random_moments(tmp_path: Path) -> None:
    documents = [_numbered(tmp_path / f"{number}.docx", number) for number in range(_DOCUMENTS)]
    homes = [tmp_path / "home1", tmp_path / "home2"]
    for home in homes:
        home.mkdir()
    over, killed = threading.Event(), list[int]()

    def kill_now_and_then() -> None:
        chance = random.Random(11)
        targets = homes * _KILLS_OF_EACH
        while targets and not over.wait(chance.uniform(0.1, 1.5)):
            for pid in offices_at(targets[-1]):
                targets.pop()
                killed.append(pid)
                os.kill(pid, signal.SIGKILL)

    def convert(docx: Path) -> None:
        pool.to_pdf(docx, docx.with_suffix(".pdf"))

    killer = threading.Thread(target=kill_now_and_then)
    with ConverterPool([Converter(scratch=home) for home in homes]) as pool, ThreadPoolExecutor(2) as callers:
        killer.start()
        try:
            list(callers.map(convert, documents))
        finally:
            over.set()
            killer.join()
    assert len(killed) == len(homes) * _KILLS_OF_EACH
    for number, docx in enumerate(documents):
        assert f"Dokument {number} " in PdfReader(docx.with_suffix(".pdf")).pages[0].extract_text()
    assert not any(offices_at(home) or list(home.iterdir()) for home in homes)


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
