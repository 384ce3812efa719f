"""Everything behind the first page: the fictional cases, their folders, and the machines that make and check them."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers_file
from pipeline.documents.seal.verify import Verification, verify
from webforms.demo import sample_path, samples
from webforms.public.cases import Catalogue, catalogue
from webforms.public.queue_of_one import QueueOfOne
from webforms.public.seal_checks import SealChecks
from webforms.public.shelf import Known, Shelf, known_file, shelf_in
from webforms.public.warm_workshop import WarmWorkshop
from webforms.settings import Settings
from webforms.wiring import trust_store

FOLDER = "demo"
# How long a visitor waits for checks of seals before the page says that they are under way: longer where the visitor
# has just asked for the documents, and waits anyhow.
_PATIENCE_SECONDS, _PATIENCE_AFTER_MAKING = 3.0, 10.0


class MakesDocuments(Protocol):
    """Makes all documents of a case."""

    def make(self, answers: Answers, folder: Path) -> None:
        """Put them into the folder, or raise TilsynError and leave nothing."""

    def close(self) -> None:
        """End what was started."""


@dataclass(frozen=True)
class Made:
    """The documents of one case; `seal` is None while the check is under way."""

    shelf: Shelf
    seal: Verification | None


class DemoRoom:
    """The fictional cases of an installation.

    Args:
        settings: the installation; its documents lie in `home/demo/<case>/`.
        workshop: makes the documents; the room closes it.
        check: judges a sealed PDF.
    """

    def __init__(self, settings: Settings, workshop: MakesDocuments, check: Callable[[Path], Verification]) -> None:
        self._settings = settings
        self._workshop = workshop
        self._queue = QueueOfOne()
        self._checks = SealChecks(check)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The room with the real machines; fictional cases get the demo seal, also where a real one is set up."""
        demo = replace(settings, seal=None, trusted_seals=())
        return cls(demo, WarmWorkshop(demo), lambda pdf: verify(pdf, trust_store(demo)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def names(self) -> Sequence[str]:
        """The names of the cases."""
        return samples(self._settings.editions)

    def catalogue(self) -> Catalogue:
        """What there is to say of each case."""
        return catalogue(self._settings.editions)

    def made(self) -> dict[str, Made]:
        """The cases whose documents are there, with the check of each seal."""
        shelves = {name: shelf for name in self.names() if (shelf := shelf_in(self._folder(name)))}
        seals = self._checks.answers([shelf.pdf for shelf in shelves.values()], _PATIENCE_SECONDS)
        return {name: Made(shelf, seals[shelf.pdf]) for name, shelf in shelves.items()}

    def make(self, name: str) -> None:
        """Make the documents of a case.

        Args:
            name: one of `names`.

        Raises:
            TilsynError: they could not be made; what was there before is still there, or nothing is.
        """
        self._queue.run(name, partial(self._make, name))
        if shelf := shelf_in(self._folder(name)):
            self._checks.answers([shelf.pdf], _PATIENCE_AFTER_MAKING)

    def file(self, name: str, file_name: str) -> tuple[Path, Known] | None:
        """A finished file of a case; None where there is no such case, no such file, or it has not been made."""
        known = known_file(file_name)
        if known is None or name not in self.names():
            return None
        folder = self._folder(name)
        return (folder / known.file_name, known) if shelf_in(folder) else None

    def is_ready(self) -> bool:
        """Whether there are cases to show and a place to put their documents."""
        return bool(self.names()) and os.access(self._settings.home, os.R_OK | os.W_OK | os.X_OK)

    def close(self) -> None:
        """Finish the case at work, then end every machine."""
        self._queue.close(self._workshop.close)
        self._checks.close()

    def _make(self, name: str) -> None:
        answers = read_answers_file(sample_path(name, self._settings.editions), self._settings.editions)
        self._workshop.make(answers, self._folder(name))

    def _folder(self, name: str) -> Path:
        return self._settings.home / FOLDER / name
