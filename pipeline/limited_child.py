"""Work that must not run away is done in a child process with a limit on memory and a deadline for every answer.

The child is started as `python -m MODULE`, stays warm, and is replaced when it dies or misses a deadline.
What goes to the child is pickled by us; what comes back is plain bytes, so a child that was taken over can say
nothing that we would execute.
"""

import contextlib
import gc
import math
import os
import pickle
import resource
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.byte_line import ByteLine
from pipeline.errors import StepFailed
from pipeline.giving_way import give_way

MAX_ANSWER_BYTES = 100 * 1024 * 1024
_OK, _REFUSED = b"+", b"-"
_START_SECONDS = 60.0
_NEW_OBJECTS = 20_000
"""So many new objects before a search for those that only hold each other: a question is a few thousand, and is dropped
whole. At Python's usual 700 a fifteenth of a merge went into searching."""
_KEPT_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "PYTHONPATH", "VIRTUAL_ENV")
PROJECT = Path(__file__).resolve().parents[1]


class Refused(Exception):
    """The child refused the work; the text is its Danish message."""


class LimitedChild:
    """A warm child process that answers one question at a time.

    Args:
        module: the module to run; it calls `serve`.
        memory_bytes: address space the child may have.
        seconds: deadline for each answer.
        what: what the child does, in Danish, for messages (“fletningen”).
    """

    def __init__(self, module: str, *, memory_bytes: int, seconds: float, what: str) -> None:
        self._module, self._memory, self._seconds, self._what = module, memory_bytes, seconds, what
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: ByteLine | None = None
        self._owner = 0

    def ask(self, question: Any) -> bytes:
        """Send a picklable question, return the child's answer (at most 100 MB).

        Raises:
            Refused: the child said no, with its message.
            StepFailed: the child died or did not answer in time.
        """
        payload = pickle.dumps(question, pickle.HIGHEST_PROTOCOL)
        with self._lock:
            answer = self._answer(payload)
        if answer[:1] == _REFUSED:
            raise Refused(answer[1:].decode())
        return answer[1:]

    @property
    def pid(self) -> int | None:
        """The child's process id, or None while there is none."""
        process = self._process
        return process.pid if process else None

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def _answer(self, payload: bytes) -> bytes:
        try:
            line = self._running()
            line.send(payload, self._seconds)
            return line.receive(self._seconds, MAX_ANSWER_BYTES)
        except TimeoutError:
            self._kill()
            raise StepFailed(f"{self._what} tog mere end {self._seconds:g} sekunder og blev stoppet.") from None
        except (EOFError, OSError) as error:
            self._kill()
            raise StepFailed(f"{self._what} stoppede uventet, måske fordi den brugte for meget plads.") from error
        except BaseException:
            # Interrupted between question and answer: the next question must not be given the answer to this one.
            self._kill()
            raise

    def _running(self) -> ByteLine:
        if self._owner != os.getpid():
            # This process was forked off the one that started the child: two may not speak on one line.
            self._process = self._line = None
        if self._process is not None and self._process.poll() is not None:
            self._kill()
        return self._line or self._start()

    def _start(self) -> ByteLine:
        ours, theirs = socket.socketpair()
        with theirs:
            arguments = (theirs.fileno(), self._memory, math.ceil(self._seconds))
            self._process = subprocess.Popen(  # noqa: S603 - a module of ours and numbers, nothing from outside
                [sys.executable, "-m", self._module, *map(str, arguments)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                cwd=PROJECT,
                env={name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ},
                start_new_session=True,
            )
        self._line, self._owner = ByteLine(ours), os.getpid()
        try:
            self._line.receive(_START_SECONDS, len(_OK))
        except TimeoutError:
            self._kill()
            raise StepFailed(f"{self._what} kunne ikke starte. Prøv igen.") from None
        return self._line

    def _kill(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            self._process.wait()
        if self._line is not None:
            self._line.close()
        self._process = self._line = None


def serve(answer: Callable[[Any], bytes], refusals: type[Exception] | tuple[type[Exception], ...]) -> None:
    """The child's side: answer questions until the parent is gone.

    Args:
        answer: question in, bytes out.
        refusals: errors whose text is meant for people; every other one ends the child.
    """
    descriptor, memory, seconds = (int(argument) for argument in sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    give_way()
    gc.set_threshold(_NEW_OBJECTS)
    line = ByteLine(socket.socket(fileno=descriptor))
    line.send(_OK)
    while True:
        try:
            question = pickle.loads(line.receive())  # noqa: S301 - pickled by our own parent process
        except (EOFError, OSError):
            return
        # The parent keeps the deadline; the alarm ends the child also where the parent was killed meanwhile.
        signal.alarm(seconds + 1)
        try:
            reply = _OK + answer(question)
        except refusals as error:
            reply = _REFUSED + str(error).encode("utf-8", "replace")
        except Exception as error:
            sys.exit(_without_values(error))
        signal.alarm(0)
        line.send(reply)


def _without_values(error: Exception) -> str:
    """Type and place of an error; its message could hold an answer and must not reach any log."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.filename}:{frame.lineno} ({frame.name})"
