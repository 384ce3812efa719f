"""CPR numbers: which are read, which day and century they tell, which are only hinted at. All numbers are made up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cases.record.birthdays import of_age_on
from pipeline.cases.record.cpr import read_cpr
from pipeline.cases.record.people import CasePerson
from pipeline.errors import AnswersError

CENTURIES = [
    ("0", "36", 1936),
    ("3", "99", 1999),
    ("4", "36", 2036),
    ("4", "37", 1937),
    ("5", "57", 2057),
    ("5", "58", 1858),
    ("6", "00", 2000),
    ("7", "57", 2057),
    ("8", "58", 1858),
    ("9", "36", 2036),
    ("9", "37", 1937),
]


@pytest.mark.parametrize(("seventh", "year", "born"), CENTURIES)
def test_the_seventh_digit_tells_the_century(seventh: str, year: str, born: int) -> None:
    assert read_cpr(f"1503{year}{seventh}123").born == date(born, 3, 15)


@pytest.mark.parametrize("written", ["140616-4111", "1406164111", " 140616 4111 ", "140616 - 4111", "140616–4111"])
def test_a_number_is_read_as_people_write_it(written: str) -> None:
    assert read_cpr(written).number == "1406164111"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "140616",
        "140616-411",
        "140616-41111",
        "14061x-4111",
        "١٤٠٦١٦٤١١١",
        "١٤٠٦١٦-4111",
        "140616/4111",
        "310216-4111",
        "001316-4111",
    ],
)
def test_what_is_no_number_is_refused_and_not_repeated(written: str) -> None:
    with pytest.raises(AnswersError) as refused:
        read_cpr(written)
    assert not written or written not in str(refused.value)


def test_a_replacement_number_of_an_authority_tells_the_birthday_and_is_hinted_at() -> None:
    read = read_cpr("740616-4111")
    assert (read.born, read.is_replacement) == (date(2016, 6, 14), True)
    assert "erstatnings" in read.hint


@pytest.mark.parametrize("written", ["140616-4AB1", "290200-0AA1", "290220-aaa1"])
def test_a_replacement_number_with_letters_tells_no_birthday(written: str) -> None:
    read = read_cpr(written)
    assert (read.born, read.is_replacement) == (None, True)


def test_the_old_check_rule_only_hints() -> None:
    assert read_cpr("140616-4111").hint
    assert not read_cpr("070761-4285").hint


def test_a_number_does_not_show_itself() -> None:
    read = read_cpr("140616-4111")
    assert read.masked == "140616-••••"
    assert "4111" not in repr(read)
    assert "4111" not in repr(CasePerson("p", "Aksel Prøvesen", cpr=read.number))


@given(st.dates(date(1858, 1, 1), date(2057, 12, 31)), st.integers(0, 9), st.integers(0, 999))
def test_every_number_that_is_read_has_the_day_it_begins_with(born: date, seventh: int, rest: int) -> None:
    try:
        read = read_cpr(f"{born:%d%m%y}{seventh}{rest:03d}")
    except AnswersError:
        assert (born.day, born.month) == (29, 2)
        return
    assert read.born is not None
    assert f"{read.born:%d%m%y}" == f"{born:%d%m%y}"


@pytest.mark.parametrize(
    ("born", "of_age"),
    [
        (date(2008, 2, 29), date(2026, 2, 28)),
        (date(2008, 2, 28), date(2026, 2, 28)),
        (date(2008, 3, 1), date(2026, 3, 1)),
        (date(2010, 12, 31), date(2028, 12, 31)),
    ],
)
def test_a_person_is_of_age_on_the_eighteenth_birthday(born: date, of_age: date) -> None:
    assert of_age_on(CasePerson("p", "Aksel Prøvesen", born=born)) == of_age


def test_the_number_tells_the_birthday_before_what_was_recorded() -> None:
    person = CasePerson("p", "Aksel Prøvesen", cpr="1406164111", born=date(2000, 1, 2))
    assert of_age_on(person) == date(2034, 6, 14)
    assert of_age_on(CasePerson("p", "Aksel Prøvesen")) is None
