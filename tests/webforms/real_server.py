"""The real server as a newcomer starts it, and a look at the processes below it."""

import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "webforms.serve")


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def environment(home: Path, **settings: str) -> dict[str, str]:
    """A port that is free, a home of its own, and nothing else of ours."""
    chosen = {"HOME": str(home), "PORT": str(free_port())} | settings
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HJEMMETILSYN_")}
    return kept | {f"HJEMMETILSYN_{name}": value for name, value in chosen.items()}


def refused(env: Mapping[str, str]) -> tuple[int, str]:
    """Exit code and message of a server that must not start."""
    ended = subprocess.run(COMMAND, cwd=PROJECT, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert ended.stdout == ""
    return ended.returncode, ended.stderr


class RealServer:
    """A running server, in a process group of its own as in a terminal.

    Args:
        home: its folder.
    """

    def __init__(self, home: Path) -> None:
        self._process = subprocess.Popen(
            COMMAND,
            cwd=PROJECT,
            env=environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.first_line = self.address = self.said = self.complained = ""

    def __enter__(self) -> Self:
        self.first_line = self._line()
        found = re.search(r"http://127\.0\.0\.1:\d+", self.first_line)
        if found is None:
            self.end(signal.SIGKILL)
            pytest.fail(f"it did not start: {self.first_line}{self.complained}")
        self.address = found.group()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if self._process.poll() is None:
            self.end(signal.SIGTERM)
        for stream in (self._process.stdout, self._process.stderr):
            assert stream
            stream.close()

    @property
    def pid(self) -> int:
        """The process that the newcomer started."""
        return self._process.pid

    @property
    def below(self) -> dict[int, str]:
        """Every process that the server has started, however deep, with its command."""
        return below(self.pid)

    def end(self, sent: signal.Signals, *, to_the_terminal: bool = False) -> int:
        """Send a signal, to every process of the terminal's group where Ctrl+C does so, and return the exit code."""
        (os.killpg if to_the_terminal else os.kill)(self.pid, sent)
        said, self.complained = self._process.communicate(timeout=120)
        self.said = self.first_line + said
        return self._process.returncode

    def _line(self) -> str:
        assert self._process.stdout
        ready, _, _ = select.select([self._process.stdout], [], [], 60)
        return self._process.stdout.readline() if ready else ""


def below(parent: int) -> dict[int, str]:
    """The processes below a process, however deep."""
    parents = {
        pid: _parent(pid) for pid in (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    }
    found: dict[int, str] = {}
    todo = [parent]
    while todo:
        above = todo.pop()
        for pid in [pid for pid, its_parent in parents.items() if its_parent == above]:
            found[pid] = _command(pid)
            todo.append(pid)
    return found


def gone(pids: Mapping[int, str], seconds: float = 20) -> bool:
    """Whether all of them have ended in time; a process number used again for another command counts as ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(command and _command(pid) == command for pid, command in pids.items()):
            return True
        time.sleep(0.05)
    return False


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return -1


def _command(pid: int) -> str:
    """Empty for a process that has ended, and for one of which only its exit code is left."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return ""
