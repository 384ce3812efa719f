"""A letter lies in its folder once, whole, with the address beside it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.post.contract import Letter
from exports.post.letter_folder import LetterFolder

TO = ("Mette Påfund Eksempelsen", "Opdigtet Allé 17", "9999 Ingensteds")


def _letter(*content: bytes) -> Letter:
    return Letter("Endelig tilsynsrapport", "application/pdf", "0" * 64, content or (b"%PDF opdigtet",), TO)


def test_a_letter_lies_there_with_its_address(tmp_path: Path) -> None:
    LetterFolder(tmp_path / "post").send("noegle", _letter())
    folder = tmp_path / "post" / "noegle"
    assert (folder / "brev.pdf").read_bytes() == b"%PDF opdigtet"
    assert json.loads((folder / "adresse.json").read_text())["til"] == list(TO)


def test_a_letter_that_was_sent_is_not_sent_again(tmp_path: Path) -> None:
    letters = LetterFolder(tmp_path)
    letters.send("noegle", _letter(b"en"))
    letters.send("noegle", _letter(b"to"))
    assert (tmp_path / "noegle" / "brev.pdf").read_bytes() == b"en"
    assert [path.name for path in tmp_path.iterdir()] == ["noegle"]


def test_a_letter_that_broke_off_leaves_nothing(tmp_path: Path) -> None:
    def breaks_off() -> Iterator[bytes]:
        yield b"%PDF"
        raise OSError("opdigtet")

    letter = Letter("Brev", "application/pdf", "", breaks_off(), TO)
    with pytest.raises(OSError, match="opdigtet"):
        LetterFolder(tmp_path).send("noegle", letter)
    assert list(tmp_path.iterdir()) == []
