"""Says in Danish why a document was not sealed, and what to do about it."""

from pipeline.documents.seal.certificate_paths import Reason
from pipeline.documents.seal.timestamp_client import NoTimestamp
from pipeline.documents.seal.validation_material import MaterialRefused

_NOT_SEALED = "Dokumentet er ikke forseglet."
_CONTACT = "Kontakt driften."
_RETRY = "Prøv igen om lidt, og kontakt driften, hvis det ikke hjælper."

_CERTIFICATE_PROBLEMS = {
    Reason.UNTRUSTED: f"fører ikke til et rodcertifikat, vi stoler på. {_NOT_SEALED} {_CONTACT}",
    Reason.REVOKED: f"er spærret. {_NOT_SEALED} {_CONTACT}",
    Reason.EXPIRED: f"er udløbet eller endnu ikke gyldigt. {_NOT_SEALED} {_CONTACT}",
    Reason.UNCHECKED: f"kan ikke kontrolleres, fordi en gyldig spærreliste ikke kan hentes. {_NOT_SEALED} {_RETRY}",
    Reason.UNFIT: f"er ikke beregnet til formålet. {_NOT_SEALED} {_CONTACT}",
}


def why_not_sealed(problem: Exception) -> str:
    """The message for the person at the screen."""
    if isinstance(problem, NoTimestamp):
        return f"Tidsstempeltjenesten svarer ikke, som den skal. {_NOT_SEALED} {_RETRY}"
    if isinstance(problem, MaterialRefused):
        return f"{problem.what[:1].upper()}{problem.what[1:]} {_CERTIFICATE_PROBLEMS[problem.reason]}"
    return f"Det forseglede dokument kunne ikke gemmes. {_NOT_SEALED} {_RETRY}"
