"""The real veraPDF as a judge: one warm Java process, one question and one answer a file and profile."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PDF_A_3A = "3a"
PDF_UA_1 = "ua1"


@dataclass(frozen=True)
class BrokenRule:
    """One rule of a profile that a file breaks.

    Args:
        clause: of the standard, such as "6.2.11.4.1".
        test: number of the test of that clause in veraPDF's profile.
        count: how often the rule is broken.
        message: what veraPDF says of the first time.
        context: where in the file that is.
    """

    clause: str
    test: int
    count: int
    message: str
    context: str


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of one file and profile; `checks` shows that it has looked."""

    compliant: bool
    checks: int
    broken: tuple[BrokenRule, ...]


class NotJudged(Exception):
    """The file could not be judged at all; the message is veraPDF's."""


class VeraPdf:
    """A running veraPDF; leave the with-block to end it.

    Args:
        command: starts the judge, see `verapdf_engine.java_command`.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def judge(self, pdf: Path, profile: str) -> Verdict:
        """Hold a file against a profile.

        Args:
            pdf: the file.
            profile: PDF_A_3A or PDF_UA_1.

        Raises:
            NotJudged: the file is no PDF, or veraPDF is gone.
        """
        answer = self._ask(f"{profile}\t{pdf.resolve()}")
        if "error" in answer:
            raise NotJudged(answer["error"])
        broken = tuple(BrokenRule(**rule) for rule in answer["failed"])
        return Verdict(answer["compliant"], answer["checks"], broken)

    def _ask(self, question: str) -> dict[str, Any]:
        requests, answers = self._process.stdin, self._process.stdout
        if requests is None or answers is None:
            raise ValueError("the judge is started with both pipes")
        requests.write(f"{question}\n")
        requests.flush()
        line = answers.readline()
        if not line:
            raise NotJudged(f"veraPDF ended with status {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer
