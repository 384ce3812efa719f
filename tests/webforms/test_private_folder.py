"""The folder for files on their way: private, gone with its program, and swept where the program was killed."""

import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.errors import StoreUnavailable
from webforms.private_folder import private_folder

PROJECT = Path(__file__).parents[2]
HOLDS_ONE = """
import sys
from pathlib import Path
from webforms.private_folder import private_folder
with private_folder(Path(sys.argv[1])) as folder:
    (folder / "brev").write_text("opdigtet")
    print(folder.name, flush=True)
    sys.stdin.read()
"""


def _program(parent: Path) -> "tuple[subprocess.Popen[str], str]":
    """Another program that holds a folder, and the folder's name."""
    command = [sys.executable, "-c", HOLDS_ONE, str(parent)]
    program = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert program.stdout
    return program, program.stdout.readline().strip()


def _names(parent: Path) -> set[str]:
    return {path.name for path in parent.iterdir()}


def test_nobody_else_may_enter_and_it_is_gone_afterwards(tmp_path: Path) -> None:
    parent = tmp_path / "hjem" / "arbejde"
    with private_folder(parent) as folder:
        (folder / "under").mkdir()
        (folder / "under" / "brev").write_text("opdigtet")
        assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(parent.stat().st_mode) == 0o700
    assert _names(parent) == set()


def test_it_is_gone_also_where_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(LookupError), private_folder(tmp_path):
        raise LookupError
    assert _names(tmp_path) == set()


def test_what_a_killed_program_left_is_swept_and_what_a_running_one_holds_is_not(tmp_path: Path) -> None:
    killed, left = _program(tmp_path)
    running, held = _program(tmp_path)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert _names(tmp_path) == {left, held}
    with private_folder(tmp_path) as folder:
        assert _names(tmp_path) == {held, folder.name}
        assert (tmp_path / held / "brev").read_text() == "opdigtet"
    running.communicate("")
    assert running.returncode == 0
    assert _names(tmp_path) == set()


def test_a_folder_whose_program_was_killed_before_it_locked_it_is_swept_too(tmp_path: Path) -> None:
    (tmp_path / "uden-laas").mkdir()
    (tmp_path / "ikke-vores").mkdir()
    (tmp_path / "ikke-vores" / "fil").write_text("x")
    (tmp_path / "en-fil").write_text("x")
    with private_folder(tmp_path) as folder:
        assert _names(tmp_path) == {"ikke-vores", "en-fil", folder.name}


def test_many_that_start_at_once_sweep_none_of_each_other(tmp_path: Path) -> None:
    def use(number: int) -> str:
        with private_folder(tmp_path) as folder:
            (folder / "tal").write_text(str(number))
            return (folder / "tal").read_text()

    with ThreadPoolExecutor(16) as threads:
        assert list(threads.map(use, range(400))) == [str(number) for number in range(400)]
    assert _names(tmp_path) == set()


def test_where_it_cannot_be_made_it_is_said_in_danish(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("i vejen")
    with (
        pytest.raises(StoreUnavailable, match="Se, om disken er fuld, og om programmet må skrive"),
        private_folder(tmp_path / "fil" / "arbejde"),
    ):
        pass
