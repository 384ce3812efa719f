"""What the first page shows before and after documents are made."""

import json
import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from page_fakes import CASE, MAKE, FakeWorkshop, check, press

from webforms.demo import samples
from webforms.public.demo_room import DemoRoom
from webforms.public.shelf import KNOWN, Known
from webforms.settings import Settings


def test_all_eight_cases_stand_under_their_four_families(browser: FlaskClient, settings: Settings) -> None:
    page = browser.get("/").text
    assert page.count("<article") == page.count(">Lav dokumenterne<") == 8
    assert [page.count(f'<h3 id="sag-{n}">Sag DEMO-0{n}01</h3>') for n in (1, 2, 3, 4)] == [1, 1, 1, 1]
    assert all(f'id="{name}"' in page for name in samples(settings.editions))


def test_a_visit_is_told_by_number_date_and_recommendation(browser: FlaskClient) -> None:
    article = browser.get("/").text.partition(f'id="{CASE}"')[2].partition("</article>")[0]
    assert "Besøg 4, 22. april 2026" in article
    assert "Justering" in article


def test_the_page_says_that_it_is_a_demo(browser: FlaskClient) -> None:
    page = browser.get("/").text
    assert "<strong>Demo</strong>" in page
    assert "Alle personer er opdigtede" in page


def test_no_name_and_no_cpr_number_stands_on_the_page(browser: FlaskClient, editions: Path) -> None:
    page = browser.get("/").text
    raw = [json.loads(path.read_bytes()) for path in editions.glob("2018/sample_*.json")]
    secrets = {person["name"] for case in raw for person in case["people"]}
    secrets |= {given["text"] for case in raw for given in case["answers"]["child_cpr"]}
    assert len(secrets) > 40
    assert [secret for secret in secrets if secret in page] == []


def test_before_anything_is_made_there_is_no_link_to_a_document(browser: FlaskClient) -> None:
    assert 'href="/demo/' not in browser.get("/").text


def test_the_button_leads_back_to_the_case_with_links_to_its_five_files(browser: FlaskClient) -> None:
    response = press(browser)
    assert (response.status_code, response.headers["Location"]) == (303, f"/#{CASE}")
    page = browser.get("/").text
    for known in KNOWN:
        assert page.count(f'href="/demo/{CASE}/{known.file_name}"') == 1
    assert page.count('href="/demo/') == 5
    assert re.search(r"Lavet [0-9]+\. ", page)
    assert page.count("Lav dokumenterne igen") == 1


def test_a_file_that_is_no_sealed_pdf_is_called_so(browser: FlaskClient) -> None:
    press(browser)
    assert 'Kontrol af seglet: <span lang="da">kan ikke læses</span>' in browser.get("/").text


def test_documents_without_their_manifest_are_not_linked(
    browser: FlaskClient, settings: Settings, room: DemoRoom
) -> None:
    press(browser)
    (settings.home / "demo" / CASE / "manifest.json").unlink()
    assert 'href="/demo/' not in browser.get("/").text
    assert browser.get(f"/demo/{CASE}/tilsynsrapport.pdf").status_code == 404


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.file_name)
def test_each_file_comes_with_its_type_and_only_the_pdf_opens_in_the_browser(
    browser: FlaskClient, known: Known
) -> None:
    press(browser)
    response = browser.get(f"/demo/{CASE}/{known.file_name}")
    assert response.data == f"{known.file_name} 4".encode()
    assert response.mimetype == known.media_type
    way, _, name = response.headers["Content-Disposition"].partition("; ")
    assert way == ("inline" if known.file_name.endswith(".pdf") else "attachment")
    assert name == f"filename={CASE}-{known.file_name}"
    assert response.headers["Cache-Control"] == "no-store"


def test_the_server_is_ready_while_it_has_cases_and_a_place_for_documents(
    browser: FlaskClient, settings: Settings, editions: Path
) -> None:
    assert browser.get("/healthz/readyz").text == "klar\n"
    shutil.rmtree(settings.home)
    response = browser.get("/healthz/readyz")
    assert (response.status_code, response.text) == (503, "ikke klar\n")
    assert browser.get("/healthz/livez").text == "kører\n"


@pytest.mark.parametrize("sheet", ["first_page", "problem"])
def test_the_style_sheets_stay_small(sheet: str, browser: FlaskClient) -> None:
    assert len(browser.get(f"/static/public/{sheet}.css").data) < 3000


def test_the_page_can_be_read_in_english_with_english_dates(browser: FlaskClient) -> None:
    browser.set_cookie("sprog", "en")
    page = browser.get("/").text
    assert '<html lang="en">' in page
    assert "Visit 4, 22 April 2026" in page
    assert "Lav dokumenterne" not in page


def test_the_workshop_is_closed_with_the_room(settings: Settings, workshop: FakeWorkshop) -> None:
    with DemoRoom(settings, workshop, check):
        assert not workshop.closed
    assert workshop.closed


def test_no_page_needs_anything_inline_or_from_elsewhere(browser: FlaskClient) -> None:
    press(browser)
    drawn = 'xmlns="http://www.w3.org/2000/svg"'  # the name of a language, not an address
    for page in (
        text.replace(drawn, "") for text in (browser.get("/").text, browser.get("/nej").text, browser.get(MAKE).text)
    ):
        assert all(word not in page for word in ("<style", " style=", " onclick=", "http://", "https://", "//cdn"))
        assert page.count("<script") == page.count('<script src="/static/')
