"""Where the timestamp service fails nothing is written, and what was made before stays as it was."""

import hashlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from rendered_case import FILES, RenderedCase

from pipeline.cases.answers import Answers
from pipeline.documents.render import Workshop, render_case
from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.fetch import Fetcher
from pipeline.documents.seal.sealer import Sealer
from pipeline.errors import StepFailed

pytestmark = pytest.mark.office

_PATIENCE = 0.5


@dataclass(frozen=True)
class Service:
    """A timestamp service that fails in its own way: what it sends back to any request, nothing where None."""

    name: str
    answer: bytes | None


def _http(status: str, media_type: str, body: bytes) -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


SERVICES = [
    Service("hangs", None),
    Service("closes", b""),
    Service("error", _http("500 Internal Server Error", "text/plain", b"nede")),
    Service("page", _http("200 OK", "text/html", b"<h1>Vedligehold</h1>")),
    Service("garbage", _http("200 OK", "application/timestamp-reply", b"\x30\x03\x02\x01\x00")),
]


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServices]:
    with DemoServices(tmp_path_factory.mktemp("other-installation")) as running:
        yield running


@pytest.fixture
def sealing_at(machines: Workshop, services: DemoServices) -> Callable[[str], Workshop]:
    """The workshop with a sealer whose timestamps come from this address."""

    def with_sealer(timestamp_url: str) -> Workshop:
        identity = replace(services.identity(), timestamp_url=timestamp_url)
        return replace(machines, sealer=Sealer(identity, Fetcher(_PATIENCE)))

    return with_sealer


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_a_failing_service_leaves_the_earlier_documents_as_they_were(
    sealing_at: Callable[[str], Workshop], one_case: RenderedCase, tmp_path: Path, service: Service
) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes((one_case.folder / name).read_bytes())
    before = _digests(tmp_path)
    with _running(service) as address, pytest.raises(StepFailed) as failure:
        render_case(one_case.answers, sealing_at(address), tmp_path)
    assert "Tidsstempeltjenesten" in str(failure.value)
    assert "Prøv igen" in str(failure.value)
    assert not failure.value.permanent
    assert _digests(tmp_path) == before


def test_a_service_that_is_not_there_leaves_the_folder_empty(
    sealing_at: Callable[[str], Workshop], answers: Answers, tmp_path: Path
) -> None:
    with pytest.raises(StepFailed, match="Tidsstempeltjenesten svarer ikke"):
        render_case(answers, sealing_at(f"http://127.0.0.1:{_closed_port()}/tidsstempel"), tmp_path / "ny")
    assert _digests(tmp_path / "ny") == {}


def test_the_same_workshop_works_where_the_service_works(
    sealing_at: Callable[[str], Workshop], services: DemoServices, answers: Answers, tmp_path: Path
) -> None:
    """The proof that it was the service."""
    render_case(answers, sealing_at(services.timestamp_url), tmp_path)
    assert set(_digests(tmp_path)) == FILES


def _digests(folder: Path) -> dict[str, str]:
    """Every file below the folder, hidden ones and scratch folders too."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes() if path.is_file() else b"").hexdigest()
        for path in folder.rglob("*")
    }


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@contextmanager
def _running(service: Service) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_serve, args=(server, service.answer))
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/tidsstempel"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def _serve(server: socket.socket, answer: bytes | None) -> None:
    """Until the server is shut; a connection without an answer is kept open until then."""
    kept: list[socket.socket] = []
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            break
        connection.recv(65_536)
        if answer is None:
            kept.append(connection)
        else:
            connection.sendall(answer)
            connection.close()
    for connection in kept:
        connection.close()
