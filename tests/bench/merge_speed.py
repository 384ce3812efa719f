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
from pipeline.documents.merge.merger import Merger
from pipeline.documents.merge.worker import context_of
from pipeline.documents.plan_sheet import visit_date
from pipeline.documents.word_template import WordTemplate, newest_template
from pipeline.law.dated_law import law_for
from pipeline.tool.load import EDITIONS, load_tool

_SAMPLE = EDITIONS / "2018" / "sample_cp_skole_2.json"


@dataclass(frozen=True)
class MergeFigures:
    """What was measured.

    Attributes:
        ours: CPU milliseconds of one merge, parent and child together, by document.
        stock: the same for docxtpl.
        grown_kib: how much memory the child took more after the first renders.
        renders: how many there were after those.
    """

    ours: dict[str, float]
    stock: dict[str, float]
    grown_kib: int
    renders: int

    def ratio(self, kind: str) -> float:
        """How many times less CPU ours takes."""
        return self.stock[kind] / self.ours[kind]


def measure_merge(*, rounds: int = 9, batch: int = 20, settle: int = 200, renders: int = 1500) -> MergeFigures:
    """Measure both ways alternately in one run.

    Args:
        rounds: medians are taken over so many.
        batch: merges of ours in a round; one of stock.
        settle: renders before memory is looked at.
        renders: renders after that.
    """
    ours: dict[str, float] = {}
    stock: dict[str, float] = {}
    cases = _cases()
    with Merger() as merger:
        for kind, (template, document) in cases.items():
            ours[kind], stock[kind] = _alternately(merger, template, document, rounds, batch)
        grown = _growth(merger, cases, settle, renders)
    return MergeFigures(ours, stock, grown, renders)


def _cases() -> dict[str, tuple[WordTemplate, Any]]:
    answers = read_answers_file(_SAMPLE)
    tool, law = load_tool(answers.edition), law_for(answers.document_date, visit_date(answers))
    cases: dict[str, tuple[WordTemplate, Any]] = {}
    for kind, make in (("tilsynsredskab", tool_document), ("tilsynsrapport", report_document)):
        template = newest_template(tool, kind)
        paper = paper_of(answers, tool, law, title=template.title, template=template.name)
        cases[kind] = template, make(answers, tool, law, paper)
    return cases


def _alternately(
    merger: Merger, template: WordTemplate, document: Any, rounds: int, batch: int
) -> tuple[float, float]:
    tool, context = load_tool(None), context_of(document)
    merger.merge(template, tool, document)
    pid = merger.pid
    taken = [
        (
            _milliseconds(lambda: merger.merge(template, tool, document), batch, pid),
            _milliseconds(lambda: _stock(template.path, context), 1, None),
        )
        for _ in range(rounds)
    ]
    ours, stock = zip(*taken, strict=True)
    return statistics.median(ours), statistics.median(stock)


def _stock(path: Path, context: dict[str, Any]) -> bytes:
    target = io.BytesIO()
    document = DocxTemplate(path)
    document.render(context, SandboxedEnvironment(autoescape=True, undefined=StrictUndefined))
    document.save(target)
    return target.getvalue()


def _milliseconds(work: Callable[[], object], times: int, child: int | None) -> float:
    began = time.process_time() + _child_seconds(child)
    for _ in range(times):
        work()
    return (time.process_time() + _child_seconds(child) - began) * 1000 / times


def _child_seconds(pid: int | None) -> float:
    """CPU seconds of a process (proc(5), schedstat: nanoseconds on a processor)."""
    return 0.0 if pid is None else int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def _growth(merger: Merger, cases: dict[str, tuple[WordTemplate, Any]], settle: int, renders: int) -> int:
    tool = load_tool(None)

    def many(count: int) -> int:
        for _ in range(count // len(cases)):
            for template, document in cases.values():
                merger.merge(template, tool, document)
        return _resident_kib(merger.pid)

    return -many(settle) + many(renders)


def _resident_kib(pid: int | None) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


if __name__ == "__main__":
    figures = measure_merge()
    for kind in figures.ours:
        print(f"{kind}: {figures.ours[kind]:.2f} ms, stock {figures.stock[kind]:.1f} ms, {figures.ratio(kind):.1f}x")
    print(f"memory after {figures.renders} more renders: {figures.grown_kib:+d} KiB")
