"""What every way to send a mail does: hand it over once, as far as mail can, and say so if it was not taken."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class MailRefused(Exception):
    """The mail was not taken.

    Attributes:
        permanent: it will not be taken later either, e.g. because there is no such mailbox.
    """

    def __init__(self, *, permanent: bool) -> None:
        super().__init__("mail refused")
        self.permanent = permanent


@dataclass(frozen=True)
class Mail:
    """A mail to one person.

    Attributes:
        key: the same for every try; receivers drop the second of two mails with one Message-ID.
        to: the address, and nothing else of whoever it is.
        at: when it was asked for; the same for every try.
    """

    key: str
    to: str = field(repr=False)
    subject: str
    text: str
    at: datetime


class MailTarget(Protocol):
    """A way to send mail."""

    def send(self, mail: Mail) -> None:
        """Hand a mail over.

        Raises:
            MailRefused: it was not taken.
            OSError: nobody could be reached now.
        """
