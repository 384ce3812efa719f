"""Moves of one case's journeys inside the transaction that writes the case's events.

Whoever holds a `JourneyRows` holds the case, so moves of one case come one after the other. A step's own move is
guarded by its lease token besides: a deed of a person takes the lease away, and the step's transaction is then refused.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, Text, bindparam, case, func, insert, literal_column, null, select, update

from pipeline.cases.record.codec import instant_as_text
from pipeline.store.clock import new_id
from pipeline.store.journey_facts import Journey, Move, NewJourney, Times, journey_of, row_of, text_or_none
from pipeline.store.ready import Constant
from pipeline.store.tables import journey_log, journeys

_ROW = journeys.c.id == bindparam("row_id")
_OF_CASE = journeys.c.case_id == bindparam("of_case")
_NONE, _ZERO, _ONE = null(), literal_column("0", Integer), literal_column("1", Integer)
_FREE: dict[str, Any] = {"lease": _NONE, "tries": _ZERO, "last_error": _NONE, "dead_at": _NONE}
_MOVED = {name: bindparam(name) for name in ("state", "since", "wake_at", "ended_at")} | _FREE
_TIMED = {name: bindparam(name) for name in ("remind_at", "deadline_at", "wake_at")} | _FREE
_IS_IN_TIME = journeys.c.deadline_at.is_(None) | (journeys.c.deadline_at > bindparam("received"))
_BY_TIME = case((_IS_IN_TIME, bindparam("in_time", type_=Text)), else_=bindparam("late", type_=Text))
_NEXT_LINE = func.coalesce(func.max(journey_log.c.seq), _ZERO) + _ONE
_OTHERS = ("at", "actor", "state", "led_to", "outcome", "tries")

_IS_THERE = select(journeys.c.id).where(
    _OF_CASE, journeys.c.kind == bindparam("kind", type_=Text), journeys.c.about == bindparam("about", type_=Text)
)
_BEGIN = Constant(
    insert(journeys).from_select(
        list(journeys.columns.keys()),
        select(*(bindparam(column.name, type_=column.type) for column in journeys.columns)).where(~_IS_THERE.exists()),
    )
)
_WITH_ID = Constant(select(journeys).where(_ROW, _OF_CASE))
_OF = Constant(
    select(journeys).where(_OF_CASE, journeys.c.kind == bindparam("of_kind"), journeys.c.about == bindparam("on"))
)
_LIVE = Constant(select(journeys).where(_OF_CASE, journeys.c.ended_at.is_(None)).order_by(journeys.c.id))
_child = journeys.alias()
_HAS_LIVE_CHILD = select(_child.c.id).where(_child.c.parent_id == journeys.c.id, _child.c.ended_at.is_(None)).exists()
_CHILDLESS = Constant(select(journeys).where(_ROW, _OF_CASE, ~_HAS_LIVE_CHILD))
_STEP_DONE = Constant(update(journeys).where(_ROW, journeys.c.lease == bindparam("token")).values(_MOVED))
_DEED_DONE = Constant(update(journeys).where(_ROW).values(_MOVED))
_ANSWERED = Constant(update(journeys).where(_ROW).values(_MOVED | {"state": _BY_TIME}))
_SET_TIMES = Constant(update(journeys).where(_ROW).values(_TIMED))
_LOG = Constant(
    insert(journey_log).from_select(
        ["journey_id", "seq", *_OTHERS],
        select(
            bindparam("row_id", type_=Text),
            _NEXT_LINE,
            *(bindparam(name, type_=journey_log.c[name].type) for name in _OTHERS),
        ).where(journey_log.c.journey_id == bindparam("row_id")),
    )
)


class LeaseLost(Exception):
    """The row was taken from whoever ran its step: by a person's deed, or by another worker after a long silence."""


class JourneyRows:
    """The rows of one case.

    What was read is remembered until it is moved from here: states and times of a case's rows change in its own
    transactions alone, one after the other. Leases do not, so a step's move asks for its lease in the statement.

    Args:
        connection: the transaction that holds the case.
        at: its moment.
    """

    def __init__(self, connection: Connection, case_id: str, at: datetime) -> None:
        self._connection, self._case_id, self.at = connection, case_id, at
        self._known: dict[str, Journey] = {}

    def begin(self, new: NewJourney) -> Journey:
        """Begin a row; one that is there already stays as it is."""
        parent = self.of(*new.parent) if new.parent else None
        row = Journey(
            id=new_id(),
            kind=new.kind,
            case_id=self._case_id,
            about=new.about,
            parent_id=parent.id if parent else None,
            state=new.state,
            since=self.at,
            wake_at=new.wake_at,
            remind_at=new.times.remind_at,
            deadline_at=new.times.deadline_at,
        )
        if _BEGIN.send(self._connection, of_case=self._case_id, **row_of(row)):
            return self._remembered(row)
        known = self.of(new.kind, new.about)
        if known is None:
            raise LookupError("a row that is there is not found")
        return known

    def of(self, kind: str, about: str) -> Journey | None:
        """The row of a visit, hearing or delivery."""
        known = (row for row in self._known.values() if (row.kind, row.about) == (kind, about))
        return next(known, None) or self._found(_OF, of_kind=kind, on=about)

    def with_id(self, journey_id: str) -> Journey | None:
        """The row with an id."""
        return self._known.get(journey_id) or self._found(_WITH_ID, row_id=journey_id)

    def live(self) -> tuple[Journey, ...]:
        """The rows of the case that have not ended."""
        return tuple(journey_of(row) for row in _LIVE.all(self._connection, of_case=self._case_id))

    def childless(self, journey_id: str) -> Journey | None:
        """The row, if nothing of what it waits for is left."""
        return self._found(_CHILDLESS, row_id=journey_id)

    def step_done(self, journey: Journey, move: Move) -> None:
        """Move a row after its step.

        Raises:
            LeaseLost: the row was taken meanwhile; nothing of the transaction may be committed.
        """
        if not self._moved(_STEP_DONE, journey, move, state=move.led_to, token=journey.lease):
            raise LeaseLost
        self._log(journey, move, move.led_to)

    def deed_done(self, journey: Journey, move: Move) -> None:
        """Move a row because of what somebody did; a step that is under way cannot commit any more."""
        self._moved(_DEED_DONE, journey, move, state=move.led_to)
        self._log(journey, move, move.led_to)

    def answered(self, journey: Journey, received: datetime, in_time: Move, late: Move) -> Journey:
        """Move a row because an answer came; whether it came in time is decided in the statement that moves it.

        `received` is when the answer reached us, before it had to wait for anybody.
        """
        by_time = {"received": instant_as_text(received), "in_time": in_time.led_to, "late": late.led_to}
        self._moved(_ANSWERED, journey, in_time, **by_time)
        after = self.with_id(journey.id) or journey
        self._log(journey, in_time if after.state == in_time.led_to else late, after.state)
        return after

    def set_times(self, journey: Journey, times: Times, wake_at: datetime | None) -> None:
        """Give a row other times; takes the lease away, so that what is under way for the old ones cannot commit.

        `wake_at` is when the engine looks at it next, in the state in which it stands.
        """
        self._known.pop(journey.id, None)
        _SET_TIMES.send(
            self._connection,
            row_id=journey.id,
            remind_at=text_or_none(times.remind_at),
            deadline_at=text_or_none(times.deadline_at),
            wake_at=text_or_none(wake_at),
        )

    def _found(self, statement: Constant, **values: str) -> Journey | None:
        row = statement.one(self._connection, of_case=self._case_id, **values)
        return self._remembered(journey_of(row)) if row else None

    def _remembered(self, journey: Journey) -> Journey:
        self._known[journey.id] = journey
        return journey

    def _moved(self, how: Constant, journey: Journey, move: Move, **values: object) -> bool:
        at = instant_as_text(self.at)
        self._known.pop(journey.id, None)
        ended_at = at if move.ends else None
        moved = {"row_id": journey.id, "since": at, "wake_at": text_or_none(move.wake_at), "ended_at": ended_at}
        return bool(how.send(self._connection, **moved, **values))

    def _log(self, journey: Journey, move: Move, led_to: str) -> None:
        log(self._connection, journey, (self.at, move.actor, led_to, move.outcome))


def log(connection: Connection, journey: Journey, line: tuple[datetime, str, str, str]) -> None:
    """Write a line of a row's journal: when, who, where it led, and what came of it."""
    at, actor, led_to, outcome = line
    _LOG.send(
        connection,
        row_id=journey.id,
        at=instant_as_text(at),
        actor=actor,
        state=journey.state,
        led_to=led_to,
        outcome=outcome,
        tries=journey.tries,
    )
