"""Work that must not run away is done in a child process with a limit on memory and a deadline for every answer.

The child is started as `python -m MODULE`, stays warm, and is replaced when it dies or misses a deadline.
What goes to the child is pickled by us; what comes back is plain bytes, so a child that was taken over can say
nothing that we would execute.
"""

import contextlib
import pickle
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.errors import StepFailed

_OK, _REFUSED = b"+", b"-"
_START_SECONDS = 60.0
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
        self._link: Connection[bytes, bytes] | None = None

    def ask(self, question: Any) -> bytes:
        """Send a picklable question, return the child's answer.

        Raises:
            Refused: the child said no, with its message.
            StepFailed: the child died or did not answer in time.
        """
        payload = pickle.dumps(question, pickle.HIGHEST_PROTOCOL)
        with self._lock:
            link = self._running()
            try:
                link.send_bytes(payload)
                if not link.poll(self._seconds):
                    self._kill()
                    raise StepFailed(f"{self._what} tog mere end {self._seconds:g} sekunder og blev stoppet.")
                answer = link.recv_bytes()
            except (EOFError, OSError) as error:
                self._kill()
                raise StepFailed(f"{self._what} stoppede uventet, måske fordi den brugte for meget plads.") from error
        if answer[:1] == _REFUSED:
            raise Refused(answer[1:].decode())
        return answer[1:]

    @property
    def pid(self) -> int | None:
        """The child's process id, or None while there is none."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def _running(self) -> "Connection[bytes, bytes]":
        if self._process is not None and self._process.poll() is not None:
            self._kill()
        if self._link is None:
            self._link = self._start()
        return self._link

    def _start(self) -> "Connection[bytes, bytes]":
        ours, theirs = Pipe()
        with theirs:
            # The module name is ours and the arguments are numbers: nothing from outside reaches the command line.
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", self._module, str(theirs.fileno()), str(self._memory)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                cwd=PROJECT,
            )
        if not ours.poll(_START_SECONDS):
            raise StepFailed(f"{self._what} kunne ikke starte. Prøv igen.")
        ours.recv_bytes()
        return ours

    def _kill(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            self._process.wait()
        if self._link is not None:
            self._link.close()
        self._process = self._link = None


def serve(answer: Callable[[Any], bytes], refusals: type[Exception] | tuple[type[Exception], ...]) -> None:
    """The child's side: answer questions until the parent is gone.

    Args:
        answer: question in, bytes out.
        refusals: errors whose text is meant for people; every other one ends the child.
    """
    descriptor, memory = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Connection(descriptor) as link:
        link.send_bytes(_OK)
        while True:
            try:
                question = pickle.loads(link.recv_bytes())  # noqa: S301 - pickled by our own parent process
            except (EOFError, OSError):
                return
            try:
                reply = _OK + answer(question)
            except refusals as error:
                reply = _REFUSED + str(error).encode("utf-8", "replace")
            link.send_bytes(reply)
