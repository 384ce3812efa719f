"""Renders a case and dies by SIGKILL right before the nth step in which the finished files are put in place.

Run as `python killed_before_step.py STEP ANSWERS.json READY.pdf HOME OUT`; a step past the last lets it finish. What
LibreOffice would make is given ready made, because only the last moments matter here.
"""

import os
import shutil
import signal
import sys
from dataclasses import replace
from pathlib import Path

from pipeline.cases.read_answers import read_answers_file
from pipeline.documents.render import render_case
from webforms.settings import read_settings
from webforms.wiring import workshop


class ReadyMade:
    """Stands where LibreOffice stands."""

    def __init__(self, ready: Path) -> None:
        self._ready = ready

    def to_pdf(self, docx: Path, pdf: Path) -> None:
        """The ready PDF, whatever the Word file says."""
        shutil.copyfile(self._ready, pdf)


class Countdown:
    """An audit hook (PEP 578) that counts what happens to names in one folder."""

    def __init__(self, folder: Path, steps: int) -> None:
        self._folder = folder
        self._left = steps

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """Die at the right moment."""
        if event == "os.rename":
            name = arguments[1]
        elif event == "os.remove":
            name = arguments[0]
        else:
            return
        if Path(os.fsdecode(str(name))).parent == self._folder:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Render, and die where told."""
    step, answers, ready, home, out = sys.argv[1:]
    folder = Path(out)
    with workshop(read_settings({"HJEMMETILSYN_HOME": home})) as machines:
        sys.addaudithook(Countdown(folder, int(step)))
        render_case(read_answers_file(Path(answers)), replace(machines, converter=ReadyMade(Path(ready))), folder)


if __name__ == "__main__":
    main()
