"""What can happen in a hearing (høring): frozen facts among the case's events, only ever added.

One hearing is one person's: two parents have two, and a person's answers never stand in another's.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pipeline.cases.record.people import Place


class Capacity(StrEnum):
    """As what somebody is heard."""

    PARTY = "party"
    TRAINING_PARENT = "training_parent"
    CHILD = "child"


class Told(StrEnum):
    """How a remark was made; a child may answer without words."""

    WRITTEN = "written"
    PICTURE = "picture"
    WRITTEN_DOWN = "written_down"
    ON_PAPER = "on_paper"


@dataclass(frozen=True)
class HearingOpened:
    """A person is heard over the report of a visit.

    Attributes:
        deadline: the first instant after the last day; what is received before it is in time.
        report: id of the kept file that is heard.
        sha256: of that file's bytes, hexadecimal.
        revision: of the case when the report was made; its words on a page are the words of that revision.
        common: SHA-256 of what all variants of the report say alike; empty where there is but one.
    """

    hearing: str
    visit: str
    person_id: str
    deadline: datetime
    report: str
    sha256: str
    revision: int
    capacity: Capacity = Capacity.PARTY
    common: str = ""


@dataclass(frozen=True)
class HearingWithdrawn:
    """A hearing ends without an answer being awaited, e.g. because the report was wrong."""

    hearing: str
    reason: str


@dataclass(frozen=True)
class ChildNotHeard:
    """The child is not heard over the report of a visit, and why (barnet høres, hvor det er muligt og relevant)."""

    visit: str
    reason: str


@dataclass(frozen=True)
class RemarkMade:
    """A remark; part of the answer that is confirmed with it.

    Attributes:
        section: key of the part of the report that it is about, `barn/<question>` for a child's, or empty: in general.
    """

    hearing: str
    answer: str
    remark: str
    section: str
    text: str
    told: Told = Told.WRITTEN


@dataclass(frozen=True)
class AnswerConfirmed:
    """A person has looked the answer over and sent it; without a remark it says “ingen bemærkninger”.

    Attributes:
        received: when the request came in, so that waiting in the server costs nobody the deadline.
        proof: how the person who sent it had proved who they were (mitid, invitation, demo, employee).
        level: the assurance that the sign-in vouched for, in its own words.
        proved: when.
        attachments: ids of kept files.
        helped_by: who held the pen for a child, in words; empty: nobody.
        acted_as: what somebody who answered for a party stands in the case as; None for the person's own answer.
    """

    hearing: str
    answer: str
    received: datetime
    proof: str
    level: str
    proved: datetime
    attachments: tuple[str, ...] = ()
    helped_by: str = ""
    acted_as: Place | None = None


@dataclass(frozen=True)
class AnswerOnPaperRegistered:
    """An answer came on paper, and a caseworker has typed its remarks.

    Attributes:
        file: id of the scan.
        speaker: id of who answered for a party; empty for the person's own answer.
        acted_as: as in `AnswerConfirmed`.
    """

    hearing: str
    answer: str
    received: datetime
    file: str
    speaker: str = ""
    acted_as: Place | None = None


@dataclass(frozen=True)
class SilenceRecorded:
    """The deadline passed and nothing had come: silence, which is neither consent nor “ingen bemærkninger”."""

    hearing: str


@dataclass(frozen=True)
class MoreTimeAsked:
    """The person asks for a later deadline."""

    hearing: str
    reason: str


@dataclass(frozen=True)
class MoreTimeGiven:
    """The deadline is later from now on."""

    hearing: str
    deadline: datetime
    reason: str = ""


@dataclass(frozen=True)
class MoreTimeRefused:
    """The deadline stays."""

    hearing: str
    reason: str


@dataclass(frozen=True)
class TalkAsked:
    """The person would rather talk about the report, or talk too."""

    hearing: str
    text: str


@dataclass(frozen=True)
class TalkHeld:
    """The talk took place; what was said in it."""

    hearing: str
    on: date
    text: str


@dataclass(frozen=True)
class RemarkWeighed:
    """The municipality's answer to one remark; a later one replaces it until the weighing is closed."""

    hearing: str
    remark: str
    taken_in: bool
    reason: str


@dataclass(frozen=True)
class RemarksWeighed:
    """Every remark that came in time has its answer; the weighing of a visit is closed."""

    visit: str


@dataclass(frozen=True)
class FinalReportMade:
    """The final report (endelig rapport) of a visit is there.

    Attributes:
        file: id of the kept file.
        heard: SHA-256 of the version that was heard.
    """

    visit: str
    file: str
    heard: str


HearingEvent = (
    HearingOpened
    | HearingWithdrawn
    | ChildNotHeard
    | RemarkMade
    | AnswerConfirmed
    | AnswerOnPaperRegistered
    | SilenceRecorded
    | MoreTimeAsked
    | MoreTimeGiven
    | MoreTimeRefused
    | TalkAsked
    | TalkHeld
    | RemarkWeighed
    | RemarksWeighed
    | FinalReportMade
)
