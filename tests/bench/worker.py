"""One worker process of the whole-case measurement: `worker.py ours|usual COUNT SEAL_JSON`.

It warms up, says so, waits for a line, makes its cases, prints its CPU seconds (whole, LibreOffice's part) and waits.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import usual_way
from case import load_case
from cpu_time import tree_cpu, worker_cpu
from outside import seal_settings

from pipeline.documents.render import render_case
from pipeline.documents.seal.identity import SealIdentity
from webforms.interpreter import set_for_pages
from webforms.settings import read_settings
from webforms.wiring import workshop


@contextmanager
def ours(seal: str, folder: Path) -> Iterator[Callable[[], object]]:
    """Warm, with every check that production has, in an interpreter set as the server's."""
    set_for_pages()
    case = load_case()
    with workshop(replace(read_settings({}), seal=seal_settings(seal))) as machines:
        yield lambda: render_case(case.answers, machines, folder / "ud")


@contextmanager
def usual(seal: str, folder: Path) -> Iterator[Callable[[], object]]:
    """Everything fresh for each document."""
    case, settings = load_case(), seal_settings(seal)
    identity = SealIdentity(
        settings.key, settings.certificate, settings.chain, settings.trust_roots, settings.timestamp_url, is_demo=True
    )
    yield lambda: usual_way.whole_case(case, folder, identity)


def main(way: str, count: int, seal: str) -> None:
    """Measure `count` cases made one after the other."""
    with tempfile.TemporaryDirectory() as folder, {"ours": ours, "usual": usual}[way](seal, Path(folder)) as make:
        make()
        make()
        print("klar", flush=True)
        sys.stdin.readline()
        before, office_before = tree_cpu(), worker_cpu("office_worker.py")
        for _ in range(count):
            make()
        print(tree_cpu() - before, worker_cpu("office_worker.py") - office_before, flush=True)
        sys.stdin.readline()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
