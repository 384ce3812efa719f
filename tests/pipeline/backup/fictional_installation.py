"""What the tests keep in an installation, and all that an installation keeps, to be compared; people are made up."""

import io
from collections.abc import Callable
from typing import Any

from demo_process import demo_run
from fictional_case import MOTHER, open_fictional_case
from sqlalchemy import Row, select
from test_store_files import PHOTO

from pipeline.backup.brought_along import BroughtAlong
from pipeline.deadlines.rules import load_deadlines
from pipeline.journey.follow import Follow
from pipeline.store.database import Database
from pipeline.store.invitations import Invitations
from pipeline.store.opening import Places, Store
from pipeline.store.tables import metadata

NewPlaces = Callable[[str], Places]
"""Makes places for an installation on “sqlite” or “postgresql”, each time others."""

PASSING = ("sessions", "rate_limits")
"""What no backup holds."""
LOG = ("audit", "audit_head")
"""What a restore adds a line to."""


def fill_a_little(store: Store) -> None:
    """Cases with answers, drafts, journeys, files of several lengths, an employee and an invitation."""
    store.cases.tell(Follow(load_deadlines()))
    demo_run(store)
    case_id = open_fictional_case(store, "2026-002")
    for length in (0, 1, 511, 512, 70_000):
        store.files.keep(case_id, io.BytesIO(b"o" * length), PHOTO, MOTHER)
    Invitations(store.database, store.keyring, store.audit).make(case_id, MOTHER, MOTHER)


def keys_of(places: Places) -> BroughtAlong:
    """What lies in the municipality's safe."""
    return BroughtAlong(places.keyring, places.destroyed_keys)


def all_rows(places: Places) -> dict[str, list[Row[Any]]]:
    """Every row of every table, in the order of the keys."""
    database = Database.at(places.database)
    try:
        with database.read() as connection:
            return {
                table.name: list(connection.execute(select(table).order_by(*table.primary_key)))
                for table in metadata.sorted_tables
            }
    finally:
        database.close()


def all_files(places: Places) -> dict[str, bytes]:
    """Every sealed file by its name."""
    return {path.relative_to(places.files).as_posix(): path.read_bytes() for path in places.files.glob("*/*")}


def untouched(places: Places) -> bool:
    """Whether nothing was put on an empty machine."""
    return not list(places.files.parent.rglob("*"))
