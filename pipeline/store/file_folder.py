"""The folder of sealed files: random names, whole and on the disk before anything speaks of them.

A file is held locked by whoever makes it until the database knows of it. One that is not locked and not known is
what a crash left behind, and is swept away.
"""

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import StoreUnavailable
from pipeline.vault.private_file import PRIVATE_FILE, make_durable, make_private_folder

_BOTH_HALVES = 2


class FileFolder:
    """The sealed files of an installation.

    Args:
        folder: holds a folder for each first two characters of the names.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, stored_name: str) -> Path:
        """Where a file lies."""
        return self._folder / stored_name[:_BOTH_HALVES] / stored_name

    @contextmanager
    def making(self, fill: Callable[[BinaryIO], None]) -> Iterator[tuple[str, int]]:
        """Make a file that stays if the block ends well.

        Args:
            fill: writes the sealed bytes.

        Yields:
            the file's random name and its size in bytes; it is on the disk already.

        Raises:
            StoreUnavailable: the disk refused; nothing is left.
        """
        name = secrets.token_hex(16)
        path = self.path(name)
        with _refused_in_danish():
            make_private_folder(self._folder)
            make_private_folder(path.parent)
            file = os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, PRIVATE_FILE), "wb")
        try:
            with _refused_in_danish():
                fcntl.flock(file, fcntl.LOCK_EX)
                fill(file)
                file.flush()
                os.fsync(file.fileno())
                make_durable(path.parent)
            yield name, path.stat().st_size
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        finally:
            with suppress(OSError):  # what could not be flushed has been told of already
                file.close()

    def open(self, stored_name: str) -> BinaryIO:
        """A sealed file.

        Raises:
            FileNotFoundError: it is not there.
        """
        return self.path(stored_name).open("rb")

    def remove(self, stored_name: str) -> None:
        """Remove a file that the database no longer knows; one that is gone already is fine."""
        self.path(stored_name).unlink(missing_ok=True)

    def sweep(self, is_known: Callable[[str], bool]) -> int:
        """Remove what a crash left behind; returns how many files that were."""
        return sum(self._swept(path, is_known) for path in self._folder.glob("??/*"))

    def _swept(self, path: Path, is_known: Callable[[str], bool]) -> bool:
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # Asked behind the lock: whoever made it has told the database by now, or never will.
                if is_known(path.name):
                    return False
                path.unlink()
                return True
        except (BlockingIOError, FileNotFoundError):  # it is being made, or somebody else has swept it
            return False


@contextmanager
def _refused_in_danish() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise StoreUnavailable(
            "Filen kan ikke gemmes lige nu. Intet er ændret. Prøv igen om lidt; "
            "bliver det ved, så sig det til den, der driver systemet."
        ) from fault
