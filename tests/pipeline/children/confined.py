"""A child under the limits of the one that opens files from outside; it tries what no file may bring it to do."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import UnreadableFile
from pipeline.limited_child import serve
from pipeline.offline.reader_child import confine


def _connect(where: str) -> object:
    return socket.create_connection(("127.0.0.1", int(where)), timeout=1)


def _write(where: str) -> object:
    return Path(where).write_bytes(b"x")


def _eat(megabytes: str) -> object:
    return len(bytearray(int(megabytes) * 1024 * 1024))


def _command(where: str) -> object:
    """A program that the child starts has the same limits."""
    code = f"import socket; socket.create_connection(('127.0.0.1', {where}), timeout=1)"
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def _io_uring(_: str) -> object:
    import ctypes  # noqa: PLC0415  # nothing else here needs it

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(425, 1, 0) < 0:
        raise OSError(ctypes.get_errno(), "io_uring_setup")
    return "ring"


_TASKS: dict[str, Callable[[str], object]] = {
    "connect": _connect, "write": _write, "eat": _eat, "command": _command, "ring": _io_uring,
    "parent": lambda _: os.getppid(),
}  # fmt: skip


def answer(question: tuple[str, str]) -> bytes:
    task, value = question
    try:
        return str(_TASKS[task](value)).encode()
    except Exception as error:
        return f"no: {type(error).__name__}".encode()


if __name__ == "__main__":
    confine()
    serve(answer, UnreadableFile)
