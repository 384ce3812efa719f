"""The places of a new installation, filled so that what is half done is not taken for what is whole."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.store.database import Database, in_file
from pipeline.store.file_folder import FileFolder
from pipeline.store.migrate import migrate
from pipeline.vault.private_file import PRIVATE_FILE, make_durable, make_private_folder

UNFINISHED = ".ufaerdig"
_OF_SQLITE = ("", "-wal", "-shm")


@contextmanager
def new_database(url: str) -> Iterator[Database]:
    """A database with tables and nothing in them; an SQLite file gets its name at the end of the block.

    Raises:
        StoreUnavailable: the database does not answer or the disk is full.
        OSError: the disk refused.
    """
    database = Database.at(url)
    final = database.file
    if final:
        database = Database.at(in_file(_fresh(final)))
    try:
        migrate(database)
        yield database
    finally:
        database.close()  # which empties SQLite's log into the file
    if final and database.file:
        database.file.replace(final)
        make_durable(final.parent)


def _fresh(final: Path) -> Path:
    """An empty file beside the final one; what an interrupted run left there is removed."""
    make_private_folder(final.parent)
    fresh = final.with_name(f"{final.name}{UNFINISHED}")
    for ending in _OF_SQLITE:
        fresh.with_name(f"{fresh.name}{ending}").unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, PRIVATE_FILE))
    return fresh


class NewFiles:
    """The folder of sealed files, filled with files that have their names already.

    Args:
        folder: need not be there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._places, self._filled = folder, FileFolder(folder), set[Path]()

    def put(self, stored_name: str, chunks: Iterable[bytes]) -> None:
        """Put a file in its place.

        Raises:
            OSError: the disk refused.
        """
        path = self._places.path(stored_name)
        make_private_folder(self._folder)
        make_private_folder(path.parent)
        fresh = path.with_name(f"{stored_name}{UNFINISHED}")
        flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC
        with os.fdopen(os.open(fresh, flags, PRIVATE_FILE), "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        self._filled.add(path.parent)

    def settle(self) -> None:
        """See to it that a power cut takes none of them away.

        Raises:
            OSError: the disk refused.
        """
        for folder in self._filled:
            make_durable(folder)
