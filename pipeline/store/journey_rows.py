"""Moves of one case's journeys inside the transaction that writes the case's events.

Whoever holds a `JourneyRows` holds the case, so moves of one case come one after the other. A step's own move is
guarded by its lease token besides: a deed of a person takes the lease away, and the step's transaction is then refused.
"""

from datetime import datetime

from sqlalchemy import Connection, Update, case, func, insert, select, update

from pipeline.cases.record.codec import instant_as_text
from pipeline.store.clock import new_id
from pipeline.store.journey_facts import Journey, Move, NewJourney, Times, journey_of, text_or_none
from pipeline.store.tables import journey_log, journeys


class LeaseLost(Exception):
    """The row was taken from whoever ran its step: by a person's deed, or by another worker after a long silence."""


class JourneyRows:
    """The rows of one case.

    Args:
        connection: the transaction that holds the case.
        at: its moment.
    """

    def __init__(self, connection: Connection, case_id: str, at: datetime) -> None:
        self._connection, self._case_id, self.at = connection, case_id, at

    def begin(self, new: NewJourney) -> Journey:
        """Begin a row; one that is there already stays as it is."""
        known = self.of(new.kind, new.about)
        if known:
            return known
        parent = self.of(*new.parent) if new.parent else None
        values = {
            "id": new_id(),
            "kind": new.kind,
            "case_id": self._case_id,
            "about": new.about,
            "parent_id": parent.id if parent else None,
            "state": new.state,
            "since": instant_as_text(self.at),
            "wake_at": text_or_none(new.wake_at),
            "remind_at": text_or_none(new.times.remind_at),
            "deadline_at": text_or_none(new.times.deadline_at),
            "tries": 0,
        }
        row = self._connection.execute(insert(journeys).values(values).returning(journeys)).one()
        return journey_of(row)

    def of(self, kind: str, about: str) -> Journey | None:
        """The row of a visit, hearing or delivery."""
        ours = (journeys.c.case_id == self._case_id, journeys.c.kind == kind, journeys.c.about == about)
        row = self._connection.execute(select(journeys).where(*ours)).one_or_none()
        return journey_of(row) if row else None

    def with_id(self, journey_id: str) -> Journey | None:
        """The row with an id."""
        query = select(journeys).where(journeys.c.id == journey_id, journeys.c.case_id == self._case_id)
        row = self._connection.execute(query).one_or_none()
        return journey_of(row) if row else None

    def live(self) -> tuple[Journey, ...]:
        """The rows of the case that have not ended."""
        query = select(journeys).where(journeys.c.case_id == self._case_id, journeys.c.ended_at.is_(None))
        return tuple(journey_of(row) for row in self._connection.execute(query.order_by(journeys.c.id)))

    def has_live_children(self, parent: Journey) -> bool:
        """Whether something that a row waits for has not ended."""
        query = select(journeys.c.id).where(journeys.c.parent_id == parent.id, journeys.c.ended_at.is_(None))
        return self._connection.execute(query.limit(1)).first() is not None

    def step_done(self, journey: Journey, move: Move) -> None:
        """Move a row after its step.

        Raises:
            LeaseLost: the row was taken meanwhile; nothing of the transaction may be committed.
        """
        ours = update(journeys).where(journeys.c.id == journey.id, journeys.c.lease == journey.lease)
        if not self._moved(ours, move, move.led_to):
            raise LeaseLost
        self._log(journey, move, move.led_to)

    def deed_done(self, journey: Journey, move: Move) -> None:
        """Move a row because of what somebody did; a step that is under way cannot commit any more."""
        self._moved(update(journeys).where(journeys.c.id == journey.id), move, move.led_to)
        self._log(journey, move, move.led_to)

    def answered(self, journey: Journey, received: datetime, in_time: Move, late: Move) -> Journey:
        """Move a row because an answer came; whether it came in time is decided in the statement that moves it.

        `received` is when the answer reached us, before it had to wait for anybody.
        """
        is_in_time = journeys.c.deadline_at.is_(None) | (journeys.c.deadline_at > instant_as_text(received))
        ours = update(journeys).where(journeys.c.id == journey.id)
        self._moved(ours, in_time, case((is_in_time, in_time.led_to), else_=late.led_to))
        after = self.with_id(journey.id) or journey
        self._log(journey, in_time if after.state == in_time.led_to else late, after.state)
        return after

    def set_times(self, journey: Journey, times: Times, wake_at: datetime | None) -> None:
        """Give a row other times; takes the lease away, so that what is under way for the old ones cannot commit.

        `wake_at` is when the engine looks at it next, in the state in which it stands.
        """
        values = {
            "remind_at": text_or_none(times.remind_at),
            "deadline_at": text_or_none(times.deadline_at),
            "wake_at": text_or_none(wake_at),
        }
        ours = update(journeys).where(journeys.c.id == journey.id)
        self._connection.execute(ours.values(**values, lease=None, tries=0, last_error=None, dead_at=None))

    def _moved(self, which: Update, move: Move, state: object) -> bool:
        at = instant_as_text(self.at)
        done = self._connection.execute(
            which.values(
                state=state,
                since=at,
                wake_at=text_or_none(move.wake_at),
                ended_at=at if move.ends else None,
                lease=None,
                tries=0,
                last_error=None,
                dead_at=None,
            )
        )
        return bool(done.rowcount)

    def _log(self, journey: Journey, move: Move, led_to: str) -> None:
        log(self._connection, journey, (self.at, move.actor, led_to, move.outcome))


def log(connection: Connection, journey: Journey, line: tuple[datetime, str, str, str]) -> None:
    """Write a line of a row's journal: when, who, where it led, and what came of it."""
    at, actor, led_to, outcome = line
    ours = select(func.coalesce(func.max(journey_log.c.seq), 0)).where(journey_log.c.journey_id == journey.id)
    connection.execute(
        insert(journey_log).values(
            journey_id=journey.id,
            seq=connection.execute(ours).scalar_one() + 1,
            at=instant_as_text(at),
            actor=actor,
            state=journey.state,
            led_to=led_to,
            outcome=outcome,
            tries=journey.tries,
        )
    )
