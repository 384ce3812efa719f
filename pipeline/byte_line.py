"""Messages of bytes between two processes, each with its length before it and a deadline for the whole."""

import socket
import struct
import time

_LENGTH = struct.Struct("!Q")
_CHUNK = 1024 * 1024


class ByteLine:
    """One end of the line.

    Args:
        end: a connected stream socket; it is closed with the line.
    """

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def send(self, message: bytes, seconds: float | None = None) -> None:
        """Send a message.

        Raises:
            TimeoutError: the other end did not take all of it in time.
            OSError: the other end is gone.
        """
        self._end.settimeout(seconds)
        self._end.sendall(_LENGTH.pack(len(message)) + message)

    def receive(self, seconds: float | None = None, most: int | None = None) -> bytes:
        """Wait for a message.

        Args:
            seconds: deadline for the whole message.
            most: bytes that it may have.

        Raises:
            TimeoutError: it was not complete in time.
            EOFError: the other end is gone.
            OSError: it is longer than allowed.
        """
        until = None if seconds is None else time.monotonic() + seconds
        (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size, until))
        if most is not None and length > most:
            raise OSError(f"a message of {length} bytes, allowed are {most}")
        return bytes(self._exactly(length, until))

    def close(self) -> None:
        """Hang up."""
        self._end.close()

    def _exactly(self, length: int, until: float | None) -> bytearray:
        # Grown as bytes arrive: a length that was only claimed takes no memory.
        taken = bytearray()
        while len(taken) < length:
            self._end.settimeout(None if until is None else _left(until))
            chunk = self._end.recv(min(length - len(taken), _CHUNK))
            if not chunk:
                raise EOFError
            taken += chunk
        return taken


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
