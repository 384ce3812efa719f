"""What can happen around the notice of a visit: frozen facts among the case's events, only ever added."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Tells(StrEnum):
    """What a notice tells of a visit."""

    NEW = "new"
    CHANGED = "changed"
    POSTPONED = "postponed"
    CALLED_OFF = "called_off"


class Way(StrEnum):
    """How somebody is told that there is something new."""

    MAIL = "mail"
    SMS = "sms"


@dataclass(frozen=True)
class VisitArranged:
    """How the day of a visit is to be held; replaces what was said before.

    Attributes:
        starts: time of day in Denmark, `09:30`; empty: not agreed yet.
        minutes: how long it takes; 0: not said.
        place: where, in words that every party may read.
        words: what else the family is told, in words that every party may read.
    """

    visit: str
    starts: str = ""
    minutes: int = 0
    place: str = ""
    words: str = ""


@dataclass(frozen=True)
class NoticeGiven:
    """What the parties are told of a visit from now on; each is sent a letter that says so.

    Attributes:
        notice: random id.
        tells: whether it is the first, or what has become of what was told before.
        words: what the family is told beside the facts.
        team: ids of the employees who come.
        others: who comes along beside them, in words.
        material_by: the last day for the family's material; None: none is asked for.
    """

    notice: str
    visit: str
    tells: Tells = Tells.NEW
    day: date | None = None
    starts: str = ""
    minutes: int = 0
    place: str = ""
    words: str = ""
    team: tuple[str, ...] = ()
    others: str = ""
    material_by: date | None = None


@dataclass(frozen=True)
class MailWished:
    """A person wants, or no longer wants, a mail when something new lies on their pages."""

    person_id: str
    wanted: bool


@dataclass(frozen=True)
class SmsWished:
    """A person wants, or no longer wants, a text message when something new lies on their pages."""

    person_id: str
    wanted: bool


@dataclass(frozen=True)
class NudgeToSend:
    """Somebody is to be told by mail or SMS that there is something new, and nothing of what it is.

    Attributes:
        nudge: id, made of what it is about; however often the sending is tried, it is this one message.
    """

    nudge: str
    to: str
    way: Way = Way.MAIL


@dataclass(frozen=True)
class NudgeSent:
    """What the municipality sends with has taken the message."""

    nudge: str


NoticeEvent = VisitArranged | NoticeGiven | MailWished | SmsWished | NudgeToSend | NudgeSent
