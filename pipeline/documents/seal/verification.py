"""The answer to "is this document genuine?", for people and for machines."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Self
from zoneinfo import ZoneInfo

from pipeline.documents.seal.findings import Finding

_COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)


class Verdict(Enum):
    """The value is the word a person reads."""

    GOOD = "i orden"
    NOT_GOOD = "ikke i orden"
    NOT_READABLE = "kan ikke læses"

    @property
    def exit_code(self) -> int:
        """What the command line ends with: 0, 1 or 2."""
        return list(Verdict).index(self)


class SignatureKind(Enum):
    """The value is the word a person reads."""

    SEAL = "segl"
    SIGNATURE = "underskrift"
    SIGN_IN = "underskrift ved log-ind"
    EVIDENCE = "segl på bevisfilen"
    TIMESTAMP = "arkivtidsstempel"


@dataclass(frozen=True)
class SignatureReport:
    """One signature in the file.

    Args:
        kind: what it is.
        name: common name of the certificate; to be believed only where findings is empty.
        organisation: its organisation, likewise.
        time: from the timestamp, aware; None where there is none.
        level: "B-B", "B-T", "B-LT" or "B-LTA" (ETSI EN 319 142-1); empty for a document timestamp.
        intact: what it signs is unchanged and the signature itself is whole.
        covers_whole_file: nothing follows what it signs.
        is_demo: it proves nothing outside this installation.
        later_revisions: what came after it, in Danish.
        findings: what is wrong with it.
        reason: what the signature itself says it is for; to be believed only where findings is empty.
    """

    kind: SignatureKind
    name: str
    organisation: str
    time: datetime | None
    level: str
    intact: bool
    covers_whole_file: bool
    is_demo: bool
    later_revisions: tuple[str, ...]
    findings: tuple[Finding, ...]
    reason: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file inside the document.

    Args:
        name: as stored in the document.
        media_type: as claimed there, such as "text/csv".
        size: bytes.
        sha256: of the content, hexadecimal.
        relationship: ISO 32000-2 AFRelationship without slash, such as "Source".
    """

    name: str
    media_type: str
    size: int
    sha256: str
    relationship: str


@dataclass(frozen=True)
class Verification:
    """The whole answer.

    Args:
        verdict: good, not good or not readable.
        findings: what is wrong with the document as a whole or with one of its signatures.
        signatures: in the order they were made.
        attachments: files inside; to be believed only where the verdict is good.
        open_places: how many places for signatures are still empty.
        told: what a file of evidence tells has happened, in Danish; to be believed only where the verdict is good.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    signatures: tuple[SignatureReport, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    open_places: int = 0
    told: tuple[str, ...] = ()

    @property
    def is_demo(self) -> bool:
        """Whether any signature proves nothing outside this installation."""
        return any(signature.is_demo for signature in self.signatures)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The findings in plain Danish, most important first; one good sentence where nothing is wrong."""
        demo = "DEMO: " if self.is_demo else ""
        if self.verdict is Verdict.GOOD:
            found = tuple(_good_sentence(signature) for signature in self.signatures) + _still_open(self.open_places)
        else:
            found = tuple(finding.value for finding in self.findings)
        warning = ("DEMO: Et demo-segl beviser ikke, at dokumentet kommer fra en kommune.",) if demo else ()
        return tuple(f"{demo}{sentence}" for sentence in found) + warning

    def as_dict(self) -> dict[str, Any]:
        """For JSON: English keys, Danish words, times in ISO 8601 and as people write them."""
        return {
            "verdict": self.verdict.name.lower(),
            "verdict_text": f"DEMO: {self.verdict.value}" if self.is_demo else self.verdict.value,
            "exit_code": self.verdict.exit_code,
            "is_demo": self.is_demo,
            "sentences": list(self.sentences),
            "findings": [finding.name for finding in self.findings],
            "signatures": [_signature_dict(signature) for signature in self.signatures],
            "attachments": [asdict(attachment) for attachment in self.attachments],
            "open_places": self.open_places,
            "told": list(self.told),
        }

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> Self:
        """The answer again, from what as_dict gave.

        Raises:
            KeyError, ValueError, TypeError: it is something else.
        """
        return cls(
            Verdict[found["verdict"].upper()],
            tuple(Finding[name] for name in found["findings"]),
            tuple(_signature(each) for each in found["signatures"]),
            tuple(Attachment(**each) for each in found["attachments"]),
            found["open_places"],
            tuple(found["told"]),
        )


def copenhagen_text(moment: datetime) -> str:
    """The moment as a Dane writes it, such as "3. maj 2027 kl. 14.05.09"."""
    local = moment.astimezone(_COPENHAGEN)
    return f"{local.day}. {_MONTHS[local.month - 1]} {local.year} kl. {local:%H.%M.%S}"


def not_readable(finding: Finding) -> Verification:
    """The answer for a file that cannot be looked into."""
    return Verification(Verdict.NOT_READABLE, (finding,))


def _good_sentence(signature: SignatureReport) -> str:
    when = copenhagen_text(signature.time) if signature.time else ""
    who = ", ".join(dict.fromkeys(part for part in (signature.name, signature.organisation) if part))
    if signature.kind is SignatureKind.EVIDENCE:
        return f"Bevisfilen er uændret, siden den blev forseglet af {who} den {when}."
    if signature.kind is SignatureKind.SEAL:
        return f"Dokumentet er uændret, siden det blev forseglet af {who} den {when}."
    if signature.kind is SignatureKind.SIGN_IN:
        return f"{who} bekræfter med sit segl den {when}: “{signature.reason}”"
    if signature.kind is SignatureKind.SIGNATURE:
        return f"Dokumentet er også underskrevet af {who} den {when}."
    return f"Dokumentet har et arkivtidsstempel fra {who} den {when}."


def _still_open(places: int) -> tuple[str, ...]:
    if not places:
        return ()
    if places == 1:
        return ("Der er plads til 1 underskrift mere. Den er ikke sat endnu.",)
    return (f"Der er plads til {places} underskrifter mere. De er ikke sat endnu.",)


def _signature_dict(signature: SignatureReport) -> dict[str, Any]:
    return {
        **asdict(signature),
        "kind": signature.kind.name.lower(),
        "kind_text": f"DEMO-{signature.kind.value}" if signature.is_demo else signature.kind.value,
        "time": signature.time.isoformat() if signature.time else None,
        "time_text": copenhagen_text(signature.time) if signature.time else "ukendt",
        "later_revisions": list(signature.later_revisions),
        "findings": [finding.name for finding in signature.findings],
    }


def _signature(found: Mapping[str, Any]) -> SignatureReport:
    plain = ("name", "organisation", "level", "intact", "covers_whole_file", "is_demo", "reason")
    return SignatureReport(
        kind=SignatureKind[found["kind"].upper()],
        time=datetime.fromisoformat(found["time"]) if found["time"] else None,
        later_revisions=tuple(found["later_revisions"]),
        findings=tuple(Finding[name] for name in found["findings"]),
        **{name: found[name] for name in plain},
    )
