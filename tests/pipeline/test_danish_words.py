"""Dates, times and lists as a Dane would write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.danish import danish_date, danish_day, danish_list, danish_moment


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 3), "3. marts 2026"),
        (date(2024, 2, 29), "29. februar 2024"),
        (date(2025, 12, 31), "31. december 2025"),
        (date(2026, 5, 1), "1. maj 2026"),
    ],
)
def test_a_day_in_words(day: date, words: str) -> None:
    assert danish_date(day) == words


def test_every_month_has_a_name_of_its_own() -> None:
    assert len({danish_date(date(2026, month, 1)) for month in range(1, 13)}) == 12


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 1, 5, 13, 5, tzinfo=UTC), "5. januar 2026 kl. 14.05"),
        (datetime(2026, 7, 5, 13, 5, tzinfo=UTC), "5. juli 2026 kl. 15.05"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "29. marts 2026 kl. 01.59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29. marts 2026 kl. 03.00"),
        (datetime(2025, 12, 31, 23, 30, tzinfo=UTC), "1. januar 2026 kl. 00.30"),
    ],
)
def test_a_moment_stands_in_danish_time_summer_and_winter(moment: datetime, words: str) -> None:
    assert danish_moment(moment) == words
    assert danish_day(moment) == words.partition(" kl.")[0]


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2199, 12, 31), timezones=st.timezones()))
def test_a_moment_reads_the_same_whatever_zone_it_was_given_in(moment: datetime) -> None:
    assert danish_moment(moment) == danish_moment(moment.astimezone(UTC))


@pytest.mark.parametrize(
    ("words", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c")],
)
def test_a_list_ends_with_og(words: list[str], joined: str) -> None:
    assert danish_list(words) == joined
