"""What can happen on the journey of a visit: frozen facts among the case's events, only ever added.

Where everything stands right now is not here but in the store's journeys; they follow from these events.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class VisitCalledOff:
    """A visit will not be held, or not go on.

    Attributes:
        why: a code: `cancelled` (by the municipality), `refused` (by the family), `not_held` (nobody was there, ill …).
    """

    visit: str
    why: str
    reason: str


@dataclass(frozen=True)
class DocumentToSend:
    """A kept document is to go out to somebody.

    Attributes:
        delivery: random id; however often the sending is tried, it is this one delivery.
        to: id of the person of the case.
        channel: by which way; the names are those of the ways that the installation has.
    """

    delivery: str
    visit: str
    file: str
    to: str
    channel: str


@dataclass(frozen=True)
class ReminderGiven:
    """Somebody was reminded of something that is about to fall due.

    Attributes:
        kind: `visit` (its material) or `hearing`.
        about: id of the visit or hearing.
    """

    kind: str
    about: str


@dataclass(frozen=True)
class OutcomeDecided:
    """What follows from a visit when all have been heard.

    Attributes:
        outcome: a code: `no_change`, `adjustment` (together with the family), `reassessment` (revisitation).
    """

    visit: str
    outcome: str
    reason: str = ""


@dataclass(frozen=True)
class VisitArchived:
    """Everything of a visit was handed over to the archive.

    Attributes:
        target: which archive.
        receipt: what it answered with, by which the package is found there.
        sha256: of the package's list of contents, hexadecimal.
        up_to: the last event of the case that the package holds.
    """

    visit: str
    target: str
    receipt: str
    sha256: str
    up_to: int


@dataclass(frozen=True)
class SteppedIn:
    """Somebody who keeps the system running made a journey go on, wait or end by hand.

    Attributes:
        kind: of the row: `visit`, `hearing` or `delivery`.
        about: its id.
        state: where it stood.
        deed: `retry`, `skip`, `cancel` or `extend`.
    """

    kind: str
    about: str
    state: str
    deed: str
    reason: str


JourneyEvent = VisitCalledOff | DocumentToSend | ReminderGiven | OutcomeDecided | VisitArchived | SteppedIn
