"""One LibreOffice with a profile of its own: a document goes in under a name of ours, and a whole PDF comes out."""

import os
import secrets
import shutil
import tempfile
from pathlib import Path

from pipeline.documents.convert.nothing_lost import Pieces, require_all
from pipeline.documents.convert.office_profile import write_profile
from pipeline.documents.convert.worker_process import DEBIAN, Installation, OfficeSpent, WorkerProcess
from pipeline.errors import StepFailed


class Office:
    """A running LibreOffice.

    Args:
        memory_bytes: Limit on its address space (RLIMIT_AS).
        scratch: Where its profile is made; the machine's temporary folder when None.
        installation: Where LibreOffice is found.

    Raises:
        StepFailed: LibreOffice is missing or does not start.
    """

    def __init__(self, memory_bytes: int, scratch: Path | None = None, installation: Installation = DEBIAN) -> None:
        self.converted = 0
        self._profile = Path(tempfile.mkdtemp(prefix="tilsyn-office-", dir=scratch)).resolve()
        try:
            write_profile(self._profile)
            self._worker = WorkerProcess(self._profile, memory_bytes, installation)
        except BaseException:
            shutil.rmtree(self._profile, ignore_errors=True)
            raise
        self.pid = self._worker.office_pid

    def convert(self, docx: Path, pdf: Path, seconds: float, given: Pieces) -> None:
        """Convert one document; LibreOffice sees copies only, so it cannot change the one or half-write the other.

        Args:
            docx: The Word document.
            pdf: Where the PDF is to be.
            seconds: How long LibreOffice may take.
            given: How much the document holds.

        Raises:
            OfficeSpent: LibreOffice died, took too long, or is too used for its refusal to be the document's fault.
            StepFailed: LibreOffice would not make a PDF of all of it (permanent), or the PDF could not be saved.
        """
        source, target = self._profile / "tmp" / "in.docx", self._profile / "tmp" / "out.pdf"
        target.unlink(missing_ok=True)
        shutil.copyfile(docx, source)
        answer = self._worker.ask({"docx": str(source), "pdf": str(target)}, seconds)
        self.converted += 1
        made = target.read_bytes() if target.is_file() else b""
        if "done" not in answer or not _is_whole_pdf(made):
            raise self._refusal()
        require_all(given, made)
        _put_in_place(made, pdf)

    def end(self) -> None:
        """End LibreOffice and remove its profile."""
        self._worker.end()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _refusal(self) -> StepFailed:
        """Blame the document only where no document before it can have left something behind in this LibreOffice."""
        message = "LibreOffice kunne ikke gøre Word-filen til PDF. Åbn den i Word, gem den på ny, og prøv igen."
        return StepFailed(message, permanent=True) if self.converted == 1 else OfficeSpent(message)


def _is_whole_pdf(content: bytes) -> bool:
    """Tell whether a file has the head and the tail of a PDF (ISO 32000-1, 7.5.2 and 7.5.5)."""
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:]


def _put_in_place(made: bytes, target: Path) -> None:
    """Write to the target in one step: a reader sees the old file or the whole new one, also after a power cut."""
    beside = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with beside.open("xb") as writing:
            writing.write(made)
            writing.flush()
            os.fsync(writing.fileno())
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StepFailed("PDF-filen kunne ikke gemmes. Se, om der er plads på disken, og prøv igen.") from error
