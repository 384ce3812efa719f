"""A package is BagIt, by the judgement of the Library of Congress's own program, and shows what was changed in it."""

import hashlib
from pathlib import Path

import bagit
import pytest

from exports.package import Package, Part, make_package, read_info, sum_of

PARTS = (
    Part("svar.json", [b'{"opdigtet": ', b"true}"]),
    Part("dokumenter/001-rapport.pdf", [b"%PDF-1.7 opdigtet"]),
    Part("dokumenter/002-tom.bin", []),
)
INFO = {"Source-Organization": "Eksempel Kommune", "External-Identifier": "DEMO-1\nPayload-Oxum: 0.0"}


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return make_package(tmp_path / "pakke", PARTS, INFO)


def _judged(package: Package) -> bool:
    return bool(bagit.Bag(str(package.folder)).is_valid())


def test_another_program_finds_the_package_valid(package: Package) -> None:
    assert _judged(package)
    assert bagit.Bag(str(package.folder)).payload_files() is not None
    assert len(list(bagit.Bag(str(package.folder)).payload_files())) == len(PARTS)


def test_what_is_told_of_it_comes_back_on_one_line_each(package: Package) -> None:
    told = read_info(package.folder)
    assert told["External-Identifier"] == "DEMO-1 Payload-Oxum: 0.0"
    assert told["Payload-Oxum"] == "35.3"


def test_the_sum_stands_for_the_whole_package(package: Package) -> None:
    assert package.sha256 == hashlib.sha256(sum_of(package.folder)).hexdigest()


@pytest.mark.parametrize("name", ["data/svar.json", "bag-info.txt", "manifest-sha256.txt"])
def test_a_change_anywhere_is_found(package: Package, name: str) -> None:
    path = package.folder / name
    path.write_bytes(path.read_bytes().replace(b"o", b"0", 1))
    assert not _judged(package)


def test_nobody_else_may_read_it(package: Package) -> None:
    for path in (package.folder, *package.folder.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path
