"""One demo installation and one sealed document, shared by all tests of the seal."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sealed_documents import small_pdf

from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.inspection import inspect
from pipeline.documents.seal.sealer import Sealer
from pipeline.documents.seal.trust_store import TrustStore
from pipeline.documents.seal.verification import Verification


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServices]:
    with DemoServices(tmp_path_factory.mktemp("seal") / "pki") as running:
        yield running


@pytest.fixture(scope="session")
def trust(services: DemoServices) -> TrustStore:
    return TrustStore.from_files(demo_roots=services.pki.roots)


@pytest.fixture(scope="session")
def sealer(services: DemoServices) -> Sealer:
    return Sealer(services.identity())


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("source") / "rapport.pdf"
    path.write_bytes(small_pdf())
    return path


@pytest.fixture(scope="session")
def sealed_path(sealer: Sealer, source: Path) -> Path:
    path = source.with_name("forseglet.pdf")
    sealer.seal(source, path, reason="Tilsynsrapport")
    return path


@pytest.fixture(scope="session")
def sealed(sealed_path: Path) -> bytes:
    return sealed_path.read_bytes()


@pytest.fixture(scope="session")
def judge(trust: TrustStore):
    def _judge(file: bytes, at: datetime | None = None, store: TrustStore = trust) -> Verification:
        return inspect(file, store, at or datetime.now(UTC))

    return _judge
