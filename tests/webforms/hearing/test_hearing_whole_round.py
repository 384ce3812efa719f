"""A hearing in Chromium with real documents: one parent remarks, one is silent, the child answers with help.

Every page is judged by axe at both widths, every document by veraPDF.
"""

import io
from pathlib import Path

import pytest
from family_window import Window
from hearing_house import CASEWORKER, CHILD, MARIA, NUMBER, THOMAS, VISIT, House
from judges.verapdf import PDF_A_3A, PDF_UA_1, VeraPdf
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from pipeline.cases.hearing.state import Hearing, Stand

pytestmark = [pytest.mark.browser, pytest.mark.office, pytest.mark.verapdf]

_PATIENCE_MS = 150_000
REMARK, REASON = "Der mangler noget om nætterne.", "Det er skrevet ind under familiens trivsel."
KINDS = ("tilsynsrapport", "hoeringsbrev", "hoering_barn", "hoeringssvar", "endelig_rapport")


class _Patient(Window):
    """A window that waits while LibreOffice starts on a busy machine."""

    def __init__(self, browser: Browser, address: str, house: House, person: str, axe: str) -> None:
        super().__init__(browser, address, house, person, axe)
        self.page.set_default_timeout(_PATIENCE_MS)


def test_a_hearing_from_the_report_to_the_final_report(
    chromium: Browser, address: str, working: House, axe: str, verapdf: VeraPdf, tmp_path: Path
) -> None:
    _sends(_Patient(chromium, address, working, CASEWORKER, axe), working)
    _remarks(_Patient(chromium, address, working, MARIA, axe), working)
    _writes_down_what_the_child_shows(_Patient(chromium, address, working, MARIA, axe), working)
    working.clock.at = _hearing(working, THOMAS).deadline
    _weighs_and_ends(_Patient(chromium, address, working, CASEWORKER, axe), working)
    stands = {who: _hearing(working, who).stand(working.clock()) for who in (MARIA, THOMAS, CHILD)}
    assert stands == {MARIA: Stand.REMARKS, THOMAS: Stand.SILENT, CHILD: Stand.REMARKS}
    _reads_the_final_report(_Patient(chromium, address, working, THOMAS, axe), working)
    _tells_what_was_heard(working)
    _went_to_the_parties(working)
    for kind in KINDS:
        path = tmp_path / f"{kind}.pdf"
        path.write_bytes(_documents(working, kind)[0])
        broken = {profile: verapdf.judge(path, profile).broken for profile in (PDF_A_3A, PDF_UA_1)}
        assert broken == {PDF_A_3A: (), PDF_UA_1: ()}, kind


def _sends(window: Window, house: House) -> None:
    page = window.at(house.address(f"besoeg/{VISIT}/hoering"))
    window.follow("Send rapporten i høring")
    page.get_by_role("radio", name="Ja, barnet høres").check(force=True)
    window.press("Send i høring")
    expect(page.get_by_role("heading", name="Thomas")).to_be_visible()
    assert window.close() == []


def _remarks(window: Window, house: House) -> None:
    page = window.at(house.address("start"))
    window.follow("Læs rapporten, og svar")
    window.follow("Rapporten fra besøg 2")
    page.get_by_text("Skriv en bemærkning her").first.click()
    page.get_by_label("Din bemærkning til “Indstilling og konklusion”").fill(REMARK)
    expect(page.locator("#autosave-status")).to_contain_text("Gemt kl.", timeout=5000)
    window.press("Gem, og se svaret igennem")
    window.press("Send mit svar")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tak for dit svar")
    expect(page.get_by_role("link", name="Åbn dit svar")).to_be_visible()
    assert window.close() == []


def _writes_down_what_the_child_shows(window: Window, house: House) -> None:
    page = window.at(house.address("hoering"))
    window.follow("Hjælp Sylvester")
    page.get_by_role("group", name="Hvordan er det at træne?").get_by_role("radio", name="Glad").check(force=True)
    window.press("Gem, og gå videre")
    window.press("Send mit svar")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tak for dit svar")
    assert window.close() == []


def _weighs_and_ends(window: Window, house: House) -> None:
    page = window.at(house.address(f"besoeg/{VISIT}/hoering"))
    for _ in range(2):
        window.follow("Tag stilling")
        page.get_by_role("radio", name="Taget med", exact=True).check(force=True)
        page.get_by_label("Hvorfor?").fill(REASON)
        window.press("Gem svaret")
    window.follow("Afslut høringen")
    page.get_by_role("checkbox", name="Alle bemærkninger er besvaret").check(force=True)
    window.press("Afslut")
    window.press("Lav den endelige rapport")
    expect(page.get_by_role("link", name="Åbn den endelige rapport")).to_be_visible()
    window.follow("Skriv, hvad der sker nu")
    page.get_by_role("radio", name="Hjemmetræningen fortsætter, som den er").check(force=True)
    page.get_by_label("Hvorfor?").fill("Målene bliver nået.")
    window.press("Gem")
    expect(page.get_by_role("heading", name="Sådan går det videre")).to_be_visible()
    assert window.close() == []


def _reads_the_final_report(window: Window, house: House) -> None:
    page = window.at(house.address("hoering"))
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Se den endelige rapport").first.click()
    assert Path(downloading.value.path()).read_bytes().startswith(b"%PDF")
    assert window.close() == []


def _tells_what_was_heard(house: House) -> None:
    """The final report names the heard version, holds it byte for byte, and each remark with its answer."""
    final, heard = _documents(house, "endelig_rapport")[0], _documents(house, "tilsynsrapport")[0]
    pdf = PdfReader(io.BytesIO(final))
    words = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    opened = _hearing(house, MARIA).opened
    for told in (opened.sha256, REMARK, REASON, "Har ikke svaret inden fristen", "skrevet ned af Maria", "Glad"):
        assert told in words
    assert pdf.attachments["hoert-udgave-1.pdf"] == [heard]
    assert set(pdf.attachments) == {"hoert-udgave-1.pdf", "hoeringssvar-1.pdf", "hoeringssvar-2.pdf"}
    answers = [PdfReader(io.BytesIO(one)).pages[0].extract_text() for one in _documents(house, "hoeringssvar")]
    assert all(opened.sha256 in answer for answer in answers)


def _went_to_the_parties(house: House) -> None:
    """Report, letter and final report to each parent; nothing to the child, who is heard and never served."""
    kinds = {file: kept.document.kind for file, kept in house.heard.documents.items()}
    sent = sorted((one.to, kinds[one.file], one.channel) for one in house.heard.travelled.to_send.values())
    documents = ("endelig_rapport", "hoeringsbrev", "tilsynsrapport")
    assert sent == sorted((who, kind, "page") for who in (MARIA, THOMAS) for kind in documents)
    letters = [kept.document.seen_by for kept in house.heard.documents.values() if kept.document.kind == "hoeringsbrev"]
    assert sorted(letters) == [(MARIA,), (THOMAS, "p-0201-7")]


def _hearing(house: House, person: str) -> Hearing:
    return next(one for one in house.heard.hearings.by_id.values() if one.opened.person_id == person)


def _documents(house: House, kind: str) -> list[bytes]:
    files, case_id = house.services.store.files, house.case_id(NUMBER)
    kept = [one.document.file for one in house.heard.documents.values() if one.document.kind == kind]
    return [b"".join(files.read(case_id, file)) for file in kept]
