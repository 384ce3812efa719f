"""Answers whether a PDF is genuine and unchanged, whoever sent it: the file is opened in a limited process."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.trust_store import TrustStore
from pipeline.documents.seal.verification import Verification, not_readable

__all__ = ["LARGEST_FILE", "TrustStore", "Verification", "ask_child", "verify"]

_CHILD = "pipeline.documents.seal.verify_child"
_SOURCE_ROOT = Path(__file__).parents[3]
_WALL_SECONDS = 30
LARGEST_FILE = 100 * 1024 * 1024
"""Bytes; a larger file is not opened."""


def verify(pdf: Path, trust: TrustStore, *, at: datetime | None = None) -> Verification:
    """Judge a PDF file.

    Args:
        pdf: any file; it is not changed.
        trust: our own roots.
        at: judge as of this moment, aware; now where left out.

    Returns:
        Always an answer: what cannot be opened, or takes too much time or memory, is not readable.
    """
    moment = at or datetime.now(UTC)
    try:
        if pdf.stat().st_size > LARGEST_FILE:
            return not_readable(Finding.TOO_DEMANDING)
        file = pdf.read_bytes()
    except OSError:
        return not_readable(Finding.NOT_A_PDF)
    return ask_child(_CHILD, file, trust, moment)


def ask_child(module: str, file: bytes, trust: TrustStore, moment: datetime) -> Verification:
    """The answer of a limited process that opens the file.

    Args:
        module: what the process runs, see `verify_child`.
        file: all of it; it is handed over without touching the disk.
        trust: our own roots.
        moment: judge as of this moment, aware.
    """
    question = json.dumps({"trust": trust.as_dict(), "at": moment.isoformat()}).encode()
    try:
        finished = subprocess.run(  # noqa: S603 our own interpreter and module, nothing from outside
            (sys.executable, "-m", module),
            input=question + b"\n" + file,
            capture_output=True,
            timeout=_WALL_SECONDS,
            check=True,
            cwd=_SOURCE_ROOT,
            env={"PYTHONHASHSEED": "0", "LANG": "C.UTF-8"},
        )
        return Verification.from_dict(json.loads(finished.stdout))
    except (subprocess.SubprocessError, ValueError, KeyError, TypeError):
        return not_readable(Finding.TOO_DEMANDING)
