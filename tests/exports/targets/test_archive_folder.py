"""An archive in a folder holds one package under one key, however often and by however many it is delivered."""

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import bagit
import pytest

from exports.package import Part
from exports.targets.contract import Receipt
from exports.targets.folder.archive_folder import ArchiveFolder

KEY, INFO = "sag-visit-besoeg", {"External-Identifier": "DEMO-1"}


def _parts(text: str = "opdigtet") -> list[Part]:
    return [Part("svar.json", [text.encode()])]


def test_a_package_is_held_with_its_receipt(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path)
    assert archive.held(KEY) is None
    receipt = archive.deliver(KEY, _parts(), INFO)
    assert archive.held(KEY) == receipt
    assert receipt.info["External-Identifier"] == "DEMO-1"
    told = json.loads((tmp_path / "kvitteringer" / f"{KEY}.json").read_text())
    assert (told["pakke"], told["sha256"]) == (KEY, receipt.sha256)
    assert bagit.Bag(str(tmp_path / "pakker" / KEY)).is_valid()


def test_what_was_delivered_first_stays(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path)
    first = archive.deliver(KEY, _parts("først"), {**INFO, "Bagging-Date": "2026-01-01"})
    again = archive.deliver(KEY, _parts("siden"), {**INFO, "Bagging-Date": "2026-01-02"})
    assert again == first
    assert [path.name for path in (tmp_path / "pakker").iterdir()] == [KEY]


def test_a_delivery_that_broke_off_leaves_nothing_and_is_made_again(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path)

    def breaks_off() -> Iterator[bytes]:
        yield b"halvt"
        raise OSError("opdigtet")

    with pytest.raises(OSError, match="opdigtet"):
        archive.deliver(KEY, [Part("svar.json", breaks_off())], INFO)
    assert list((tmp_path / "pakker").iterdir()) == []
    left_behind = tmp_path / "pakker" / ".paa-vej-dead"  # as kill -9 leaves it
    left_behind.mkdir()
    os.utime(left_behind, (0, 0))
    archive.deliver(KEY, _parts(), INFO)
    assert [path.name for path in (tmp_path / "pakker").iterdir()] == [KEY]


def test_many_at_once_deliver_one_package(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path)
    receipts: list[Receipt] = []

    def deliver() -> None:
        receipts.append(archive.deliver(KEY, _parts(), INFO))

    threads = [threading.Thread(target=deliver) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == len(threads)
    assert len({receipt.sha256 for receipt in receipts}) == 1
    assert [path.name for path in (tmp_path / "pakker").iterdir()] == [KEY]
