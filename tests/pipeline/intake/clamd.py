"""A small clamd that speaks INSTREAM over a real socket and knows one signature."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fixtures.uploads.hostile import EICAR


@dataclass
class Clamd:
    """How it behaves, and what it has seen.

    Attributes:
        most_bytes: as its StreamMaxLength; it hangs up on more.
        answer: given instead of its own judgement; empty: it hangs up without a word.
        waits: until this is set it does not answer.
    """

    address: str
    most_bytes: int = 25 * 1024**2
    answer: bytes | None = None
    waits: threading.Event | None = None
    seen: list[bytes] = field(default_factory=list)

    def judge(self, data: bytes | None) -> bytes:
        if self.answer is not None:
            return self.answer
        if data is None:
            return b"INSTREAM size limit exceeded. ERROR\0"
        return b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in data else b"stream: OK\0"


class _Line(socketserver.StreamRequestHandler):
    clamd: Clamd

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data: bytes | None = b""
        while data is not None and (length := struct.unpack("!L", self.rfile.read(4))[0]):
            data += self.rfile.read(length)
            if len(data) > self.clamd.most_bytes:
                data = None
        if self.clamd.waits is not None:
            self.clamd.waits.wait(20)
        self.clamd.seen.append(data or b"")
        self.wfile.write(self.clamd.judge(data))


@contextmanager
def clamd_at(folder: Path, *, tcp: bool = False) -> Iterator[Clamd]:
    """A running one, on a Unix socket in a folder or on a port."""
    path = str(folder / "clamd.ctl")
    clamd = Clamd(path)

    class Line(_Line):
        pass

    Line.clamd = clamd
    server: socketserver.BaseServer
    if tcp:
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Line)
        clamd.address = f"127.0.0.1:{server.socket.getsockname()[1]}"
    else:
        server = socketserver.ThreadingUnixStreamServer(path, Line)
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield clamd
        finally:
            if clamd.waits is not None:
                clamd.waits.set()
            server.shutdown()
            thread.join()
