"""A key ring of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.vault.keyring import Keyring
from tests.fixtures.quick_folder import quick_folder


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    with quick_folder("vault-") as folder:
        yield folder


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "noegler" / "noeglering.json"


@pytest.fixture
def keyring(key_file: Path) -> Keyring:
    return Keyring.create(key_file)
