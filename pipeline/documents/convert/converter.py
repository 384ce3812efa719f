"""One warm LibreOffice that loses no document: when old, stuck or dead it is replaced, and the document tried again."""

import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.documents.convert.nothing_lost import Pieces
from pipeline.documents.convert.office import Office
from pipeline.documents.convert.package_check import check_package
from pipeline.documents.convert.worker_process import DEBIAN, Installation, OfficeSpent
from pipeline.errors import StepFailed

_ATTEMPTS = 3  # at one document
_STARTS = 3  # of LibreOffice, in one attempt


class Converter:
    """Word documents to tagged PDF/A-3b (ISO 19005-3) with PDF/UA marking, by one LibreOffice that is started once.

    It starts with the first document. Safe to share between threads: they take turns.

    Args:
        documents_per_office: LibreOffice is replaced after so many documents, before it grows old.
        seconds_per_document: How long one attempt at a document may take.
        memory_bytes: Limit on LibreOffice's address space.
        scratch: Folder for its throw-away profile; the machine's temporary folder when None.
        installation: Where LibreOffice is found.
    """

    def __init__(
        self,
        *,
        documents_per_office: int = 200,
        seconds_per_document: float = 60,
        memory_bytes: int = 2 * 1024**3,
        scratch: Path | None = None,
        installation: Installation = DEBIAN,
    ) -> None:
        self._documents_per_office = documents_per_office
        self._seconds_per_document = seconds_per_document
        self._memory_bytes = memory_bytes
        self._scratch = scratch
        self._installation = installation
        self._turn = threading.Lock()
        self._office: Office | None = None
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def to_pdf(self, docx: Path, pdf: Path) -> None:
        """Write the Word document as PDF; the Word document is only read, and the PDF appears whole or not at all.

        Args:
            docx: The Word document.
            pdf: Where the PDF is to be; a file that is there is replaced.

        Raises:
            StepFailed: No PDF was made; `permanent` where the document itself is the reason.
        """
        given = check_package(docx)
        with self._turn:
            for _ in range(_ATTEMPTS - 1):
                with suppress(OfficeSpent):
                    return self._attempt(docx, pdf, given)
            return self._attempt(docx, pdf, given)

    def close(self) -> None:
        """End LibreOffice, wait until it is gone, and take no more documents."""
        with self._turn:
            self._closed = True
            self._end_office()

    def _attempt(self, docx: Path, pdf: Path, given: Pieces) -> None:
        office = self._office_for_one_more()
        try:
            office.convert(docx, pdf, self._seconds_per_document, given)
        except BaseException:
            # Its answer may still be under way, and must not be taken for the answer about the next document.
            self._end_office()
            raise

    def _office_for_one_more(self) -> Office:
        if self._closed:
            raise StepFailed("Omdannelsen til PDF er lukket ned. Prøv igen, når systemet kører.")
        if self._office is not None and self._office.converted >= self._documents_per_office:
            self._end_office()
        if self._office is None:
            self._office = self._start_office()
        return self._office

    def _start_office(self) -> Office:
        """Start LibreOffice; a start that is cut short is not the document's fault and costs it no attempt."""
        for _ in range(_STARTS - 1):
            with suppress(OfficeSpent):
                return Office(self._memory_bytes, self._scratch, self._installation)
        return Office(self._memory_bytes, self._scratch, self._installation)

    def _end_office(self) -> None:
        if self._office is not None:
            self._office.end()
            self._office = None
