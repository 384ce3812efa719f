"""A calendar file says when, to every calendar; it is known again when it was moved, and tells nothing of whom."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar

from exports.calendar.appointment import Appointment, calendar_file
from pipeline.danish import COPENHAGEN

DAY = date(2027, 3, 28)
TIMED = Appointment(
    id="besoeg-1@opdigtet.example",
    title="Tilsynsbesøg",
    words="Log ind for at se mere.",
    moved=0,
    told_at=datetime(2027, 3, 1, 9, tzinfo=UTC),
    day=DAY,
    begins=datetime(2027, 3, 28, 9, 30, tzinfo=COPENHAGEN),
    lasts=timedelta(minutes=90),
)


def event_of(appointment: Appointment) -> Any:
    calendar = Calendar.from_ical(calendar_file(appointment))
    assert isinstance(calendar, Calendar)
    return calendar.walk("VEVENT")[0]


def test_the_moment_is_the_one_in_denmark_on_the_day_that_summer_time_begins() -> None:
    event = event_of(TIMED)
    assert event.decoded("dtstart") == datetime(2027, 3, 28, 7, 30, tzinfo=UTC)
    assert event.decoded("duration") == timedelta(minutes=90)


def test_without_a_time_it_stands_on_the_whole_day() -> None:
    event = event_of(replace(TIMED, begins=None))
    assert event.decoded("dtstart") == DAY
    assert not isinstance(event.decoded("dtstart"), datetime)
    assert "duration" not in event


def test_a_moved_one_is_the_same_with_a_higher_number() -> None:
    first, moved = event_of(TIMED), event_of(replace(TIMED, moved=2, day=date(2027, 4, 1)))
    assert first["uid"] == moved["uid"] == TIMED.id
    assert (first["sequence"], moved["sequence"]) == (0, 2)


def test_one_that_was_called_off_is_taken_out_of_the_calendar() -> None:
    called_off = replace(TIMED, is_called_off=True, moved=1)
    assert event_of(called_off)["status"] == "CANCELLED"


def test_it_has_neither_place_nor_people() -> None:
    content = calendar_file(TIMED)
    assert not [name for name in (b"LOCATION", b"ATTENDEE", b"ORGANIZER", b"CONTACT", b"GEO") if name in content]


def test_the_same_appointment_makes_the_same_bytes_in_lines_that_every_calendar_reads() -> None:
    content = calendar_file(TIMED)
    assert content == calendar_file(TIMED)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.endswith(b"END:VCALENDAR\r\n")
