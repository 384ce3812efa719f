"""One demo installation for all tests of evidence."""

from collections.abc import Iterator

import pytest
from evidence_town import Town, found_town

from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.trust_store import TrustStore


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("evidence")
    with DemoServices(folder / "pki") as services:
        yield found_town(services.identity(), TrustStore.from_files(demo_roots=services.pki.roots), folder)
