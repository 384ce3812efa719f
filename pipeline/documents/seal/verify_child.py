"""The process that opens a file from outside on behalf of verify; it reads stdin and answers on stdout.

What arrives is one line of JSON, then the file. What leaves is one line of JSON.
"""

import json
import logging
import sys
import warnings
from collections.abc import Callable
from datetime import datetime
from typing import Any

from pipeline.documents.seal.limits import limit_this_process

CPU_SECONDS = 20
MEMORY_MEGABYTES = 768

Judge = Callable[..., Any]
"""Takes the file, what is trusted and the moment, and gives a Verification."""


def main(load: Callable[[], Judge]) -> None:
    """Limit this process first, only then load the parsers and open the file.

    Args:
        load: imports the judge.
    """
    limit_this_process(cpu_seconds=CPU_SECONDS, memory_megabytes=MEMORY_MEGABYTES)
    # Parsers quote the file in their warnings; that must not reach any log.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    judge = load()
    from pipeline.documents.seal.trust_store import TrustStore  # noqa: PLC0415 after the limits, on purpose

    question = json.loads(sys.stdin.buffer.readline())
    trust = TrustStore.from_dict(question["trust"])
    answer = judge(sys.stdin.buffer.read(), trust, datetime.fromisoformat(question["at"]))
    sys.stdout.write(json.dumps(answer.as_dict()))


def _judge_of_pdf() -> Judge:
    from pipeline.documents.seal.inspection import inspect  # noqa: PLC0415 after the limits, on purpose

    return inspect


if __name__ == "__main__":
    main(_judge_of_pdf)
