"""Fictional cases that somebody has changed: what is wrong is said, and the rest goes on."""

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from page_fakes import CASE, FakeWorkshop, is_a_danish_page, press, token_on

from pipeline.tool.load import EDITIONS


@pytest.fixture
def editions(tmp_path: Path) -> Path:
    """A copy of the editions, which a test may spoil."""
    return Path(shutil.copytree(EDITIONS, tmp_path / "editions"))


def test_a_case_that_cannot_be_read_is_named_and_the_others_stay(browser: FlaskClient, editions: Path) -> None:
    path = editions / "2018" / f"sample_{CASE}.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"visit_number": 4', '"visit_number": "fire"'), "utf-8")
    page = browser.get("/").text
    assert page.count(">Lav dokumenterne<") == 7
    assert "Sager, der ikke kan læses" in page
    assert "visit_number" in page.partition(f'id="{CASE}"')[2]


def test_words_from_a_case_are_never_markup(browser: FlaskClient, editions: Path) -> None:
    path = editions / "2018" / f"sample_{CASE}.json"
    path.write_text(path.read_text(encoding="utf-8").replace("Family Hope", "<script>alert(1)</script>"), "utf-8")
    page = browser.get("/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_without_editions_the_server_is_alive_but_not_ready(browser: FlaskClient, editions: Path) -> None:
    editions.rename(editions.with_name("flyttet"))
    assert browser.get("/healthz/readyz").status_code == 503
    assert browser.get("/healthz/livez").status_code == 200


def test_answers_that_are_refused_at_the_door_give_a_page_of_their_own(
    browser: FlaskClient, workshop: FakeWorkshop, editions: Path
) -> None:
    token = token_on(browser)
    (editions / "2018" / f"sample_{CASE}.json").write_text("{", encoding="utf-8")
    response = press(browser, sent=token)
    assert response.status_code == 422
    assert is_a_danish_page(response)
    assert "er ikke gyldig JSON" in response.text
    assert workshop.made == []
