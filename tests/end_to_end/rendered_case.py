"""A rendered case on disk, and how strangers' programs read it."""

import hashlib
import json
import re
import subprocess
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.cases.answers import Answers

REPORT, REPORT_WORD = "tilsynsrapport.pdf", "tilsynsrapport.docx"
TOOL_WORD, PLAN, MANIFEST = "tilsynsredskab.docx", "tids-og-faseplan.xlsx", "manifest.json"
FILES = {REPORT, REPORT_WORD, TOOL_WORD, PLAN, MANIFEST}


@dataclass(frozen=True)
class RenderedCase:
    """One case: what went in and the folder with what came out."""

    name: str
    answers: Answers
    folder: Path

    @property
    def report(self) -> Path:
        """The sealed report."""
        return self.folder / REPORT

    @property
    def manifest(self) -> dict[str, Any]:
        """The manifest as it stands on disk."""
        manifest: dict[str, Any] = json.loads((self.folder / MANIFEST).read_bytes())
        return manifest


def fits_its_manifest(folder: Path) -> bool:
    """Whether every file that the manifest names is there, whole and the one it was made with."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    return {entry["name"]: entry["sha256"] for entry in manifest["files"]} == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES - {MANIFEST}
    }


def output_of(*command: str | Path, home: Path = Path("/nonexistent")) -> str:
    """What a program says on stdout; it must succeed, and it finds nothing of this machine's user."""
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(home)}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


@cache
def pages_of(pdf: Path, form: str) -> tuple[str, ...]:
    """The text of every page as pdftotext gives it, asked for once a file: it is slow on tagged files.

    Args:
        pdf: the file.
        form: "-raw" for the order in which it was written, "-layout" for how it looks.
    """
    return tuple(output_of("pdftotext", form, pdf, "-").removesuffix("\f").split("\f"))


def body_lines(page: str) -> list[str]:
    """The page's lines without the two of its head and the one of its foot."""
    lines = [line for line in page.splitlines() if line.strip()]
    if not re.search(r"Side \d+ af \d+$", lines[-1].strip()):
        raise ValueError("the page does not end with its number")
    return lines[2:-1]


def squeezed(text: str) -> str:
    """The text without what a line break or a direction may add or take away, and each letter in one form."""
    letters = (c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf")
    return re.sub(r"\s", "", "".join(letters))


def shows(pages: list[str], text: str) -> bool:
    """Whether the text stands on the pages, broken by nothing but the ends of pages.

    Args:
        pages: squeezed.
        text: as it was typed.
    """
    wanted = squeezed(text)
    return any(wanted in page for page in pages) or any(_begins_on(pages[n:], wanted) for n in range(len(pages)))


def _begins_on(pages: list[str], text: str) -> bool:
    """The longest beginning that the first page has, and the rest on the pages after it."""
    if not text:
        return True
    if not pages:
        return False
    # Where a beginning is missing every longer one is too, so the longest that is there can be halved in on.
    length = bisect_left(range(1, len(text) + 1), True, key=lambda n: text[:n] not in pages[0])
    return length > 0 and _begins_on(pages[1:], text[length:])
