"""The page on which anybody checks a document: what it says, what it refuses, and that it keeps nothing."""

import io
from pathlib import Path

import pytest
from family_home import SIGNE, Browser
from fixtures.quick_folder import quick_folder
from signing_house import SigningHouse, signing_house
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.verification import Verdict, Verification
from webforms.design.words import DANISH, Words
from webforms.public import check_page

PAGE = "/tjek"
_MEGABYTE = 1024 * 1024


@pytest.fixture
def stranger(house: SigningHouse) -> Browser:
    """Somebody who is not signed in."""
    return Browser(house.app.test_client(), "", "").get(PAGE)


def _asks(stranger: Browser, content: bytes, name: str = "dokument.pdf") -> Browser:
    sent = {"fil": FileStorage(io.BytesIO(content), name), "csrf_token": stranger.token}
    # Encoded here: Werkzeug's own client lays what is large in a file that it leaves open.
    boundary, body = encode_multipart(sent)
    kind = f"multipart/form-data; boundary={boundary}"
    return stranger.took(stranger.client.post(PAGE, data=body, content_type=kind, buffered=True))


def test_the_page_is_open_to_all_and_says_that_it_keeps_nothing(stranger: Browser) -> None:
    assert stranger.status == 200
    assert "Vi gemmer ikke filen" in stranger.words


def test_a_signed_agreement_is_in_order_and_says_demo(house: SigningHouse, stranger: Browser) -> None:
    house.ask()
    house.browser(SIGNE).get(house.of(SIGNE)).fill(laest="1")
    page = _asks(stranger, house.file(house.signing.file))
    for words in ("Filen er i orden", "DEMO", "Signe Aastrup Lind", "Antal underskrifter, der ikke er sat endnu: 1"):
        assert words in page.words
    evidence = house.browser(SIGNE).client.get(house.of(SIGNE, "/bevis")).data
    page = _asks(stranger, evidence, "bevis.zip")
    assert "Bevisfilen er uændret" in page.words
    assert "Signe Aastrup Lind, mor: underskrift ved log-ind" in page.words


def test_a_changed_file_is_not_in_order_in_both_languages(house: SigningHouse, stranger: Browser) -> None:
    house.ask()
    changed = house.file(house.signing.opened.file) + b"\n%"
    assert Finding.NOT_WHOLE_FILE.value in _asks(stranger, changed).words
    stranger.get(PAGE).press("/sprog", ("language", "en"))
    page = _asks(stranger.get(PAGE), changed)
    assert "The file is not in order" in page.words
    assert "Something was added to the file after it was last signed." in page.words


@pytest.mark.parametrize("content", [b"", b"hej", b"PK\x03\x04", b"%PDF-1.7"])
def test_what_is_no_document_of_ours_is_told_and_never_a_fault(stranger: Browser, content: bytes) -> None:
    page = _asks(stranger, content)
    assert page.status == 200
    assert "Filen kan ikke kontrolleres" in page.words or "Filen er ikke i orden" in page.words


def test_nothing_is_kept_anywhere(house: SigningHouse, stranger: Browser) -> None:
    home = house.services.private.parent

    def lying() -> set[Path]:
        return {path for path in home.rglob("*") if path.is_file() and not path.name.startswith("tilsyn.db")}

    before = lying()
    mark = b"%PDF-1.7 hemmeligt indhold " + b"x" * _MEGABYTE
    _asks(stranger, mark)
    assert lying() == before
    assert not any(b"hemmeligt indhold" in path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_without_a_token_or_a_file_nothing_is_judged(house: SigningHouse, stranger: Browser) -> None:
    assert house.app.test_client().post(PAGE, data={}).status_code == 400
    page = stranger.fill()
    assert (page.status, "Vælg den fil, du vil kontrollere" in page.words) == (422, True)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(stranger: Browser) -> None:
    assert _asks(stranger, b"%PDF-" + b"x" * (26 * _MEGABYTE)).status == 413


def test_only_a_few_are_judged_at_a_time_and_the_next_is_told_to_wait(seeded: Path, demo_seal: DemoServices) -> None:
    """Judging a file asks the page for another, so that the third comes while two are being judged."""
    pages: list[Browser] = []

    def asks_for_more(_: bytes) -> Verification:
        pages.append(_asks(Browser(house.app.test_client(), "", "").get(PAGE), b"%PDF-"))
        return Verification(Verdict.NOT_READABLE, (Finding.DAMAGED,))

    with (
        quick_folder("tilsyn-signing-") as folder,
        signing_house(seeded, folder / "home", demo_seal, check=asks_for_more) as house,
    ):
        asks_for_more(b"")
    assert [page.status for page in pages] == [503, 200, 200]
    assert "Der er mange i kø lige nu" in pages[0].words


def test_each_finding_is_said_as_the_command_says_it(house: SigningHouse) -> None:
    words = Words(Path(check_page.__file__).parent / "words")
    assert {one.value for one in Finding} == {words.say(DANISH, f"public.finding.{one.name}") for one in Finding}
