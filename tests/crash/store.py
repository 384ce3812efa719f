"""`make crash-store KILLS=300`: kill -9 of the program under a writing load; every acknowledged write must be there."""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fixtures.postgresql import PostgreSQL, running_postgresql
from looking import look_through
from target import PROJECT, StoreProcess
from writers import HOW_MANY, load, open_cases

from pipeline.store.opening import Places

_LONGEST_LIFE = 0.6
_SERVER_CRASHES_EVERY = 10


@dataclass
class Figures:
    """What came out."""

    name: str
    kills: int = 0
    server_crashes: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    audit_lines: int = 0
    seconds: float = 0.0

    @property
    def row(self) -> str:
        """The line of the table."""
        kinds = (self.acknowledged[kind] for kind in ("answers", "draft", "file", "read"))
        numbers = " | ".join(str(number) for number in (*kinds, self.audit_lines, len(self.faults)))
        return f"| {self.name} | {self.kills} | {self.server_crashes} | {numbers} | {self.seconds:.0f} s |"


def campaign(places: Places, kills: int, seed: int, server: PostgreSQL | None = None) -> Figures:
    """Kill so many times.

    Args:
        places: an empty installation.
        kills: how often.
        seed: of the moments.
        server: where the database is PostgreSQL: crashed too, at every tenth kill.
    """
    begun, chance = time.monotonic(), random.Random(seed)
    figures = Figures("PostgreSQL" if server else "SQLite")
    writers = open_cases(places)
    target = StoreProcess(places)
    try:
        for kill in range(1, kills + 1):
            target.start()
            with load(target, writers, figures.faults):
                time.sleep(chance.uniform(0.05, _LONGEST_LIFE))
                if server and kill % _SERVER_CRASHES_EVERY == 0:
                    server.crash()
                    figures.server_crashes += 1
                target.kill()
            figures.kills = kill
            seen = look_through(places, writers)
            figures.audit_lines = seen.audit_lines
            figures.faults += seen.faults
    finally:
        target.close()
    for writer in writers:
        figures.acknowledged += writer.acknowledged
    figures.seconds = time.monotonic() - begun
    return figures


def report(all_figures: list[Figures]) -> str:
    """The table, and every fault."""
    lines = [
        f"## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, kill -9 of the store under a writing load of {HOW_MANY}",
        "",
        "Acknowledged writes by kind; a fault is one that was not there afterwards, or anything by halves.",
        "",
        "| | kills | server crashes | saves of 3 slots | drafts | files | reads | audit lines | faults | took |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(figures.row for figures in all_figures),
    ]
    return "\n".join([*lines, *(f"\n{figures.name}: {fault}" for figures in all_figures for fault in figures.faults)])


def main() -> int:
    """Run on both databases, print, append."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300, help="half on each database")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tilsyn-crash-")))
        server = stack.enter_context(running_postgresql())
        half = arguments.kills // 2
        done = [
            campaign(Places.in_home(folder / "sqlite"), half, arguments.seed),
            campaign(Places.in_home(folder / "pg", server.new_database()), half, arguments.seed, server),
        ]
    text = report(done)
    print(text)
    with (PROJECT / "BENCHMARKS.md").open("a", encoding="utf-8") as record:
        record.write(f"\n{text}\n")
    return 1 if any(figures.faults for figures in done) else 0


if __name__ == "__main__":
    sys.exit(main())
