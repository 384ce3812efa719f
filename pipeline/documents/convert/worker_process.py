"""Our end of the line to the go-between: start it with nothing of ours, ask within a deadline, and always end it."""

import json
import os
import select
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipeline.documents.fonts.installed import CONFIGURATION
from pipeline.errors import StepFailed

_SCRIPT = Path(__file__).with_name("office_worker.py")
_SECONDS_TO_START = 60.0
_SECONDS_TO_END = 5.0
_PACKAGES = "libreoffice-writer-nogui python3-uno fonts-crosextra-carlito fonts-liberation"
_CANNOT_START = {
    "uno": f"LibreOffice kan ikke nås fra Python. Installér Debian-pakkerne {_PACKAGES}, og prøv igen.",
    "office": f"LibreOffice er ikke installeret. Installér Debian-pakkerne {_PACKAGES}, og prøv igen.",
    "died": f"LibreOffice går ned, når det startes. Se, om Debian-pakkerne {_PACKAGES} er hele, og om der er plads"
    " på disken og hukommelse nok, og prøv igen.",
    "machine": "LibreOffice kan ikke afskæres fra netværket på denne maskine, så der omdannes intet."
    " Kør på Linux (x86_64 eller aarch64) med seccomp slået til.",
}
_NO_ANSWER = (
    "LibreOffice gik i stå under omdannelsen til PDF, også efter nye forsøg. Prøv igen om lidt. Sker det igen med"
    " samme dokument, så åbn Word-filen i Word, gem den på ny, og prøv med den."
)


class OfficeSpent(StepFailed):
    """This LibreOffice is of no more use, but the document may well succeed in a fresh one."""


@dataclass(frozen=True)
class Installation:
    """Where the machine has LibreOffice and the Python that can speak to it."""

    python: Path = Path("/usr/bin/python3")
    path: str = "/usr/bin:/bin"


DEBIAN = Installation()


class WorkerProcess:
    """The go-between and its LibreOffice, a process group of their own.

    Args:
        profile: LibreOffice's profile, which the go-between removes when it ends.
        memory_bytes: Limit on the address space of each of the two.
        installation: Where LibreOffice is found.

    Raises:
        StepFailed: LibreOffice is missing or does not start.
    """

    def __init__(self, profile: Path, memory_bytes: int, installation: Installation) -> None:
        self._unread = b""
        self._process = _start(profile, memory_bytes, installation)
        self._requests, self._answers = _pipes(self._process)
        try:
            answer = self._answer(_SECONDS_TO_START)
            if "failed" in answer:
                raise _start_failure(answer["failed"])
            self.office_pid = int(answer["ready"])
        except BaseException:
            self.end()
            raise

    def ask(self, request: dict[str, str], seconds: float) -> dict[str, str]:
        """Send one request and return its answer.

        Args:
            request: What to do.
            seconds: How long the answer may take.

        Raises:
            OfficeSpent: The go-between or LibreOffice ended, or was silent for too long.
        """
        try:
            self._requests.write(json.dumps(request).encode() + b"\n")
        except BrokenPipeError as error:
            raise OfficeSpent(_NO_ANSWER) from error
        return self._answer(seconds)

    def end(self) -> None:
        """Hang up, upon which the go-between ends all; one that cannot is killed with the whole group."""
        self._requests.close()
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._answers.close()

    def _answer(self, seconds: float) -> dict[str, str]:
        """Read one line within the deadline; silence and an ended process are the same loss."""
        ready = select.poll()
        ready.register(self._answers, select.POLLIN)
        deadline = time.monotonic() + seconds
        while b"\n" not in self._unread:
            in_time = ready.poll(max(0.0, deadline - time.monotonic()) * 1000)
            piece = os.read(self._answers.fileno(), 4096) if in_time else b""
            if not piece:
                raise OfficeSpent(_NO_ANSWER)
            self._unread += piece
        line, _, self._unread = self._unread.partition(b"\n")
        answer: dict[str, str] = json.loads(line)
        return answer


def _start_failure(reason: str) -> StepFailed:
    """Tell what is missing for good from a LibreOffice that was killed while it started, which deserves another try."""
    return (OfficeSpent if reason == "died" else StepFailed)(_CANNOT_START[reason])


def _start(profile: Path, memory_bytes: int, installation: Installation) -> subprocess.Popen[bytes]:
    """Start the go-between with nothing of our environment and no file of ours open."""
    try:
        return subprocess.Popen(  # noqa: S603  # our own script, and no shell
            [installation.python, "-I", _SCRIPT, profile, str(memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=profile,
            env=_environment(profile, installation),
            start_new_session=True,
        )
    except FileNotFoundError as error:
        raise StepFailed(_CANNOT_START["uno"]) from error


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("the worker is started with both pipes")
    return process.stdin, process.stdout


def _environment(profile: Path, installation: Installation) -> dict[str, str]:
    return {
        "PATH": installation.path,
        "HOME": str(profile),
        "TMPDIR": str(profile / "tmp"),
        "LANG": "C.UTF-8",
        "FONTCONFIG_FILE": str(CONFIGURATION),  # the same fonts everywhere, and only such as PDF/A can embed
        "SAL_USE_VCLPLUGIN": "svp",  # no screen
        "MALLOC_ARENA_MAX": "2",  # each arena reserves 64 MB of the address space that is limited
    }
