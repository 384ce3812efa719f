"""A signed paper is kept with its signature or not at all; after the last day it is kept, shown and may be taken in."""

import io
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest
from family_home import JEPPE, SIGNE
from fixtures.quick_folder import quick_folder
from signing_house import CASEWORKER, SIGNING, SigningHouse, Silent, signing_house
from werkzeug.datastructures import FileStorage

from pipeline.cases.signing.events import SignedOnPaper, SigningExpired
from pipeline.cases.signing.state import Stand
from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.verification import Verdict

KIND = "underskrift_paa_papir"
SIGNED_ON, CAME_ON = date(2026, 12, 5), date(2026, 12, 10)


def _scan(pages: int = 1) -> FileStorage:
    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(buffer, deterministic_id=True)
    buffer.seek(0)
    return FileStorage(buffer, "skannet.pdf")


def _registers(house: SigningHouse, pages: int = 1, **typed: str) -> int:
    path = house.address(f"underskrifter/{SIGNING}/{JEPPE}/paa-papir")
    office = house.browser(CASEWORKER).get(path)
    sent = {"day": "05-12-2026", **typed, "fil": _scan(pages)}
    return office.send(path, sent, content_type="multipart/form-data").status_code


def _scans(house: SigningHouse) -> int:
    return sum(kept.document.kind == KIND for kept in house.case().documents.values())


@pytest.fixture
def over(house: SigningHouse) -> SigningHouse:
    """Signe has signed, Jeppe has not, and the last day has passed."""
    house.ask()
    house.browser(SIGNE).get(house.of(SIGNE)).fill(laest="1")
    house.happens(SigningExpired(SIGNING))
    house.clock.at = house.signing.opened.deadline + timedelta(days=5)
    return house


def test_a_late_paper_is_kept_and_shown_and_counts_when_it_is_taken_in(over: SigningHouse) -> None:
    assert _registers(over, came="10-12-2026") == 303
    assert over.signing.stand(over.clock()) is Stand.EXPIRED
    office = over.browser(CASEWORKER).get(over.address("underskrifter"))
    assert "Papir med underskrift kom 10. december 2026, efter fristen" in office.words
    assert "Kommunen fik den underskrevne side den 10. december" in over.browser(JEPPE).get(over.of(JEPPE)).words
    page = office.get(over.address(f"underskrifter/{SIGNING}/{JEPPE}/tag-med"))
    assert page.fill().status == 422
    said = page.get(page.address).fill(reason="Papiret lå i en forkert postkasse.").words
    assert "Taget med: Papiret lå i en forkert postkasse." in said
    how = over.signing.signatures[JEPPE].how
    assert isinstance(how, SignedOnPaper)
    assert (how.on, how.came) == (SIGNED_ON, CAME_ON)
    assert over.signing.stand(over.clock()) is Stand.SIGNED
    assert over.judged().verdict is Verdict.GOOD
    assert "Papiret kom 10. december 2026, efter fristen" in over.judged().signatures[-1].reason
    states = [row.state for row in over.services.store.journeys.of_case(over.case_id()) if row.kind == "signing"]
    assert states == ["signed"]
    evidence = office.client.get(over.address(f"underskrifter/{SIGNING}/bevis")).data
    assert any("efter fristen" in one for one in over.services.check(evidence).told)


def test_the_same_late_page_twice_is_kept_once_and_another_one_replaces_it(over: SigningHouse) -> None:
    assert [_registers(over, came="10-12-2026") for _ in range(2)] == [303, 422]
    assert _scans(over) == 1
    assert _registers(over, pages=2, came="11-12-2026") == 303
    assert over.signing.late[JEPPE].paper.came == date(2026, 12, 11)


def test_a_day_that_does_not_fit_is_refused_and_nothing_is_kept(over: SigningHouse) -> None:
    for came in ("04-12-2026", "24-12-2026", ""):
        assert _registers(over, came=came) == 422
    assert (_scans(over), dict(over.signing.late)) == (0, {})


def test_without_a_late_paper_there_is_nothing_to_take_in(over: SigningHouse) -> None:
    page = over.browser(CASEWORKER).client.get(over.address(f"underskrifter/{SIGNING}/{JEPPE}/tag-med"))
    assert page.status_code == 404


def test_a_scan_does_not_stay_where_the_signature_could_not_be_sealed(seeded: Path, demo_seal: DemoServices) -> None:
    with ExitStack() as stack:
        folder = stack.enter_context(quick_folder("tilsyn-signing-"))
        with signing_house(seeded, folder / "a", demo_seal) as house:
            house.ask()
        with signing_house(folder / "a", folder / "b", demo_seal, Silent()) as broken:
            assert _registers(broken, day="22-11-2026") == 422
            assert (_scans(broken), dict(broken.signing.signatures)) == (0, {})
        mended = stack.enter_context(signing_house(folder / "b", folder / "c", demo_seal))
        assert _registers(mended, day="22-11-2026") == 303
        assert _scans(mended) == 1
