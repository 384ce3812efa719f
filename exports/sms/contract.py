"""What every way to send a text message does: hand it over once for each key, whoever carries it then."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Sms:
    """A text message to one person.

    Attributes:
        key: the same for every try.
        to: the number with its country (E.164), and nothing else of whoever it is.
    """

    key: str
    to: str = field(repr=False)
    text: str


class SmsTarget(Protocol):
    """A way to send text messages."""

    def send(self, sms: Sms) -> None:
        """Hand a message over; one of the same key is not handed over again.

        Raises:
            OSError: it could not be handed over now.
        """
