"""What the tests read about processes in /proc: who started whom, what they cost, and who is still there."""

import os
import time
from collections.abc import Callable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def offices(parent: int | None = None) -> list[int]:
    """The soffice.bin processes below a parent, this process when None."""
    return [pid for pid in _below(parent or os.getpid()) if _name(pid) == "soffice.bin"]


def offices_at(scratch: Path) -> list[int]:
    """Our soffice.bin processes whose profile is below a folder."""
    return [pid for pid in offices() if str(scratch) in _text(f"/proc/{pid}/cmdline")]


def cpu_seconds(pids: list[int]) -> float:
    """Processor time the processes have used."""
    return sum(sum(int(ticks) for ticks in _stat(pid)[11:13]) for pid in pids) / _TICKS


def running(pid: int) -> bool:
    """Tell whether a process is there at all, a zombie too."""
    return Path(f"/proc/{pid}").exists()


def sockets(pid: int) -> set[Path]:
    """The file names of the sockets a process listens at, whether the files are still there or not."""
    open_files = {str(file.readlink()) for file in Path(f"/proc/{pid}/fd").iterdir()}
    rows = [line.split() for line in Path("/proc/net/unix").read_text().splitlines()[1:]]
    return {Path(row[7]) for row in rows if len(row) == 8 and f"socket:[{row[6]}]" in open_files}


def is_up(office: int) -> bool:
    """Tell whether a LibreOffice is past its start, when its sockets lose their file names."""
    names = sockets(office)
    return len(names) == 2 and not any(name.exists() for name in names)


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Tell whether the condition came true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def _below(parent: int) -> list[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (stat := _stat(int(entry.name))):
            parents[int(entry.name)] = int(stat[1])
    found, todo = [], [parent]
    while todo:
        above = todo.pop()
        below = [pid for pid, its_parent in parents.items() if its_parent == above]
        found += below
        todo += below
    return found


def _stat(pid: int) -> list[str]:
    return _text(f"/proc/{pid}/stat").rpartition(")")[2].split()


def _name(pid: int) -> str:
    return _text(f"/proc/{pid}/comm").strip()


def _text(path: str) -> str:
    """The text of a file in /proc, none when the process has just gone."""
    try:
        return Path(path).read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
