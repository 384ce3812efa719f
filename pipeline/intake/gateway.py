"""The gateway: a file from outside goes in by its path, and comes out fit to be kept, or is refused in words."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any, Protocol

from pipeline.errors import StepFailed
from pipeline.intake.accepted import Accepted
from pipeline.intake.finding import Edit, Finding, UnbelievableAnswer, read_answer
from pipeline.intake.kinds import MOST_BYTES
from pipeline.intake.refusals import Reason, refusal, too_large
from pipeline.intake.virus_scan import VirusScanner
from pipeline.limited_child import LimitedChild

MEMORY_BYTES = 512 * 1024**2
SECONDS = 4.5
"""Deadline for the look into a file; with the start and the end of the child it is done within five seconds."""
CHILD = "pipeline.intake.intake_child"

_ZEROS = bytes(1024**2)
_NEW = ".renset"


class Looks(Protocol):
    """A child process that may be asked."""

    def ask(self, question: Any) -> bytes:
        """Ask, or raise StepFailed."""


def start_child() -> LimitedChild:
    """A child that looks into one file, started when it is asked."""
    return LimitedChild(CHILD, memory_bytes=MEMORY_BYTES, seconds=SECONDS, what="Kontrollen af filen")


@dataclass(frozen=True)
class IntakeSettings:
    """How an installation takes files in.

    Attributes:
        virus_scanner: None where none is configured.
        at_once: how many files are looked into at the same time; each takes up to `MEMORY_BYTES`.
        patience: how many seconds a further one waits for its turn.
    """

    virus_scanner: VirusScanner | None = None
    at_once: int = 2
    patience: float = 30.0


class Gateway:
    """Takes files in, from as many threads as like to.

    Each file has a child process of its own, so that no family's file can reach another's.

    Args:
        settings: of the installation.
        start: starts a child.
    """

    def __init__(
        self, settings: IntakeSettings, start: Callable[[], AbstractContextManager[Looks]] = start_child
    ) -> None:
        self._settings, self._start = settings, start
        self._places = BoundedSemaphore(settings.at_once)

    def accept(self, path: Path, original_name: str) -> Accepted:
        """Check a file, clean it, and put the clean one in its place.

        Args:
            path: a file of the caller's own, in a folder that nobody else may enter. After a refusal it is for the
                caller to delete.
            original_name: what the sender calls it.

        Raises:
            FileRefused: it does not come in; the message says what is wrong and what to do.
        """
        size = _size(path)
        with self._a_place():
            finding = self._looked_into(path, size)
        scanner = self._settings.virus_scanner
        if scanner is not None:
            scanner.refuse_infected(path)
        _put_in_place(finding, path)
        return Accepted(
            kind=finding.kind,
            path=path,
            size=path.stat().st_size,
            original_name=original_name,
            what_was_changed=finding.changes,
            virus_scanned=scanner is not None,
        )

    @contextmanager
    def _a_place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=self._settings.patience):
            raise refusal(Reason.BUSY)
        try:
            yield
        finally:
            self._places.release()

    def _looked_into(self, path: Path, size: int) -> Finding:
        try:
            with self._start() as child:
                return read_answer(child.ask(str(path.resolve())), size)
        except (StepFailed, UnbelievableAnswer):
            # Killed for its time or memory, or taken over: either way by what stands in the file.
            raise refusal(Reason.TOO_HEAVY) from None


def _size(path: Path) -> int:
    """The size in bytes, if it is a plain file of a size that may come in."""
    facts = path.lstat()
    if not stat.S_ISREG(facts.st_mode):
        raise ValueError("only a plain file of the caller's own is taken in")
    if facts.st_size == 0:
        raise refusal(Reason.EMPTY)
    if facts.st_size > MOST_BYTES:
        raise too_large(None, MOST_BYTES)
    return facts.st_size


def _put_in_place(finding: Finding, path: Path) -> None:
    if finding.body is not None:
        new = path.with_name(path.name + _NEW)
        try:
            new.touch(mode=0o600, exist_ok=False)
            new.write_bytes(finding.body)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    if finding.edits:
        with path.open("r+b") as file:
            for edit in finding.edits:
                _overwrite(file, edit)


def _overwrite(file: IO[bytes], edit: Edit) -> None:
    file.seek(edit.start, os.SEEK_SET)
    file.write(edit.text)
    left = edit.zeros
    while left:
        left -= file.write(_ZEROS[:left])
