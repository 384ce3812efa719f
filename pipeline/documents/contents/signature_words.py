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
        by: who acted, where that is somebody else.
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
    who = f"{one.by} har for {one.name}" if one.by else f"{one.name} har"
    seconds = f"{one.received.astimezone(COPENHAGEN):%S}"
    return (
        f"{who} skrevet under ved log-ind {danish_moment(one.received)} og {seconds} sekunder. "
        f"Log-ind: {proof_in_words(one.proof, one.level, one.proved)}. "
        f"Dokumentet, der blev vist, har SHA-256 {one.sha256}. "
        "Det er ikke en kvalificeret elektronisk underskrift."
    )


def signed_on_paper(name: str, on: date, scan_sha256: str, registered_by: str) -> str:
    """The words of a signature on paper."""
    return (
        f"{name} har skrevet under på papir {danish_date(on)}. "
        f"{registered_by} har skrevet det ind og lagt den skannede side i sagen. Den har SHA-256 {scan_sha256}."
    )
