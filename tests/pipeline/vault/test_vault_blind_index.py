"""The blind index; all numbers are fictional."""

import pickle
from pathlib import Path

import pytest

from pipeline.errors import TilsynError
from pipeline.vault.blind_index import BlindIndex
from pipeline.vault.keyring import Keyring


@pytest.mark.parametrize("written", ["0101209996", "010120-9996", " 010120 9996 ", "010120-9996\n"])
def test_a_number_is_found_however_it_is_written(keyring: Keyring, written: str) -> None:
    assert BlindIndex(keyring).of(written) == BlindIndex(keyring).of("0101209996")


def test_a_replacement_number_is_found_too(keyring: Keyring) -> None:
    assert BlindIndex(keyring).of("010120-ab12") == BlindIndex(keyring).of("010120AB12")


def test_other_numbers_and_other_installations_have_other_digests(keyring: Keyring, tmp_path: Path) -> None:
    other = Keyring.create(tmp_path / "anden" / "n.json")
    numbers = [BlindIndex(keyring).of(f"010120{serial:04}") for serial in range(1000)]
    assert len(set(numbers)) == 1000
    assert BlindIndex(other).of("0101200000") not in numbers
    assert {len(digest) for digest in numbers} == {32}


def test_digests_stay_when_master_keys_are_rotated(key_file: Path, keyring: Keyring) -> None:
    before = BlindIndex(keyring).of("0101209996")
    keyring.add_generation()
    keyring.retire(1)
    assert BlindIndex(keyring).of("0101209996") == BlindIndex(Keyring.load(key_file)).of("0101209996") == before


@pytest.mark.parametrize("wrong", ["", "010120999", "01012099961", "010120-999x1", "٠١٠١٢٠٩٩٩٦", "010120_9996"])
def test_what_is_no_number_is_refused_without_repeating_it(keyring: Keyring, wrong: str) -> None:
    with pytest.raises(TilsynError) as refusal:
        BlindIndex(keyring).of(wrong)
    assert not wrong or wrong not in str(refusal.value)


def test_the_index_is_not_pickled(keyring: Keyring) -> None:
    with pytest.raises(TypeError):
        pickle.dumps(BlindIndex(keyring))
