"""An agreement in Chromium with real documents: sent, signed by one, declined and signed by hand; then checked.

Every page is judged by axe at both widths, every version of the document by veraPDF and by poppler.
"""

import io
import subprocess
from pathlib import Path

import pytest
from family_home import JEPPE, SIGNE
from family_window import Window
from judges.verapdf import PDF_A_3A, PDF_UA_1, VeraPdf
from playwright.sync_api import Browser, expect
from pypdf import PdfReader
from signing_house import CASEWORKER, SigningHouse

from pipeline.cases.record.journal_events import Agreed
from pipeline.cases.signing.state import Signing, Stand
from pipeline.documents.seal.verification import Verdict

pytestmark = [pytest.mark.browser, pytest.mark.office, pytest.mark.verapdf]

_PATIENCE_MS = 150_000
WHAT = "Vi prøver det nye skema i fire uger"


class _Patient(Window):
    """A window that waits while LibreOffice starts on a busy machine."""

    def __init__(self, browser: Browser, address: str, house: SigningHouse, person: str, axe: str) -> None:
        super().__init__(browser, address, house, person, axe)
        self.page.set_default_timeout(_PATIENCE_MS)


def test_an_agreement_is_sent_signed_and_checked(
    chromium: Browser, address: str, working: SigningHouse, axe: str, verapdf: VeraPdf, tmp_path: Path
) -> None:
    working.happens(Agreed("skemaet", "besoeg-4", WHAT, "Signe og Jeppe"))
    _sends(_Patient(chromium, address, working, CASEWORKER, axe), working)
    _signs(_Patient(chromium, address, working, SIGNE, axe), working)
    _signs(_Patient(chromium, address, working, JEPPE, axe), working)
    signing = _signing(working)
    assert signing.stand(working.clock()) is Stand.SIGNED
    versions = [one.document.file for one in working.case().documents.values() if one.document.kind == "aftale"]
    paths = [tmp_path / f"{number}.pdf" for number in range(len(versions))]
    for path, version in zip(paths, versions, strict=True):
        path.write_bytes(working.file(version))
    assert [_judged(verapdf, path) for path in paths] == [{PDF_A_3A: (), PDF_UA_1: ()}] * 3
    assert [_valid(path) for path in paths] == [1, 2, 3]
    assert len({_picture(path) for path in paths}) == 1
    assert [working.services.check(path.read_bytes()).verdict for path in paths] == [Verdict.GOOD] * 3
    _checks(_Patient(chromium, address, working, SIGNE, axe), paths[-1])
    consent = tmp_path / "samtykke.pdf"
    consent.write_bytes(_answers_about_consent(working))
    assert _judged(verapdf, consent) == {PDF_A_3A: (), PDF_UA_1: ()}
    assert working.services.check(consent.read_bytes()).verdict is Verdict.GOOD


def _sends(window: Window, house: SigningHouse) -> None:
    page = window.at(house.address("aftaler"))
    window.follow("Underskrifter på aftaler")
    window.follow("Send aftaler til underskrift")
    window.press("Send til underskrift")
    expect(page.get_by_role("heading", level=1)).to_have_text("Underskrifter på aftaler")
    expect(page.get_by_text("Venter på underskrifter")).to_be_visible()
    assert window.close() == []


def _signs(window: Window, house: SigningHouse) -> None:
    page = window.at(house.address("start"))
    window.follow("Læs den, og skriv under")
    window.follow(f"Aftale: {WHAT}")
    expect(page.get_by_role("link", name="Læs aftalen som PDF")).to_be_visible()
    window.press("Skriv under")  # the tick is missing
    page.get_by_role("checkbox", name="Jeg har læst aftalen og er enig").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har skrevet under")
    window.judge()
    assert [fault for fault in window.close() if "422" not in fault] == []  # Chromium tells of what was refused too


def _checks(window: Window, file: Path) -> None:
    page = window.at("/tjek")
    page.get_by_label("Vælg filen").set_input_files(file)
    window.press("Kontrollér filen")
    expect(page.get_by_role("heading", name="Filen er i orden")).to_be_visible()
    assert window.close() == []


def _answers_about_consent(house: SigningHouse) -> bytes:
    """Not only agreements: an answer about consent is a sealed document too, and tells how it is known who gave it."""
    consent = next(one for one in house.case().consents.values() if one.asked.person_id == SIGNE)
    path = f"samtykke/{consent.asked.consent}"
    hers = house.browser(SIGNE).of_case("samtykke").press(path, ("svar", "given"))
    assert "Åbn dit svar som dokument" not in hers.words
    [order] = [one for one in house.case().travelled.ordered.values() if one.kind == "samtykke"]
    house.services.engine.run_now(house.case_id(), "document", order.order)
    assert "Åbn dit svar som dokument" in hers.of_case("samtykke").words
    [kept] = [one for one in house.case().documents.values() if one.document.kind == "samtykke"]
    assert kept.document.seen_by == (SIGNE,)
    pdf = house.file(kept.document.file)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    for words in ("Ja, jeg giver samtykke", "Signe Aastrup Lind", "uden bevis for hvem det er"):
        assert words in " ".join(text.split())
    return pdf


def _signing(house: SigningHouse) -> Signing:
    [signing] = house.case().signings.values()
    return signing


def _judged(verapdf: VeraPdf, path: Path) -> dict[str, object]:
    return {profile: verapdf.judge(path, profile).broken for profile in (PDF_A_3A, PDF_UA_1)}


def _valid(path: Path) -> int:
    told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=True).stdout
    assert "Total document signed" in told
    return told.count("Signature is Valid")


def _picture(path: Path) -> bytes:
    return subprocess.run(["pdftoppm", "-r", "40", path], capture_output=True, check=True).stdout
