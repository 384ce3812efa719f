"""Fictional people of the demo in front of the real application, each in a browser of their own."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pipeline.store.opening import Store

APART, TOGETHER = "DEMO-0201", "DEMO-0101"
MOTHER_APART, FATHER_APART, REPRESENTATIVE, SCHOOL_APART = "p-0201-1", "p-0201-2", "p-0201-7", "p-0201-6"
MOTHER, FATHER, METHOD_PROVIDER, SCHOOL = "p-0101-1", "p-0101-2", "p-0101-6", "p-0101-8"
CASEWORKER = "medarbejder-04"


@dataclass(frozen=True)
class Person:
    """Somebody signed in, with one case in front of them.

    Attributes:
        browser: theirs.
        case_id: the case.
        token: that their forms carry.
    """

    browser: FlaskClient
    case_id: str
    token: str

    @property
    def files(self) -> str:
        """The page for files."""
        return f"/sager/{self.case_id}/filer"

    def page(self) -> str:
        """The page for files, as it is now."""
        answer = self.browser.get(self.files)
        assert answer.status_code == 200
        return answer.text

    def send(self, files: Sequence[Any], **fields: str) -> TestResponse:
        """Press “Send”."""
        return self.browser.post(self.files, data={"csrf_token": self.token, "filer": list(files), **fields})


def sign_in(app: Flask, store: Store, number: str, person: str) -> Person:
    """Choose somebody from the demo's list."""
    listed = store.lists.find_number(number)
    assert listed
    browser = app.test_client()
    token = _token(browser.get("/log-ind").text)
    chosen = f"medarbejder:{person}" if person.startswith("medarbejder") else f"person:{listed.id}:{person}"
    answer = browser.post("/log-ind/demo", data={"csrf_token": token, "hvem": chosen, "til": "/"})
    assert answer.status_code == 303
    return Person(browser, listed.id, _token(browser.get(f"/sager/{listed.id}/filer").text))


def links_of(page: str) -> dict[str, str]:
    """By title the addresses of the files on a page, the first where several have one title."""
    found = re.findall(r'<a href="(/sager/[^"/]+/fil/[^"]+)"><bdi>([^<]*)</bdi>', page)
    return {html.unescape(title): address for address, title in reversed(found)}


def words_of(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found.group(1)
