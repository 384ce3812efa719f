"""Events as JSON and back: one envelope for every kind, names of kinds and attributes as in the classes of `Event`."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args

import msgspec

from pipeline.cases.record.events import Event

_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    kind.__name__: msgspec.json.Decoder(kind) for kind in get_args(Event)
}


@dataclass(frozen=True)
class Stamped:
    """An event with its place in the case.

    Attributes:
        seq: 1, 2, 3 … within the case.
        at: when, in UTC.
        by: id of the person or employee who did it, or `system`.
    """

    seq: int
    at: datetime
    by: str
    event: Event


class _Envelope(msgspec.Struct, frozen=True):
    kind: str
    by: str
    data: msgspec.Raw


_ENVELOPE = msgspec.json.Decoder(_Envelope)


def encode(event: Event, by: str) -> bytes:
    """An event as JSON."""
    return msgspec.json.encode(_Envelope(type(event).__name__, by, msgspec.Raw(msgspec.json.encode(event))))


def decode(raw: bytes, seq: int, at: datetime) -> Stamped:
    """An event from its JSON.

    Raises:
        msgspec.ValidationError: the JSON is no event that this release knows; an older release reads a newer database.
    """
    envelope = _ENVELOPE.decode(raw)
    decoder = _DECODERS.get(envelope.kind)
    if decoder is None:
        raise msgspec.ValidationError(f"unknown kind of event: {envelope.kind}")
    event: Event = decoder.decode(envelope.data)
    return Stamped(seq, at, envelope.by, event)


def instant_as_text(instant: datetime) -> str:
    """An aware instant as it is stored: UTC with microseconds, so that text sorts as time does.

    Raises:
        ValueError: the instant is naive; guessing a zone would move what happened by hours.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant_from_text(stored: str) -> datetime:
    """The inverse of `instant_as_text`."""
    return datetime.fromisoformat(stored)
