"""What can happen on the journey of a visit: frozen facts among the case's events, only ever added.

Where everything stands right now is not here but in the store's journeys; they follow from these events.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class VisitCalledOff:
    """A visit will not be held, or not go on.

    Attributes:
        why: a code: `cancelled` (by the municipality), `refused` (by the family); `not_held` is no longer written.
    """

    visit: str
    why: str
    reason: str


@dataclass(frozen=True)
class VisitNotHeld:
    """The day came and the visit came to nothing, e.g. because of illness; it goes on with another day."""

    visit: str
    day: date
    reason: str


@dataclass(frozen=True)
class DocumentOrdered:
    """A document is to be made of what the case holds, and kept.

    Attributes:
        order: random id; however often the making is tried, it is this one document.
        kind: of the document, a code; who makes it stands in `pipeline/journey/steps/documents`.
        about: id of what it is made of, where that is not the visit itself.
        to: id of the person it is for, where it is for one.
    """

    order: str
    kind: str
    visit: str
    about: str = ""
    to: str = ""


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
class DeliveryWithdrawn:
    """A document that could not be sent is not tried any more; it may go another way, as a delivery of its own."""

    delivery: str
    visit: str
    reason: str


@dataclass(frozen=True)
class ReminderGiven:
    """Somebody was reminded of something that is about to fall due.

    Attributes:
        kind: `visit` (its material), `hearing` or `signing`.
        about: id of the visit, hearing or signing.
    """

    kind: str
    about: str


@dataclass(frozen=True)
class OutcomeDecided:
    """What follows from a visit when all have been heard.

    Attributes:
        outcome: a code: `no_change`, `adjustment` (together with the family), `reassessment` (revisitation).
        due: the day by which the municipality means to have assessed the case anew.
    """

    visit: str
    outcome: str
    reason: str = ""
    due: date | None = None


@dataclass(frozen=True)
class ReassessmentDone:
    """The case was assessed anew; a decision, where there is one, is a document of its own.

    Attributes:
        result: a code: `goes_on`, `changed`, `ended`.
    """

    visit: str
    result: str
    reason: str


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


JourneyEvent = (
    VisitCalledOff
    | VisitNotHeld
    | DocumentOrdered
    | DocumentToSend
    | DeliveryWithdrawn
    | ReminderGiven
    | OutcomeDecided
    | ReassessmentDone
    | VisitArchived
    | SteppedIn
)
