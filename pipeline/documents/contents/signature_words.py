"""What a signature says of itself inside the file: who, how we know, when, and what was in front of them."""

from dataclasses import dataclass
from datetime import date, datetime

from pipeline.cases.proof_words import proof_in_words
from pipeline.danish import COPENHAGEN, danish_date, danish_moment


@dataclass(frozen=True)
class SignIn:
    """What is known of somebody who signs while signed in.

    Attributes:
        name: whose signature it is.
        by: who acted and as what, where that is somebody else.
        sha256: of the document that was shown.
        proof, level, proved: see `proof_in_words`.
    """

    name: str
    by: str
    received: datetime
    sha256: str
    proof: str
    level: str
    proved: datetime


def signed_by_sign_in(one: SignIn) -> str:
    """The words of a signature by sign-in; they claim no more than there is."""
    who = f"{one.by} har på vegne af {one.name}" if one.by else f"{one.name} har"
    seconds = f"{one.received.astimezone(COPENHAGEN):%S}"
    return (
        f"{who} skrevet under ved log-ind {danish_moment(one.received)} og {seconds} sekunder. "
        f"Log-ind: {proof_in_words(one.proof, one.level, one.proved)}. "
        f"Dokumentet, der blev vist, har SHA-256 {one.sha256}. "
        "Det er ikke en kvalificeret elektronisk underskrift."
    )


@dataclass(frozen=True)
class OnPaper:
    """What is known of a signature on paper.

    Attributes:
        name: whose signature it is.
        by: who signed for the person and as what, where somebody else did.
        on: the day that it bears.
        scan_sha256: of the scanned page.
        registered_by: who wrote it into the case.
        came: the day on which it came, where that was too late; None: in time.
    """

    name: str
    by: str
    on: date
    scan_sha256: str
    registered_by: str
    came: date | None = None


def signed_on_paper(one: OnPaper) -> str:
    """The words of a signature on paper."""
    who = f"{one.by} har på vegne af {one.name}" if one.by else f"{one.name} har"
    late = f" Papiret kom {danish_date(one.came)}, efter fristen, og kommunen har taget det med." if one.came else ""
    return (
        f"{who} skrevet under på papir {danish_date(one.on)}.{late} "
        f"{one.registered_by} har skrevet det ind og lagt den skannede side i sagen. "
        f"Den har SHA-256 {one.scan_sha256}."
    )
