"""What is killed, behind three calls: the small web server around the store, or the whole one with its pages."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO, Protocol

from pipeline.store.opening import Places

PROJECT = Path(__file__).parents[2]
_SECONDS_TO_START = 60


class Target(Protocol):
    """What is killed."""

    def start(self) -> None:
        """Start it, on what the last one left."""

    def kill(self) -> None:
        """Kill it without a word; it is gone when this returns."""

    def connection(self) -> HTTPConnection:
        """A connection to it."""


class StoreProcess:
    """The small web server around the store; each is the child of a process that has imported everything before."""

    def __init__(self, places: Places) -> None:
        self._mother = Mother("writer_process.py", None)
        self._told = {"home": str(places.files.parent), "database": places.database}
        self._pid, self._port = 0, 0

    def start(self) -> None:
        """See `Target`."""
        self._pid, self._port = map(int, self._mother.child(self._told).split())

    def kill(self) -> None:
        """See `Target`."""
        kill(self._pid)
        self._pid = 0  # the number may soon be another's

    def connection(self) -> HTTPConnection:
        """See `Target`."""
        return HTTPConnection("127.0.0.1", self._port, timeout=30)

    def close(self) -> None:
        """End the child and its mother."""
        self.kill()
        self._mother.close()


class WebServer:
    """The server as `python -m webforms.serve` runs it, with all its processes; imported before it is started.

    Args:
        places: an installation in the usual places.
        log: takes what it complains of.
    """

    def __init__(self, places: Places, log: IO[str]) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self._mother, self._log = Mother("server_process.py", log), log
        chosen = {"HOME": places.files.parent, "DATABASE": places.database, "PORT": self._port}
        self._told = {f"HJEMMETILSYN_{name}": str(value) for name, value in chosen.items()}
        self._arbiter = 0

    def start(self) -> None:
        """See `Target`; it answers when this returns."""
        self._arbiter = int(self._mother.child(self._told))
        until = time.monotonic() + _SECONDS_TO_START
        while not self._answers():
            is_hopeful = _runs(self._arbiter) and time.monotonic() < until
            assert is_hopeful, f"the server did not start: {Path(self._log.name).read_text()[-2000:]}"
            time.sleep(0.02)

    def kill(self) -> None:
        """See `Target`. The arbiter is stopped first, so that it cannot put a new worker in the place of the old."""
        if not self._arbiter:
            return
        with suppress(ProcessLookupError):
            os.kill(self._arbiter, signal.SIGSTOP)
        for pid in (*_children(self._arbiter), self._arbiter):
            kill(pid)
        self._arbiter = 0  # the number may soon be another's
        self._wait_for_port()

    def connection(self) -> HTTPConnection:
        """See `Target`."""
        return HTTPConnection("127.0.0.1", self._port, timeout=30)

    def close(self) -> None:
        """End the server and its mother."""
        self.kill()
        self._mother.close()

    def _wait_for_port(self) -> None:
        """A child that was just being made may hold it a little longer."""
        until = time.monotonic() + _SECONDS_TO_START
        while time.monotonic() < until:
            with suppress(OSError):
                socket.create_server(("127.0.0.1", self._port)).close()
                return
            time.sleep(0.005)

    def _answers(self) -> bool:
        connection = self.connection()
        try:
            connection.request("GET", "/healthz/livez")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


class Mother:
    """A program that has imported everything and has a child for every line it is told.

    Args:
        program: in this folder.
        log: takes what it and its children complain of; None: our own.
    """

    def __init__(self, program: str, log: IO[str] | None) -> None:
        command = [sys.executable, str(Path(__file__).with_name(program))]
        self._process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
        )

    def child(self, told: dict[str, str]) -> str:
        """Have a child; returns the line that it says of itself."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()


def kill(pid: int) -> None:
    """Kill a process and wait until all of it is gone; what may be left is a number for its parent to fetch."""
    while pid and _runs(pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.001)


def _runs(pid: int) -> bool:
    """Whether any thread of it has not ended; until then its files and locks may still be held."""
    try:
        threads = [path.name for path in Path(f"/proc/{pid}/task").iterdir()]
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return len(threads) > 1 or state != "Z"


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
