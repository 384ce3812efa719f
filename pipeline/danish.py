"""Dates, times and lists in Danish words; the only place that formats them for people."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

_MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


def danish_date(day: date) -> str:
    """A day in words, e.g. “3. marts 2026”."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def danish_moment(moment: datetime) -> str:
    """An aware moment in Danish time, e.g. “3. marts 2026 kl. 14.05”."""
    local = moment.astimezone(COPENHAGEN)
    return f"{danish_date(local.date())} kl. {local:%H.%M}"


def danish_list(words: Sequence[str]) -> str:
    """Words joined as a Dane would: “a, b og c”."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} og {words[-1]}"
