"""A time of day as Danes write it: 9.30, kl. 9:30, 0930 or just 9."""

import re

_TIME = re.compile(r"(?:kl\.?\s*)?([01]?[0-9]|2[0-3])(?:[.:]?([0-5][0-9]))?", re.IGNORECASE)


class NotATime(ValueError):
    """What was typed is no time of day."""


def read_time(typed: str) -> str:
    """What was typed, as `09:30`.

    Raises:
        NotATime: it is no time of day.
    """
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        raise NotATime
    return f"{int(found[1]):02}:{found[2] or '00'}"


def written_time(time: str) -> str:
    """A time of day as it stands in a field: `9.30`; nothing where there is none."""
    return f"{int(time[:2])}.{time[3:]}" if time else ""
