"""A line's code is that of all it says, and of nothing else."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from log_without_database import BEGUN, Log, new_log

from pipeline.audit.chain import Chain, Deed, Entry, canonical
from pipeline.vault.head_file import beginning
from pipeline.vault.iso_moment import iso_moment
from tests.fixtures.quick_folder import quick_folder


@pytest.fixture(scope="module")
def log() -> Iterator[Log]:
    with quick_folder("audit-") as folder:
        log = new_log(folder)
        log.write(5)
        yield log


_TEXT = st.text(max_size=20)
_ENTRIES = st.builds(
    Entry,
    seq=st.integers(1, 2**63 - 1),
    at=_TEXT,
    actor=_TEXT,
    action=_TEXT,
    case_id=st.none() | _TEXT,
    outcome=_TEXT,
    previous_mac=st.binary(max_size=40),
    mac=st.just(bytes(32)),
)


@given(_ENTRIES, _ENTRIES)
def test_two_different_lines_never_give_the_same_bytes(one: Entry, other: Entry) -> None:
    assert (canonical(one) == canonical(other)) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"actor": "ab", "action": "c"}, {"actor": "a", "action": "bc"}),
        ({"case_id": None}, {"case_id": ""}),
        ({"case_id": "a", "outcome": ""}, {"case_id": None, "outcome": "a"}),
        ({"outcome": "", "previous_mac": bytes(4)}, {"outcome": "\0\0\0\4", "previous_mac": b""}),
        ({"outcome": "a", "previous_mac": b""}, {"outcome": "", "previous_mac": b"a"}),
    ],
)
def test_what_moves_from_one_field_to_the_next_gives_other_bytes(
    one: dict[str, object], other: dict[str, object], log: Log
) -> None:
    line = log.rows[0]
    assert canonical(replace(line, **one)) != canonical(replace(line, **other))


def test_a_line_follows_the_one_before(log: Log) -> None:
    assert [row.seq for row in log.rows] == list(range(1, 6))
    assert log.rows[0].previous_mac == bytes(32)
    assert all(after.previous_mac == before.mac for before, after in zip(log.rows, log.rows[1:], strict=False))
    assert all(log.chain.vouches_for(row) for row in log.rows)


def test_a_moment_is_kept_in_utc_with_microseconds(log: Log) -> None:
    at = datetime(2026, 11, 22, 1, 36, 10, tzinfo=timezone(timedelta(hours=1)))
    line = log.chain.after(beginning(iso_moment(BEGUN)), Deed(at, "system", "case.read", None, "ok"))
    assert line.at == "2026-11-22T00:36:10.000000Z"
    assert line.moment == at
    assert line.moment.tzinfo is UTC


@pytest.mark.parametrize("name", [field.name for field in fields(Entry)])
@pytest.mark.parametrize("value", [None, "", 7, -1, 2**70, 1.5, b"", "\ud800", "æ", [], True])
def test_whatever_a_database_returns_is_vouched_for_or_not(log: Log, name: str, value: object) -> None:
    assert log.chain.vouches_for(replace(log.rows[0], **{name: value})) is (name == "seq" and value is True)


def test_the_chain_does_not_show_its_key(log: Log) -> None:
    assert repr(vars(log.chain)) == "{'_key': <MacKey>}"
    assert Chain(log.keyring).vouches_for(log.rows[3])
