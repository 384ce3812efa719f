"""How the hearings of a case stand, folded from their events; nothing here is stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from pipeline.cases.hearing import events as ev
from pipeline.cases.record.people import Place


class Stand(StrEnum):
    """What has come of a hearing so far."""

    OPEN = "open"
    REMARKS = "remarks"
    NO_REMARKS = "no_remarks"
    LATE = "late"
    SILENT = "silent"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Weighing:
    """The municipality's answer to a remark."""

    at: datetime
    by: str
    taken_in: bool
    reason: str


@dataclass(frozen=True)
class Answer:
    """One answer; who has answered may add another, which becomes a document of its own.

    Attributes:
        by: who sent or registered it.
        confirmed: how it was confirmed; None where it came on paper.
        scan: id of the kept scan of an answer on paper.
        speaker: id of who answered for a party; empty for the person's own answer.
        acted_as: what the speaker stands in the case as.
    """

    id: str
    received: datetime
    by: str
    remarks: tuple[ev.RemarkMade, ...]
    confirmed: ev.AnswerConfirmed | None = None
    scan: str = ""
    speaker: str = ""
    acted_as: Place | None = None

    @property
    def attachments(self) -> tuple[str, ...]:
        """Ids of the files that came with it."""
        return self.confirmed.attachments if self.confirmed else (self.scan,)


@dataclass(frozen=True)
class MoreTime:
    """A wish for a later deadline, and what came of it; `given` None: not answered yet."""

    at: datetime
    reason: str
    given: bool | None = None
    why: str = ""


@dataclass(frozen=True)
class Talk:
    """A wish to talk; `held` None: not held yet."""

    at: datetime
    text: str
    held: ev.TalkHeld | None = None


@dataclass(frozen=True)
class Hearing:
    """One person's hearing.

    Attributes:
        deadline: as it is now; the one it began with stands in `opened`.
        made: remarks by id, oldest first.
        weighed: by id of remark.
    """

    opened: ev.HearingOpened
    opened_at: datetime
    opened_by: str
    deadline: datetime
    answers: tuple[Answer, ...] = ()
    made: Mapping[str, ev.RemarkMade] = field(default_factory=dict)
    weighed: Mapping[str, Weighing] = field(default_factory=dict)
    more_time: tuple[MoreTime, ...] = ()
    talks: tuple[Talk, ...] = ()
    silent_at: datetime | None = None
    withdrawn: str = ""

    @property
    def id(self) -> str:
        """The hearing's random id."""
        return self.opened.hearing

    def is_in_time(self, answer: Answer) -> bool:
        """Whether an answer came in time; the instant of the deadline itself is too late."""
        return answer.received < self.deadline

    def stand(self, now: datetime) -> Stand:
        """What has come of it by now."""
        if self.withdrawn:
            return Stand.WITHDRAWN
        in_time = [answer for answer in self.answers if self.is_in_time(answer)]
        if in_time:
            return Stand.REMARKS if any(answer.remarks for answer in in_time) else Stand.NO_REMARKS
        if self.answers:
            return Stand.LATE
        return Stand.SILENT if self.silent_at or self.deadline <= now else Stand.OPEN

    def unweighed(self) -> tuple[ev.RemarkMade, ...]:
        """Remarks that came in time and have no answer from the municipality yet."""
        if self.withdrawn:
            return ()
        in_time = (answer for answer in self.answers if self.is_in_time(answer))
        return tuple(one for answer in in_time for one in answer.remarks if one.remark not in self.weighed)


@dataclass(frozen=True)
class Hearings:
    """All hearings of a case.

    Attributes:
        by_id: oldest first.
        child_not_heard: by visit, why.
        closed: by visit, when the weighing was closed and by whom.
        final: by visit, the final report.
    """

    by_id: Mapping[str, Hearing] = field(default_factory=dict)
    child_not_heard: Mapping[str, str] = field(default_factory=dict)
    closed: Mapping[str, tuple[datetime, str]] = field(default_factory=dict)
    final: Mapping[str, ev.FinalReportMade] = field(default_factory=dict)

    def of_visit(self, visit: str) -> tuple[Hearing, ...]:
        """The hearings over the report of a visit."""
        return tuple(one for one in self.by_id.values() if one.opened.visit == visit)

    def may_close(self, visit: str, now: datetime) -> bool:
        """Whether nothing is awaited any more and every remark that came in time has its answer."""
        hearings = [one for one in self.of_visit(visit) if not one.withdrawn]
        awaited = any(one.stand(now) is Stand.OPEN for one in hearings)
        return bool(hearings) and not awaited and not any(one.unweighed() for one in hearings)


def after(hearings: Hearings, event: Any, at: datetime, by: str) -> Hearings:
    """The hearings after one of their events.

    Raises:
        KeyError: the event speaks of a hearing or a remark that is not there.
    """
    return _APPLY[type(event)](hearings, event, at, by)


def _opened(all_: Hearings, e: ev.HearingOpened, at: datetime, by: str) -> Hearings:
    return _with(all_, Hearing(e, at, by, e.deadline))


def _withdrawn(all_: Hearings, e: ev.HearingWithdrawn, at: datetime, by: str) -> Hearings:
    return _with(all_, replace(all_.by_id[e.hearing], withdrawn=e.reason))


def _child_not_heard(all_: Hearings, e: ev.ChildNotHeard, at: datetime, by: str) -> Hearings:
    return replace(all_, child_not_heard={**all_.child_not_heard, e.visit: e.reason})


def _remark(all_: Hearings, e: ev.RemarkMade, at: datetime, by: str) -> Hearings:
    hearing = all_.by_id[e.hearing]
    return _with(all_, replace(hearing, made={**hearing.made, e.remark: e}))


def _confirmed(all_: Hearings, e: ev.AnswerConfirmed, at: datetime, by: str) -> Hearings:
    hearing = all_.by_id[e.hearing]
    answer = Answer(
        e.answer,
        e.received,
        by,
        _remarks(hearing, e.answer),
        e,
        speaker=by if e.acted_as else "",
        acted_as=e.acted_as,
    )
    return _answered(all_, hearing, answer)


def _on_paper(all_: Hearings, e: ev.AnswerOnPaperRegistered, at: datetime, by: str) -> Hearings:
    hearing = all_.by_id[e.hearing]
    answer = Answer(
        e.answer,
        e.received,
        by,
        _remarks(hearing, e.answer),
        scan=e.file,
        speaker=e.speaker,
        acted_as=e.acted_as,
    )
    return _answered(all_, hearing, answer)


def _remarks(hearing: Hearing, answer: str) -> tuple[ev.RemarkMade, ...]:
    return tuple(one for one in hearing.made.values() if one.answer == answer)


def _answered(all_: Hearings, hearing: Hearing, answer: Answer) -> Hearings:
    return _with(all_, replace(hearing, answers=(*hearing.answers, answer)))


def _silent(all_: Hearings, e: ev.SilenceRecorded, at: datetime, by: str) -> Hearings:
    return _with(all_, replace(all_.by_id[e.hearing], silent_at=at))


def _more_time_asked(all_: Hearings, e: ev.MoreTimeAsked, at: datetime, by: str) -> Hearings:
    hearing = all_.by_id[e.hearing]
    return _with(all_, replace(hearing, more_time=(*hearing.more_time, MoreTime(at, e.reason))))


def _more_time_given(all_: Hearings, e: ev.MoreTimeGiven, at: datetime, by: str) -> Hearings:
    """Whoever has more time is not silent yet."""
    hearing = _time_answered(all_.by_id[e.hearing], given=True, why=e.reason)
    return _with(all_, replace(hearing, deadline=e.deadline, silent_at=None))


def _more_time_refused(all_: Hearings, e: ev.MoreTimeRefused, at: datetime, by: str) -> Hearings:
    return _with(all_, _time_answered(all_.by_id[e.hearing], given=False, why=e.reason))


def _time_answered(hearing: Hearing, *, given: bool, why: str) -> Hearing:
    answered = (replace(one, given=given, why=why) if one.given is None else one for one in hearing.more_time)
    return replace(hearing, more_time=tuple(answered))


def _talk_asked(all_: Hearings, e: ev.TalkAsked, at: datetime, by: str) -> Hearings:
    hearing = all_.by_id[e.hearing]
    return _with(all_, replace(hearing, talks=(*hearing.talks, Talk(at, e.text))))


def _talk_held(all_: Hearings, e: ev.TalkHeld, at: datetime, by: str) -> Hearings:
    """The wishes that waited are met; a talk that nobody had asked for is kept too."""
    hearing = all_.by_id[e.hearing]
    waiting = any(talk.held is None for talk in hearing.talks)
    talks = hearing.talks if waiting else (*hearing.talks, Talk(at, ""))
    return _with(all_, replace(hearing, talks=tuple(replace(t, held=e) if t.held is None else t for t in talks)))


def _weighed(all_: Hearings, e: ev.RemarkWeighed, at: datetime, by: str) -> Hearings:
    hearing = all_.by_id[e.hearing]
    remark = hearing.made[e.remark].remark
    return _with(all_, replace(hearing, weighed={**hearing.weighed, remark: Weighing(at, by, e.taken_in, e.reason)}))


def _closed(all_: Hearings, e: ev.RemarksWeighed, at: datetime, by: str) -> Hearings:
    return replace(all_, closed={**all_.closed, e.visit: (at, by)})


def _final(all_: Hearings, e: ev.FinalReportMade, at: datetime, by: str) -> Hearings:
    return replace(all_, final={**all_.final, e.visit: e})


def _with(all_: Hearings, hearing: Hearing) -> Hearings:
    return replace(all_, by_id={**all_.by_id, hearing.id: hearing})


_APPLY: dict[type[Any], Callable[[Hearings, Any, datetime, str], Hearings]] = {
    ev.HearingOpened: _opened,
    ev.HearingWithdrawn: _withdrawn,
    ev.ChildNotHeard: _child_not_heard,
    ev.RemarkMade: _remark,
    ev.AnswerConfirmed: _confirmed,
    ev.AnswerOnPaperRegistered: _on_paper,
    ev.SilenceRecorded: _silent,
    ev.MoreTimeAsked: _more_time_asked,
    ev.MoreTimeGiven: _more_time_given,
    ev.MoreTimeRefused: _more_time_refused,
    ev.TalkAsked: _talk_asked,
    ev.TalkHeld: _talk_held,
    ev.RemarkWeighed: _weighed,
    ev.RemarksWeighed: _closed,
    ev.FinalReportMade: _final,
}
