"""Deadlines that were worked out by hand, on paper calendars, equal the computed ones.

How: ten working days after a weekday are two weeks; each holiday or shut day on a weekday in between moves the end to
the next working day. Easter Sundays: 9 April 2023, 31 March 2024, 20 April 2025, 5 April 2026, 28 March 2027,
16 April 2028.
"""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.deadlines.deadline import Deadline
from pipeline.deadlines.rules import load_deadlines
from pipeline.errors import DefinitionError

with Path(__file__).with_name("by_hand.csv").open(encoding="utf-8") as file:
    BY_HAND = list(csv.DictReader(file, delimiter=";"))
DEADLINES = load_deadlines()


def _computed(what: str, begins: date) -> date:
    match what:
        case "hearing":
            return DEADLINES.hearing(begins).day
        case "material":
            return DEADLINES.material(begins).day
        case "hearing_reminder":
            return DEADLINES.hearing_reminder(Deadline(begins))
        case "material_reminder":
            return DEADLINES.material_reminder(Deadline(begins))
    raise LookupError(what)


@pytest.mark.parametrize("row", BY_HAND, ids=lambda row: f"{row['what']}-{row['from']}")
def test_a_deadline_is_the_one_worked_out_by_hand(row: dict[str, str]) -> None:
    assert _computed(row["what"], date.fromisoformat(row["from"])) == date.fromisoformat(row["day"]), row["why"]


@pytest.mark.parametrize("row", [row for row in BY_HAND if row["utc"] != "-"], ids=lambda row: row["day"])
def test_a_deadline_ends_when_its_day_ends_in_denmark(row: dict[str, str]) -> None:
    day = date.fromisoformat(row["day"])
    ends = datetime(day.year, day.month, day.day, int(row["utc"]), tzinfo=UTC)
    deadline = Deadline(day)
    assert deadline.instant == ends
    assert Deadline.at(ends) == deadline
    assert Deadline.at(ends + timedelta(microseconds=1)) != deadline


def test_there_are_enough_of_them() -> None:
    assert len({(row["what"], row["from"]) for row in BY_HAND}) >= 60


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("days = 10", "days = 0"), "mindst 1 dag"),
        (('key = "hearing"', 'key = "hoering"'), "deadline"),
        (('day = "12-24"', 'day = "24-12"'), "12-24"),
        (("[[closed]]", "[[closed"), "ikke gyldig TOML"),
        (("valid_from = 2016-07-01", "valid_from = 2099-01-01"), "ingen længde"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_the_place(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = tmp_path / "frister.toml"
    path.write_text(_shipped().replace(*change), encoding="utf-8")
    with pytest.raises(DefinitionError, match=said):
        load_deadlines(path).hearing(date(2026, 1, 5))


def test_a_missing_file_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="HJEMMETILSYN_DEADLINES"):
        load_deadlines(tmp_path / "ingen.toml")


def test_a_municipality_may_count_the_days_that_are_no_holidays_and_choose_its_own_length(tmp_path: Path) -> None:
    path = tmp_path / "frister.toml"
    own = _shipped()[_shipped().index("[[deadline]]") :].replace("days = 10", "days = 15", 1)
    path.write_text(own, encoding="utf-8")
    assert load_deadlines(path).hearing(date(2026, 5, 29)).day == date(2026, 6, 19)


def test_a_length_holds_from_its_day_on(tmp_path: Path) -> None:
    path = tmp_path / "frister.toml"
    later = '\n[[deadline]]\nkey = "hearing"\nvalid_from = 2027-01-01\ndays = 15\ncounts = "working"\n'
    path.write_text(f'{_shipped()}{later}verified = false\nsource = "opdigtet"\n', encoding="utf-8")
    deadlines = load_deadlines(path)
    assert deadlines.hearing(date(2026, 1, 5)).day == date(2026, 1, 19)
    assert deadlines.hearing(date(2027, 1, 4)).day == date(2027, 1, 25)


def _shipped() -> str:
    return (Path(__file__).parents[3] / "templates_docx" / "ret" / "frister.toml").read_text(encoding="utf-8")
