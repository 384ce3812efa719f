"""The sections of a visit as one visitor's list of tasks: what is open, begun, handed in, locked."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipeline.cases.record.parts import Visit
from pipeline.cases.record.voices import section_of
from pipeline.tool.definition import FilledBy, Section, Tool
from webforms.forms.section_at_hand import BEHALF, MUNICIPAL, OWN, SectionAtHand, section_at_hand
from webforms.identity.current import CaseInView
from webforms.services import Services


class Progress(StrEnum):
    """How far a section is, in one voice."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    HANDED_IN = "handed_in"
    LOCKED = "locked"


@dataclass(frozen=True)
class SectionTask:
    """A line of the list.

    Attributes:
        door: the way in that the address names; empty where the section can only be read.
    """

    key: str
    title: str
    progress: Progress
    door: str
    is_parents: bool


def tasks_of(services: Services, view: CaseInView, visit: Visit) -> tuple[SectionTask, ...]:
    """The sections that this visitor may open, in the official order."""
    tool = services.tool(visit.edition)
    return tuple(task for section in tool.sections for task in _task(services, view, visit, section, tool))


def _task(services: Services, view: CaseInView, visit: Visit, section: Section, tool: Tool) -> Iterator[SectionTask]:
    at_hand = _best_door(services, view, visit, section)
    if at_hand is None:
        return
    is_parents = section.filled_by is FilledBy.PARENTS
    is_own_kind = at_hand.offer is not None and at_hand.door != BEHALF
    if not (is_own_kind or is_parents or at_hand.reader.is_municipal):
        return
    yield SectionTask(
        key=section.key,
        title=at_hand.law.in_words(section.title),
        progress=_progress(visit, section, tool, at_hand.reader.voice),
        door=at_hand.door,
        is_parents=is_parents,
    )


def _best_door(services: Services, view: CaseInView, visit: Visit, section: Section) -> SectionAtHand | None:
    """The door behind which the visitor may write; else the one that shows."""
    doors = [section_at_hand(services, view, visit.id, section.key, door) for door in (OWN, MUNICIPAL)]
    found = [at_hand for at_hand in doors if at_hand]
    return next((at_hand for at_hand in found if at_hand.offer), found[0] if found else None)


def _progress(visit: Visit, section: Section, tool: Tool, voice: str) -> Progress:
    if section.key in visit.locked:
        return Progress.LOCKED
    if any(key == section.key and voice in ("", of) for key, of in visit.handed_in):
        return Progress.HANDED_IN
    written = (slot for slot in visit.answers if voice in ("", slot.voice) and visit.current(slot))
    begun = any((found := section_of(slot.key, tool)) and found.key == section.key for slot in written)
    return Progress.BEGUN if begun else Progress.NOT_BEGUN
