"""The year's visits, by the calendar and from the approval."""

from datetime import UTC, date, datetime

import pytest

from pipeline.cases.journey.events import VisitCalledOff
from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.counted_visits import Counted, from_approval, in_calendar_year
from pipeline.cases.record.events import ApprovalDecided, CaseOpened, EarlierVisitRecorded, Event
from pipeline.cases.record.visit_events import VisitOpened

AT = datetime(2026, 1, 1, tzinfo=UTC)
OPENED = CaseOpened("2026-1", "nord", "Eksempel Kommune", "Børn og Unge", fictional=True)


def _case(*events: Event) -> Case:
    return fold_all(Stamped(seq, AT, "test", event) for seq, event in enumerate((OPENED, *events), start=1))


def _visit(number: int, day: date | None, kind: str = "ordinary") -> VisitOpened:
    return VisitOpened(f"b{number}", number, kind, "2018", day)


def _approved(day: date) -> ApprovalDecided:
    return ApprovalDecided(day, "full_time", ("opdigtet",), ("opdigtet",), "to besøg", False)


VISITS = (
    _visit(1, date(2026, 2, 10)),
    _visit(2, date(2026, 9, 1), "extra"),
    _visit(3, date(2026, 10, 1)),
    _visit(4, date(2026, 12, 1)),
    _visit(5, None),
    VisitCalledOff("b3", "refused", "opdigtet"),
)


def test_extra_visits_and_those_not_held_do_not_count() -> None:
    assert in_calendar_year(_case(*VISITS), date(2026, 11, 30)).held == 1
    assert in_calendar_year(_case(*VISITS), date(2026, 12, 1)).held == 2
    assert in_calendar_year(_case(*VISITS), date(2027, 1, 1)).held == 0


def test_a_visit_from_before_the_case_came_here_counts() -> None:
    assert in_calendar_year(_case(EarlierVisitRecorded(date(2026, 1, 5), ())), date(2026, 3, 1)).held == 1


@pytest.mark.parametrize(
    ("decided", "today", "begins", "ends", "held"),
    [
        (date(2025, 3, 15), date(2026, 3, 14), date(2025, 3, 15), date(2026, 3, 14), 1),
        (date(2025, 3, 15), date(2026, 3, 15), date(2026, 3, 15), date(2027, 3, 14), 0),
        (date(2025, 3, 15), date(2026, 12, 31), date(2026, 3, 15), date(2027, 3, 14), 1),
        (date(2024, 2, 29), date(2026, 2, 28), date(2025, 3, 1), date(2026, 2, 28), 1),
        (date(2024, 2, 29), date(2028, 2, 28), date(2027, 3, 1), date(2028, 2, 28), 0),
    ],
)
def test_twelve_months_begin_anew_on_the_day_of_the_approval(
    decided: date, today: date, begins: date, ends: date, held: int
) -> None:
    assert from_approval(_case(_approved(decided), *VISITS), today) == Counted(begins, ends, held)


def test_without_an_approval_there_is_only_the_calendar() -> None:
    assert from_approval(_case(*VISITS), date(2026, 5, 1)) is None
