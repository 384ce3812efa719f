"""The demo installation's own timestamp service and list of revoked certificates, on this machine only.

Run it on its own with: python -m pipeline.documents.seal.demo_services FOLDER [PORT]
"""

import argparse
import sys
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.documents.seal.demo_pki import DemoPki, ensure_demo_pki
from pipeline.documents.seal.identity import SealIdentity
from pipeline.documents.seal.timestamp_authority import TimestampAuthority

_TIMESTAMP_PATH, _CRL_PATH = "/tidsstempel", "/rod.crl"
_QUERY, _REPLY, _CRL_TYPE = "application/timestamp-query", "application/timestamp-reply", "application/pkix-crl"
_LARGEST_QUERY = 10_000
_SILENCE = 10


class DemoServices:
    """A running server; stop it by leaving the with-block.

    Args:
        folder: the demo certificates' folder.
        port: 0 takes any free port.
    """

    def __init__(self, folder: Path, port: int = 0) -> None:
        self._pki = ensure_demo_pki(folder)
        authority = TimestampAuthority(*self._pki.timestamp)
        self._server = _Server(("127.0.0.1", port), authority.answer, lambda: _current_crl(folder))
        self._thread = threading.Thread(target=self._server.serve_forever, name="demo-services", daemon=True)

    @property
    def timestamp_url(self) -> str:
        """Where to POST timestamp requests."""
        return f"{self._address}{_TIMESTAMP_PATH}"

    @property
    def crl_url(self) -> str:
        """Where the list of revoked certificates is."""
        return f"{self._address}{_CRL_PATH}"

    @property
    def pki(self) -> DemoPki:
        """The certificates the services work with."""
        return self._pki

    def identity(self) -> SealIdentity:
        """The demo seal, served by these services."""
        return self._pki.identity(self.timestamp_url, self.crl_url)

    @property
    def _address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def serve_forever(self) -> None:
        """Serve in this thread until the process is told to stop."""
        self._server.serve_forever()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _current_crl(folder: Path) -> bytes:
    return ensure_demo_pki(folder).crl.read_bytes()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], answer: Callable[[bytes], bytes], crl: Callable[[], bytes]) -> None:
        super().__init__(address, _Handler)
        self.answer = answer
        self.crl = crl


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _SILENCE
    # The answer goes out in two small writes; without this the second waits for an acknowledgement (40 ms).
    disable_nagle_algorithm = True
    server: _Server

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length", "0"))
        if self.path != _TIMESTAMP_PATH:
            self._refuse(HTTPStatus.NOT_FOUND)
        elif self.headers.get("Content-Type") != _QUERY:
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        elif not 0 < size <= _LARGEST_QUERY:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            self._send(_REPLY, self.server.answer(self.rfile.read(size)))

    def do_GET(self) -> None:
        if self.path == _CRL_PATH:
            self._send(_CRL_TYPE, self.server.crl())
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def _refuse(self, status: HTTPStatus) -> None:
        """An unread body would be taken for the next request, so the connection ends here."""
        self.close_connection = True
        self.send_error(status)

    def _send(self, media_type: str, body: bytes) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the demo services log no requests."""


def main(arguments: list[str] | None = None) -> None:
    """Run the services as a process of their own and print their addresses."""
    parser = argparse.ArgumentParser(description="Demo-tidsstempeltjeneste på denne maskine")
    parser.add_argument("folder", type=Path, help="mappe til demo-certifikater")
    parser.add_argument("port", type=int, nargs="?", default=0, help="0 = en ledig port")
    chosen = parser.parse_args(arguments)
    services = DemoServices(chosen.folder, chosen.port)
    sys.stdout.write(f"{services.timestamp_url}\n{services.crl_url}\n")
    sys.stdout.flush()
    services.serve_forever()


if __name__ == "__main__":
    main()
