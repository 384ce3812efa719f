"""A signature comes into the file and into the case at once: a revision by the municipality's seal, and the event.

Of two who sign at the same moment one is written first; the other's is sealed anew over the file that then stands, so
none is lost and none is there twice.
"""

import io
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from pipeline.cases.hearing.who import may_read
from pipeline.cases.record.case import Case
from pipeline.cases.record.events import Event
from pipeline.cases.record.people import Act
from pipeline.cases.signing.state import Signing
from pipeline.cases.signing.who import may_come_late, may_sign
from pipeline.documents.agreement_to_sign import AGREEMENT, Confirmation, with_signature
from pipeline.documents.kinds import PDF
from pipeline.errors import StepFailed, TilsynError
from pipeline.store.files import MadeFile, NewDocument
from webforms.services import Services

_TRIES = 5


class NotAnyMore(TilsynError):
    """The document cannot be signed now: it was taken back, its last day has passed, or it is not this one's turn."""

    def __init__(self) -> None:
        super().__init__("Der kan ikke skrives under lige nu. Vis siden igen, og se hvorfor.")


class _Overtaken(Exception):
    """Somebody else's signature was written meanwhile."""


@dataclass(frozen=True)
class Scan:
    """A scanned page that comes with the signature and is kept with it or not at all."""

    path: Path
    document: NewDocument


@dataclass(frozen=True)
class Written:
    """What a signature was written into.

    Attributes:
        file, sha256: of the file that holds the signature.
        scan: id of the scan that came with it, or empty.
    """

    file: str
    sha256: str
    scan: str = ""


@dataclass(frozen=True)
class Wanted:
    """A signature that is to be written.

    Attributes:
        by: who writes it.
        received: when it came; what came in time counts, however long the sealing takes.
        reason: what it says inside the file, from the SHA-256 of the scan that comes with it (empty: none does).
        event: the event.
        scan: a page that is kept in the same transaction.
        is_late: it came after the last day, and the municipality takes it in.
    """

    case_id: str
    signing: str
    person_id: str
    by: str
    action: str
    received: datetime
    reason: Callable[[str], str]
    event: Callable[[Written], Event]
    scan: Scan | None = None
    is_late: bool = False

    def fits(self, signing: Signing) -> bool:
        """Whether the signature can be given as things stand."""
        may = may_come_late if self.is_late else may_sign
        return may(signing, self.person_id, self.received)


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
        document = version_of(case, signing.opened.visit, signing.id, len(signing.signatures) + 1, self._services)
        with ExitStack() as stack:
            scan = self._on_the_disk(wanted, stack)
            pdf = self._sealed(wanted, signing, wanted.reason(scan.facts.sha256 if scan else ""))
            made = stack.enter_context(store.files.making(wanted.case_id, io.BytesIO(pdf), document))
            change = stack.enter_context(store.cases.change(wanted.case_id, wanted.by, wanted.action))
            now = change.case.signings[wanted.signing]
            if now.file != signing.file:
                raise _Overtaken
            if not wanted.fits(now):
                raise NotAnyMore
            for file in (one for one in (scan, made) if one):
                file.tell(change, wanted.by)
            change.add([wanted.event(Written(made.id, made.facts.sha256, scan.id if scan else ""))], wanted.by)

    def _on_the_disk(self, wanted: Wanted, stack: ExitStack) -> MadeFile | None:
        """The scan, which goes again where the signature is not written."""
        if wanted.scan is None:
            return None
        plain = stack.enter_context(wanted.scan.path.open("rb"))
        return stack.enter_context(self._services.store.files.making(wanted.case_id, plain, wanted.scan.document))

    def _sealed(self, wanted: Wanted, signing: Signing, reason: str) -> bytes:
        signer = signing.signer(wanted.person_id)
        if signer is None or not wanted.fits(signing):
            raise NotAnyMore
        services = self._services
        before = b"".join(services.store.files.read(wanted.case_id, signing.file))
        confirmation = Confirmation(signer.place, reason, signing.is_last(wanted.person_id))
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
    readers = {reader for person in people for reader in may_read(case, person, today, Act.SIGN)}
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
