"""A file that has its name only when it is whole and on the disk; until then it is called unfinished."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pipeline.backup.archive import CHUNK_BYTES
from pipeline.errors import StoreUnavailable, TilsynError
from pipeline.vault.private_file import PRIVATE_FILE, make_durable

_UNFINISHED = ".ufaerdig-kopi"


@contextmanager
def unfinished(target: Path) -> Iterator[BinaryIO]:
    """A file to write into; only if the block ends well is there something at the target.

    Raises:
        TilsynError: there is something at the target already, or its folder is missing.
        StoreUnavailable: a disk refused; nothing is left.
    """
    _refuse(target)
    fresh = target.with_name(f".{target.name}{_UNFINISHED}")
    try:
        _sweep(target.parent)
        with _written(fresh) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            fresh.replace(target)
            make_durable(target.parent)
    except FileExistsError:
        raise TilsynError(
            f"Der laves allerede en kopi med navnet “{target.name}”. Vent, eller vælg et andet."
        ) from None
    except OSError as fault:
        raise StoreUnavailable(
            "Sikkerhedskopien kunne ikke laves færdig: En disk kan ikke læses eller skrives, eller der er ikke plads. "
            "Der ligger ingen halv kopi. Gør plads, eller vælg et andet sted, og kør igen."
        ) from fault


def _refuse(target: Path) -> None:
    if target.exists():
        raise TilsynError(f"“{target.name}” findes allerede. Intet er skrevet over. Vælg et andet navn.")
    if not target.parent.is_dir():
        raise TilsynError(f"Mappen {target.parent} findes ikke. Lav den, eller vælg en anden.")


@contextmanager
def _written(path: Path) -> Iterator[BinaryIO]:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "r+b", CHUNK_BYTES) as file:
            # Held for as long as it is written, so that no other run takes it for what a crash left behind.
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _sweep(folder: Path) -> None:
    """Remove what runs that were killed left behind."""
    for path in folder.glob(f".*{_UNFINISHED}"):
        with suppress(OSError), path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
