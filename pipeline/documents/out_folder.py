"""Finished files appear in a folder all at once, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from pipeline.documents.kinds import MANIFEST

_SCRATCH = ".undervejs-"


def folder_beside(out: Path) -> AbstractContextManager[str]:
    """A scratch folder on the same disk, so that finished files are moved and never copied by half."""
    out.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    return tempfile.TemporaryDirectory(prefix=f"{_SCRATCH}{os.getpid()}-", dir=out)


def hand_over(folder: Path, out: Path, names: Iterable[str]) -> None:
    """Move the files in place; an old manifest goes first, so that none ever speaks of files it does not fit."""
    (out / MANIFEST).unlink(missing_ok=True)
    for name in names:
        (folder / name).replace(out / name)


def _sweep(out: Path) -> None:
    """Remove what a run left behind that was killed: it holds a family's documents."""
    for folder in out.glob(f"{_SCRATCH}*"):
        if not _is_running(folder.name.removeprefix(_SCRATCH).split("-")[0]):
            shutil.rmtree(folder)


def _is_running(pid: str) -> bool:
    return pid.isdecimal() and Path(f"/proc/{pid}").exists()
