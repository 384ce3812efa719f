"""CPU time and memory of the Word merge, beside stock docxtpl on the same template and the same case.

Ours is counted whole: hashing the file, pickling the case, the child process that merges, and the answer on its way
back. Stock is what its manual shows, with escaping on, because without it text is lost.
"""

import io
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from pipeline.cases.read_answers import read_answers_file
from pipeline.documents.contents.paper import paper_of
from pipeline.documents.contents.report import report_document
from pipeline.documents.contents.tool_document import tool_document
from pipeline.documents.merge.compiled import compile_template
from pipeline.documents.merge.merger import Merger
from pipeline.documents.merge.worker import context_of
from pipeline.documents.plan_sheet import visit_date
from pipeline.documents.shapes import roots_of
from pipeline.documents.word_template import WordTemplate, newest_template
from pipeline.law.dated_law import law_for
from pipeline.tool.load import EDITIONS, load_tool

_SAMPLE = EDITIONS / "2018" / "sample_cp_skole_2.json"


@dataclass(frozen=True)
class Taken:
    """Milliseconds of CPU and on the clock."""

    cpu: float
    wall: float


@dataclass(frozen=True)
class MergeFigures:
    """What was measured.

    Attributes:
        ours: CPU milliseconds of one merge by document, all of it: parent, child and the way between them.
        merging: those of the merge alone, without the child process around it.
        stock: those of docxtpl, which has no child process.
        ours_wall: milliseconds on the clock of one merge, by document.
        stock_wall: those of docxtpl.
        resident_kib: memory of the child after the first renders.
        grown_kib: how much more it took after those.
        renders: how many there were after those.
    """

    ours: dict[str, float]
    merging: dict[str, float]
    stock: dict[str, float]
    ours_wall: dict[str, float]
    stock_wall: dict[str, float]
    resident_kib: int
    grown_kib: int
    renders: int

    @property
    def ratio(self) -> float:
        """How many times less CPU all of ours takes, for a case's documents together."""
        return sum(self.stock.values()) / sum(self.ours.values())

    def merging_ratio(self, kind: str) -> float:
        """How many times less CPU the merge alone takes, for one document."""
        return self.stock[kind] / self.merging[kind]


def measure_merge(*, rounds: int = 9, batch: int = 20, settle: int = 200, renders: int = 1500) -> MergeFigures:
    """Measure both ways alternately in one run.

    Args:
        rounds: medians are taken over so many.
        batch: merges of ours in a round; one of stock.
        settle: renders before memory is looked at.
        renders: renders after that.
    """
    cases = _cases()
    with Merger() as merger:
        taken = {kind: _alternately(merger, *case, rounds, batch) for kind, case in cases.items()}
        settled = _resident_after(settle, merger, cases)
        grown = _resident_after(renders, merger, cases) - settled
    ours, merging, stock = ({kind: times[way].cpu for kind, times in taken.items()} for way in range(3))
    ours_wall, stock_wall = ({kind: times[way].wall for kind, times in taken.items()} for way in (0, 2))
    return MergeFigures(ours, merging, stock, ours_wall, stock_wall, settled, grown, renders)


def _cases() -> dict[str, tuple[WordTemplate, Any]]:
    answers = read_answers_file(_SAMPLE)
    tool, law = load_tool(answers.edition), law_for(answers.document_date, visit_date(answers))
    cases: dict[str, tuple[WordTemplate, Any]] = {}
    for kind, make in (("tilsynsredskab", tool_document), ("tilsynsrapport", report_document)):
        template = newest_template(tool, kind)
        paper = paper_of(answers, tool, law, title=template.title, template=template.name)
        cases[kind] = template, make(answers, tool, law, paper)
    return cases


def _alternately(merger: Merger, template: WordTemplate, document: Any, rounds: int, batch: int) -> tuple[Taken, ...]:
    tool, context = load_tool(None), context_of(document)
    compiled = compile_template(template.path.read_bytes(), roots_of(template.kind, tool))
    merger.merge(template, tool, document)
    taken = [
        (
            _milliseconds(lambda: merger.merge(template, tool, document), batch, merger.pid),
            _milliseconds(lambda: compiled.render(context), batch, None),
            _milliseconds(lambda: _stock(template.path, context), 1, None),
        )
        for _ in range(rounds)
    ]
    return tuple(
        Taken(statistics.median(time.cpu for time in times), statistics.median(time.wall for time in times))
        for times in zip(*taken, strict=True)
    )


def _stock(path: Path, context: dict[str, Any]) -> bytes:
    target = io.BytesIO()
    document = DocxTemplate(path)
    document.render(context, SandboxedEnvironment(autoescape=True, undefined=StrictUndefined))
    document.save(target)
    return target.getvalue()


def _milliseconds(work: Callable[[], object], times: int, child: int | None) -> Taken:
    cpu, wall = time.process_time() + _child_seconds(child), time.perf_counter()
    for _ in range(times):
        work()
    cpu, wall = time.process_time() + _child_seconds(child) - cpu, time.perf_counter() - wall
    return Taken(cpu * 1000 / times, wall * 1000 / times)


def _child_seconds(pid: int | None) -> float:
    """CPU seconds of a process (proc(5), schedstat: nanoseconds on a processor)."""
    return 0.0 if pid is None else int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def _resident_after(renders: int, merger: Merger, cases: dict[str, tuple[WordTemplate, Any]]) -> int:
    tool = load_tool(None)
    for _ in range(renders // len(cases)):
        for template, document in cases.values():
            merger.merge(template, tool, document)
    return _resident_kib(merger.pid)


def _resident_kib(pid: int | None) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


if __name__ == "__main__":
    figures = measure_merge()
    for kind in figures.ours:
        print(
            f"{kind}: {figures.ours[kind]:.2f} ms of CPU, {figures.merging[kind]:.2f} of it merging, "
            f"stock {figures.stock[kind]:.1f} ms: {figures.merging_ratio(kind):.1f} times"
        )
    print(f"both documents, child process and all: {figures.ratio:.1f} times less CPU")
    print(f"memory after {figures.renders} more renders: {figures.grown_kib:+d} KiB")
