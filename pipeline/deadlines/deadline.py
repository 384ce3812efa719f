"""A deadline: shown as a day, kept as the instant at which that day ends in Denmark."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from pipeline.danish import COPENHAGEN


def start_of(day: date) -> datetime:
    """The first instant of a day in Denmark, in UTC."""
    return datetime.combine(day, time(), COPENHAGEN).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first instant after a day in Denmark, in UTC; what comes before it comes in time."""
    return start_of(day + timedelta(days=1))


@dataclass(frozen=True)
class Deadline:
    """A deadline.

    Attributes:
        day: the last day, as people are told.
    """

    day: date

    @classmethod
    def at(cls, instant: datetime) -> "Deadline":
        """The deadline that ends at an instant."""
        return cls((instant - timedelta(microseconds=1)).astimezone(COPENHAGEN).date())

    @property
    def instant(self) -> datetime:
        """The first instant that is too late."""
        return end_of(self.day)
