"""Files for nobody but their owner, on the disk before anybody is told of them."""

import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_FILE, _FOLDER = 0o600, 0o700
_UNFINISHED = ".paa-vej-"
_LEFT_BEHIND_AFTER = 3600
"""Seconds; nothing is in the making for so long, so it is what a crash left."""


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


@contextmanager
def placed_once(target: Path) -> Iterator[Path]:
    """A folder in the making, renamed to the target at the end of the block unless something lies there by then.

    Several may make the same at once: the first to end stays, and whatever the others made is gone.

    Raises:
        OSError: the disk refused; nothing is left.
    """
    make_folder(target.parent)
    for path in target.parent.glob(f"{_UNFINISHED}*"):
        if _is_left_behind(path):
            shutil.rmtree(path, ignore_errors=True)  # somebody else may be clearing it too
    unfinished = target.with_name(f"{_UNFINISHED}{secrets.token_hex(8)}")
    try:
        yield unfinished
        try:
            unfinished.rename(target)
        except OSError:
            if not target.is_dir():  # a folder with something in it is never replaced: somebody was quicker
                raise
        sync_folder(target.parent)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _is_left_behind(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > _LEFT_BEHIND_AFTER
    except FileNotFoundError:
        return False
