"""What is done by itself while people are to sign: a reminder, and an end when the last day has passed."""

from pipeline.cases.journey.events import ReminderGiven
from pipeline.cases.signing.events import SigningExpired
from pipeline.journey.engine.step import NOTHING, Done, Work

_SIGNED = "signed"


def remind_of_signing(work: Work) -> Done:
    """Remind of the last day; nobody is reminded of what they were asked the same day, or after it is too late."""
    remind_at, deadline = work.journey.remind_at, work.journey.deadline_at
    if remind_at is None or remind_at <= work.journey.since or (deadline is not None and deadline <= work.now):
        return NOTHING
    return Done([ReminderGiven("signing", work.journey.about)])


def end_signing(work: Work) -> Done:
    """The last day has passed: whoever need not sign is not waited for any more, and without the others it expires.

    A signature that comes before this is committed takes the row away from it.
    """
    signing = work.case().signings[work.journey.about]
    if signing.is_complete:
        return Done(led_to=_SIGNED)
    return Done([SigningExpired(signing.id)])
