"""Whether the family must be told something of a visit that it does not know yet, what, and who is told."""

from dataclasses import replace
from datetime import date

from pipeline.cases.hearing.events import Capacity
from pipeline.cases.hearing.who import ToHear, to_hear
from pipeline.cases.notice.events import NoticeGiven, Tells, VisitArranged
from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.deadlines.rules import Deadlines

EXTRA = "extra"
"""The kind of a visit between the two of the year; nothing is handed in before it."""

_NOT_A_DAY_TO_KEEP = (Tells.POSTPONED, Tells.CALLED_OFF)


def notice_due(case: Case, visit_id: str, today: date, deadlines: Deadlines) -> NoticeGiven | None:
    """What is to be told now, still without an id; None where the family knows it all, or the day has passed.

    Args:
        case: as it stands.
        visit_id: the visit.
        today: the day in Denmark.
        deadlines: say by when the family's material is asked for.
    """
    visit, last = case.visits[visit_id], case.notices.last(visit_id)
    known = last.told if last else None
    if visit_id in case.travelled.called_off or visit.day is None:
        return _not_as_told(case, visit, known)
    if visit.day < today:
        return None
    now = _as_it_stands(case, visit, deadlines)
    if known is None:
        return replace(now, tells=Tells.NEW)
    return replace(now, tells=Tells.CHANGED) if _differs(now, known) else None


def told_to(case: Case, day: date) -> tuple[ToHear, ...]:
    """Everybody who is told: the holders of parental authority and other training parents; a child is told by them."""
    return tuple(one for one in to_hear(case, day) if one.capacity is not Capacity.CHILD)


def _not_as_told(case: Case, visit: Visit, known: NoticeGiven | None) -> NoticeGiven | None:
    """The visit will not be on the day that was told: who was told of none is told nothing."""
    is_called_off = visit.id in case.travelled.called_off
    tells = Tells.CALLED_OFF if is_called_off else Tells.POSTPONED
    if known is None or known.tells in (tells, Tells.CALLED_OFF) or not (is_called_off or known.day):
        return None
    return NoticeGiven("", visit.id, tells, day=known.day, words=_new_words(case, visit.id))


def _as_it_stands(case: Case, visit: Visit, deadlines: Deadlines) -> NoticeGiven:
    arranged, team = case.notices.arranged.get(visit.id, VisitArranged(visit.id)), visit.team
    return NoticeGiven(
        notice="",
        visit=visit.id,
        tells=Tells.NEW,
        day=visit.day,
        starts=arranged.starts,
        minutes=arranged.minutes,
        place=arranged.place,
        words=_new_words(case, visit.id),
        team=team.people if team else (),
        others=team.others if team else "",
        material_by=deadlines.material(visit.day).day if visit.day and visit.kind != EXTRA else None,
    )


def _differs(now: NoticeGiven, known: NoticeGiven) -> bool:
    """Whether anything is new; a day that is kept again after the visit was put off is new too."""
    same = replace(now, notice=known.notice, tells=known.tells, words=known.words)
    return same != known or bool(now.words) or known.tells in _NOT_A_DAY_TO_KEEP


def _new_words(case: Case, visit: str) -> str:
    """What was written for the family and has not been told it yet."""
    arranged = case.notices.arranged.get(visit)
    told = {one.told.words for one in case.notices.of_visit(visit)}
    return arranged.words if arranged and arranged.words not in told else ""
