"""The key file: made once, private, whole or refused, and followed while it changes."""

import json
import os
import pickle
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipeline.errors import KeyringError
from pipeline.limited_child import PROJECT
from pipeline.vault.keyring import Keyring


def test_it_is_made_private_in_a_private_folder(key_file: Path) -> None:
    old = os.umask(0)
    try:
        Keyring.create(key_file)
    finally:
        os.umask(old)
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert key_file.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in key_file.parent.iterdir()] == ["noeglering.json"]


def test_it_is_never_made_over_another(key_file: Path, keyring: Keyring) -> None:
    before = key_file.read_bytes()
    with pytest.raises(KeyringError, match="allerede en nøglering"):
        Keyring.create(key_file)
    assert Keyring.open_or_create(key_file, database_exists=False).mark == keyring.mark
    assert key_file.read_bytes() == before


def test_a_missing_one_is_made_only_where_nothing_is_kept_yet(key_file: Path) -> None:
    for load in (Keyring.load, lambda path: Keyring.open_or_create(path, database_exists=True)):
        with pytest.raises(KeyringError, match="der må ikke laves en ny"):
            load(key_file)
    assert not key_file.exists()
    Keyring.open_or_create(key_file, database_exists=False)
    assert Keyring.open_or_create(key_file, database_exists=True).active_generation == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o644])
def test_one_that_others_may_use_is_refused(key_file: Path, keyring: Keyring, mode: int) -> None:
    key_file.chmod(mode)
    with pytest.raises(KeyringError, match="chmod 600"):
        Keyring.load(key_file)
    with pytest.raises(KeyringError, match="chmod 600"):
        _ = keyring.active_generation


@pytest.mark.parametrize("mode", [0o770, 0o707])
def test_a_folder_where_others_write_is_refused(key_file: Path, keyring: Keyring, mode: int) -> None:
    key_file.parent.chmod(mode)
    with pytest.raises(KeyringError, match="chmod 700"):
        Keyring.load(key_file)


@pytest.mark.parametrize("what", ["fifo", "folder"])
def test_what_is_no_file_is_refused_at_once(key_file: Path, what: str) -> None:
    key_file.parent.mkdir(0o700)
    os.mkfifo(key_file, 0o600) if what == "fifo" else key_file.mkdir(0o700)
    with pytest.raises(KeyringError):
        Keyring.load(key_file)


def test_a_flipped_bit_anywhere_is_noticed(key_file: Path, keyring: Keyring) -> None:
    keyring.add_generation()
    whole, chance = key_file.read_bytes(), random.Random(1)
    with key_file.open("r+b", buffering=0) as written:
        for place in range(len(whole)):
            written.seek(place)
            written.write(bytes([whole[place] ^ 1 << chance.randrange(8)]))
            with pytest.raises(KeyringError, match="beskadiget") as refusal:
                Keyring.load(key_file)
            assert refusal.value.__context__ is None  # an error behind it would hold what the file holds
            written.seek(place)
            written.write(whole[place : place + 1])
    assert Keyring.load(key_file).mark == keyring.mark


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"{}", b'{"masters": {}}', b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_key_file_is_called_damaged(key_file: Path, keyring: Keyring, content: bytes) -> None:
    key_file.write_bytes(content)
    with pytest.raises(KeyringError, match="beskadiget"):
        Keyring.load(key_file)


def test_no_key_stands_in_its_words_or_pickles(key_file: Path, keyring: Keyring) -> None:
    held = json.loads(key_file.read_text())
    shown = f"{keyring!r} {keyring} {keyring.blind_index_key!r} {keyring._loaded!r}"
    for key in (*held["masters"].values(), held["audit"], held["blind_index"]):
        assert key not in shown
        assert repr(bytes.fromhex(key)) not in shown
    with pytest.raises(TypeError):
        pickle.dumps(keyring)


def test_a_generation_is_added_and_older_ones_stay(key_file: Path, keyring: Keyring) -> None:
    sealed = keyring.derived(1, "a").seal(b"x", "p")
    assert keyring.add_generation() == 2
    assert (keyring.active_generation, keyring.generations) == (2, (1, 2))
    assert keyring.derived(1, "a").open(sealed, "p") == b"x"
    assert key_file.stat().st_mode & 0o777 == 0o600


def test_what_another_process_changes_counts_at_once(key_file: Path, keyring: Keyring) -> None:
    elsewhere = Keyring.load(key_file)
    elsewhere.add_generation()
    assert keyring.active_generation == 2
    elsewhere.retire(1)
    with pytest.raises(KeyringError, match="mangler nøgle nr"):
        keyring.derived(1, "a")


def test_one_that_goes_away_or_is_exchanged_while_the_server_runs_stops_it(key_file: Path, keyring: Keyring) -> None:
    kept = key_file.read_bytes()
    key_file.unlink()
    with pytest.raises(KeyringError, match="mangler"):
        _ = keyring.active_generation
    Keyring.create(key_file)
    with pytest.raises(KeyringError, match="byttet ud"):
        _ = keyring.active_generation
    key_file.write_bytes(kept)
    assert keyring.active_generation == 1


@pytest.mark.parametrize("generation", [2, 3, 0])
def test_the_active_generation_and_unknown_ones_are_not_retired(keyring: Keyring, generation: int) -> None:
    keyring.add_generation()
    with pytest.raises(KeyringError, match="kan ikke tages ud"):
        keyring.retire(generation)
    assert keyring.generations == (1, 2)


def test_a_number_is_never_used_again(keyring: Keyring) -> None:
    keyring.add_generation()
    keyring.retire(1)
    assert keyring.add_generation() == 3


def test_the_mark_stays_and_differs_between_installations(keyring: Keyring, tmp_path: Path) -> None:
    before = keyring.mark
    keyring.add_generation()
    assert keyring.mark == before
    assert Keyring.create(tmp_path / "anden" / "n.json").mark != before


def test_many_that_add_at_once_each_add_their_own(key_file: Path, keyring: Keyring) -> None:
    added: list[int] = []
    threads = [threading.Thread(target=lambda: added.append(Keyring.load(key_file).add_generation())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(added) == list(range(2, 10))
    assert keyring.generations == tuple(range(1, 10))


def test_many_that_start_at_once_share_one(key_file: Path) -> None:
    marks: list[str] = []

    def start() -> None:
        marks.append(Keyring.open_or_create(key_file, database_exists=False).mark)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(marks), len(set(marks))) == (8, 1)


_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from pipeline.errors import KeyringError
from pipeline.vault.keyring import Keyring
keyring = Keyring.load(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
try:
    keyring.add_generation()
except KeyringError as refusal:
    sys.exit(str(refusal))
"""


def test_a_disk_that_refuses_leaves_the_file_as_it_is(key_file: Path, keyring: Keyring) -> None:
    before = key_file.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, key_file], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert "se efter, om disken er fuld" in done.stderr
    assert key_file.read_bytes() == before
    assert [file.name for file in key_file.parent.iterdir()] == ["noeglering.json"]


_ADDING = """
import sys
from pathlib import Path
from pipeline.vault.keyring import Keyring
keyring = Keyring.load(Path(sys.argv[1]))
while True:
    print(keyring.add_generation(), flush=True)
"""


def test_a_process_killed_while_adding_leaves_a_whole_file_with_all_that_was_acknowledged(
    key_file: Path, keyring: Keyring
) -> None:
    chance = random.Random(2)
    for _ in range(5):
        child = subprocess.Popen([sys.executable, "-c", _ADDING, key_file], cwd=PROJECT, stdout=subprocess.PIPE)
        with child:
            assert child.stdout
            child.stdout.readline()
            time.sleep(chance.random() / 20)
            child.send_signal(signal.SIGKILL)
            acknowledged = child.stdout.read().split()
        assert keyring.active_generation >= int(acknowledged[-1] if acknowledged else 2)
        assert keyring.generations == tuple(range(1, keyring.active_generation + 1))
    keyring.add_generation()
    assert [file.name for file in key_file.parent.iterdir()] == ["noeglering.json"]
