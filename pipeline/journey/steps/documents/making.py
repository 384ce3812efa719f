"""How a maker of documents looks: it is given the order and the machines, and says what is to be kept."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from pipeline.cases.journey.events import DocumentOrdered
from pipeline.cases.record.events import Event
from pipeline.documents.render import Workshop
from pipeline.journey.engine.step import Work
from pipeline.store.files import NewDocument


@dataclass(frozen=True)
class Making:
    """What documents are made with.

    Attributes:
        at_work: the machines, for the length of a block.
        private: a folder that only this program may enter.
    """

    at_work: Callable[[], AbstractContextManager[Workshop]]
    private: Path


def _nothing(file: str) -> Sequence[Event]:
    return ()


@dataclass(frozen=True)
class Made:
    """A document that was made and is not kept yet.

    Attributes:
        events: what happens when it is kept under an id; in the transaction that keeps it.
    """

    content: bytes
    document: NewDocument
    events: Callable[[str], Sequence[Event]] = _nothing


Maker = Callable[[Work, DocumentOrdered, Making], Made | None]
"""Makes one kind of document; None: it is there already, or nobody needs it any more."""
