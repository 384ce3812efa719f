"""Somebody who is asked to sign: reads, signs, says no; nobody else does it for them, and nothing is signed twice."""

import io
import zipfile
from contextlib import ExitStack
from pathlib import Path
from threading import Barrier, Thread

import pytest
from family_home import JEPPE, SIGNE
from fixtures.quick_folder import quick_folder
from signing_house import BROKEN, CASEWORKER, SIGNING, SigningHouse, Silent, signing_house

from pipeline.cases.signing.events import SignedBySignIn, SigningWithdrawn
from pipeline.cases.signing.state import Stand
from pipeline.documents.letters import newest_letter
from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.verification import SignatureKind, Verdict


@pytest.fixture(autouse=True)
def asked(house: SigningHouse) -> None:
    house.ask()


def _signs(house: SigningHouse, person: str) -> str:
    return house.browser(person).get(house.of(person)).fill(laest="1").words


def test_the_agreement_is_read_on_the_page_and_waits_on_the_front_page(house: SigningHouse) -> None:
    hers = house.browser(SIGNE)
    assert "En aftale venter på din underskrift" in hers.get(house.address("start")).words
    said = hers.get(house.of(SIGNE)).words
    assert "Ny ugeplan med 26 timer og to rolige dage" in said
    assert "Det er ikke en kvalificeret elektronisk underskrift" in said
    assert "valgt på demolisten" in said


def test_a_signature_is_in_the_file_and_says_how_it_is_known_who_signed(house: SigningHouse) -> None:
    assert "Du har skrevet under" in _signs(house, SIGNE)
    [signature] = house.signing.signatures.values()
    assert isinstance(signature.how, SignedBySignIn)
    assert (signature.how.proof, signature.how.sha256) == ("demo", house.signing.opened.sha256)
    found = house.judged()
    assert (found.verdict, found.open_places) == (Verdict.GOOD, 1)
    said = found.signatures[-1]
    assert said.kind is SignatureKind.SIGN_IN
    for words in ("Signe Aastrup Lind", "uden bevis for hvem det er", house.signing.opened.sha256, "ikke en kvalific"):
        assert words in said.reason


def test_when_both_have_signed_the_agreement_holds_and_each_version_is_kept(house: SigningHouse) -> None:
    _signs(house, SIGNE)
    assert "Alle, der skal, har skrevet under" in _signs(house, JEPPE)
    assert house.signing.stand(house.clock()) is Stand.SIGNED
    found = house.judged()
    assert (found.verdict, found.open_places, len(found.signatures)) == (Verdict.GOOD, 0, 3)
    newest, first = house.file(house.signing.file), house.file(house.signing.opened.file)
    assert newest.startswith(first)
    assert "En aftale venter" not in house.browser(SIGNE).get(house.address("start")).words


def test_two_who_sign_at_the_same_moment_both_have_signed(house: SigningHouse) -> None:
    together, browsers = Barrier(2), [house.browser(SIGNE).get(house.of(SIGNE)), house.browser(JEPPE)]
    browsers[1].get(house.of(JEPPE))

    def sign(number: int) -> None:
        together.wait()
        browsers[number].fill(laest="1")

    threads = [Thread(target=sign, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(house.signing.signatures) == {SIGNE, JEPPE}
    found = house.judged()
    assert (found.verdict, found.open_places, len(found.signatures)) == (Verdict.GOOD, 0, 3)


def test_pressing_twice_signs_once(house: SigningHouse) -> None:
    hers = house.browser(SIGNE).get(house.of(SIGNE))
    values = {**hers.sent(hers.form()), "laest": "1"}
    answers = [hers.send(house.of(SIGNE), values).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert len(house.judged().signatures) == 2


def test_without_the_tick_nothing_is_signed_and_the_page_says_why(house: SigningHouse) -> None:
    page = house.browser(SIGNE).get(house.of(SIGNE)).fill()
    assert page.status == 422
    assert "Sæt kryds ved, at du har læst aftalen" in page.words
    assert not house.signing.signatures


def test_another_document_than_the_one_shown_is_not_signed(house: SigningHouse) -> None:
    page = house.browser(SIGNE).get(house.of(SIGNE)).fill(laest="1", set="0" * 64)
    assert page.status == 409
    assert not house.signing.signatures


def test_who_is_not_asked_finds_nothing_and_nobody_signs_for_another(house: SigningHouse) -> None:
    his = house.browser(JEPPE).get(house.of(JEPPE))
    assert his.get(house.of(SIGNE)).status == 404
    assert his.send(house.of(SIGNE), {"laest": "1", "set": house.signing.opened.sha256}).status_code == 404
    office = house.browser(CASEWORKER).get(house.address("underskrifter"))
    assert office.send(house.of(SIGNE), {"laest": "1", "set": house.signing.opened.sha256}).status_code == 403
    assert not house.signing.signatures


def test_saying_no_needs_a_reason_which_the_other_does_not_see(house: SigningHouse) -> None:
    hers = house.browser(SIGNE)
    assert hers.get(house.of(SIGNE, "/nej")).fill().status == 422
    with zipfile.ZipFile(newest_letter("aftale").path) as document:
        assert "Vil du ikke, så sig nej, og skriv hvorfor.".encode() in document.read("word/document.xml")
    assert "Du har sagt nej" in hers.fill(begrundelse="Dagene passer ikke.").words
    assert house.signing.stand(house.clock()) is Stand.DECLINED
    his = house.browser(JEPPE).get(house.of(JEPPE))
    assert "Vil ikke skrive under" in his.words
    assert "Dagene passer ikke" not in his.words
    assert not his.tree().xpath("//button[normalize-space()='Skriv under']")
    assert "Dagene passer ikke." in house.browser(CASEWORKER).get(house.address("underskrifter")).words


def test_after_the_last_day_or_taken_back_nothing_can_be_signed(house: SigningHouse) -> None:
    hers = house.browser(SIGNE).get(house.of(SIGNE))
    house.happens(SigningWithdrawn(SIGNING, "Der er kommet en ny."))
    assert hers.fill(laest="1").status == 409
    assert "Der er kommet en ny." in hers.words
    assert not house.signing.signatures


def test_a_seal_that_fails_leaves_no_signature_and_says_what_to_do(seeded: Path, demo_seal: DemoServices) -> None:
    with ExitStack() as stack:
        folder = stack.enter_context(quick_folder("tilsyn-signing-"))
        with signing_house(seeded, folder / "a", demo_seal) as house:
            house.ask()
            before = set(house.case().documents)
        broken = stack.enter_context(signing_house(folder / "a", folder / "b", demo_seal, Silent()))
        page = broken.browser(SIGNE).get(broken.of(SIGNE)).fill(laest="1")
        assert (page.status, BROKEN in page.words) == (503, True)
        assert not broken.signing.signatures
        assert set(broken.case().documents) == before


def test_the_evidence_of_a_signer_is_checked_by_anybody(house: SigningHouse) -> None:
    _signs(house, SIGNE)
    response = house.browser(SIGNE).client.get(house.of(SIGNE, "/bevis"))
    assert response.headers["Content-Disposition"].startswith("attachment")
    found = house.services.check(response.data)
    assert found.verdict is Verdict.GOOD
    assert found.signatures[0].kind is SignatureKind.EVIDENCE
    assert any("Signe Aastrup Lind, mor: underskrift ved log-ind" in line for line in found.told)
    with zipfile.ZipFile(io.BytesIO(response.data)) as package:
        assert package.read("dokumenter/aftale.pdf") == house.file(house.signing.file)


class TestInOrder:
    @pytest.fixture(autouse=True)
    def asked(self, house: SigningHouse) -> None:
        house.ask(in_order=True)

    def test_the_second_waits_for_the_first(self, house: SigningHouse) -> None:
        his = house.browser(JEPPE).get(house.of(JEPPE))
        assert "En anden skriver under først" in his.words
        sent = {"laest": "1", "set": house.signing.opened.sha256}
        assert his.send(house.of(JEPPE), sent).status_code == 409
        _signs(house, SIGNE)
        assert "Du har skrevet under" in _signs(house, JEPPE)


class TestOptional:
    @pytest.fixture(autouse=True)
    def asked(self, house: SigningHouse) -> None:
        house.ask(optional=True)

    def test_who_need_not_sign_may_say_no_and_the_agreement_holds(self, house: SigningHouse) -> None:
        assert "Du må gerne skrive under, men du behøver ikke" in house.browser(JEPPE).get(house.of(JEPPE)).words
        house.browser(JEPPE).get(house.of(JEPPE, "/nej")).fill(begrundelse="Det er nok, at Signe gør det.")
        _signs(house, SIGNE)
        assert house.signing.stand(house.clock()) is Stand.SIGNED
