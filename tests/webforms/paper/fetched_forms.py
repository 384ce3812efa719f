"""Forms as a browser fetches them, and as it sends them filled in."""

import io
import zipfile
from collections.abc import Mapping

from family_home import Browser
from offline_forms import docx_with
from werkzeug.test import TestResponse

PLAN = "tids_og_faseplan"


def fetch(browser: Browser, file: str, sections: str, voice: str = "") -> TestResponse:
    """Press one of the buttons."""
    chosen = "".join(f"&afsnit={key}" for key in sections)
    address = f"/sager/{browser.case_id}/besoeg/{browser.visit}/paa-papir/hent?fil={file}{chosen}"
    return browser.client.get(f"{address}&som={voice}" if voice else address, buffered=True)


def fetched(browser: Browser, file: str, sections: str, voice: str = "") -> bytes:
    """The file."""
    response = fetch(browser, file, sections, voice)
    assert response.status_code == 200, response.text
    return response.data


def written(form: bytes, answers: Mapping[str, str]) -> bytes:
    """The Word form with these words in these slots."""
    return docx_with(form, answers)


def words_in(form: bytes) -> str:
    """Everything that stands in the Word form."""
    with zipfile.ZipFile(io.BytesIO(form)) as package:
        return package.read("word/document.xml").decode()


def send(browser: Browser, content: bytes, name: str = "skema.docx", voice: str = "") -> Browser:
    """Send a file in, and see what comes."""
    browser.at(f"paa-papir?som={voice}" if voice else "paa-papir")
    form = browser.tree().xpath("//form[.//input[@type='file']]")[0]
    data = {"csrf_token": browser.token, "skema": (io.BytesIO(content), name)}
    response = browser.client.post(form.get("action"), data=data, buffered=True, follow_redirects=True)
    return browser.took(response)
