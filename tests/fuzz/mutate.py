"""`make fuzz N=20000`: so many mutated forms of each format through the readers; figures go into BENCHMARKS.md.

A file that hangs or kills the child is a finding; `--seed` with `--files 1` and the number that was printed makes it
again.
"""

import argparse
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

# As a script this file's own folder is on the path, as a test module pytest puts it there.
from mutations import mutated

from pipeline.cases.read_answers import read_answers_file
from pipeline.documents.convert import Converter
from pipeline.documents.merge.merger import Merger
from pipeline.documents.render import Workshop
from pipeline.errors import StepFailed
from pipeline.limited_child import PROJECT, LimitedChild
from pipeline.offline.hand_out import EXCEL_FORM, PDF_FORM, WORD_FORM, hand_out
from pipeline.offline.outside import MEMORY_BYTES, MOST_BYTES, SECONDS
from pipeline.tool.load import EDITIONS

FILES = {"pdf": PDF_FORM, "docx": WORD_FORM, "xlsx": EXCEL_FORM}
_CHILD = "tests.fuzz.reading_child"
_SMALL_FORMS = (("b", False), ("bc", False), ("bc", True))
"""The sections of each form and whether it is blank: a small one is read faster, by the same code."""
_LARGEST = 200_000
"""Bytes of a form that is mutated; a PDF of twice that takes a tenth of a second to read."""

_LOOKS_AT_MEMORY = 200
"""The child's memory is looked at after so many files."""

Corpus = Mapping[str, Sequence[bytes]]


class NoSeal:
    """Forms are not sealed."""

    def seal(self, pdf: Path, sealed: Path, *, reason: str) -> NoReturn:
        raise AssertionError("a form was sealed")


@dataclass
class Figures:
    """What became of the files of one format."""

    kind: str
    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    crashes: list[int] = field(default_factory=list)
    hangs: list[int] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, 0)
    peak_memory: int = 0
    seconds: float = 0.0

    @property
    def row(self) -> str:
        """A line of the table."""
        told = [self.outcomes[name] for name in ("read", "kept", "refused", "unforeseen")]
        numbers = [self.files, *told, len(self.crashes), len(self.hangs)]
        slowest = f"{self.slowest[0]:.2f} s (no. {self.slowest[1]})"
        cells = [
            self.kind,
            *map(str, numbers),
            slowest,
            f"{self.peak_memory / 1024**2:.0f} MB",
            f"{self.seconds:.0f} s",
        ]
        return f"| {' | '.join(cells)} |"


def honest_forms() -> Corpus:
    """Small forms of one fictional case, filled and blank."""
    case = read_answers_file(EDITIONS / "2018" / "sample_cp_skole_2.json")
    made: dict[str, list[bytes]] = {kind: [] for kind in FILES}
    with Merger() as merger, Converter() as converter, tempfile.TemporaryDirectory() as scratch:
        for letters, blank in _SMALL_FORMS:
            folder = Path(tempfile.mkdtemp(dir=scratch))
            hand_out(case, Workshop(merger, converter, NoSeal()), folder, only=letters, blank=blank)
            for kind, name in FILES.items():
                if (folder / name).exists() and (folder / name).stat().st_size <= _LARGEST:
                    made[kind].append((folder / name).read_bytes())
    return made


def campaign(kind: str, seeds: Sequence[int], corpus: Sequence[bytes]) -> Figures:
    """Read so many mutated files."""
    figures, begun = Figures(kind), time.monotonic()
    with LimitedChild(_CHILD, memory_bytes=MEMORY_BYTES, seconds=SECONDS, what="Læsningen") as child:
        for seed in seeds:
            _read(child, mutated(kind, seed, corpus)[:MOST_BYTES], seed, figures)
            if figures.files % _LOOKS_AT_MEMORY == 0:
                figures.peak_memory = max(figures.peak_memory, _peak(child.pid))
        figures.peak_memory = max(figures.peak_memory, _peak(child.pid))
    figures.seconds = time.monotonic() - begun
    return figures


def _read(child: LimitedChild, data: bytes, seed: int, figures: Figures) -> None:
    begun = time.monotonic()
    figures.files += 1
    try:
        figures.outcomes[child.ask(data).decode()] += 1
    except StepFailed:
        (figures.hangs if time.monotonic() - begun >= SECONDS else figures.crashes).append(seed)
    figures.slowest = max(figures.slowest, (time.monotonic() - begun, seed))


def _peak(pid: int | None) -> int:
    """The most memory the child has had at once, in bytes; 0 while there is no child."""
    if pid is None:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    return int(found[1]) * 1024 if found else 0


def report(all_figures: Sequence[Figures]) -> str:
    """The table, and every finding with the number that makes it again."""
    lines = [
        f"## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, mutated forms through the readers",
        "",
        "“kept” is a PDF that is no form of ours any more; “unforeseen” what a library raised and the net caught.",
        "",
        "| | files | read | kept | refused | unforeseen | crashes | hangs | slowest | most memory | took |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
        *(figures.row for figures in all_figures),
    ]
    for figures in all_figures:
        found = [("crash", figures.crashes), ("hang", figures.hangs)]
        lines += [f"\n{figures.kind}: {what} with numbers {numbers}" for what, numbers in found if numbers]
    return "\n".join(lines)


def main() -> int:
    """Run, print, append."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20_000, help="of each format")
    parser.add_argument("--seed", type=int, default=0, help="number of the first file")
    parser.add_argument("--format", choices=FILES, action="append")
    arguments = parser.parse_args()
    corpus = honest_forms()
    seeds = range(arguments.seed, arguments.seed + arguments.files)
    done = [campaign(kind, seeds, corpus[kind]) for kind in arguments.format or FILES]
    text = report(done)
    print(text)
    with (PROJECT / "BENCHMARKS.md").open("a", encoding="utf-8") as record:
        record.write(f"\n{text}\n")
    return 1 if any(figures.crashes or figures.hangs for figures in done) else 0


if __name__ == "__main__":
    sys.exit(main())
