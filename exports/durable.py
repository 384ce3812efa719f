"""Files for nobody but their owner, on the disk before anybody is told of them."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

_FILE, _FOLDER = 0o600, 0o700


def make_folder(folder: Path) -> None:
    """Make a folder that nobody else may enter, unless it is there."""
    folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)


def write_durably(path: Path, content: Iterable[bytes]) -> tuple[str, int]:
    """Write a file, which must not be there yet; returns its SHA-256 (hexadecimal) and its size.

    Raises:
        OSError: the disk refused.
    """
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, _FILE), "wb") as file:
        for chunk in content:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def sync_folder(folder: Path) -> None:
    """Make what was made or renamed in a folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
