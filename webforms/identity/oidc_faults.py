"""Why a sign-in at a provider came to nothing: a code for the audit log, and Danish words for the person."""

from enum import StrEnum

from pipeline.errors import TilsynError


class Fault(StrEnum):
    """What was wrong, as the audit log keeps it."""

    CANCELLED = "cancelled"
    NO_ANSWER = "no_answer"
    PROVIDER = "wrong_provider_data"
    STATE = "wrong_state"
    ISSUER = "wrong_issuer"
    AUDIENCE = "wrong_audience"
    NONCE = "wrong_nonce"
    SIGNATURE = "wrong_signature"
    EXPIRED = "expired"
    TOKEN = "wrong_token"  # noqa: S105 - a code for a fault, no secret
    ASSURANCE = "low_assurance"
    NO_CPR = "no_cpr"


_AGAIN = "Luk de andre vinduer, og log ind igen. Sker det igen, så ring til kommunen."
_IN_DANISH = {
    Fault.CANCELLED: "Du blev ikke logget ind, fordi login blev afbrudt. Log ind igen, når du er klar.",
    Fault.NO_ANSWER: "Login svarer ikke lige nu. Prøv igen om lidt. Bliver det ved, så ring til kommunen.",
    Fault.PROVIDER: "Login er ikke sat rigtigt op. Ring til kommunen, og sig, at opsætningen skal ses efter.",
    Fault.STATE: f"Login hørte ikke til dette vindue, eller det tog for længe. {_AGAIN}",
    Fault.EXPIRED: "Svaret fra login var for gammelt. Se efter, om uret på din enhed går rigtigt, og log ind igen.",
    Fault.ASSURANCE: (
        "Du loggede ind på en måde, der ikke er sikker nok til en sag med helbredsoplysninger. "
        "Log ind igen, og brug MitID på niveau “betydelig” eller højere."
    ),
    Fault.NO_CPR: (
        "MitID fortalte ikke, hvem du er, fordi CPR-nummeret manglede. "
        "Log ind igen, og sig ja til, at kommunen må få det. Brug dit private MitID."
    ),
}
_NOT_TRUSTED = f"Svaret fra login kunne ikke godkendes, og du er ikke logget ind. {_AGAIN}"


class SignInRefused(TilsynError):
    """Nobody was signed in.

    Args:
        fault: what was wrong; the message follows from it.
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(_IN_DANISH.get(fault, _NOT_TRUSTED))
        self.fault = fault
