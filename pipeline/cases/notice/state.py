"""What the family has been told of the visits of a case, folded from its events."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pipeline.cases.notice import events as ev


@dataclass(frozen=True)
class Given:
    """A notice with when it was given."""

    at: datetime
    told: ev.NoticeGiven


@dataclass(frozen=True)
class Notices:
    """Notices of the visits of a case.

    Attributes:
        arranged: by id of the visit.
        given: oldest first.
        by_mail, by_sms: ids of the people who want to be nudged that way.
        nudges: by id of the nudge.
        nudged: ids of the nudges that were sent, with when.
    """

    arranged: Mapping[str, ev.VisitArranged] = field(default_factory=dict)
    given: tuple[Given, ...] = ()
    by_mail: frozenset[str] = frozenset()
    by_sms: frozenset[str] = frozenset()
    nudges: Mapping[str, ev.NudgeToSend] = field(default_factory=dict)
    nudged: Mapping[str, datetime] = field(default_factory=dict)

    def of_visit(self, visit: str) -> tuple[Given, ...]:
        """The notices of a visit, oldest first; how often it was moved follows from them."""
        return tuple(one for one in self.given if one.told.visit == visit)

    def last(self, visit: str) -> Given | None:
        """What the family knows of a visit now; None: it has been told nothing yet."""
        return next(reversed(self.of_visit(visit)), None)

    def with_id(self, notice: str) -> Given:
        """One notice.

        Raises:
            KeyError: there is none.
        """
        return {one.told.notice: one for one in self.given}[notice]

    def before(self, notice: str) -> Given | None:
        """What the family knew of the visit until a notice."""
        of_visit = self.of_visit(self.with_id(notice).told.visit)
        place = next(number for number, one in enumerate(of_visit) if one.told.notice == notice)
        return of_visit[place - 1] if place else None


def after(notices: Notices, event: Any, at: datetime) -> Notices:
    """The notices after one of their events."""
    return _APPLY[type(event)](notices, event, at)


def _arranged(all_: Notices, e: ev.VisitArranged, at: datetime) -> Notices:
    return replace(all_, arranged={**all_.arranged, e.visit: e})


def _given(all_: Notices, e: ev.NoticeGiven, at: datetime) -> Notices:
    return replace(all_, given=(*all_.given, Given(at, e)))


def _wished(all_: Notices, e: ev.MailWished, at: datetime) -> Notices:
    return replace(all_, by_mail=_with_wish(all_.by_mail, e))


def _sms_wished(all_: Notices, e: ev.SmsWished, at: datetime) -> Notices:
    return replace(all_, by_sms=_with_wish(all_.by_sms, e))


def _with_wish(people: frozenset[str], e: ev.MailWished | ev.SmsWished) -> frozenset[str]:
    return people | {e.person_id} if e.wanted else people - {e.person_id}


def _to_send(all_: Notices, e: ev.NudgeToSend, at: datetime) -> Notices:
    return replace(all_, nudges={**all_.nudges, e.nudge: e})


def _sent(all_: Notices, e: ev.NudgeSent, at: datetime) -> Notices:
    return replace(all_, nudged={**all_.nudged, e.nudge: at})


_APPLY: dict[type[Any], Callable[[Notices, Any, datetime], Notices]] = {
    ev.VisitArranged: _arranged,
    ev.NoticeGiven: _given,
    ev.MailWished: _wished,
    ev.SmsWished: _sms_wished,
    ev.NudgeToSend: _to_send,
    ev.NudgeSent: _sent,
}
