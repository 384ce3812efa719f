"""The evidence of one agreement: the signed file, scans of signatures on paper, and what happened, from the case."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from pipeline.cases.journey.events import ReminderGiven
from pipeline.cases.record.case import Case
from pipeline.cases.record.history import name_of
from pipeline.cases.record.place_words import named_as
from pipeline.cases.signing.events import SignedOnPaper
from pipeline.cases.signing.state import Signature, Signing
from pipeline.danish import COPENHAGEN, danish_date, danish_list
from pipeline.documents.evidence.manifest import Happened
from pipeline.documents.evidence.write import Evidence, Part
from pipeline.documents.kinds import PDF
from pipeline.documents.seal.statements import statements
from pipeline.media_types import ending_of

AGREEMENT = "aftale.pdf"


def evidence_of(
    case: Case, signing: Signing, read: Callable[[str], bytes], scans: Sequence[str], now: datetime
) -> Evidence:
    """What the file of evidence is made of.

    Args:
        case: with the signing in it.
        signing: the one.
        read: gives the bytes of a kept file.
        scans: ids of the scans that whoever asks may see; a scan is the signer's own.
        now: when it is made.
    """
    agreement = read(signing.file)
    documents = [Part(AGREEMENT, "Aftalen med underskrifterne i", PDF, agreement)]
    for number, file in enumerate(scans, start=1):
        media_type = case.documents[file].document.media_type
        name = f"skannet-side-{number}.{ending_of(media_type)}"
        documents.append(Part(name, "Skannet side med underskrift på papir", media_type, read(file)))
    return Evidence(
        case_number=case.number,
        municipality=case.municipality,
        fictional=case.fictional,
        made_at=now,
        documents=documents,
        events=sorted(_events(case, signing, agreement), key=lambda one: one.at),
    )


def scans_of(signing: Signing) -> tuple[str, ...]:
    """Ids of the scans of signatures on paper."""
    return tuple(one.how.scan for one in signing.signatures.values() if isinstance(one.how, SignedOnPaper))


def _events(case: Case, signing: Signing, agreement: bytes) -> Iterator[Happened]:
    """Why somebody has declined is between them and the municipality, and stands in the case."""
    said = {one.place: one.reason for one in statements(agreement)}
    opened = signing.opened
    asked = danish_list([name_of(case, one.person_id) for one in opened.signers])
    yield _happened(signing.opened_at, f"{name_of(case, signing.opened_by)} sendte aftalen til underskrift hos {asked}")
    for signer in opened.signers:
        name = name_of(case, signer.person_id)
        if signer.person_id in signing.signatures:
            signature = signing.signatures[signer.person_id]
            how = "på papir" if isinstance(signature.how, SignedOnPaper) else "ved log-ind"
            yield _happened(signature.at, f"{name}: underskrift {how}{_by(case, signature)}", said[signer.place])
        if signer.person_id in signing.late:
            late = signing.late[signer.person_id]
            came = danish_date(late.paper.came)
            yield _happened(late.at, f"{name}: papir med underskrift kom {came}, efter fristen")
        if signer.person_id in signing.declined:
            declined = signing.declined[signer.person_id]
            said_by = (
                f", sagt af {named_as(name_of(case, declined.by), declined.acted_as)}" if declined.acted_as else ""
            )
            yield _happened(declined.at, f"{name} ville ikke skrive under{said_by}")
    for one in case.travelled.noted:
        if isinstance(one.what, ReminderGiven) and one.what.about == signing.id:
            yield _happened(one.at, "Mindet om underskriften")
    if signing.expired_at:
        yield _happened(signing.expired_at, "Fristen for at skrive under gik")


def _by(case: Case, signature: Signature) -> str:
    """Who signed for the person, where somebody did."""
    acted_as = signature.how.acted_as
    return f", givet af {named_as(name_of(case, signature.speaker), acted_as)}" if acted_as else ""


def _happened(at: datetime, what: str, statement: str = "") -> Happened:
    return Happened(at=at.astimezone(COPENHAGEN), what=what, statement=statement)
