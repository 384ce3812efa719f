"""The year's visits as the page of the visits tells them: by the calendar and from the approval."""

from dataclasses import dataclass

from pipeline.cases.record.counted_visits import Counted, from_approval, in_calendar_year
from pipeline.danish import danish_date
from webforms.caseworkers.at_case import AtCase


@dataclass(frozen=True)
class YearLine:
    """A year, and how many of its visits were held; `counts`: this municipality counts by it."""

    what: str
    held: str
    counts: bool


def year_lines(at: AtCase) -> tuple[YearLine, ...]:
    """Both years, the one that counts first; without an approval there is but one."""
    by_calendar, by_approval = in_calendar_year(at.case, at.today), from_approval(at.case, at.today)
    counting = at.services.deadlines.counting
    lines = [_line(at, at.say("caseworkers.counted.year", year=by_calendar.begins.year), by_calendar, "calendar")]
    if by_approval:
        begins, ends = danish_date(by_approval.begins), danish_date(by_approval.ends)
        words = at.say("caseworkers.counted.approval", begins=begins, ends=ends)
        lines.insert(0 if counting.year == "approval" else 1, _line(at, words, by_approval, "approval"))
    return tuple(lines)


def _line(at: AtCase, what: str, counted: Counted, year: str) -> YearLine:
    counting = at.services.deadlines.counting
    held = at.say("caseworkers.counted.of", held=counted.held, wanted=counting.visits)
    return YearLine(what, held, counting.year == year)
