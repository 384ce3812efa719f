"""The demo seal of one installation for all tests of the room, and a house with an agreement that waits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures.quick_folder import quick_folder
from served import served
from signing_house import SigningHouse, signing_house

from pipeline.documents.seal.demo_services import DemoServices


@pytest.fixture(scope="session")
def demo_seal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServices]:
    with DemoServices(tmp_path_factory.mktemp("signing") / "pki") as running:
        yield running


@pytest.fixture
def house(seeded: Path, demo_seal: DemoServices) -> Iterator[SigningHouse]:
    with quick_folder("tilsyn-signing-") as folder, signing_house(seeded, folder / "home", demo_seal) as house:
        yield house


@pytest.fixture
def working(seeded: Path) -> Iterator[SigningHouse]:
    """The same with LibreOffice."""
    with quick_folder("tilsyn-signing-") as folder, signing_house(seeded, folder / "home", None) as house:
        yield house


@pytest.fixture
def address(working: SigningHouse) -> Iterator[str]:
    with served(working.app) as address:
        yield address
