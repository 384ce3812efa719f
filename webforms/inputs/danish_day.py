"""Reads a day as people write it: 3.3.2026, 3/3-26, 3. marts 2026, 2026-03-03."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_FULL = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_NUMBERS = re.compile(
    r"(?P<day>\d{1,2})\s*[./ -]\s*(?P<month>\d{1,2})(?:\s*[./ -]\s*(?P<year>\d{4}|\d{2}))?\.?", re.ASCII
)
_TOGETHER = re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})", re.ASCII)
_WORDS = re.compile(r"(?:den\s+)?(?P<day>\d{1,2})\s*\.?\s*(?P<month>[a-z]+)\.?\s*(?P<year>\d{4}|\d{2})?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class NotADay(ValueError):
    """The text is no day that exists."""


class YearMissing(NotADay):
    """Day and month are there, the year is not; guessing it would be wrong around New Year."""


def read_day(typed: str) -> date:
    """The day that was meant; two digits of a year are in this century.

    Raises:
        YearMissing: everything but the year can be read.
        NotADay: nothing can.
    """
    text = " ".join(typed.split()).casefold()
    for form in (_ISO, _NUMBERS, _TOGETHER, _WORDS):
        if found := form.fullmatch(text):
            return _day(found)
    raise NotADay


def written_day(day: date) -> str:
    """A day as it stands in a field, e.g. “3.3.2026”."""
    return f"{day.day}.{day.month}.{day.year}"


def _day(found: re.Match[str]) -> date:
    if not found["year"]:
        raise YearMissing
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise NotADay
    try:
        return date(year, _month(found["month"]), int(found["day"]))
    except ValueError:
        raise NotADay from None


def _month(written: str) -> int:
    if written.isdigit():
        return int(written)
    names = _FULL if written in _FULL else _MONTHS
    if written not in names:
        raise NotADay
    return names.index(written) + 1
