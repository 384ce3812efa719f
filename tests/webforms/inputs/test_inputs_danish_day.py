"""A day is read as people write it; what could be two days is asked about."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webforms.inputs.danish_day import NotADay, YearMissing, read_day, written_day


@pytest.mark.parametrize(
    "typed",
    [
        "3.3.2026", "03.03.2026", "3/3-26", "3/3 2026", "3/3/2026", "3-3-2026", "3 3 2026", "3. 3. 2026", "3.3.26",
        "03032026", "2026-03-03", "2026-3-3", "3. marts 2026", "den 3. marts 2026", "3 mar 26", "3. mar. 2026",
        "3.MARTS 2026", "  3.3.2026 ", "3.\u00a03.\u00a02026", "3/3-2026.",
    ],
)  # fmt: skip
def test_all_of_these_are_the_third_of_march(typed: str) -> None:
    assert read_day(typed) == date(2026, 3, 3)


@pytest.mark.parametrize("typed", ["3/3", "3.3.", "3. marts", "den 3. marts"])
def test_a_day_without_a_year_is_not_guessed(typed: str) -> None:
    with pytest.raises(YearMissing):
        read_day(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "", "i morgen", "31.2.2026", "0.3.2026", "3.13.2026", "29.2.2025", "3.3.0026", "3.3.12026", "3. march 2026",
        "2026", "uge 12", "3.3.2026 kl. 10", "٣.٣.٢٠٢٦", "3.3.-26", "1e3", "3. ma 2026",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(NotADay):
        read_day(typed)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_is_read_as_it_was_written(day: date) -> None:
    assert read_day(written_day(day)) == read_day(day.isoformat()) == day


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused(typed: str) -> None:
    try:
        read_day(typed)
    except NotADay:
        return
