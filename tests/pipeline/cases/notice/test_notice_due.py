"""What the family must be told of a visit: what it does not know yet, once, and nothing of a day that has passed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from pipeline.cases.journey.events import VisitCalledOff
from pipeline.cases.notice.due import notice_due, told_to
from pipeline.cases.notice.events import NoticeGiven, Tells, VisitArranged
from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.events import CaseOpened, Event, PersonRecorded, StandingBegun
from pipeline.cases.record.people import CasePerson, Place, Standing
from pipeline.cases.record.visit_events import TeamChosen, VisitDayChanged, VisitOpened
from pipeline.deadlines.rules import load_deadlines

VISIT, TODAY, DAY = "v1", date(2027, 1, 4), date(2027, 3, 2)
BEGINNING: tuple[Event, ...] = (
    CaseOpened("2027-1", "nord", "Eksempel Kommune", "Børn", fictional=True),
    PersonRecorded(CasePerson("mor", "Opdigtet Mor")),
    PersonRecorded(CasePerson("barn", "Opdigtet Barn")),
    StandingBegun(Standing("s1", "mor", Place.PARENTAL_AUTHORITY, date(2026, 1, 1), household="hjem")),
    StandingBegun(Standing("s2", "barn", Place.CHILD, date(2026, 1, 1))),
    VisitOpened(VISIT, 1, "ordinary", "2018", DAY),
)


class Told:
    """A case that goes on, and what the family is told of it."""

    def __init__(self, *events: Event) -> None:
        self.events = [*BEGINNING, *events]

    @property
    def case(self) -> Case:
        at = datetime(2027, 1, 4, 8, tzinfo=UTC)
        return fold_all(Stamped(n, at + timedelta(minutes=n), "x", one) for n, one in enumerate(self.events, 1))

    def tell(self, today: date = TODAY) -> NoticeGiven | None:
        """What is due now, which then is told."""
        due = notice_due(self.case, VISIT, today, load_deadlines())
        if due:
            self.events.append(replace(due, notice=f"n{len(self.events)}"))
        return due

    def after(self, *events: Event) -> "Told":
        self.events += events
        return self


def test_the_first_notice_says_all_of_it_and_by_when_material_is_due() -> None:
    team = TeamChosen(VISIT, ("e1",), "en studerende")
    first = Told(VisitArranged(VISIT, "09:30", 60, "Rådhuset", "Tag gerne planen med."), team).tell()
    assert first == NoticeGiven(
        "", VISIT, Tells.NEW, DAY, "09:30", 60, "Rådhuset", "Tag gerne planen med.", ("e1",), "en studerende",
        date(2027, 2, 16),
    )  # fmt: skip


def test_what_the_family_knows_is_not_told_again() -> None:
    told = Told()
    assert told.tell()
    assert told.tell() is None


def test_another_day_time_place_or_team_is_told_as_a_change() -> None:
    for change in (
        VisitDayChanged(VISIT, date(2027, 3, 9)),
        VisitArranged(VISIT, "10:00"),
        VisitArranged(VISIT, place="Rådhuset"),
        TeamChosen(VISIT, ("e1",)),
        VisitArranged(VISIT, words="Vi har en ny medarbejder med."),
    ):
        told = Told()
        told.tell()
        changed = told.after(change).tell()
        assert changed is not None
        assert changed.tells is Tells.CHANGED
        assert told.tell() is None


def test_there_and_back_again_before_anybody_was_told_is_no_news() -> None:
    told = Told()
    told.tell()
    there, back = VisitDayChanged(VISIT, date(2027, 3, 9)), VisitDayChanged(VISIT, DAY)
    assert told.after(there, back).tell() is None


def test_words_are_told_once() -> None:
    told = Told(VisitArranged(VISIT, words="Hunden må være hjemme."))
    told.tell()
    again = told.after(VisitDayChanged(VISIT, date(2027, 3, 9))).tell()
    assert again is not None
    assert again.words == ""


def test_a_day_taken_back_is_told_as_put_off_and_a_new_one_as_new() -> None:
    told = Told()
    told.tell()
    off = told.after(VisitDayChanged(VISIT, None)).tell()
    assert off is not None
    assert (off.tells, off.day) == (Tells.POSTPONED, DAY)
    assert told.tell() is None
    again = told.after(VisitDayChanged(VISIT, DAY)).tell()
    assert again is not None
    assert (again.tells, again.day) == (Tells.CHANGED, DAY)


def test_one_that_is_called_off_is_told_once_with_the_day_it_would_have_been() -> None:
    told = Told()
    told.tell()
    off = told.after(
        VisitArranged(VISIT, words="Vi er blevet syge."), VisitCalledOff(VISIT, "cancelled", "intern")
    ).tell()
    assert off is not None
    assert (off.tells, off.day, off.words) == (Tells.CALLED_OFF, DAY, "Vi er blevet syge.")
    assert told.tell() is None


def test_who_was_told_of_no_day_is_told_of_no_end() -> None:
    assert Told(VisitCalledOff(VISIT, "cancelled", "intern")).tell() is None
    assert Told(VisitDayChanged(VISIT, None)).tell() is None


def test_a_day_that_has_passed_is_told_to_nobody_and_today_still_is() -> None:
    assert Told().tell(DAY + timedelta(days=1)) is None
    assert Told().tell(DAY)


def test_before_an_extra_visit_nothing_is_asked_for() -> None:
    extra = Told(VisitOpened("v2", 2, "extra", "2018", DAY)).case
    due = notice_due(extra, "v2", TODAY, load_deadlines())
    assert due is not None
    assert due.material_by is None


def test_the_parties_are_told_and_the_child_by_them() -> None:
    assert [one.person.id for one in told_to(Told().case, TODAY)] == ["mor"]
