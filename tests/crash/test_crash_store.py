"""The same as `make crash-store`, fewer times: nothing that was acknowledged is lost, nothing is there by halves."""

from collections.abc import Callable

import pytest
from fixtures.postgresql import PostgreSQL, postgresql
from fixtures.quick_folder import quick_folder
from looking import look_through
from store import Figures, against_the_server, against_the_store
from store_writers import SLOTS, VISIT, open_cases
from writers import KINDS

from pipeline.cases.record.visit_events import Written
from pipeline.store.opening import Places, open_store

__all__ = ["postgresql"]

Attack = Callable[..., Figures]
BOTH = pytest.mark.parametrize(("attack", "kills"), [(against_the_store, 10), (against_the_server, 5)])
"""Thirty kills in all."""


@BOTH
def test_kills_on_sqlite_lose_nothing(attack: Attack, kills: int) -> None:
    with quick_folder("tilsyn-crash-") as home:
        figures = attack(Places.in_home(home / "home"), kills, 1)
    _lost_nothing(figures)


@BOTH
def test_kills_on_postgresql_lose_nothing(postgresql: PostgreSQL, attack: Attack, kills: int) -> None:
    with quick_folder("tilsyn-crash-") as home:
        figures = attack(Places.in_home(home / "home", postgresql.new_database()), kills, 2, postgresql)
    _lost_nothing(figures)
    assert figures.database_crashes


def _lost_nothing(figures: Figures) -> None:
    assert figures.faults == []
    assert all(figures.acknowledged[kind] for kind in KINDS)


def test_whoever_looks_notices_what_is_missing_or_there_by_halves() -> None:
    with quick_folder("tilsyn-crash-") as home:
        places = Places.in_home(home / "home")
        first, second, third, fourth = writers = open_cases(places)
        store = open_store(places)
        half = Written(VISIT, SLOTS[0], first.desk.voice, {"text": f"{first.mark}halvt"})
        store.cases.append(first.desk.case, [half], first.desk.person, "answers.save")
        store.close()
        second.answers = ["aldrig skrevet"]
        second.reads[second.desk.person, "case.read", "aldrig læst"] += 1
        third.draft = 7
        fourth.files = ["aldrig kommet"]
        faults = " ".join(look_through(places, writers).faults)
    for expected in ("half a save", "lost answers", "lost lines", "lost draft 7", "lost files"):
        assert expected in faults
