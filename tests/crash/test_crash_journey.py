"""The same as `make crash`, fewer times: nothing is lost, stuck, sent twice, archived twice or ignored."""

from fixtures.postgresql import PostgreSQL, postgresql
from fixtures.quick_folder import quick_folder
from journey import Figures, campaign

from pipeline.store.opening import Places

__all__ = ["postgresql"]


def test_kills_on_sqlite_leave_every_case_at_its_end() -> None:
    with quick_folder("tilsyn-crash-") as home:
        _is_good(campaign(Places.in_home(home / "home"), 3, 1, in_flight=16))


def test_kills_and_a_frozen_worker_on_postgresql_leave_every_case_at_its_end(postgresql: PostgreSQL) -> None:
    with quick_folder("tilsyn-crash-") as home:
        places = Places.in_home(home / "home", postgresql.new_database())
        _is_good(campaign(places, 2, 2, in_flight=12, freeze=3.0))


def _is_good(figures: Figures) -> None:
    assert figures.faults.total() == 0, figures.row
    assert figures.cases
    assert figures.sent == 2 * figures.cases
    assert figures.refused_at_first
