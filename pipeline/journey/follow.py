"""Which event makes which row begin or move: told of every event in the transaction that writes it.

So no page can forget the journey, and the journey can never say something else than the case.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pipeline.cases.hearing import events as hearing
from pipeline.cases.hearing.answer_document import document_of
from pipeline.cases.journey import events as journey
from pipeline.cases.notice import events as notice
from pipeline.cases.record.case import Case
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.events import CaseClosed
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.visit_events import TeamChosen, VisitDayChanged, VisitOpened
from pipeline.cases.signing import events as signing
from pipeline.deadlines.deadline import Deadline, end_of, start_of
from pipeline.deadlines.rules import Deadlines
from pipeline.journey.moves import Moves
from pipeline.store.journey_facts import Journey, Times
from pipeline.store.journey_rows import JourneyRows

_REFUSED = "refused"
_MORNING = timedelta(hours=8)
"""Reminders are given so long after the day began."""
_SETTLED = timedelta(minutes=10)
"""So long nothing of a visit has changed before the family is told."""


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
        """Begin what is missing in a case from before this release: its newest visit, notices, answers' documents."""
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
        for visit in self._case.visits:
            row = self._rows.of("visit", visit)
            if row:
                self._wait_for_the_day(row)
            self._tell_of_planned(visit)
        for one in self._case.hearings.by_id.values():
            for answer in one.answers:
                row = self._moves.begin("document", answer.id)
                if document_of(self._case, answer.id):
                    self._moves.deed(row, "made")

    def _tell_of_planned(self, visit: str) -> None:
        """A visit that got its day before there were notices is told of now; one that is begun is not begun again."""
        is_off = visit in self._case.travelled.called_off
        if not is_off and self._case.notices.last(visit) is None and self._rows.of("notice", visit) is None:
            self._to_tell(visit, begins=True)

    def _wait_for_the_day(self, row: Journey) -> None:
        """A row that came to `preparing` in an older release waits for nothing that could come."""
        day = self._case.visits[row.about].day
        if row.state == "preparing" and row.wake_at is None and day:
            self._moves.new_times(row, Times(None, end_of(day)))

    def opened(self, e: VisitOpened) -> str:
        # A case that is taken in brings visits along that were over long ago.
        if self._newest == e.visit:
            self._visit(e.visit)
        return ""

    def day_changed(self, e: VisitDayChanged) -> str:
        row = self._visit(e.visit)
        if row.state != "planned" or e.day:
            self._move_day(row)
        self._to_tell(e.visit, begins=True)
        return ""

    def arranged(self, e: notice.VisitArranged) -> str:
        self._to_tell(e.visit, begins=True)
        return ""

    def team_chosen(self, e: TeamChosen) -> str:
        self._to_tell(e.visit, begins=False)
        return ""

    def nudge(self, e: notice.NudgeToSend) -> str:
        self._moves.begin("nudge", e.nudge)
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
        # The answer has come in, whatever becomes of its document; nobody waits for that one.
        self._moves.begin("document", e.answer)
        return ""

    def ordered(self, e: journey.DocumentOrdered) -> str:
        self._moves.begin("document", e.order)
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
        if self._moves.deed(row, "refused" if e.why == _REFUSED else "called_off"):
            self._end([child for child in self._rows.live() if child.parent_id == row.id])
        self._to_tell(e.visit, begins=False)
        return ""

    def delivery_withdrawn(self, e: journey.DeliveryWithdrawn) -> str:
        row = self._rows.of("delivery", e.delivery)
        if row:
            self._moves.deed(row, "withdrawn")
        return ""

    def signing_opened(self, e: signing.SigningOpened) -> str:
        self._moves.begin("signing", e.signing, self._times_of(e.deadline))
        return ""

    def signing_answered(
        self, e: signing.SignedBySignIn | signing.SignedOnPaper | signing.SigningDeclined | signing.SigningWithdrawn
    ) -> str:
        row = self._rows.of("signing", e.signing)
        if row:
            # What has come of it is the deed; while somebody is still awaited there is none of that name.
            self._moves.deed(row, self._case.signings[e.signing].stand(self._rows.at).value)
        return ""

    def closed(self, e: CaseClosed) -> str:
        self._end(self._rows.live())
        return ""

    def _end(self, rows: Sequence[Journey]) -> None:
        """What nobody waits for any more ends; what is being made or on its way to somebody still gets there."""
        for row in rows:
            deed = {"visit": "closed", "hearing": "withdrawn", "signing": "withdrawn"}.get(row.kind)
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
        deed, times = self._day(self._case.visits[row.about])
        self._moves.new_times(row, times)
        row = self._rows.with_id(row.id) or row
        self._moves.deed(row, deed)
        return self._rows.with_id(row.id) or row

    def _day(self, visit: Visit) -> tuple[str, Times]:
        """What a visit's day means for its row; before an extra visit no material is asked for."""
        if visit.day is None:
            return "day_open", Times()
        if visit.is_extra:
            return "extra_day", Times(None, end_of(visit.day))
        due = self._deadlines.material(visit.day)
        reminder = start_of(self._deadlines.material_reminder(due)) + _MORNING
        return "day_moved", Times(reminder, due.instant)

    def _to_tell(self, visit: str, *, begins: bool) -> None:
        """Have the family told of a visit once all of it is settled; of a day that has passed nobody is told."""
        row, times, day = self._rows.of("notice", visit), Times(self._rows.at + _SETTLED), self._case.visits[visit].day
        if row:
            self._moves.new_times(row, times)
            self._moves.deed(self._rows.with_id(row.id) or row, "changed")
        elif begins and day and self._rows.at < end_of(day):
            self._moves.begin("notice", visit, times)

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
    VisitOpened: _Following.opened,
    VisitDayChanged: _Following.day_changed,
    TeamChosen: _Following.team_chosen,
    notice.VisitArranged: _Following.arranged,
    notice.NudgeToSend: _Following.nudge,
    CaseClosed: _Following.closed,
    hearing.HearingOpened: _Following.hearing_opened,
    hearing.MoreTimeGiven: _Following.more_time,
    hearing.AnswerConfirmed: _Following.answered,
    hearing.AnswerOnPaperRegistered: _Following.answered,
    hearing.HearingWithdrawn: _Following.withdrawn,
    journey.DocumentOrdered: _Following.ordered,
    journey.DeliveryWithdrawn: _Following.delivery_withdrawn,
    hearing.RemarksWeighed: _Following.weighed,
    hearing.FinalReportMade: _Following.final_made,
    journey.DocumentToSend: _Following.to_send,
    journey.OutcomeDecided: _Following.decided,
    journey.VisitCalledOff: _Following.called_off,
    signing.SigningOpened: _Following.signing_opened,
    signing.SignedBySignIn: _Following.signing_answered,
    signing.SignedOnPaper: _Following.signing_answered,
    signing.SigningDeclined: _Following.signing_answered,
    signing.SigningWithdrawn: _Following.signing_answered,
}
"""Every event that makes a row begin or move."""
