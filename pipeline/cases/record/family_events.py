"""What the family decides over themselves, their diary and their consents: frozen facts, only ever added."""

from dataclasses import dataclass
from datetime import date, datetime

from pipeline.cases.record.journal_events import DocumentKept


@dataclass(frozen=True)
class ConsentAsked:
    """The municipality asks a party's consent to obtain material from a source (samtykke)."""

    consent: str
    person_id: str
    source: str
    purpose: str


@dataclass(frozen=True)
class ConsentAnswered:
    """A party gave, refused or withdrew a consent; `answer` is `given`, `refused` or `withdrawn`.

    Attributes:
        proof: how the person who answered had proved who they were; empty where an older release did not note it.
        level: the assurance that the sign-in vouched for, in its own words.
        proved: when.
    """

    consent: str
    answer: str
    proof: str = ""
    level: str = ""
    proved: datetime | None = None


@dataclass(frozen=True)
class DiaryWritten:
    """A line or two in the family's diary, new or reworded; nobody but the household sees it until it is shared.

    Attributes:
        entry: stays the same when the entry is reworded.
        voice: the household or person whose diary it is.
        on: the day that it tells of.
        goal: id of the goal that it is about, or empty.
    """

    entry: str
    voice: str
    on: date
    text: str
    goal: str = ""


@dataclass(frozen=True)
class DiaryFileKept:
    """A photo or a clip was laid to an entry of the diary; it is for the same eyes as the entry."""

    entry: str
    document: DocumentKept


@dataclass(frozen=True)
class DiaryShared:
    """An entry of the diary is shown to the municipality from now on."""

    entry: str


@dataclass(frozen=True)
class DiaryRemoved:
    """An entry of the diary was taken out; one that was shared stays in the case."""

    entry: str


ConsentEvent = ConsentAsked | ConsentAnswered

DiaryEvent = DiaryWritten | DiaryFileKept | DiaryShared | DiaryRemoved

FamilyEvent = ConsentEvent | DiaryEvent
