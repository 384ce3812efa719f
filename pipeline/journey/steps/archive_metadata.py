"""What is told of a document in the archive, after the fields of KOMBIT's distribution component (SF2900, v. 3)."""

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Kept
from pipeline.danish import COPENHAGEN
from pipeline.law.kle import Kle
from pipeline.media_types import ending_of

# Dokumenttype has eight values; a kind of ours that none of them fits is “Anden”.
_TYPES = {
    "tilsynsrapport": "Rapport",
    "endelig_rapport": "Rapport",
    "brev": "Brev",
    "hoeringsbrev": "Brev",
    "besoegsvarsel": "Brev",
    "paamindelse": "Brev",
}


def document_name(kept: Kept, number: int) -> str:
    """Where a document lies in the package: number and kind, never a title or the name that somebody gave the file."""
    ending = ending_of(kept.document.media_type)
    kind = "".join(letter for letter in kept.document.kind if letter.isascii() and letter.isalnum())
    return f"dokumenter/{number:03}-{kind or 'dokument'}.{ending}"


def document_metadata(case: Case, kept: Kept, number: int, kle: Kle) -> dict[str, object]:
    """The fields of DistributionDokument that we know; the others are left out rather than guessed."""
    document = kept.document
    was_sent = bool(kept.sent)
    dated = document.dated or kept.at.astimezone(COPENHAGEN).date()
    return {
        "ID": document.file,
        "KLEEmneForslag": kle.subject,
        **({"HandlingFacetForslag": kle.facet} if kle.facet else {}),
        "SagForslag": case.number,
        "BrugervendtNoegleTekst": f"{case.number}-{kept.seq}",
        "TitelTekst": document.title,
        "Dokumenttype": _TYPES.get(document.kind, "Anden"),
        "Retning": _direction(came_in=bool(document.received_from), was_sent=was_sent),
        "Tilstand": "Endeligt",
        "Brevdato": dated.isoformat(),
        "Variant": {
            "VariantType": "Original",
            "MimeType": document.media_type,
            "Filstoerrelse": document.size,
            "Location": f"data/{document_name(kept, number)}",
            "SHA256": document.sha256,
        },
        "DokumentPart": [
            {"Rolle": "PrimaerPart", "Navn": case.people[sent.to].name, "Tidspunkt": at.isoformat()}
            for at, sent in kept.sent
            if sent.to in case.people
        ],
    }


def _direction(*, came_in: bool, was_sent: bool) -> str:
    if came_in:
        return "Indgaaende"
    return "Udgaaende" if was_sent else "Internt"
