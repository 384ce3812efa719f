"""Which days are working days in Denmark; the one module that imports the calendar of holidays."""

from collections.abc import Set
from datetime import date, timedelta
from typing import NamedTuple

from holidays import country_holidays

_SATURDAY = 5
_DAY = timedelta(days=1)


class DayOfYear(NamedTuple):
    """A day that comes back every year."""

    month: int
    day: int


class WorkingDays:
    """Monday to Friday, without public holidays and without the days on which an office is shut.

    Args:
        closed: days of every year that do not count either.
    """

    def __init__(self, closed: Set[DayOfYear] = frozenset()) -> None:
        self._closed = closed
        # It works out each year when it is first asked about it, and knows which holidays were abolished when.
        self._holidays = country_holidays("DK")

    def is_working_day(self, day: date) -> bool:
        """Whether a day counts."""
        is_shut = DayOfYear(day.month, day.day) in self._closed
        return day.weekday() < _SATURDAY and not is_shut and day not in self._holidays

    def after(self, day: date, number: int) -> date:
        """The working day that is so many working days after a day, which is not counted itself."""
        return self._counted(day, number, _DAY)

    def before(self, day: date, number: int) -> date:
        """The working day that is so many working days before a day, which is not counted itself."""
        return self._counted(day, number, -_DAY)

    def _counted(self, day: date, number: int, step: timedelta) -> date:
        while number:
            day += step
            number -= self.is_working_day(day)
        return day
