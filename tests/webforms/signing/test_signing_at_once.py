"""Two processes write a signature into the same file: what stands is sealed over again, and nothing is left behind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from family_home import JEPPE, SIGNE
from fixtures.quick_folder import quick_folder
from signing_house import SIGNING, SigningHouse, signing_house

from pipeline.cases.record.events import Event
from pipeline.cases.signing.events import SignedBySignIn
from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.sealer import Sealer
from pipeline.documents.seal.verification import Verdict
from webforms.signing.sealed_signatures import SealedSignatures, Wanted, Written


class Interrupted:
    """A sealer during whose first signature something else happens."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer
        self.meanwhile: list[Callable[[], None]] = []
        self.signed = 0

    def seal_for_signers(self, *where: Any, **how: Any) -> Any:
        return self._sealer.seal_for_signers(*where, **how)

    def sign(self, *where: Any, **how: Any) -> Any:
        self.signed += 1
        if self.meanwhile:
            self.meanwhile.pop()()
        return self._sealer.sign(*where, **how)


def test_of_two_processes_neither_loses_a_signature(seeded: Path, demo_seal: DemoServices) -> None:
    sealer = Interrupted(Sealer(demo_seal.identity()))
    with quick_folder("tilsyn-signing-") as folder, signing_house(seeded, folder / "a", demo_seal, sealer) as house:
        house.ask()
        one, other = SealedSignatures(house.services), SealedSignatures(house.services)
        sealer.meanwhile.append(lambda: other.write(_wanted(house, JEPPE)))
        one.write(_wanted(house, SIGNE))
        assert sealer.signed == 3
        assert list(house.signing.signatures) == [JEPPE, SIGNE]
        found = house.judged()
        assert (found.verdict, found.open_places, len(found.signatures)) == (Verdict.GOOD, 0, 3)
        versions = [one for one in house.case().documents.values() if one.document.kind == "aftale"]
        assert len(versions) == 3
        assert house.services.store.files.sweep() == 0


def _wanted(house: SigningHouse, person: str) -> Wanted:
    now = house.clock()

    def event(to: Written) -> Event:
        return SignedBySignIn(SIGNING, person, house.signing.opened.sha256, now, "demo", "", now, to.file, to.sha256)

    return Wanted(house.case_id(), SIGNING, person, person, "test", now, lambda _: "Opdigtet underskrift", event)
