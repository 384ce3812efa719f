"""`make bench`, the whole flow: cases a minute from report to archive, beside the same documents by themselves.

The same documents in the same run: what the flow costs is what it takes besides (events, files, journal, archive).
"""

import argparse
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cpu_time import tree_cpu
from fixtures.postgresql import PostgreSQL, running_postgresql
from outside import PROJECT, TimestampService
from run import line_of, machine, say_to


@dataclass(frozen=True)
class Figure:
    """Cases a minute, and CPU milliseconds a case with the database server's part in it."""

    a_minute: float
    cpu: float


@dataclass(frozen=True)
class Setup:
    """How many processes with how many threads each, on which database; empty: SQLite."""

    way: str
    processes: int
    threads: int = 1
    database: str = ""


def measure(setup: Setup, home: Path, cases: int, seal: str, server: PostgreSQL | None = None) -> Figure:
    """Take so many cases round, shared among the processes."""
    share = cases // setup.processes
    worker = str(Path(__file__).with_name("flow_worker.py"))
    command = [sys.executable, worker, setup.way, str(home), setup.database, str(share), str(setup.threads), seal]
    crew = []
    for _ in range(setup.processes):  # one after the other: the first makes keys and tables
        one = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT)
        crew.append(one)
        if line_of(one) != "klar":
            raise SystemExit(f"bench: en arbejder ({setup}) kom ikke i gang")
    beside, start = _server_cpu(server), time.perf_counter()
    for one in crew:
        say_to(one, "start")
    cpu = sum(float(line_of(one)) for one in crew)
    wall, beside = time.perf_counter() - start, _server_cpu(server) - beside
    for one in crew:
        say_to(one, "slut")
        one.wait()
    done = share * setup.processes
    return Figure(done / wall * 60, (cpu + beside) / done * 1000)


def _server_cpu(server: PostgreSQL | None) -> float:
    return tree_cpu(server.pid) if server else 0.0


def measure_all(folder: Path, server: PostgreSQL, seal: str, cases: int) -> list[str]:
    """All figures as lines of Markdown."""
    lines = [
        f"## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, the whole flow, {machine()}",
        "",
        "A case: report, two letters, two answers, final report, all sealed; sent, archived, the next visit set up.",
        "",
        "| | cases a minute | CPU ms a case | the same documents alone | CPU ms | the flow adds | goal |",
        "|---|---|---|---|---|---|---|",
    ]
    for workers in (1, 2):
        alone = measure(Setup("alone", workers), folder / "alene", cases, seal)
        on_file = measure(Setup("flow", 1, workers), folder / f"fil-{workers}", cases, seal)
        again = measure(Setup("alone", workers), folder / "alene", cases, seal)
        database = server.new_database()
        on_server = measure(Setup("flow", workers, 1, database), folder / f"server-{workers}", cases, seal, server)
        beside = Figure((alone.a_minute + again.a_minute) / 2, (alone.cpu + again.cpu) / 2)
        lines += [_row(f"SQLite, {workers}", on_file, beside), _row(f"PostgreSQL, {workers}", on_server, beside)]
    return lines


def _row(name: str, flow: Figure, alone: Figure) -> str:
    return (
        f"| {name} | {flow.a_minute:.1f} | {flow.cpu:.0f} | {alone.a_minute:.1f} | {alone.cpu:.0f} "
        f"| {flow.cpu / alone.cpu - 1:.0%} | 15 % |"
    )


def main() -> None:
    """Measure, print, append."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=12)
    parser.add_argument("--only-print", action="store_true", help="do not append to BENCHMARKS.md")
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as scratch,
        TimestampService(Path(scratch) / "pki") as service,
        running_postgresql() as server,
    ):
        text = "\n".join(measure_all(Path(scratch), server, service.as_json, arguments.cases))
    print(text)
    if not arguments.only_print:
        with (PROJECT / "BENCHMARKS.md").open("a", encoding="utf-8") as record:
            record.write(f"\n{text}\n")


if __name__ == "__main__":
    main()
