"""What is killed, behind three calls, so that the whole web server can take the place of the small one."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Protocol

from pipeline.store.opening import Places

PROJECT = Path(__file__).parents[2]


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
        self._places, self._pid, self._port = places, 0, 0
        program = Path(__file__).with_name("writer_process.py")
        self._mother = subprocess.Popen(
            [sys.executable, str(program)], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self) -> None:
        """See `Target`."""
        assert self._mother.stdin
        assert self._mother.stdout
        told = {"home": str(self._places.files.parent), "database": self._places.database}
        self._mother.stdin.write(json.dumps(told) + "\n")
        self._mother.stdin.flush()
        self._pid, self._port = map(int, self._mother.stdout.readline().split())

    def kill(self) -> None:
        """See `Target`."""
        with suppress(ProcessLookupError):
            while True:
                os.kill(self._pid, signal.SIGKILL)
                time.sleep(0.001)

    def connection(self) -> HTTPConnection:
        """See `Target`."""
        return HTTPConnection("127.0.0.1", self._port, timeout=30)

    def close(self) -> None:
        """End the child and its mother."""
        self.kill()
        self._mother.kill()
        self._mother.communicate()
