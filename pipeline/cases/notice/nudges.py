"""Who is told by mail that there is something new: who has an address, has said yes, and can read it on the pages."""

from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.cases.notice.events import NudgeToSend
from pipeline.cases.record.access_pause import paused
from pipeline.cases.record.case import Case


def nudges(case: Case, people: Iterable[str], about: str, day: date) -> tuple[NudgeToSend, ...]:
    """A nudge for each of some people who may be nudged and was not nudged of this before.

    Args:
        case: the case.
        people: ids of those who have something new.
        about: what it is, the same however often it is asked: a word and an id, nothing that tells of anybody.
        day: the day in Denmark.
    """
    return tuple(_nudges(case, dict.fromkeys(people), about, day))


def may_be_nudged(case: Case, person_id: str, day: date) -> bool:
    """Whether a mail may go to a person."""
    person = case.people.get(person_id)
    has_said_yes = person_id in case.notices.by_mail
    return person is not None and bool(person.contact.email) and has_said_yes and paused(case, person_id, day) is None


def _nudges(case: Case, people: Iterable[str], about: str, day: date) -> Iterator[NudgeToSend]:
    for person in people:
        nudge = f"{about}-{person}"
        if nudge not in case.notices.nudges and may_be_nudged(case, person, day):
            yield NudgeToSend(nudge, person)
