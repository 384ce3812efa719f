"""Reminders: a family whose material is missing, and somebody who has not answered a hearing yet."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from pipeline.cases.hearing.events import Capacity
from pipeline.cases.journey.events import DocumentOrdered, ReminderGiven
from pipeline.cases.notice.due import told_to
from pipeline.cases.notice.material import owing_parents
from pipeline.cases.notice.nudges import nudges
from pipeline.cases.record.case import Case
from pipeline.cases.record.events import Event
from pipeline.danish import COPENHAGEN
from pipeline.documents.reminder_letter import REMINDER
from pipeline.journey.engine.step import NOTHING, Done, Step, Work
from pipeline.store.clock import new_id
from pipeline.tool.load import load_tool


def remind_of_material_with(editions: Path) -> Step:
    """The step, for the editions that an installation has."""

    def remind_of_material(work: Work) -> Done:
        """Remind the households that owe something, unless the deadline is over; whoever wants mail gets one."""
        case, today = work.case(), work.now.astimezone(COPENHAGEN).date()
        visit = case.visits[work.journey.about]
        owing = owing_parents(case, visit, load_tool(visit.edition, editions), today)
        if not owing or _is_too_late(work):
            return NOTHING
        # A visit that was moved has another day to be reminded of.
        about = f"material-{visit.id}-{visit.day}"
        told: tuple[Event, ...] = (*nudges(case, owing, about, today), *_letters(case, visit.id, "", owing, today))
        return Done([ReminderGiven("visit", visit.id), *told])

    return remind_of_material


def remind_of_hearing(work: Work) -> Done:
    """Remind somebody of the end of the hearing; nobody is reminded of what they were told the same day."""
    begun = work.journey.since
    if work.journey.remind_at is None or work.journey.remind_at <= begun or _is_too_late(work):
        return NOTHING
    case = work.case()
    opened = case.hearings.by_id[work.journey.about].opened
    # The child is heard by talking and playing with it, never written to.
    people = () if opened.capacity is Capacity.CHILD else (opened.person_id,)
    about, today = f"frist-{opened.hearing}-{work.journey.remind_at.date()}", work.now.astimezone(COPENHAGEN).date()
    told: tuple[Event, ...] = (
        *nudges(case, people, about, today),
        *_letters(case, opened.visit, opened.hearing, people, today),
    )
    return Done([ReminderGiven("hearing", opened.hearing), *told])


def _letters(case: Case, visit: str, about: str, people: Sequence[str], day: date) -> Iterator[DocumentOrdered]:
    """Who does not get in to the pages is reminded on paper."""
    for one in told_to(case, day):
        if one.person.id in people and not one.reads_here:
            yield DocumentOrdered(new_id(), REMINDER, visit, about, one.person.id)


def _is_too_late(work: Work) -> bool:
    return work.journey.deadline_at is not None and work.journey.deadline_at <= work.now
