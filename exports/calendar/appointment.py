"""An appointment as a calendar file (RFC 5545) that every calendar takes, and takes anew when it was moved.

A calendar lies on phones, is shared and is copied to servers elsewhere. So it is told when, and nothing of whom: the
title is one for all, there is no place, and the words lead to the pages, behind which the rest stands.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

MEDIA_TYPE = "text/calendar"
_PRODUCT = "-//Hjemmetilsyn//DA"


@dataclass(frozen=True)
class Appointment:
    """When something is.

    Attributes:
        id: the same however often it is moved, and of nobody else's appointment.
        moved: how often what was told of it has changed; a calendar takes the highest.
        told_at: when this was said last.
        day: the day it is on.
        begins: aware; None: no time of day has been agreed, and it stands on the whole day.
        lasts: how long; nothing is said where it is not known.
    """

    id: str
    title: str
    words: str
    moved: int
    told_at: datetime
    day: date
    begins: datetime | None = None
    lasts: timedelta = timedelta()
    is_called_off: bool = False


def calendar_file(appointment: Appointment) -> bytes:
    """The file; the same appointment makes the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(_event(appointment))
    made: bytes = calendar.to_ical()
    return made


def _event(appointment: Appointment) -> Event:
    event = Event()
    event.add("uid", appointment.id)
    event.add("dtstamp", appointment.told_at.astimezone(UTC))
    event.add("summary", appointment.title)
    event.add("description", appointment.words)
    # In UTC no rules of summer time have to come along, and no calendar reads them wrongly.
    event.add("dtstart", appointment.begins.astimezone(UTC) if appointment.begins else appointment.day)
    if appointment.begins and appointment.lasts:
        event.add("duration", appointment.lasts)
    event.add("sequence", appointment.moved)
    event.add("status", "CANCELLED" if appointment.is_called_off else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event
