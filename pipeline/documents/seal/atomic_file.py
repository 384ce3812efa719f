"""Writes a file whole or not at all, and only after it has been looked at again."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def write_whole(path: Path, content: bytes, check: Callable[[bytes], None]) -> None:
    """Put the content at the path in one step, durable when this returns.

    Args:
        path: an existing file there is replaced.
        content: the whole file.
        check: is given what was read back from disk; what it raises leaves the path as it was.

    Raises:
        OSError: the disk refused.
    """
    fresh = path.with_name(f".ny-{secrets.token_hex(8)}")
    try:
        with fresh.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        check(fresh.read_bytes())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    _make_durable(path.parent)


def _make_durable(folder: Path) -> None:
    """A rename is safe against power loss only once its folder is synced."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
