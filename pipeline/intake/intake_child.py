"""The child process that looks into one uploaded file: `python -m pipeline.intake.intake_child`.

It has no network, writes no file, and answers in a line of JSON with the drawn picture behind it. Whatever goes wrong
becomes a sentence that says nothing of what the file holds.
"""

import logging
import os
import sys
import warnings
from pathlib import Path

from pipeline.intake.examine import examine
from pipeline.intake.finding import finding_on_the_line, refusal_on_the_line
from pipeline.intake.refusals import FileRefused, Reason, refusal
from pipeline.limited_child import serve
from pipeline.offline.reader_child import confine


def answer(question: str) -> bytes:
    """What is to be said of the file at a path, for `finding.read_answer`."""
    try:
        return finding_on_the_line(examine(Path(question)))
    except FileRefused as refused:
        return refusal_on_the_line(refused)
    except MemoryError:
        return refusal_on_the_line(refusal(Reason.TOO_HEAVY))
    except Exception:  # the libraries raise what they like on a broken file, and say what stands in it
        return refusal_on_the_line(refusal(Reason.DAMAGED))


def _be_silent() -> None:
    """What a library has to say of a file could be the file's own words: it goes nowhere."""
    logging.disable()
    warnings.simplefilter("ignore")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    sys.stderr.flush()
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


if __name__ == "__main__":
    confine()
    _be_silent()
    serve(answer, FileRefused)
