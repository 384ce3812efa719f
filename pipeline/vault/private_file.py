"""Files that no one but the installation's own user may read, written whole or not at all."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_UNFINISHED = ".ufaerdig-"


def make_private_folder(folder: Path) -> None:
    """Make the folder unless it is there; one that is there keeps its rights."""
    if not folder.exists():
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        make_durable(folder.parent)


def write_private(path: Path, content: bytes) -> None:
    """Put the content at the path in one step, durable when this returns; the caller is `alone_in` the folder.

    Args:
        path: an existing file there is replaced.
        content: the whole file.

    Raises:
        OSError: the disk refused; the path is as it was.
    """
    fresh = path.with_name(f"{_UNFINISHED}{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    make_durable(path.parent)


def make_durable(folder: Path) -> None:
    """A file that was made or renamed is safe against power loss only once its folder is synced."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """No other process or thread is in this folder by way of this function meanwhile."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        # A process that was killed while it wrote may have left keys behind, also such as are retired since.
        for unfinished in folder.glob(f"{_UNFINISHED}*"):
            unfinished.unlink()
        yield
    finally:
        os.close(descriptor)
