"""A kept document goes to a person: it lies on their page, or is printed and posted where they cannot get in."""

from pipeline.cases.hearing.events import Capacity
from pipeline.cases.hearing.who import ToHear
from pipeline.cases.journey.events import DocumentToSend
from pipeline.store.clock import new_id

ON_PAGE, BY_LETTER = "page", "letter"
"""Ways that a document goes; exports/post does them."""


def to_send(visit: str, file: str, person_id: str, *, reads_here: bool) -> DocumentToSend:
    """A document goes to a person, by the way on which they read."""
    return DocumentToSend(new_id(), visit, file, person_id, ON_PAGE if reads_here else BY_LETTER)


def is_child(one: ToHear) -> bool:
    """Whether it is the child that would be heard."""
    return one.capacity is Capacity.CHILD
