"""Asks clamd whether a file is infected (clamd(8), command INSTREAM); a scanner that does not answer is no “no”."""

import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipeline.errors import TilsynError
from pipeline.intake.refusals import FileRefused, Reason, refusal

_COMMAND = b"zINSTREAM\0"  # “z”: command and answer end in a zero byte
_LENGTH = struct.Struct("!L")
_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096  # bytes
_CLEAN, _FOUND, _TOO_LARGE = b"stream: OK", b" FOUND", b"size limit exceeded"


@dataclass(frozen=True)
class VirusScanner:
    """A clamd that listens.

    Attributes:
        address: path of its Unix socket, or host and port.
        seconds: deadline for one file.
    """

    address: str | tuple[str, int]
    seconds: float

    def refuse_infected(self, path: Path) -> None:
        """Send a file to the scanner.

        Raises:
            FileRefused: it is infected, or the scanner did not say that it is not.
        """
        try:
            answer = self._ask(path)
        except OSError as error:  # a TimeoutError is one, too
            raise refusal(Reason.SCANNER_SILENT) from error
        if answer != _CLEAN:
            raise _refused_for(answer)

    def _ask(self, path: Path) -> bytes:
        until = time.monotonic() + self.seconds
        with self._connected() as line, path.open("rb") as file:
            with suppress(BrokenPipeError, ConnectionResetError):  # it has heard enough, and says why
                self._send(line, file, until)
            return _received(line, until)

    def _send(self, line: socket.socket, file: IO[bytes], until: float) -> None:
        _wait_until(line, until)
        line.sendall(_COMMAND)
        while chunk := file.read(_CHUNK):
            _wait_until(line, until)
            line.sendall(_LENGTH.pack(len(chunk)) + chunk)
        line.sendall(_LENGTH.pack(0))

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        if isinstance(self.address, tuple):
            with socket.create_connection(self.address, timeout=self.seconds) as line:
                yield line
        else:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(self.seconds)
                line.connect(self.address)
                yield line


def scanner_at(address: str, seconds: float = 30.0) -> VirusScanner:
    """The scanner that a setting names.

    Args:
        address: “/run/clamav/clamd.ctl”, or “host:3310”.
        seconds: deadline for one file.

    Raises:
        TilsynError: it is neither.
    """
    if address.startswith("/"):
        return VirusScanner(address, seconds)
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise TilsynError(
            "Virusscannerens adresse kan ikke læses. "
            "Skriv stien til clamds sokkel, fx /run/clamav/clamd.ctl, eller vært:port."
        )
    return VirusScanner((host.strip("[]"), int(port)), seconds)


def _received(line: socket.socket, until: float) -> bytes:
    answer = b""
    while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
        _wait_until(line, until)
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.partition(b"\0")[0].strip()


def _wait_until(line: socket.socket, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    line.settimeout(left)


def _refused_for(answer: bytes) -> FileRefused:
    if answer.endswith(_FOUND):
        return refusal(Reason.VIRUS)
    return refusal(Reason.SCANNER_TOO_SMALL if _TOO_LARGE in answer else Reason.SCANNER_SILENT)
