"""The sections of a visit as one visitor's list of tasks: what is open, begun, handed in, corrected since, locked."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipeline.cases.record.history import CARRIED_OVER
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.reached import has_come
from pipeline.cases.record.voices import section_of
from pipeline.tool.definition import FilledBy, Section, Tool
from webforms.forms.choose_voice import names_of
from webforms.forms.kept_draft import typed_in
from webforms.forms.section_at_hand import BEHALF, MUNICIPAL, OWN, Asked, SectionAtHand, section_at_hand
from webforms.identity.current import CaseInView
from webforms.services import Services


class Progress(StrEnum):
    """How far a section is, in one voice."""

    NOT_BEGUN = "not_begun"
    AWAITED = "awaited"
    """To the municipality, which does not know whether the family has begun."""
    BEGUN = "begun"
    HANDED_IN = "handed_in"
    CHANGED = "changed"
    LOCKED = "locked"

    @property
    def is_open(self) -> bool:
        """Whether there is something left to do."""
        return self in (Progress.NOT_BEGUN, Progress.AWAITED, Progress.BEGUN)


@dataclass(frozen=True)
class SectionTask:
    """A line of the list.

    Attributes:
        door: the way in that the address names; it shows the section where nothing may be written.
        explained: on an English page what the title means.
        told: for the family, how it was handed in for them on the phone.
    """

    key: str
    title: str
    progress: Progress
    door: str
    is_parents: bool
    may_write: bool
    explained: str = ""
    told: str = ""


def tasks_of(services: Services, view: CaseInView, visit: Visit) -> tuple[SectionTask, ...]:
    """The sections that this visitor may open, in the official order."""
    tool = services.tool(visit.edition)
    return tuple(task for section in tool.sections for task in _task(services, view, visit, section, tool))


def progress_of(visit: Visit, section: Section, tool: Tool, voice: str) -> Progress:
    """How far a section is in one voice, or, where none is named, in any; drafts are not looked at."""
    if section.key in visit.locked:
        return Progress.LOCKED
    handed_in = [at for (key, of), at in visit.handed_in.items() if key == section.key and voice in ("", of)]
    written = [v[-1] for slot, v in visit.answers.items() if voice in ("", slot.voice) and _in(slot.key, section, tool)]
    if handed_in:
        return Progress.CHANGED if any(one.at > max(handed_in) for one in written) else Progress.HANDED_IN
    # What came along from last time nobody has written this time.
    begun = any(one.value is not None and one.through != CARRIED_OVER for one in written)
    return Progress.BEGUN if begun else Progress.NOT_BEGUN


def progress_at_desk(visit: Visit, section: Section, tool: Tool) -> Progress:
    """How far a section of the family's is to the municipality: what a household has not handed in is not looked at."""
    if not has_come(visit, section.key):
        return Progress.LOCKED if section.key in visit.locked else Progress.AWAITED
    voices = [voice for key, voice in visit.handed_in if key == section.key]
    found = {progress_of(visit, section, tool, voice) for voice in voices}
    return found.pop() if len(found) == 1 else Progress.CHANGED


def _in(key: str, section: Section, tool: Tool) -> bool:
    found = section_of(key, tool)
    return found is not None and found.key == section.key


def _task(services: Services, view: CaseInView, visit: Visit, section: Section, tool: Tool) -> Iterator[SectionTask]:
    at_hand = _best_door(services, view, visit, section)
    if at_hand is None or all(field.key in visit.not_asked for field in section.fields):
        return
    is_parents = section.filled_by is FilledBy.PARENTS
    is_own_kind = at_hand.offer is not None and at_hand.door != BEHALF
    if not (is_own_kind or is_parents or at_hand.reader.is_municipal):
        return
    yield SectionTask(
        key=section.key,
        title=at_hand.law.in_words(section.title),
        progress=_progress(services, at_hand),
        door=at_hand.door,
        is_parents=is_parents,
        may_write=at_hand.may_write,
        explained=at_hand.english.of_section(section.key).label,
        told=_read_back(at_hand),
    )


def _read_back(at_hand: SectionAtHand) -> str:
    how = at_hand.visit.read_back.get((at_hand.section.key, at_hand.reader.voice))
    if how is None:
        return ""
    by, name = (names_of(at_hand.case, one, at_hand.say) for one in (how.by, how.person_id))
    return at_hand.say("forms.read_back", moment=at_hand.say.moment(how.at), by=by, name=name)


def _best_door(services: Services, view: CaseInView, visit: Visit, section: Section) -> SectionAtHand | None:
    """The door behind which the visitor may write; else the one that shows."""
    is_municipal = bool(view.decision.role and view.decision.role.is_employed)
    return section_at_hand(services, view, visit.id, section.key, Asked(MUNICIPAL if is_municipal else OWN))


def _progress(services: Services, at_hand: SectionAtHand) -> Progress:
    if at_hand.is_heard:
        return Progress.LOCKED
    if at_hand.reader.is_municipal and at_hand.section.filled_by is FilledBy.PARENTS:
        return progress_at_desk(at_hand.visit, at_hand.section, at_hand.tool)
    found = progress_of(at_hand.visit, at_hand.section, at_hand.tool, at_hand.reader.voice)
    if found is Progress.NOT_BEGUN and at_hand.may_write and typed_in(services.store.drafts.of(at_hand.draft)):
        return Progress.BEGUN
    return found
