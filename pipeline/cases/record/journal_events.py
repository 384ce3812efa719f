"""What is put on record in a case: notes, agreements, documents; frozen facts, only ever added."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NoteKind(StrEnum):
    """What a journal note is about."""

    PHONE = "phone"
    MEETING = "meeting"
    NOTE = "note"
    CORRECTION = "correction"


@dataclass(frozen=True)
class JournalNoted:
    """A note that the duty to take notes asks for (offentlighedsloven § 13); corrected by a further note only.

    Attributes:
        on: the day of what the note tells.
        corrects: seq of the note that this one corrects, or 0.
    """

    kind: NoteKind
    on: date
    with_whom: str
    text: str
    corrects: int = 0


@dataclass(frozen=True)
class Agreed:
    """An agreement: what, who sees to it, by when."""

    agreement: str
    visit: str
    what: str
    who: str
    by_day: date | None = None


@dataclass(frozen=True)
class AgreementEnded:
    """An agreement is fulfilled or given up."""

    agreement: str
    fulfilled: bool
    remark: str = ""


@dataclass(frozen=True)
class DocumentKept:
    """A document is kept byte for byte as it came or went out.

    Attributes:
        file: id of the stored file.
        kind: e.g. `tilsynsrapport`, `bilag`, `foto`, `brev`.
        sha256: hexadecimal, of the bytes as sent or received.
        seen_by: ids of the people who may open it beside the municipality; empty means the municipality alone.
    """

    file: str
    kind: str
    title: str
    original_name: str
    media_type: str
    size: int
    sha256: str
    visit: str = ""
    slot: str = ""
    received_from: str = ""
    dated: date | None = None
    seen_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentSent:
    """A kept document went out to somebody."""

    file: str
    to: str
    channel: str


JournalEvent = JournalNoted | Agreed | AgreementEnded | DocumentKept | DocumentSent
