"""How many of the year's supervision visits were held: in the calendar year, and in twelve months from the approval.

Two a year are due (§ 4 of BEK 717/2016 as DUKH tells it); no source says from when a year is counted, so both are told.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.cases.record.case import Case


@dataclass(frozen=True)
class Counted:
    """A year, by its first and its last day, and how many visits were held in it."""

    begins: date
    ends: date
    held: int


def in_calendar_year(case: Case, today: date) -> Counted:
    """The calendar year that a day lies in."""
    return _counted(case, date(today.year, 1, 1), date(today.year, 12, 31), today)


def from_approval(case: Case, today: date) -> Counted | None:
    """The twelve months, counted from the day of the approval that holds, that a day lies in; None without one."""
    approval = case.approval_on(today)
    if approval is None:
        return None
    begins = _anniversary(approval.decided_on, today.year)
    if begins > today:
        begins = _anniversary(approval.decided_on, today.year - 1)
    return _counted(case, begins, _anniversary(approval.decided_on, begins.year + 1) - timedelta(days=1), today)


def _counted(case: Case, begins: date, ends: date, today: date) -> Counted:
    """Extra visits, and those that were called off, do not count; a visit counts from its day on."""
    held = [
        visit.day
        for visit in case.visits.values()
        if visit.day and not visit.is_extra and visit.id not in case.travelled.called_off
    ]
    days = [*held, *(visit.day for visit in case.earlier_visits)]
    return Counted(begins, ends, sum(begins <= day <= min(ends, today) for day in days))


def _anniversary(day: date, year: int) -> date:
    """The same day of another year; what was decided on a leap day is counted from 1 March in years without one."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
