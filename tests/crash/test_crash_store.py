"""The same as `make crash-store`, fewer times: nothing that was acknowledged is lost, nothing is there by halves."""

from fixtures.postgresql import PostgreSQL, postgresql
from fixtures.quick_folder import quick_folder
from looking import look_through
from store import campaign
from writers import VISIT, open_cases

from pipeline.cases.record.events import Written
from pipeline.store.opening import Places, open_store

__all__ = ["postgresql"]


def test_fifteen_kills_on_sqlite_lose_nothing() -> None:
    with quick_folder("tilsyn-crash-") as home:
        figures = campaign(Places.in_home(home / "home"), kills=15, seed=1)
    assert figures.faults == []
    assert min(figures.acknowledged[kind] for kind in ("answers", "draft", "file", "read")) > 3


def test_fifteen_kills_on_postgresql_lose_nothing(postgresql: PostgreSQL) -> None:
    with quick_folder("tilsyn-crash-") as home:
        figures = campaign(Places.in_home(home / "home", postgresql.new_database()), 15, 2, postgresql)
    assert figures.faults == []
    assert min(figures.acknowledged[kind] for kind in ("answers", "draft", "file", "read")) > 3


def test_whoever_looks_notices_what_is_missing_or_there_by_halves() -> None:
    with quick_folder("tilsyn-crash-") as home:
        places = Places.in_home(home / "home")
        first, second, third, fourth = writers = open_cases(places)
        store = open_store(places)
        half = Written(VISIT, "a1", first.person, {"text": "halvt"})
        store.cases.append(first.case, [half], first.person, "answers.save")
        store.close()
        second.answers, second.reads = ["aldrig skrevet"], ["aldrig læst"]
        third.draft = 7
        fourth.files = {"ukendt": "aldrig kommet"}
        faults = " ".join(look_through(places, writers).faults)
    for expected in ("half a save", "lost answers", "lost lines", "lost draft 7", "lost file"):
        assert expected in faults
