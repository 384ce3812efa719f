"""`make crash-store KILLS=300`: kill -9 under a writing load; every acknowledged write must be there.

Killed are a small server around the store, and the whole web server with its pages, each on both databases.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fixtures.postgresql import PostgreSQL, running_postgresql
from looking import look_through
from page_writers import whole_server
from store_writers import HOW_MANY, small_server
from target import PROJECT, Target
from writers import Writer, load

from pipeline.store.opening import Places

_DATABASE_CRASHES_EVERY = 5
_SECONDS_FOR_A_LIFE = 20
_LAST_MOMENT = 0.05
"""A kill comes so many seconds after some writes were acknowledged, at most: in the middle of the next ones."""


@dataclass
class Figures:
    """What came out."""

    name: str
    kills: int = 0
    database_crashes: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    audit_lines: int = 0
    seconds: float = 0.0

    @property
    def row(self) -> str:
        """The line of the table."""
        kinds = (self.acknowledged[kind] for kind in ("answers", "draft", "file", "read"))
        numbers = " | ".join(str(number) for number in (*kinds, self.audit_lines, len(self.faults)))
        return f"| {self.name} | {self.kills} | {self.database_crashes} | {numbers} | {self.seconds:.0f} s |"


@dataclass(frozen=True)
class Campaign:
    """Kills one thing over and over.

    Attributes:
        target: what is killed.
        writers: its load.
        places: the installation that it works on.
        most_writes: how many are acknowledged in the longest life.
        server: where the database is PostgreSQL: crashed too, at every fifth kill.
    """

    target: Target
    writers: Sequence[Writer]
    places: Places
    most_writes: int
    server: PostgreSQL | None = None

    def run(self, name: str, kills: int, seed: int) -> Figures:
        """Kill so many times; the seed tells the moments."""
        begun, chance, figures = time.monotonic(), random.Random(seed), Figures(name)
        for kill in range(1, kills + 1):
            self.target.start()
            with load(self.target, self.writers, figures.faults):
                self._wait(chance)
                if self.server and kill % _DATABASE_CRASHES_EVERY == 0:
                    self.server.crash()
                    figures.database_crashes += 1
                self.target.kill()
            seen = look_through(self.places, self.writers)
            figures.kills, figures.audit_lines = kill, seen.audit_lines
            figures.faults += seen.faults
        for writer in self.writers:
            figures.acknowledged += writer.acknowledged
        figures.seconds = time.monotonic() - begun
        return figures

    def _wait(self, chance: random.Random) -> None:
        """Until some more writes have been acknowledged: a busy machine makes a life longer, not emptier."""
        wanted = self._acknowledged() + chance.randrange(self.most_writes)
        until = time.monotonic() + _SECONDS_FOR_A_LIFE
        while self._acknowledged() < wanted and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, _LAST_MOMENT))

    def _acknowledged(self) -> int:
        return sum(writer.acknowledged.total() for writer in self.writers)


def against_the_store(places: Places, kills: int, seed: int, server: PostgreSQL | None = None) -> Figures:
    """Kill the small server around the store; `places` is an empty installation."""
    with small_server(places) as (target, writers):
        campaign = Campaign(target, writers, places, most_writes=60, server=server)
        return campaign.run(f"store, {_named(server)}", kills, seed)


def against_the_server(places: Places, kills: int, seed: int, server: PostgreSQL | None = None) -> Figures:
    """Kill the whole web server; `places` is an empty installation."""
    places.files.parent.mkdir(parents=True, exist_ok=True)
    with places.files.with_name("server.log").open("w") as log, whole_server(places, log) as (target, writers):
        campaign = Campaign(target, writers, places, most_writes=25, server=server)
        return campaign.run(f"web server, {_named(server)}", kills, seed)


def _named(server: PostgreSQL | None) -> str:
    return "PostgreSQL" if server else "SQLite"


def report(all_figures: list[Figures]) -> str:
    """The table, and every fault."""
    lines = [
        f"## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, kill -9 under a writing load of {HOW_MANY}",
        "",
        "Acknowledged writes by kind; a fault is one that was not there afterwards, or anything by halves.",
        "",
        "| | kills | database crashes | saves | drafts | files | reads | audit lines | faults | took |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(figures.row for figures in all_figures),
    ]
    return "\n".join([*lines, *(f"\n{figures.name}: {fault}" for figures in all_figures for fault in figures.faults)])


def main() -> int:
    """Run on both databases, print, append."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300, help="a quarter for each target on each database")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    arguments = parser.parse_args()
    kills, seed = arguments.kills // 4, arguments.seed
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tilsyn-crash-")))
        server = stack.enter_context(running_postgresql())
        done = [
            against_the_store(Places.in_home(folder / "a"), kills, seed),
            against_the_store(Places.in_home(folder / "b", server.new_database()), kills, seed, server),
            against_the_server(Places.in_home(folder / "c"), kills, seed),
            against_the_server(Places.in_home(folder / "d", server.new_database()), kills, seed, server),
        ]
    text = report(done)
    print(text)
    with (PROJECT / "BENCHMARKS.md").open("a", encoding="utf-8") as record:
        record.write(f"\n{text}\n")
    return 1 if any(figures.faults for figures in done) else 0


if __name__ == "__main__":
    sys.exit(main())
