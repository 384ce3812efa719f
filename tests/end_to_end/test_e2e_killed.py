"""Whatever is killed, whenever: a manifest never stands beside files that it does not fit, and no case is lost."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from killed_before_step import ReadyMade
from rendered_case import FILES, MANIFEST, REPORT_WORD, RenderedCase, fits_its_manifest

from pipeline.documents.render import Workshop, render_case
from pipeline.tool.load import EDITIONS
from webforms.demo import sample_path
from webforms.settings import Settings

pytestmark = pytest.mark.office

_HERE = Path(__file__).parent
_PROJECT = _HERE.parents[1]
_STEPS = ("manifest goes", *sorted(FILES - {MANIFEST}), "manifest comes")
_MOMENTS = 5
_RENDERS, _KILLS = 12, 4


@pytest.fixture
def earlier(one_case: RenderedCase, tmp_path: Path) -> Path:
    """A folder with an earlier result; what is rendered over it is the same case, sealed anew."""
    folder = tmp_path / "sag"
    shutil.copytree(one_case.folder, folder)
    return folder


@pytest.fixture(scope="session")
def converted(machines: Workshop, one_case: RenderedCase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What LibreOffice makes of the case's report."""
    pdf = tmp_path_factory.mktemp("converted") / "omsat.pdf"
    machines.converter.to_pdf(one_case.folder / REPORT_WORD, pdf)
    return pdf


@pytest.mark.parametrize("step", range(1, len(_STEPS) + 2))
def test_a_render_killed_while_files_are_put_in_place_leaves_no_manifest_that_does_not_fit(
    settings: Settings, one_case: RenderedCase, earlier: Path, converted: Path, step: int
) -> None:
    before = (earlier / MANIFEST).read_bytes()
    status = _render_and_die(step, one_case, converted, settings, earlier)
    is_there = (earlier / MANIFEST).exists()
    is_old = is_there and (earlier / MANIFEST).read_bytes() == before
    match step:
        case 1:
            assert (status, is_old) == (-signal.SIGKILL, True)
        case _ if step <= len(_STEPS):
            assert (status, is_there) == (-signal.SIGKILL, False)
        case _:
            assert (status, is_there, is_old) == (0, True, False)
    assert not is_there or fits_its_manifest(earlier)


def test_what_a_killed_render_leaves_of_the_family_is_gone_after_the_next(
    machines: Workshop, settings: Settings, one_case: RenderedCase, earlier: Path, converted: Path
) -> None:
    _render_and_die(1, one_case, converted, settings, earlier)
    assert {path.name for path in earlier.iterdir()} > FILES
    render_case(one_case.answers, replace(machines, converter=ReadyMade(converted)), earlier)
    assert {path.name for path in earlier.iterdir()} == FILES


def test_a_render_killed_at_random_moments_leaves_no_manifest_that_does_not_fit(
    settings: Settings, one_case: RenderedCase, tmp_path: Path
) -> None:
    chance = random.Random(5)
    folders = [tmp_path / str(number) for number in range(_MOMENTS + 1)]
    for folder in folders:
        shutil.copytree(one_case.folder, folder)
    began = time.monotonic()
    assert _render_by_command(one_case, settings, folders[0], None) == 0
    whole_render = time.monotonic() - began
    with ThreadPoolExecutor(2) as pool:
        moments = [chance.uniform(0.2, 1.0) * whole_render for _ in folders[1:]]
        ends = list(
            pool.map(lambda pair: _render_by_command(one_case, settings, *pair), zip(folders[1:], moments, strict=True))
        )
    assert -signal.SIGKILL in ends
    assert set(ends) <= {-signal.SIGKILL, 0}
    for folder in folders:
        assert not (folder / MANIFEST).exists() or fits_its_manifest(folder)


def test_no_case_is_lost_while_libreoffice_is_killed(
    machines: Workshop, rendered: dict[str, RenderedCase], tmp_path: Path
) -> None:
    """A hundred conversions under fire are in the converter's own tests; here the whole way to the sealed report."""
    chance, over = random.Random(3), threading.Event()
    killed: list[int] = []

    def kill_now_and_then() -> None:
        while len(killed) < _KILLS and not over.wait(chance.uniform(0.3, 1.0)):
            if offices := _our_offices():
                killed.append(chance.choice(offices))
                os.kill(killed[-1], signal.SIGKILL)

    def render(number: int) -> Path:
        case = list(rendered.values())[number % len(rendered)]
        render_case(case.answers, machines, tmp_path / str(number))
        return tmp_path / str(number)

    killer = threading.Thread(target=kill_now_and_then)
    killer.start()
    with ThreadPoolExecutor(2) as callers:
        folders = list(callers.map(render, range(_RENDERS)))
    over.set()
    killer.join()
    assert len(killed) >= 2
    assert all(fits_its_manifest(folder) for folder in folders)
    assert all({path.name for path in folder.iterdir()} == FILES for folder in folders)


def _render_and_die(step: int, case: RenderedCase, converted: Path, settings: Settings, out: Path) -> int:
    program = (sys.executable, _HERE / "killed_before_step.py", str(step))
    arguments = (sample_path(case.name, EDITIONS), converted, settings.home, out)
    return subprocess.run((*program, *arguments), cwd=_PROJECT, check=False, timeout=120).returncode


def _render_by_command(case: RenderedCase, settings: Settings, out: Path, seconds: float | None) -> int:
    """The command's exit status; minus nine where it was killed after so many seconds."""
    with subprocess.Popen(
        [
            *(sys.executable, "-c", "from webforms.cli import main; main()"),
            *("render", sample_path(case.name, EDITIONS), "--out", out),
        ],
        stdout=subprocess.DEVNULL,
        cwd=_PROJECT,
        env={"HJEMMETILSYN_HOME": str(settings.home), "PATH": "/usr/bin:/bin"},
    ) as command:
        try:
            return command.wait(seconds)
        except subprocess.TimeoutExpired:
            command.kill()
            return command.wait()


def _our_offices() -> list[int]:
    """The soffice.bin processes whose go-between is a child of this process."""
    offices = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _is_office(int(entry.name)) and _parent(_parent(int(entry.name))) == os.getpid():
            offices.append(int(entry.name))
    return offices


def _is_office(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "soffice.bin"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0
