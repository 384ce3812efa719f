"""The list of erased cases: it only grows, and shows what was done to it."""

import random
import re
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipeline.errors import Tampered
from pipeline.limited_child import PROJECT
from pipeline.vault.destroyed_keys import DestroyedKeys
from pipeline.vault.keyring import Keyring

_AT = datetime(2026, 11, 22, 0, 36, 10, tzinfo=UTC)


@pytest.fixture
def path(key_file: Path) -> Path:
    return key_file.parent / "slettede.txt"


@pytest.fixture
def five(path: Path, keyring: Keyring) -> DestroyedKeys:
    destroyed = DestroyedKeys(path, keyring)
    destroyed.create_unless_there(_AT)
    for number in range(1, 6):
        destroyed.add(f"sag-{number}", _AT + timedelta(days=number))
    return destroyed


def test_it_tells_which_cases_and_when(path: Path, five: DestroyedKeys, keyring: Keyring) -> None:
    assert list(five.all()) == [f"sag-{number}" for number in range(1, 6)]
    assert DestroyedKeys(path, keyring).all()["sag-1"] == "2026-11-23T00:36:10.000000Z"
    assert path.stat().st_mode & 0o777 == 0o600


def test_it_tells_each_case_once(path: Path, five: DestroyedKeys) -> None:
    before = path.read_bytes()
    five.add("sag-3", _AT)
    assert path.read_bytes() == before


def test_a_moment_is_told_in_utc_and_needs_a_time_zone(five: DestroyedKeys) -> None:
    five.add("sag-6", datetime(2026, 11, 22, 1, 36, 10, tzinfo=timezone(timedelta(hours=1))))
    assert five.all()["sag-6"] == "2026-11-22T00:36:10.000000Z"
    with pytest.raises(ValueError, match="time zone"):
        five.add("sag-7", datetime(2026, 11, 22))


@pytest.mark.parametrize("case_id", ["", "to ord", "linje\nskift", "sag-æ"])
def test_an_id_is_one_word_of_ascii(five: DestroyedKeys, case_id: str) -> None:
    with pytest.raises(ValueError, match=r"one word|printable"):
        five.add(case_id, _AT)


def test_making_it_again_changes_nothing(five: DestroyedKeys) -> None:
    five.create_unless_there(_AT)
    assert len(five.all()) == 5


def test_every_flipped_bit_is_found(path: Path, five: DestroyedKeys) -> None:
    for file in (path, path.with_name("slettede.txt.hoved")):
        whole = file.read_bytes()
        with file.open("r+b", buffering=0) as written:
            for bit in range(len(whole) * 8):
                written.seek(bit // 8)
                written.write(bytes([whole[bit // 8] ^ 1 << bit % 8]))
                with pytest.raises(Tampered):
                    five.all()
                written.seek(bit // 8)
                written.write(whole[bit // 8 : bit // 8 + 1])
    assert len(five.all()) == 5


def test_lines_that_were_removed_moved_or_repeated_are_found(path: Path, five: DestroyedKeys) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    wrong = [lines[:number] + lines[number + 1 :] for number in range(5)]
    wrong += [lines[:number] for number in range(5)]
    wrong += [[*lines[:2], lines[3], lines[2], lines[4]], [*lines, lines[4]], [lines[0], *lines], lines[::-1]]
    for left in wrong:
        path.write_bytes(b"".join(left))
        with pytest.raises(Tampered):
            five.all()
        with pytest.raises(Tampered):
            five.add("sag-6", _AT)
        assert path.read_bytes() == b"".join(left)


@pytest.mark.parametrize("name", ["slettede.txt", "slettede.txt.hoved"])
def test_a_missing_file_is_told_and_not_made_anew(path: Path, five: DestroyedKeys, name: str) -> None:
    (path.parent / name).unlink()
    for use in (five.all, lambda: five.add("sag-6", _AT)):
        with pytest.raises(Tampered, match="mangler"):
            use()
    if name.endswith("hoved"):
        with pytest.raises(Tampered, match="mangler"):
            five.create_unless_there(_AT)
    assert not (path.parent / name).exists()


def test_the_list_of_another_installation_is_found(path: Path, five: DestroyedKeys, tmp_path: Path) -> None:
    other = Keyring.create(tmp_path / "anden" / "n.json")
    with pytest.raises(Tampered):
        DestroyedKeys(path, other).all()


def test_what_was_half_written_when_the_power_went_gives_way_to_the_next_line(path: Path, five: DestroyedKeys) -> None:
    with path.open("ab") as file:
        file.write(b"sag-6 2026-11" + b" " * 1000)
    assert len(five.all()) == 5
    five.add("sag-7", _AT)
    assert list(five.all())[-1] == "sag-7"
    assert path.read_bytes().endswith(b"\n")


def test_a_line_whose_head_was_not_written_any_more_counts(path: Path, five: DestroyedKeys) -> None:
    head = path.with_name("slettede.txt.hoved")
    earlier = head.read_bytes()
    five.add("sag-6", _AT)
    head.write_bytes(earlier)
    assert list(five.all())[-1] == "sag-6"
    five.add("sag-7", _AT)
    assert len(five.all()) == 7


def test_lines_and_a_head_from_different_times_are_found(path: Path, five: DestroyedKeys) -> None:
    head = path.with_name("slettede.txt.hoved")
    earlier = path.read_bytes(), head.read_bytes()
    five.add("sag-6", _AT)
    newer = head.read_bytes()
    path.write_bytes(earlier[0])
    head.write_bytes(earlier[1])
    five.add("sag-7", _AT)
    head.write_bytes(newer)
    with pytest.raises(Tampered, match="hører ikke sammen med sit hoved"):
        five.all()


def test_many_that_add_at_once_lose_nothing(path: Path, five: DestroyedKeys, keyring: Keyring) -> None:
    def add(begin: int) -> None:
        for number in range(begin, begin + 10):
            DestroyedKeys(path, keyring).add(f"sag-{number}", _AT)

    threads = [threading.Thread(target=add, args=(begin,)) for begin in (10, 20, 30, 40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(five.all()) == 45


_FULL_DISK = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from pipeline.vault.destroyed_keys import DestroyedKeys
from pipeline.vault.keyring import Keyring
path = Path(sys.argv[1])
destroyed = DestroyedKeys(path, Keyring.load(path.with_name("noeglering.json")))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + int(sys.argv[2]),) * 2)
try:
    destroyed.add("sag-6", datetime.now(UTC))
except OSError:
    sys.exit(3)
"""


@pytest.mark.parametrize("room", [0, 1, 50])
def test_a_disk_that_refuses_leaves_the_list_as_it_is(path: Path, five: DestroyedKeys, room: int) -> None:
    before = path.read_bytes()
    arguments = [sys.executable, "-c", _FULL_DISK, str(path), str(room)]
    assert subprocess.run(arguments, cwd=PROJECT, check=False).returncode == 3
    assert path.read_bytes() == before
    assert "sag-6" not in five.all()


_ADDING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from pipeline.vault.destroyed_keys import DestroyedKeys
from pipeline.vault.keyring import Keyring
path = Path(sys.argv[1])
destroyed = DestroyedKeys(path, Keyring.load(path.with_name("noeglering.json")))
number = int(sys.argv[2])
while True:
    number += 1
    destroyed.add(f"sag-{number}", datetime.now(UTC))
    print(number, flush=True)
"""


def test_a_process_killed_while_adding_loses_nothing_that_was_acknowledged(path: Path, five: DestroyedKeys) -> None:
    chance = random.Random(3)
    for round_number in range(1, 4):
        arguments = [sys.executable, "-c", _ADDING, str(path), str(round_number * 10_000)]
        with subprocess.Popen(arguments, cwd=PROJECT, stdout=subprocess.PIPE) as child:
            assert child.stdout
            acknowledged = [child.stdout.readline()]
            time.sleep(chance.random() / 20)
            child.send_signal(signal.SIGKILL)
            acknowledged += child.stdout.readlines()
        assert {f"sag-{int(number)}" for number in acknowledged if re.fullmatch(rb"\d+\n", number)} <= set(five.all())
