"""`make bench`: ours beside the usual way, same case, same run, same kind of seal; appended to BENCHMARKS.md.

Ratios are what counts: the machine is shared, and both ways are measured alternately.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import usual_way
from case import load_case
from cpu_time import tree_cpu
from merge_speed import MergeFigures, measure_merge
from outside import PROJECT, TimestampService

from pipeline.documents.convert import Converter
from pipeline.documents.finish.archivable import DocumentFacts, make_archivable
from pipeline.documents.merge.merger import Merger
from pipeline.documents.seal.identity import SealIdentity
from pipeline.documents.seal.sealer import Sealer, SealLevel


@dataclass(frozen=True)
class Figure:
    """Median wall and CPU milliseconds of one way of doing one thing."""

    wall: float
    cpu: float


def alternately(ways: dict[str, Callable[[], None]], rounds: int) -> dict[str, Figure]:
    """Measure each way in turn, `rounds` times."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(rounds):
        for name, way in ways.items():
            cpu, wall = tree_cpu(), time.perf_counter()
            way()
            taken[name].append((time.perf_counter() - wall, tree_cpu() - cpu))
    return {
        name: Figure(*(statistics.median(column) * 1000 for column in zip(*times, strict=True)))
        for name, times in taken.items()
    }


def batched(way: Callable[[], None], times: int) -> Callable[[], None]:
    """CPU time is counted in 10 ms ticks, so quick things are measured many at a time."""

    def many() -> None:
        for _ in range(times):
            way()

    return many


def measure_convert(rounds: int, folder: Path) -> tuple[Figure, Figure]:
    """Word to PDF: one report, warm (package check included) and cold."""
    case = load_case()
    word = folder / "rapport.docx"
    with Merger() as merger:
        word.write_bytes(merger.merge(case.template, case.tool, case.document))
    with Converter() as converter:
        figures = alternately(
            {
                "ours": lambda: converter.to_pdf(word, folder / "varm.pdf"),
                "usual": lambda: usual_way.convert_cold(word, folder / "profil") and None,
            },
            rounds,
        )
    facts = DocumentFacts("Tilsynsrapport", "Tilsyn", "Testkommune", case.created)
    make_archivable(folder / "varm.pdf", folder / "klar.pdf", facts, [])
    return figures["ours"], figures["usual"]


def measure_seal(rounds: int, folder: Path, identity: SealIdentity) -> dict[str, Figure]:
    """Seals on one finished report: B-B and B-LT, ours and stock."""
    finished, batch = folder / "klar.pdf", 3
    sealer = Sealer(identity)
    target = folder / "x.pdf"
    ways = {
        "B-B ours": lambda: sealer.seal(finished, target, reason="Måling", level=SealLevel.B_B) and None,
        "B-B usual": lambda: usual_way.sign_stock(finished, target, identity, lasting=False),
        "B-LT ours": lambda: sealer.seal(finished, target, reason="Måling") and None,
        "B-LT usual": lambda: usual_way.sign_stock(finished, target, identity, lasting=True),
    }
    figures = alternately({name: batched(way, batch) for name, way in ways.items()}, rounds)
    return {name: Figure(f.wall / batch, f.cpu / batch) for name, f in figures.items()}


@dataclass(frozen=True)
class CaseFigure:
    """Wall and CPU milliseconds a case, and the part of the CPU that is not LibreOffice's."""

    wall: float
    cpu: float
    own_share: float


def measure_case(way: str, workers: int, count: int, seal: str) -> CaseFigure:
    """The whole case with so many worker processes at once."""
    command = [sys.executable, str(Path(__file__).with_name("worker.py")), way, str(count), seal]
    crew = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT)
        for _ in range(workers)
    ]
    for one in crew:
        if line_of(one) != "klar":
            raise SystemExit(f"bench: en arbejder ({way}) kom ikke i gang")
    start = time.perf_counter()
    for one in crew:
        say_to(one, "start")
    used = [[float(number) for number in line_of(one).split()] for one in crew]
    wall = time.perf_counter() - start
    for one in crew:
        say_to(one, "slut")
        one.wait()
    cpu, office = sum(u[0] for u in used), sum(u[1] for u in used)
    return CaseFigure(wall / (count * workers) * 1000, cpu / (count * workers) * 1000, 1 - office / cpu)


def line_of(process: "subprocess.Popen[str]") -> str:
    """The next line that a worker says."""
    return process.stdout.readline().strip() if process.stdout else ""


def say_to(process: "subprocess.Popen[str]", word: str) -> None:
    """Tell a worker something."""
    if process.stdin:
        process.stdin.write(f"{word}\n")
        process.stdin.flush()


def row(name: str, ours: Figure | CaseFigure, usual: Figure | CaseFigure, goal: str) -> str:
    """One line of the table."""
    return (
        f"| {name} | {ours.wall:.1f} | {ours.cpu:.1f} | {usual.wall:.1f} | {usual.cpu:.1f} "
        f"| {usual.wall / ours.wall:.1f} | {usual.cpu / ours.cpu:.1f} | {goal} |"
    )


def measure_all(folder: Path, service: TimestampService, rounds: int, cases: int) -> list[str]:
    """All figures as lines of Markdown."""
    merge = measure_merge(rounds=rounds, renders=1300)
    convert = measure_convert(rounds, folder)
    seal = measure_seal(rounds, folder, service.identity)
    whole = {
        (way, workers): _median_case(way, workers, cases, service.as_json)
        for workers in (1, 2)
        for way in ("ours", "usual")
    }
    return [
        f"## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine()}",
        "",
        "Milliseconds, medians; ours with its checks. “Usual”: fresh docxtpl, cold soffice, stock pyHanko, no checks.",
        "",
        "| | ours wall | ours CPU | usual wall | usual CPU | × wall | × CPU | goal |",
        "|---|---|---|---|---|---|---|---|",
        row("Word merge (report)", *_of_the_report(merge), "12"),
        row("Word → PDF (report)", *convert, "4.2"),
        row("seal B-B, RSA-3072", seal["B-B ours"], seal["B-B usual"], "8"),
        row("seal B-LT, RSA-3072", seal["B-LT ours"], seal["B-LT usual"], "–"),
        row("whole case, 1 worker", whole["ours", 1], whole["usual", 1], "4.5"),
        row("whole case, 2 workers", whole["ours", 2], whole["usual", 2], "4.5"),
        "",
        f"All but LibreOffice: {whole['ours', 1].own_share:.0%} of a case's CPU with 1 worker (goal: at most 25 %). "
        f"Merge child: {merge.resident_kib / 1024:.1f} MB after 200 renders, "
        f"{(merge.resident_kib + merge.grown_kib) / 1024:.1f} MB after 1,500.",
    ]


def _of_the_report(merge: MergeFigures) -> tuple[Figure, Figure]:
    kind = "tilsynsrapport"
    return Figure(merge.ours_wall[kind], merge.ours[kind]), Figure(merge.stock_wall[kind], merge.stock[kind])


def _median_case(way: str, workers: int, cases: int, seal: str) -> CaseFigure:
    figures = [measure_case(way, workers, cases, seal) for _ in range(3)]
    return sorted(figures, key=lambda figure: figure.wall)[1]


def machine() -> str:
    """What it is measured on."""
    told = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True)
    office = " ".join(told.stdout.split()[:2])
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {office}"


def main() -> None:
    """Measure, print, append."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--cases", type=int, default=8)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, TimestampService(Path(scratch) / "pki") as service:
        text = "\n".join(measure_all(Path(scratch), service, arguments.rounds, arguments.cases))
    print(text)
    with (PROJECT / "BENCHMARKS.md").open("a", encoding="utf-8") as record:
        record.write(f"\n{text}\n")


if __name__ == "__main__":
    main()
