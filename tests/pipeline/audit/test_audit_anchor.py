"""The anchor only goes forward, remembers its past, and is never made anew unseen."""

import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from log_without_database import BEGUN, Log, new_log

from pipeline.audit.anchor import Anchor
from pipeline.errors import Tampered
from pipeline.vault.keyring import Keyring


def test_it_knows_the_newest_line(log: Log) -> None:
    assert log.anchor.head() == log.newest
    assert (log.folder / "hoved.txt").stat().st_mode & 0o777 == 0o600


def test_it_is_written_in_place(log: Log) -> None:
    before = (log.folder / "hoved.txt").stat()
    log.write(20)
    after = (log.folder / "hoved.txt").stat()
    assert (before.st_ino, before.st_size) == (after.st_ino, after.st_size)


def test_it_never_goes_back(log: Log) -> None:
    for row in log.rows:
        log.anchor.advance(row.head)
    assert log.anchor.head() == log.newest


def test_another_line_of_the_same_number_is_refused(log: Log) -> None:
    twin = log.rows[:29]
    log.rows = twin
    log.write(case_id="sag-2", anchored=False)
    with pytest.raises(Tampered, match=r"en anden linje nr\. 30"):
        log.anchor.advance(log.newest)


def test_its_history_keeps_the_first_line_of_each_day(log: Log) -> None:
    assert [point.seq for point in log.anchor.history()] == [4, 8, 12, 16, 20, 24, 28]
    assert [point.at[:10] for point in log.anchor.history()] == [f"2026-11-{day:02}" for day in range(2, 9)]


def test_its_history_keeps_a_line_of_each_thousand(tmp_path: Path) -> None:
    log = new_log(tmp_path)
    head = log.newest
    for seq in (1, 999, 1000, 1001, 1999, 2500, 9000):
        log.anchor.advance(type(head)(seq, bytes([seq % 256]) * 32, head.at))
    assert [point.seq for point in log.anchor.history()] == [1000, 2500, 9000]


@pytest.mark.parametrize("content", [None, b"", b"hjemmetilsyn", b"\xff" * 200])
def test_one_that_is_missing_or_not_ours_is_left_as_evidence(log: Log, content: bytes | None) -> None:
    path = log.folder / "hoved.txt"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(Tampered):
        log.write()
    with pytest.raises(Tampered):
        log.anchor.set_back(log.rows[3].head, BEGUN)
    assert (path.read_bytes() if path.exists() else None) == content


def test_one_of_another_installation_is_refused(log: Log, tmp_path: Path) -> None:
    other = Keyring.create(tmp_path / "anden" / "n.json")
    with pytest.raises(Tampered):
        Anchor(log.folder, other).head()
    with pytest.raises(Tampered):
        Anchor(log.folder, other).advance(log.newest)


def test_making_it_again_changes_nothing(log: Log) -> None:
    log.anchor.create_unless_there(BEGUN + timedelta(days=300))
    assert log.anchor.head() == log.newest
    assert len(log.anchor.history()) == 7


def test_a_log_goes_on_from_a_restored_backup_and_the_history_tells(log: Log) -> None:
    log.rows = log.rows[:17]
    log.anchor.set_back(log.newest, BEGUN + timedelta(days=9))
    log.write(4, case_id="sag-9")
    point = log.anchor.history()[7]
    assert (point.seq, point.set_back, point.at) == (17, True, "2026-11-10T00:00:00.000000Z")
    assert log.anchor.head() == log.newest


def test_many_that_come_at_once_and_out_of_order_leave_the_newest(log: Log) -> None:
    log.write(40, anchored=False)
    heads = [row.head for row in log.rows[30:]]
    parts = [heads[begin::4][::-1] for begin in range(4)]
    threads = [threading.Thread(target=lambda part=part: [*map(log.anchor.advance, part)]) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert log.anchor.head() == log.newest
    assert log.judged().good


def test_it_may_be_read_while_it_moves(log: Log) -> None:
    log.write(400, anchored=False)
    moving = threading.Thread(target=lambda: [log.anchor.advance(row.head) for row in log.rows[30:]])
    moving.start()
    seen = [log.anchor.head().seq]
    while moving.is_alive():
        seen.append(log.anchor.head().seq)
    moving.join()
    assert seen == sorted(seen)
    assert log.anchor.head() == log.newest


def test_processes_forked_from_one_shut_each_other_out(log: Log) -> None:
    anchor = log.anchor
    log.write(40, anchored=False)
    children = []
    for begin in range(4):
        child = os.fork()
        if not child:
            for row in log.rows[30 + begin :: 4]:
                anchor.advance(row.head)
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0, 0]
    assert anchor.head() == log.newest
    assert log.judged().good
