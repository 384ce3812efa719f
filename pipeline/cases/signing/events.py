"""What can happen when people are to sign an agreement: frozen facts among the case's events, only ever added.

A signature here is a sign-in that the municipality confirms with its seal, or a pen on paper with a scan. Neither is a
qualified electronic signature (eIDAS art. 3, no. 12), and nothing that we write calls it one.
"""

from dataclasses import dataclass
from datetime import date, datetime

from pipeline.cases.record.people import Place


@dataclass(frozen=True)
class Signer:
    """Somebody who is to sign.

    Attributes:
        place: name of the field that is kept for the signature in the PDF.
        optional: the agreement stands without this signature too.
    """

    person_id: str
    place: str
    optional: bool = False


@dataclass(frozen=True)
class SigningOpened:
    """A document is to be signed.

    Attributes:
        visit: id of the visit that it was agreed at, or empty.
        file: id of the kept file that is to be signed.
        sha256: of that file's bytes, hexadecimal; what every signer is shown.
        revision: of the case when the document was made; its words on a page are the words of that revision.
        deadline: the first instant after the last day.
        agreements: ids of what was agreed.
        in_order: each signs only after those before.
    """

    signing: str
    visit: str
    file: str
    sha256: str
    revision: int
    deadline: datetime
    signers: tuple[Signer, ...]
    agreements: tuple[str, ...]
    in_order: bool = False


@dataclass(frozen=True)
class SignedBySignIn:
    """Somebody who was signed in has read the document and signed it.

    Attributes:
        person_id: whose signature it is; who acted stands on the event.
        sha256: of the document that was shown.
        received: when the request came in.
        proof: how the person had proved who they were (mitid, invitation, demo).
        level: the assurance that the sign-in vouched for, in its own words.
        proved: when.
        file: id of the kept file that holds this signature too.
        file_sha256: of that file.
        acted_as: what somebody else who signed for the person stands in the case as; None for the person's own.
    """

    signing: str
    person_id: str
    sha256: str
    received: datetime
    proof: str
    level: str
    proved: datetime
    file: str
    file_sha256: str
    acted_as: Place | None = None


@dataclass(frozen=True)
class SignedOnPaper:
    """Somebody has signed with a pen on paper; who registered it stands on the event.

    Attributes:
        on: the day that the signature bears.
        scan: id of the kept scan.
        file, file_sha256, acted_as: as in `SignedBySignIn`; the file names the scan by its SHA-256.
        speaker: id of who signed for the person; empty for the person's own.
        came: the day on which it came, where that was after the last day; None: in time.
        taken_in: why the municipality lets it count all the same.
    """

    signing: str
    person_id: str
    on: date
    scan: str
    file: str
    file_sha256: str
    speaker: str = ""
    acted_as: Place | None = None
    came: date | None = None
    taken_in: str = ""


@dataclass(frozen=True)
class PaperCameLate:
    """A signed paper came after the last day: it is kept and shown, and counts once the municipality takes it in.

    Attributes:
        on: the day that the signature bears.
        came: the day on which the paper came.
        scan: id of the kept scan.
        speaker, acted_as: as in `SignedOnPaper`.
    """

    signing: str
    person_id: str
    on: date
    came: date
    scan: str
    speaker: str = ""
    acted_as: Place | None = None


@dataclass(frozen=True)
class SigningDeclined:
    """Somebody will not sign, and why; `acted_as` as in `SignedBySignIn`."""

    signing: str
    person_id: str
    reason: str
    acted_as: Place | None = None


@dataclass(frozen=True)
class SigningWithdrawn:
    """The municipality takes the document back; signatures that were made stay where they are."""

    signing: str
    reason: str


@dataclass(frozen=True)
class SigningExpired:
    """The last day has passed, and a signature that is needed had not come."""

    signing: str


SigningEvent = (
    SigningOpened | SignedBySignIn | SignedOnPaper | PaperCameLate | SigningDeclined | SigningWithdrawn | SigningExpired
)
