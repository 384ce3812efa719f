"""How somebody had proved who they were, as documents say it; never more than the sign-in vouched for."""

from datetime import datetime

from pipeline.danish import danish_moment

_PROOF = {
    "mitid": "MitID",
    "invitation": "Invitation og kode",
    "employee": "Kommunens login",
    "demo": "Valgt på demolisten, uden bevis for hvem det er",
}


def proof_in_words(proof: str, level: str, proved: datetime) -> str:
    """The way, the level of assurance in the provider's own words, and when."""
    return f"{_PROOF.get(proof, proof)}{f', niveau {level}' if level else ''}, {danish_moment(proved)}"
