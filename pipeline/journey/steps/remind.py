"""Reminders: a family whose material is missing, and somebody who has not answered a hearing yet."""

from pipeline.cases.journey.events import ReminderGiven
from pipeline.journey.engine.step import NOTHING, Done, Work


def remind_of_material(work: Work) -> Done:
    """Remind the family of the material before a visit, unless all of it was handed in or the visit is over."""
    visit = work.case().visits[work.journey.about]
    if visit.handed_in or _is_too_late(work):
        return NOTHING
    return Done([ReminderGiven("visit", visit.id)])


def remind_of_hearing(work: Work) -> Done:
    """Remind somebody of the end of the hearing; nobody is reminded of what they were told the same day."""
    begun = work.journey.since
    if work.journey.remind_at is None or work.journey.remind_at <= begun or _is_too_late(work):
        return NOTHING
    return Done([ReminderGiven("hearing", work.journey.about)])


def _is_too_late(work: Work) -> bool:
    return work.journey.deadline_at is not None and work.journey.deadline_at <= work.now
