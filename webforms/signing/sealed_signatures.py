"""A signature comes into the file and into the case at once: a revision by the municipality's seal, and the event.

Of two who sign at the same moment one is written first; the other's is sealed anew over the file that then stands, so
none is lost and none is there twice.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from pipeline.cases.hearing.who import may_read
from pipeline.cases.record.case import Case
from pipeline.cases.record.events import Event
from pipeline.cases.signing.state import Signing
from pipeline.cases.signing.who import may_sign
from pipeline.documents.agreement_to_sign import AGREEMENT, Confirmation, with_signature
from pipeline.documents.kinds import PDF
from pipeline.errors import StepFailed, TilsynError
from pipeline.store.files import NewDocument
from webforms.services import Services

_TRIES = 5


class NotAnyMore(TilsynError):
    """The document cannot be signed now: it was taken back, its last day has passed, or it is not this one's turn."""

    def __init__(self) -> None:
        super().__init__("Der kan ikke skrives under lige nu. Vis siden igen, og se hvorfor.")


class _Overtaken(Exception):
    """Somebody else's signature was written meanwhile."""


@dataclass(frozen=True)
class Wanted:
    """A signature that is to be written.

    Attributes:
        by: who writes it.
        received: when it came; what came in time counts, however long the sealing takes.
        reason: what it says inside the file.
        event: the event, from id and SHA-256 of the file that holds the signature.
    """

    case_id: str
    signing: str
    person_id: str
    by: str
    action: str
    received: datetime
    reason: str
    event: Callable[[str, str], Event]


class SealedSignatures:
    """Writes them.

    Args:
        services: the seal, and where documents are kept.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        # Spares two who sign in the same process one sealing; across processes the file that stands decides.
        self._one_at_a_time = Lock()

    def write(self, wanted: Wanted) -> None:
        """Write a signature; one that is there already is not written again.

        Raises:
            NotAnyMore: it is too late for it, or too early.
            TilsynError: it could not be sealed or kept; there is no signature then.
        """
        with self._one_at_a_time:
            for _ in range(_TRIES):
                try:
                    return self._write(wanted)
                except _Overtaken:
                    continue
        raise StepFailed("Flere skriver under lige nu. Din underskrift er ikke sat endnu. Prøv igen om lidt.")

    def _write(self, wanted: Wanted) -> None:
        store = self._services.store
        case = store.cases.case(wanted.case_id)
        signing = case.signings[wanted.signing]
        if wanted.person_id in signing.signatures:  # a double click, or back and again
            return
        pdf = self._sealed(wanted, signing)
        document = version_of(case, signing.opened.visit, signing.id, len(signing.signatures) + 1, self._services)
        with (
            store.files.making(wanted.case_id, io.BytesIO(pdf), document) as made,
            store.cases.change(wanted.case_id, wanted.by, wanted.action) as change,
        ):
            now = change.case.signings[wanted.signing]
            if now.file != signing.file:
                raise _Overtaken
            if not may_sign(now, wanted.person_id, wanted.received):
                raise NotAnyMore
            made.tell(change, wanted.by)
            change.add([wanted.event(made.id, made.facts.sha256)], wanted.by)

    def _sealed(self, wanted: Wanted, signing: Signing) -> bytes:
        signer = signing.signer(wanted.person_id)
        if signer is None or not may_sign(signing, wanted.person_id, wanted.received):
            raise NotAnyMore
        services = self._services
        before = b"".join(services.store.files.read(wanted.case_id, signing.file))
        confirmation = Confirmation(signer.place, wanted.reason, signing.is_last(wanted.person_id))
        with services.machines.at_work() as workshop:
            return with_signature(before, confirmation, workshop, services.private)


def slot_of(signing: str) -> str:
    """Where in the case everything of a document for signing lies."""
    return f"underskrift/{signing}"


def version_of(case: Case, visit: str, signing: str, signatures: int, services: Services) -> NewDocument:
    """What is told of the file with so many signatures; everybody who is asked to sign may read each version."""
    known = case.signings.get(signing)
    people = [one.person_id for one in known.opened.signers] if known else []
    return document_for(case, visit, signing, people, services, signatures, len(people))


def document_for(
    case: Case, visit: str, signing: str, people: list[str], services: Services, signatures: int, of: int
) -> NewDocument:
    """As `version_of`, for people who have not been asked yet."""
    today = services.today()
    readers = {reader for person in people for reader in may_read(case, person, today)}
    title = f"Aftale, {signatures} af {of} underskrifter" if signatures else "Aftale til underskrift"
    return NewDocument(
        kind=AGREEMENT,
        title=title,
        original_name="aftale.pdf",
        media_type=PDF,
        visit=visit,
        slot=slot_of(signing),
        dated=today,
        seen_by=tuple(sorted(readers)),
    )
