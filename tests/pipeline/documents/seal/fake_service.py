"""A service that answers whatever a test wants, to see what the sealer makes of it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REPLY = "application/timestamp-reply"


@dataclass(frozen=True)
class Answer:
    body: bytes
    status: int = 200
    media_type: str = REPLY
    promised: int | None = None


@contextmanager
def service(answer: Callable[[bytes], Answer]) -> Iterator[str]:
    """The address of a service that answers each POST or GET with what the function gives for its body."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            given = answer(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
            self.send_response(given.status)
            self.send_header("Content-Type", given.media_type)
            self.send_header("Content-Length", str(given.promised or len(given.body)))
            self.end_headers()
            self.wfile.write(given.body)

        do_GET = do_POST  # noqa: N815 the name http.server asks for

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
