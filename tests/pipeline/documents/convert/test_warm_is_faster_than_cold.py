"""What the warm converter is for, measured in one run against a cold LibreOffice on the same report."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from office_processes import cpu_seconds, offices

from pipeline.documents.convert import Converter

pytestmark = pytest.mark.office

_WARM_IN_A_ROUND = 3
_COLD_FILTER = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"3"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},"PDFUACompliance":{"type":"boolean","value":"true"}}'
)


@pytest.mark.parametrize(
    ("rounds", "times_less"),
    [
        pytest.param(1, 3.0, id="looked at once"),  # one round on a busy machine tells the order of magnitude
        pytest.param(3, 4.2, id="measured", marks=pytest.mark.campaign),
    ],
)
def test_a_warm_conversion_costs_far_less_than_a_cold_one(
    ten_pages: Path, tmp_path: Path, rounds: int, times_less: float
) -> None:
    others = set(offices())
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", _COLD_FILTER, "--outdir", str(tmp_path), str(ten_pages)]

    def cold() -> None:
        subprocess.run(command, check=True, capture_output=True)

    with Converter() as converter:

        def warm() -> None:
            converter.to_pdf(ten_pages, tmp_path / "warm.pdf")

        def ours() -> float:
            group = set(offices()) - others
            return cpu_seconds([*group, *map(os.getpgid, group)]) + time.process_time()

        def children() -> float:
            used = os.times()
            return used.children_user + used.children_system

        warm()
        warm()
        cold()  # fills its profile, which it may keep
        colds, warms = [], []
        for _ in range(rounds):
            colds.append(_cost(cold, children))
            warms += [_cost(warm, ours) for _ in range(_WARM_IN_A_ROUND)]
    for unit in (0, 1):
        ratio = statistics.mean(cost[unit] for cost in colds) / statistics.mean(cost[unit] for cost in warms)
        assert ratio >= times_less, ("wall", "processor")[unit]


def _cost(work: Callable[[], None], processor: Callable[[], float]) -> tuple[float, float]:
    wall, used = time.monotonic(), processor()
    work()
    return time.monotonic() - wall, processor() - used
