"""The machines behind the first page: opened with the first case, then kept warm for the life of the server."""

from contextlib import ExitStack
from pathlib import Path

from pipeline.cases.answers import Answers
from pipeline.documents.render import Workshop, render_case
from pipeline.errors import StepFailed
from webforms.settings import Settings
from webforms.wiring import workshop

_NOT_SAVED = (
    "Dokumenterne kunne ikke gemmes. Se, om der er plads på disken, og om systemet må skrive i sin mappe, og prøv igen."
)


class WarmWorkshop:
    """Makes documents; for one caller at a time.

    Args:
        settings: the installation.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stack = ExitStack()
        self._machines: Workshop | None = None

    def make(self, answers: Answers, folder: Path) -> None:
        """Put all documents of a case into a folder.

        Raises:
            TilsynError: as `render_case`; and StepFailed where the folder cannot be written.
        """
        try:
            render_case(answers, self._opened(), folder)
        except OSError as error:
            raise StepFailed(_NOT_SAVED) from error

    def close(self) -> None:
        """End every process that was started."""
        self._machines = None
        self._stack.close()

    def _opened(self) -> Workshop:
        if self._machines is None:
            self._machines = self._stack.enter_context(workshop(self._settings))
        return self._machines
