"""Whether the sealed PDFs are still unchanged: checked off the page's path, once for each content."""

import hashlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from pipeline.documents.seal.verify import Verification

# A check takes a second or two, most of it to start its process; as many at a time as the machine has cores to spare.
_AT_A_TIME = 2


class SealChecks:
    """Checks PDFs in the background and remembers each answer until the file is another.

    Args:
        check: judges one PDF, and always answers.
    """

    def __init__(self, check: Callable[[Path], Verification]) -> None:
        self._check = check
        self._pool = ThreadPoolExecutor(_AT_A_TIME, thread_name_prefix="segl")
        self._lock = threading.Lock()
        self._asked: dict[Path, tuple[str, Future[Verification]]] = {}

    def answers(self, pdfs: Sequence[Path], patience: float) -> dict[Path, Verification | None]:
        """The answers that are there in time; None for a check that is still under way.

        Args:
            pdfs: the files.
            patience: seconds to wait for all of them together.
        """
        futures = {pdf: self._ask(pdf) for pdf in pdfs}
        wait(futures.values(), patience)
        return {pdf: future.result() if future.done() else None for pdf, future in futures.items()}

    def close(self) -> None:
        """Finish the checks under way and begin no other."""
        self._pool.shutdown(cancel_futures=True)

    def _ask(self, pdf: Path) -> "Future[Verification]":
        digest = hashlib.sha256(pdf.read_bytes()).hexdigest()
        with self._lock:
            known = self._asked.get(pdf)
            if known is not None and known[0] == digest and not _failed(known[1]):
                return known[1]
            future = self._pool.submit(self._check, pdf)
            self._asked[pdf] = digest, future
            return future


def _failed(future: "Future[Verification]") -> bool:
    return future.done() and (future.cancelled() or future.exception() is not None)
