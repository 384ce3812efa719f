"""A child for the tests of LimitedChild: it does what it is asked, good or bad."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from pipeline.errors import TilsynError
from pipeline.limited_child import serve


def _echo(value: bytes) -> bytes:
    return value


def _refuse(words: str) -> bytes:
    raise TilsynError(words)


def _fail(words: str) -> bytes:
    raise KeyError(words)


def _loop(_: object) -> bytes:
    while True:
        pass


def _sleep(seconds: float) -> bytes:
    time.sleep(seconds)
    return b"awake"


def _eat(megabytes: int) -> bytes:
    eaten = [bytearray(1024 * 1024) for _ in range(megabytes)]
    return str(len(eaten)).encode()


def _answer_of(size: int) -> bytes:
    return bytes(size)


def _die(number: int) -> bytes:
    os.kill(os.getpid(), number)
    return b""


def _crash(_: object) -> bytes:
    ctypes.string_at(0)
    return b""


def _leave(code: int) -> bytes:
    sys.exit(code)


def _lie(length: int) -> bytes:
    """Claim a long answer on the line, send a little of it, and stay silent."""
    os.write(int(sys.argv[1]), length.to_bytes(8, "big") + b"+")
    time.sleep(60)
    return b""


def _environment(_: object) -> bytes:
    return "\n".join(sorted(os.environ)).encode()


def _stop_on_term(_: object) -> bytes:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    return b"deaf"


_TASKS: dict[str, Callable[[Any], bytes]] = {
    "echo": _echo, "refuse": _refuse, "fail": _fail, "loop": _loop, "sleep": _sleep, "eat": _eat,
    "answer of": _answer_of, "die": _die, "crash": _crash, "leave": _leave, "lie": _lie,
    "environment": _environment, "be deaf": _stop_on_term, "pid": lambda _: str(os.getpid()).encode(),
}  # fmt: skip


def answer(question: tuple[str, Any]) -> bytes:
    task, value = question
    return _TASKS[task](value)


if __name__ == "__main__":
    serve(answer, TilsynError)
