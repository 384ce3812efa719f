"""Who is told by mail or SMS that there is something new: who can be reached, has said yes, and gets in to read it."""

from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.cases.notice.events import NudgeToSend, Way
from pipeline.cases.notice.numbers import number_for_sms
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


def may_be_nudged(case: Case, person_id: str, day: date, way: Way = Way.MAIL) -> bool:
    """Whether a mail or an SMS may go to a person."""
    has_said_yes = person_id in (case.notices.by_mail if way is Way.MAIL else case.notices.by_sms)
    return has_said_yes and bool(address_of(case, person_id, way)) and paused(case, person_id, day) is None


def address_of(case: Case, person_id: str, way: Way) -> str:
    """Where a mail or an SMS to a person goes; empty where it cannot go."""
    person = case.people.get(person_id)
    if person is None:
        return ""
    return person.contact.email if way is Way.MAIL else number_for_sms(person.contact.phone)


def _nudges(case: Case, people: Iterable[str], about: str, day: date) -> Iterator[NudgeToSend]:
    for person in people:
        for way in Way:
            nudge = f"{about}-{person}" if way is Way.MAIL else f"{about}-{person}-{way}"
            if nudge not in case.notices.nudges and may_be_nudged(case, person, day, way):
                yield NudgeToSend(nudge, person, way)
