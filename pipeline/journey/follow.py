"""Which event makes which row begin or move: told of every event in the transaction that writes it.

So no page can forget the journey, and the journey can never say something else than the case.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pipeline.cases.hearing import events as hearing
from pipeline.cases.journey import events as journey
from pipeline.cases.record import events as ev
from pipeline.cases.record.case import Case
from pipeline.cases.record.codec import Stamped
from pipeline.deadlines.deadline import Deadline, start_of
from pipeline.deadlines.rules import Deadlines
from pipeline.journey.moves import Moves
from pipeline.store.journey_facts import Journey, Times
from pipeline.store.journey_rows import JourneyRows

_MORNING = timedelta(hours=8)
"""Reminders are given so long after the day began."""


class Follow:
    """Lets the journeys follow the events; handed to `CaseStore.tell`.

    Args:
        deadlines: say when somebody is reminded, and when material is due.
    """

    def __init__(self, deadlines: Deadlines) -> None:
        self._deadlines = deadlines

    def __call__(self, rows: JourneyRows, case: Case, added: Sequence[Stamped]) -> None:
        """See `Follower`."""
        visits = {visit for one in added if (visit := self._follow(rows, case, one))}
        # Only now: of what is to be sent in one go the first must not seem to be the last.
        for visit in visits:
            row = rows.of("visit", visit)
            if row:
                Moves(rows).release(row)

    def begin(self, rows: JourneyRows, case: Case) -> None:
        """Begin the row of the newest visit of a case that has none."""
        _Following(self._deadlines, rows, case, Moves(rows)).begin()

    def _follow(self, rows: JourneyRows, case: Case, one: Stamped) -> str:
        """Let one event be followed; returns the visit whose row may now have nothing left to wait for."""
        handle = _FOLLOWED.get(type(one.event))
        if handle is None:
            return ""
        return handle(_Following(self._deadlines, rows, case, Moves(rows, one.by)), one.event)


class _Following:
    """One event being followed."""

    def __init__(self, deadlines: Deadlines, rows: JourneyRows, case: Case, moves: Moves) -> None:
        self._deadlines, self._rows, self._case, self._moves = deadlines, rows, case, moves

    def begin(self) -> None:
        self._visit(self._newest)

    def opened(self, e: ev.VisitOpened) -> str:
        # A case that is taken in brings visits along that were over long ago.
        if self._newest == e.visit:
            self._visit(e.visit)
        return ""

    def day_changed(self, e: ev.VisitDayChanged) -> str:
        row = self._visit(e.visit)
        if row.state != "planned" or e.day:
            self._move_day(row)
        return ""

    def hearing_opened(self, e: hearing.HearingOpened) -> str:
        visit = self._visit(e.visit)
        self._moves.begin("hearing", e.hearing, self._times_of(e.deadline), ("visit", e.visit))
        self._moves.deed(visit, "hearing_opened")
        return e.visit

    def more_time(self, e: hearing.MoreTimeGiven) -> str:
        row = self._rows.of("hearing", e.hearing)
        if row:
            self._moves.new_times(row, self._times_of(e.deadline))
            again = self._rows.with_id(row.id)
            if again and self._moves.deed(again, "more_time"):
                self._moves.deed(self._visit(self._visit_of(e.hearing)), "hearing_opened")
        return ""

    def answered(self, e: hearing.AnswerConfirmed | hearing.AnswerOnPaperRegistered) -> str:
        row = self._rows.of("hearing", e.hearing)
        if row:
            self._moves.answer(row, e.received)
        return ""

    def withdrawn(self, e: hearing.HearingWithdrawn) -> str:
        row = self._rows.of("hearing", e.hearing)
        if row:
            self._moves.deed(row, "withdrawn")
        return ""

    def weighed(self, e: hearing.RemarksWeighed) -> str:
        return self._visit_does(e.visit, "weighed")

    def final_made(self, e: hearing.FinalReportMade) -> str:
        return self._visit_does(e.visit, "final_made")

    def to_send(self, e: journey.DocumentToSend) -> str:
        self._moves.begin("delivery", e.delivery, parent=("visit", e.visit))
        return e.visit

    def decided(self, e: journey.OutcomeDecided) -> str:
        return self._visit_does(e.visit, "decided")

    def called_off(self, e: journey.VisitCalledOff) -> str:
        row = self._visit(e.visit)
        if self._moves.deed(row, "called_off"):
            self._end([child for child in self._rows.live() if child.parent_id == row.id])
        return ""

    def closed(self, e: ev.CaseClosed) -> str:
        self._end(self._rows.live())
        return ""

    def _end(self, rows: Sequence[Journey]) -> None:
        """What nobody waits for any more ends; what is on its way to somebody is still sent."""
        for row in rows:
            deed = {"visit": "called_off", "hearing": "withdrawn"}.get(row.kind)
            if deed:
                self._moves.deed(row, deed)

    @property
    def _newest(self) -> str:
        return max(self._case.visits.values(), key=lambda visit: visit.number).id

    def _visit(self, visit: str) -> Journey:
        known = self._rows.of("visit", visit)
        if known:
            return known
        row = self._moves.begin("visit", visit)
        return self._move_day(row) if self._case.visits[visit].day else row

    def _move_day(self, row: Journey) -> Journey:
        day = self._case.visits[row.about].day
        if day:
            due = self._deadlines.material(day)
            reminder = start_of(self._deadlines.material_reminder(due)) + _MORNING
            self._moves.new_times(row, Times(reminder, due.instant))
        else:
            self._moves.new_times(row, Times())
        row = self._rows.with_id(row.id) or row
        self._moves.deed(row, "day_moved" if day else "day_open")
        return self._rows.with_id(row.id) or row

    def _visit_does(self, visit: str, deed: str) -> str:
        self._moves.deed(self._visit(visit), deed)
        return visit

    def _visit_of(self, hearing_id: str) -> str:
        return self._case.hearings.by_id[hearing_id].opened.visit

    def _times_of(self, deadline: datetime) -> Times:
        """The deadline as the party was told it, and when they are reminded of it."""
        reminder = self._deadlines.hearing_reminder(Deadline.at(deadline))
        return Times(start_of(reminder) + _MORNING, deadline)


_FOLLOWED: Mapping[type[Any], Callable[..., str]] = {
    ev.VisitOpened: _Following.opened,
    ev.VisitDayChanged: _Following.day_changed,
    ev.CaseClosed: _Following.closed,
    hearing.HearingOpened: _Following.hearing_opened,
    hearing.MoreTimeGiven: _Following.more_time,
    hearing.AnswerConfirmed: _Following.answered,
    hearing.AnswerOnPaperRegistered: _Following.answered,
    hearing.HearingWithdrawn: _Following.withdrawn,
    hearing.RemarksWeighed: _Following.weighed,
    hearing.FinalReportMade: _Following.final_made,
    journey.DocumentToSend: _Following.to_send,
    journey.OutcomeDecided: _Following.decided,
    journey.VisitCalledOff: _Following.called_off,
}
"""Every event that makes a row begin or move."""
