"""A visit as an appointment: the same one however often it is moved, and without a word of whose it is."""

from datetime import date, datetime, time, timedelta

from exports.calendar.appointment import Appointment
from pipeline.cases.notice.events import NoticeGiven, Tells
from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.danish import COPENHAGEN

_DOMAIN = "hjemmetilsyn"


def appointment_of(case: Case, visit: Visit, title: str, words: str) -> Appointment | None:
    """What the family was told of a visit; None: nothing yet, so there is nothing to keep free."""
    notices = case.notices.of_visit(visit.id)
    if not notices:
        return None
    last, told = notices[-1], notices[-1].told
    day = told.day or visit.day
    if day is None:
        return None
    return Appointment(
        id=f"{visit.id}@{_DOMAIN}",
        title=title,
        words=words,
        moved=len(notices) - 1,
        told_at=last.at,
        day=day,
        begins=_begins(told, day),
        lasts=timedelta(minutes=told.minutes),
        is_called_off=told.tells in (Tells.POSTPONED, Tells.CALLED_OFF),
    )


def _begins(told: NoticeGiven, day: date) -> datetime | None:
    return datetime.combine(day, time.fromisoformat(told.starts), COPENHAGEN) if told.starts else None
