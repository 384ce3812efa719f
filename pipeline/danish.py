"""Dates, times and lists in Danish words; the only place that formats them for people."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

_MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


def danish_date(day: date) -> str:
    """A day in words, e.g. “3. marts 2026”."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def danish_weekday(day: date) -> str:
    """A day as somebody writes it who wants it to be kept, e.g. “tirsdag den 3. marts 2026”."""
    return f"{_WEEKDAYS[day.weekday()]} den {danish_date(day)}"


def danish_day(moment: datetime) -> str:
    """The day on which an aware moment falls in Denmark, e.g. “3. marts 2026”."""
    return danish_date(moment.astimezone(COPENHAGEN).date())


def danish_moment(moment: datetime) -> str:
    """An aware moment in Danish time, e.g. “3. marts 2026 kl. 14.05”."""
    return f"{danish_day(moment)} kl. {moment.astimezone(COPENHAGEN):%H.%M}"


def danish_list(words: Sequence[str]) -> str:
    """Words joined as a Dane would: “a, b og c”."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} og {words[-1]}"
