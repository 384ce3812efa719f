"""A whole log is found whole; what was done to another one is named, with its place, in Danish."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from log_without_database import BEGUN, Log, new_log

from pipeline.audit.chain import Deed, Entry
from pipeline.audit.findings import MOST_KEPT, Fault, Finding, Verdict
from pipeline.audit.verify import ask_anchor, verify
from pipeline.vault.keyring import Keyring


def _told(verdict: Verdict) -> list[tuple[Fault, int, int]]:
    assert verdict.found == len(verdict.findings)
    return [(finding.fault, finding.first, finding.last) for finding in verdict.findings]


def test_a_whole_log_is_found_whole(log: Log) -> None:
    verdict = log.judged()
    assert verdict == Verdict(30, (), 0)
    assert verdict.good
    assert verdict.message == "Revisionsloggen er hel: 30 linjer, ingen fejl."


def test_a_log_without_lines_is_whole(tmp_path: Path) -> None:
    assert new_log(tmp_path).judged().good


def test_a_log_is_whole_though_the_anchor_fell_behind_in_a_crash(log: Log) -> None:
    log.write(5, anchored=False)
    assert log.judged().good
    log.anchor.advance(log.newest)
    assert log.judged().good


def test_a_log_that_grows_while_it_is_looked_through_is_whole(log: Log) -> None:
    says = ask_anchor(log.anchor)
    log.write(5)
    assert verify(log.rows, log.chain, says).good


def test_rotated_master_keys_leave_the_log_whole(log: Log) -> None:
    log.keyring.add_generation()
    log.keyring.retire(1)
    log.write(3)
    assert log.judged().good


@pytest.mark.parametrize("name", ["at", "actor", "action", "case_id", "outcome"])
@pytest.mark.parametrize("place", [0, 14, 29])
def test_a_changed_field_is_named(log: Log, name: str, place: int) -> None:
    log.rows[place] = replace(log.rows[place], **{name: "x"})
    assert _told(log.judged()) == [(Fault.CHANGED, place + 1, place + 1)]
    assert log.judged().findings[0].message == f"Linje nr. {place + 1} er ændret, efter at den blev skrevet."


def test_a_changed_code_is_named_once(log: Log) -> None:
    log.rows[14] = replace(log.rows[14], mac=bytes(32))
    assert _told(log.judged()) == [(Fault.CHANGED, 15, 15)]


def test_missing_lines_are_named(log: Log) -> None:
    assert _told(log.judged([*log.rows[:10], *log.rows[13:]])) == [(Fault.MISSING, 11, 13)]
    assert log.judged([*log.rows[:10], *log.rows[13:]]).findings[0].message == "Linje nr. 11-13 mangler."
    assert _told(log.judged(log.rows[1:])) == [(Fault.MISSING, 1, 1)]


def test_an_inserted_line_is_named(log: Log) -> None:
    forged = replace(log.rows[9], actor="x", seq=11, mac=bytes(32))
    told = _told(log.judged([*log.rows[:10], forged, *log.rows[10:]]))
    assert told == [(Fault.INSERTED, 11, 11), (Fault.REORDERED, 11, 11)]


def test_a_line_behind_the_end_is_named(log: Log) -> None:
    forged = replace(log.rows[29], seq=31)
    assert _told(log.judged([*log.rows, forged])) == [(Fault.INSERTED, 31, 31)]


def test_a_line_that_is_there_twice_is_named(log: Log) -> None:
    assert _told(log.judged([*log.rows[:10], log.rows[9], *log.rows[10:]])) == [(Fault.REORDERED, 10, 10)]


def test_lines_that_changed_places_are_named(log: Log) -> None:
    rows = log.rows
    rows[4], rows[20] = replace(rows[20], seq=5), replace(rows[4], seq=21)
    assert _told(log.judged()) == [(Fault.INSERTED, 5, 5), (Fault.INSERTED, 21, 21)]


def test_an_altered_number_is_named_where_the_line_was_and_where_it_is(log: Log) -> None:
    moved = replace(log.rows[9], seq=500)
    told = _told(log.judged([*log.rows[:9], *log.rows[10:], moved]))
    assert told == [(Fault.MISSING, 10, 10), (Fault.INSERTED, 500, 500)]


@pytest.mark.parametrize("seq", [None, "10", 10.0, b"10"])
def test_a_number_that_is_none_is_named_by_its_place(log: Log, seq: object) -> None:
    log.rows[9] = replace(log.rows[9], **{"seq": seq})
    assert _told(log.judged())[0] == (Fault.INSERTED, 10, 10)


@pytest.mark.parametrize("left", [0, 1, 29])
def test_a_tail_cut_off_is_named(log: Log, left: int) -> None:
    assert _told(log.judged(log.rows[:left])) == [(Fault.CUT_OFF, left + 1, 30)]


def test_a_tail_cut_off_is_named_though_false_lines_stand_in_its_place(log: Log, tmp_path: Path) -> None:
    other = Log(Keyring.create(tmp_path / "anden" / "n.json"), tmp_path / "andet", log.rows[:27])
    other.write(3, anchored=False)
    told = _told(log.judged(other.rows))
    assert told == [(Fault.CHANGED, 28, 28), (Fault.CHANGED, 29, 29), (Fault.CHANGED, 30, 30)]


def test_a_log_made_anew_with_another_key_is_named_as_a_whole(log: Log, tmp_path: Path) -> None:
    other = Log(Keyring.create(tmp_path / "anden" / "n.json"), tmp_path / "andet", [])
    other.write(300, anchored=False)
    verdict = log.judged(other.rows)
    assert verdict.findings[0] == Finding(Fault.OTHER_KEY)
    assert "Hele loggen er lavet om" in verdict.findings[0].message
    assert (verdict.found, len(verdict.findings)) == (301, MOST_KEPT)


def test_genuine_lines_from_before_a_restore_are_named(log: Log) -> None:
    branch = log.rows[20:]
    log.rows = log.rows[:20]
    log.anchor.set_back(log.newest, BEGUN + timedelta(days=9))
    log.write(10, case_id="sag-2")
    assert log.judged().good
    assert _told(log.judged([*log.rows[:24], branch[4], *log.rows[25:]])) == [
        (Fault.REPLACED, 25, 25),
        (Fault.REPLACED, 26, 26),
    ]
    whole_branch = log.judged([*log.rows[:20], *branch])
    assert {finding.fault for finding in whole_branch.findings} == {Fault.REPLACED}


def test_a_restore_is_told_as_a_note(log: Log) -> None:
    log.rows = log.rows[:20]
    assert _told(log.judged()) == [(Fault.CUT_OFF, 21, 30)]
    log.anchor.set_back(log.newest, BEGUN + timedelta(days=9))
    assert log.judged().good
    assert log.judged().notes == (
        "10. november 2026 kl. 01.00 blev en sikkerhedskopi lagt på plads; loggen går videre fra linje nr. 20.",
    )


def test_a_missing_anchor_is_named(log: Log) -> None:
    (log.folder / "hoved.txt").unlink()
    assert _told(log.judged()) == [(Fault.ANCHOR_MISSING, 0, 0)]


def test_a_forged_anchor_is_named(log: Log, tmp_path: Path) -> None:
    other = new_log(tmp_path / "anden")
    other.rows = log.rows[:20]
    other.anchor.advance(other.newest)
    (log.folder / "hoved.txt").write_bytes((other.folder / "hoved.txt").read_bytes())
    assert _told(log.judged(log.rows[:20]))[0] == (Fault.ANCHOR_FORGED, 0, 0)


def test_an_anchor_put_back_behind_its_history_is_named(log: Log) -> None:
    older = (log.folder / "hoved.txt").read_bytes()
    log.write(10)
    (log.folder / "hoved.txt").write_bytes(older)
    told = _told(log.judged(log.rows[:30]))
    assert told == [(Fault.ANCHOR_SET_BACK, 40, 40), (Fault.CUT_OFF, 31, 40)]
    assert "kender en nyere linje, nr. 40" in log.judged().findings[0].message


@pytest.mark.parametrize("name", ["historik.txt", "historik.txt.hoved"])
def test_a_missing_history_is_named(log: Log, name: str) -> None:
    (log.folder / name).unlink()
    assert _told(log.judged()) == [(Fault.HISTORY_FORGED, 0, 0)]


def test_the_verdict_says_what_to_do(log: Log) -> None:
    assert "Lad database, anker og nøglering ligge, som de er" in log.judged(log.rows[:20]).message


def test_every_finding_has_words_for_one_line_and_for_many() -> None:
    for fault in Fault:
        for finding in (Finding(fault, 3, 3), Finding(fault, 3, 5)):
            assert finding.message.endswith(".")
            assert "{" not in finding.message


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.usefixtures("traced")
def test_a_long_log_is_looked_through_in_little_memory(log: Log) -> None:
    def many() -> Iterator[Entry]:
        yield from log.rows
        entry = log.rows[-1]
        for _ in range(2000):
            entry = log.chain.after(entry.head, Deed(BEGUN, "system", "case.read", None, "ok"))
            yield entry

    says = ask_anchor(log.anchor)
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    assert verify(many(), log.chain, says) == Verdict(2030, (), 0)
    assert tracemalloc.get_traced_memory()[1] - before < 100_000
