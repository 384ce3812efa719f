"""What every way to a person does: bring a letter to somebody once, however often it is asked to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Letter:
    """A document on its way to somebody.

    Attributes:
        content: its bytes, a chunk at a time; read once.
        to: lines of an address: name, street, town.
    """

    title: str
    media_type: str
    sha256: str
    content: Iterable[bytes]
    to: tuple[str, ...] = field(repr=False)


class Channel(Protocol):
    """A way to a person."""

    def send(self, key: str, letter: Letter) -> None:
        """Send a letter; one that was sent under the key before is not sent again.

        Raises:
            OSError: it could not be sent now.
        """
