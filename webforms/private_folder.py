"""A folder for files on their way in or out, that only this program may enter and that never outlives it for long.

What a killed program leaves behind is swept away by the next one that starts; a program that still runs holds a lock.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import StoreUnavailable

_OWN_ONLY = 0o700
_LOCK = ".i-brug"


@contextmanager
def private_folder(parent: Path) -> Iterator[Path]:
    """A new folder inside `parent`, gone with the block.

    Raises:
        StoreUnavailable: the folder cannot be made.
    """
    try:
        parent.mkdir(mode=_OWN_ONLY, parents=True, exist_ok=True)
        _sweep(parent)
        folder, lock = _new_folder(parent)
    except OSError as problem:
        raise StoreUnavailable(
            "Systemets arbejdsmappe kan ikke laves. Se, om disken er fuld, og om programmet må skrive i sin mappe."
        ) from problem
    try:
        yield folder
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def _new_folder(parent: Path) -> tuple[Path, int]:
    """A folder and its lock; where another program sweeps between the making and the locking, the next one is made."""
    while True:
        folder = Path(tempfile.mkdtemp(dir=parent))
        with suppress(FileNotFoundError):
            lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (folder / _LOCK).exists():
                return folder, lock
            os.close(lock)


def _sweep(parent: Path) -> None:
    for folder in parent.iterdir():
        with suppress(OSError):  # one that another program has locked, or is removing itself
            _sweep_one(folder)


def _sweep_one(folder: Path) -> None:
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:  # its program was killed before it came so far
        folder.rmdir()
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
    finally:
        os.close(lock)
