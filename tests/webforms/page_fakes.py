"""A workshop without machines, and what a visitor does with the page."""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pipeline.cases.answers import Answers
from pipeline.documents.kinds import MANIFEST
from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.verification import Verification, not_readable
from pipeline.errors import TilsynError
from webforms.public.shelf import KNOWN
from webforms.settings import Settings

CASE = "cp_skole_2"
MAKE = f"/demo/{CASE}/dokumenter"
INSIDE = ("Traceback", "/srv/", "/home/", "site-packages", ".py", "werkzeug", "Werkzeug")


class Visitor(FlaskClient):
    """A browser that reads every answer to its end."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, buffered=True, **kwargs)


def check(pdf: Path) -> Verification:
    """What a real check says of the fake workshop's PDF, without starting a process."""
    return not_readable(Finding.NOT_A_PDF)


class FakeWorkshop:
    """Writes five small files, or fails as it is told, and counts; `pause` holds it at work until it is set."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.fails_with: Exception | None = None
        self.closed = False
        self.at_work, self.pause = threading.Event(), threading.Event()
        self.pause.set()

    def make(self, answers: Answers, folder: Path) -> None:
        self.at_work.set()
        assert self.pause.wait(30)
        if self.fails_with is not None:
            raise self.fails_with
        folder.mkdir(parents=True, exist_ok=True)
        for known in sorted(KNOWN, key=lambda known: known.file_name == MANIFEST):
            (folder / known.file_name).write_bytes(f"{known.file_name} {answers.visit_number}".encode())
        self.made.append(answers.case_number)

    def close(self) -> None:
        self.closed = True


@dataclass(frozen=True)
class Lasting:
    """An application that several tests ask, with its settings and its workshop."""

    settings: Settings
    workshop: FakeWorkshop
    app: Flask


class SpoilsAfterwards(FakeWorkshop):
    """Fails in the middle, as a full disk does: some files are there, the manifest is not."""

    def __init__(self, error: TilsynError) -> None:
        super().__init__()
        self.error = error

    def make(self, answers: Answers, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / KNOWN[0].file_name).write_bytes(b"%PDF-1.7 half")
        raise self.error


def token_on(browser: FlaskClient) -> str:
    """The token of the first page; the browser keeps its cookie."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/").text)
    assert found
    return found.group(1)


def press(
    browser: FlaskClient, address: str = MAKE, *, headers: Mapping[str, str] | None = None, sent: str | None = None
) -> TestResponse:
    """Press “Lav dokumenterne”."""
    token = token_on(browser) if sent is None else sent
    return browser.post(address, data={"csrf_token": token}, headers=headers)


def is_a_danish_page(response: TestResponse) -> bool:
    """Whether a refusal is a page of ours that tells nothing of the inside."""
    page = response.text
    assert response.mimetype == "text/html"
    is_ours = (
        '<html lang="da">' in page and "<h1>" in page and ("Gå til forsiden" in page or "Brug den adresse" in page)
    )
    return is_ours and not [word for word in INSIDE if word in page]
