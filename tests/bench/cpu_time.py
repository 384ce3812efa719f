"""CPU seconds of a process and everything it has started, also of children that have ended."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def tree_cpu(root: int | None = None) -> float:
    """CPU seconds (user and system) used so far by a process and all its descendants."""
    children: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (stat := _stat(entry)):
            parent, seconds = stat
            children.setdefault(parent, []).append(int(entry.name))
            used[int(entry.name)] = seconds
    total, pending = 0.0, [root or os.getpid()]
    while pending:
        pid = pending.pop()
        total += used.get(pid, 0.0)
        pending += children.get(pid, [])
    return total


def _stat(entry: Path) -> tuple[int, float] | None:
    try:
        after_name = (entry / "stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None  # it has just ended
    # proc(5): fields 4 (parent) and 14-17 (own and waited-for children's user and system time)
    return int(after_name[1]), sum(int(field) for field in after_name[11:15]) / _TICKS


def worker_cpu(name: str) -> float:
    """CPU seconds of our own child processes whose command line holds a name, with their descendants."""
    return sum(tree_cpu(int(entry.name)) for entry in Path("/proc").iterdir() if _is_child(entry, name))


def _is_child(entry: Path, name: str) -> bool:
    try:
        named = name.encode() in (entry / "cmdline").read_bytes()
        return named and int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]) == os.getpid()
    except (OSError, ValueError):
        return False
