"""The municipality's side: who has signed, a reminder, taking back, and a signature on paper."""

import io
import zipfile
from datetime import date

import pikepdf
import pytest
from family_home import JEPPE, SIGNE
from fixtures.uploads import pictures
from fixtures.uploads.offices import docx_with_photo
from signing_house import CASEWORKER, SIGNING, SigningHouse
from werkzeug.datastructures import FileStorage

from pipeline.cases.journey.events import ReminderGiven
from pipeline.cases.record.journal_events import Agreed
from pipeline.cases.signing.events import SignedOnPaper
from pipeline.cases.signing.state import Stand
from pipeline.documents.seal.verification import Verdict

ROOM = "underskrifter"


@pytest.fixture(autouse=True)
def asked(house: SigningHouse) -> None:
    house.ask()


def _scan() -> FileStorage:
    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(buffer)
    buffer.seek(0)
    return FileStorage(buffer, "skannet.pdf")


def test_the_page_tells_who_has_signed_how_and_when(house: SigningHouse) -> None:
    house.browser(SIGNE).get(house.of(SIGNE)).fill(laest="1")
    said = house.browser(CASEWORKER).get(house.address(ROOM)).words
    assert "Venter på underskrifter" in said
    assert "22. november 2026" in said
    assert "uden bevis for hvem det er" in said


def test_a_reminder_is_noted_and_shown(house: SigningHouse) -> None:
    office = house.browser(CASEWORKER).get(house.address(f"{ROOM}/{SIGNING}/mind-om"))
    assert "Signe Aastrup Lind, mor og Jeppe Aastrup Lind, far" in office.words
    assert "Mindet om 22. november 2026" in office.fill().words
    [noted] = house.case().travelled.noted
    assert noted.what == ReminderGiven("signing", SIGNING)


def test_taking_back_needs_a_reason_and_ends_the_journey(house: SigningHouse) -> None:
    office = house.browser(CASEWORKER).get(house.address(f"{ROOM}/{SIGNING}/traek-tilbage"))
    assert office.fill().status == 422
    office.fill(reason="Der er kommet en ny aftale.")
    assert house.signing.stand(house.clock()) is Stand.WITHDRAWN
    states = [row.state for row in house.services.store.journeys.of_case(house.case_id()) if row.kind == "signing"]
    assert states == ["withdrawn"]


def test_a_signature_on_paper_is_in_the_file_with_who_registered_it(house: SigningHouse) -> None:
    path = house.address(f"{ROOM}/{SIGNING}/{JEPPE}/paa-papir")
    office = house.browser(CASEWORKER).get(path)
    answer = office.send(path, {"day": "22-11-2026", "fil": _scan()}, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    how = house.signing.signatures[JEPPE].how
    assert isinstance(how, SignedOnPaper)
    assert how.on == date(2026, 11, 22)
    found = house.judged()
    scan = house.case().documents[how.scan].document
    assert found.verdict is Verdict.GOOD
    for words in ("Jeppe Aastrup Lind, far har skrevet under på papir", scan.sha256, "har skrevet det ind"):
        assert words in found.signatures[-1].reason
    evidence = office.client.get(house.address(f"{ROOM}/{SIGNING}/bevis")).data
    assert "dokumenter/skannet-side-1.pdf" in [one.name for one in house.services.check(evidence).attachments]


@pytest.mark.parametrize(
    ("sent", "kept"), [("heic", "jpg"), ("docx", "docx")], ids=["a picture is kept as JPEG", "Word is kept as it is"]
)
def test_the_evidence_names_a_scan_by_what_it_is(house: SigningHouse, sent: str, kept: str) -> None:
    path = house.address(f"{ROOM}/{SIGNING}/{JEPPE}/paa-papir")
    scan = FileStorage(io.BytesIO(pictures.heic() if sent == "heic" else docx_with_photo()), f"skannet.{sent}")
    office = house.browser(CASEWORKER).get(path)
    assert office.send(path, {"day": "22-11-2026", "fil": scan}, content_type="multipart/form-data").status_code == 303
    evidence = office.client.get(house.address(f"{ROOM}/{SIGNING}/bevis")).data
    with zipfile.ZipFile(io.BytesIO(evidence)) as package:
        assert [name for name in package.namelist() if "skannet" in name] == [f"dokumenter/skannet-side-1.{kept}"]


def test_paper_without_a_scan_or_from_tomorrow_is_refused(house: SigningHouse) -> None:
    path = house.address(f"{ROOM}/{SIGNING}/{JEPPE}/paa-papir")
    office = house.browser(CASEWORKER).get(path)
    for sent in ({"day": "22-11-2026"}, {"day": "23-11-2026", "fil": _scan()}):
        assert office.send(path, sent, content_type="multipart/form-data").status_code == 422
    assert not house.signing.signatures


def test_the_form_asks_who_and_when_and_refuses_what_does_not_fit(house: SigningHouse) -> None:
    house.happens(Agreed("ny-aftale", "besoeg-4", "Vi ses igen i januar", "Signe"))
    office = house.browser(CASEWORKER).get(house.address(f"{ROOM}/ny"))
    assert "Vi ses igen i januar" in office.words
    assert "Skal Signe Aastrup Lind skrive under?" in office.words
    refused = office.fill(**{f"hvem-{SIGNE}": "nej", f"hvem-{JEPPE}": "maa", "day": "1-1-2026"})
    assert refused.status == 422
    assert "Vælg mindst én, der skal skrive under" in refused.words
    assert "Vælg en dag, der ikke er gået" in refused.words
