"""The state of a case, computed from its events; nothing here is stored.

`fold` is the one door: it takes the case before an event and returns the case after it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, reduce
from itertools import groupby
from typing import Any, get_args

from pipeline.cases.hearing.events import HearingEvent
from pipeline.cases.hearing.state import Hearings, after
from pipeline.cases.journey import state as journey
from pipeline.cases.journey.events import JourneyEvent
from pipeline.cases.notice import state as notice
from pipeline.cases.notice.events import NoticeEvent
from pipeline.cases.record import events as ev
from pipeline.cases.record import family_state, visit_state
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.family_events import ConsentEvent, DiaryEvent
from pipeline.cases.record.journal_events import Agreed, AgreementEnded, DocumentKept, DocumentSent, JournalNoted
from pipeline.cases.record.parts import Agreement, Consent, Decided, DiaryEntry, Kept, Note, Visit
from pipeline.cases.record.people import CasePerson, Place, Standing
from pipeline.cases.record.visit_events import VisitEvent, Written
from pipeline.cases.signing import state as signing
from pipeline.cases.signing.events import SigningEvent


@dataclass(frozen=True)
class Case:
    """A case as its events have made it.

    Attributes:
        revision: seq of the last event.
        authority_changed: seq of the last change among holders of parental authority and training parents.
        earlier_visits: visits from before the case came here, oldest first.
    """

    revision: int = 0
    number: str = ""
    team: str = ""
    municipality: str = ""
    unit: str = ""
    fictional: bool = False
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""
    people: Mapping[str, CasePerson] = field(default_factory=dict)
    standings: Mapping[str, Standing] = field(default_factory=dict)
    access: Mapping[str, Decided] = field(default_factory=dict)
    authority_changed: int = 0
    approvals: tuple[ev.ApprovalDecided, ...] = ()
    earlier_visits: tuple[ev.EarlierVisitRecorded, ...] = ()
    visits: Mapping[str, Visit] = field(default_factory=dict)
    journal: tuple[Note, ...] = ()
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    documents: Mapping[str, Kept] = field(default_factory=dict)
    consents: Mapping[str, Consent] = field(default_factory=dict)
    diary: Mapping[str, DiaryEntry] = field(default_factory=dict)
    hearings: Hearings = field(default_factory=Hearings)
    travelled: journey.Travelled = field(default_factory=journey.Travelled)
    signings: signing.Signings = field(default_factory=dict)
    notices: notice.Notices = field(default_factory=notice.Notices)

    @property
    def is_open(self) -> bool:
        """Whether the case goes on."""
        return self.opened_at is not None and self.closed_at is None

    def standings_on(self, day: date, *places: Place) -> tuple[Standing, ...]:
        """Who stands in the case on a day, as one of some places or as any."""
        held = self._held.get(day)
        if held is None:
            held = self._held[day] = tuple(s for s in self.standings.values() if s.holds_on(day))
        return tuple(s for s in held if s.place in places) if places else held

    def standings_of(self, person_id: str, day: date) -> tuple[Standing, ...]:
        """What a person stands in the case as on a day."""
        return tuple(s for s in self.standings_on(day) if s.person_id == person_id)

    @cached_property
    def _held(self) -> dict[date, tuple[Standing, ...]]:
        """By day who stands in the case: a page asks ten times. Of this state alone; the case after it begins anew."""
        return {}

    @property
    def child(self) -> CasePerson | None:
        """The child; None until recorded."""
        ids = (s.person_id for s in self.standings.values() if s.place is Place.CHILD)
        return next((self.people[i] for i in ids if i in self.people), None)

    def approval_on(self, day: date) -> ev.ApprovalDecided | None:
        """The approval in force on a day; of two from one day the one recorded last, which corrects the other."""
        decided = [a for a in reversed(self.approvals) if a.decided_on <= day]
        return max(decided, key=lambda a: a.decided_on, default=None)


EMPTY = Case()


def fold(case: Case, happened: Stamped) -> Case:
    """The case after an event.

    Raises:
        ValueError: the event is not the next one; an event was lost or stands twice.
    """
    _refuse_gap(happened, case.revision)
    return replace(_APPLY[type(happened.event)](case, happened, happened.event), revision=happened.seq)


def fold_all(happened: Iterable[Stamped], case: Case = EMPTY) -> Case:
    """The case after several events.

    Nearly all events of a case are answers, so a run of them is folded at once: one by one, each would copy all answers
    of its visit.

    Raises:
        ValueError: as `fold`.
    """
    for is_answer, run in groupby(happened, key=lambda one: type(one.event) is Written):
        apply = _fold_answers if is_answer else _fold_each
        case = apply(case, run)
    return case


def _fold_each(case: Case, run: Iterable[Stamped]) -> Case:
    return reduce(fold, run, case)


def _fold_answers(case: Case, run: Iterable[Stamped]) -> Case:
    answers = tuple(run)
    for revision, one in enumerate(answers, case.revision):
        _refuse_gap(one, revision)
    return replace(case, visits=visit_state.after_answers(case.visits, answers), revision=answers[-1].seq)


def _refuse_gap(happened: Stamped, revision: int) -> None:
    if happened.seq != revision + 1:
        raise ValueError(f"event {happened.seq} after revision {revision}")


def _opened(case: Case, at: Stamped, e: ev.CaseOpened) -> Case:
    return replace(
        case,
        number=e.number,
        team=e.team,
        municipality=e.municipality,
        unit=e.unit,
        fictional=e.fictional,
        opened_at=at.at,
    )


def _handed_over(case: Case, at: Stamped, e: ev.CaseHandedOver) -> Case:
    return replace(case, team=e.team, unit=e.unit)


def _closed(case: Case, at: Stamped, e: ev.CaseClosed) -> Case:
    return replace(case, closed_at=at.at, outcome=e.outcome)


def _reopened(case: Case, at: Stamped, e: ev.CaseReopened) -> Case:
    return replace(case, closed_at=None, outcome="")


def _person(case: Case, at: Stamped, e: ev.PersonRecorded) -> Case:
    return replace(case, people={**case.people, e.person.id: e.person})


def _standing(case: Case, at: Stamped, e: ev.StandingBegun | ev.StandingChanged) -> Case:
    touched = _authority(case.standings.get(e.standing.id)) != _authority(e.standing)
    return replace(
        case,
        standings={**case.standings, e.standing.id: e.standing},
        authority_changed=at.seq if touched else case.authority_changed,
    )


def _authority(standing: Standing | None) -> tuple[object, ...]:
    """What of a standing is authority over the child; a new household, e.g., is none and pauses nobody."""
    if standing is None or not standing.place.is_parent:
        return ()
    return (standing.person_id, standing.place, standing.since, standing.until)


def _access(case: Case, at: Stamped, e: ev.AccessDecided) -> Case:
    decided = Decided(at.seq, at.at, at.by, e.granted, e.reason)
    return replace(case, access={**case.access, e.person_id: decided})


def _approval(case: Case, at: Stamped, e: ev.ApprovalDecided) -> Case:
    return replace(case, approvals=(*case.approvals, e))


def _earlier_visit(case: Case, at: Stamped, e: ev.EarlierVisitRecorded) -> Case:
    others = [known for known in case.earlier_visits if known.day != e.day]
    return replace(case, earlier_visits=tuple(sorted([*others, e], key=lambda known: known.day)))


def _noted(case: Case, at: Stamped, e: JournalNoted) -> Case:
    return replace(case, journal=(*case.journal, Note(at.seq, at.at, at.by, e)))


def _agreed(case: Case, at: Stamped, e: Agreed) -> Case:
    return replace(case, agreements={**case.agreements, e.agreement: Agreement(e, at.at)})


def _agreement_ended(case: Case, at: Stamped, e: AgreementEnded) -> Case:
    ended = replace(case.agreements[e.agreement], ended=e)
    return replace(case, agreements={**case.agreements, e.agreement: ended})


def _kept(case: Case, at: Stamped, e: DocumentKept) -> Case:
    return replace(case, documents={**case.documents, e.file: Kept(at.seq, at.at, at.by, e)})


def _sent(case: Case, at: Stamped, e: DocumentSent) -> Case:
    kept = case.documents[e.file]
    return replace(case, documents={**case.documents, e.file: replace(kept, sent=(*kept.sent, (at.at, e)))})


def _visit(case: Case, at: Stamped, e: VisitEvent) -> Case:
    return replace(case, visits=visit_state.after(case.visits, at, e))


def _consent(case: Case, at: Stamped, e: ConsentEvent) -> Case:
    return replace(case, consents=family_state.consents_after(case.consents, at, e))


def _diary(case: Case, at: Stamped, e: DiaryEvent) -> Case:
    diary = family_state.diary_after(case.diary, at, e)
    return replace(case, diary=diary, documents={**case.documents, **family_state.files_shown(diary, at, e)})


def _hearing(case: Case, at: Stamped, e: HearingEvent) -> Case:
    return replace(case, hearings=after(case.hearings, e, at.at, at.by))


def _journey(case: Case, at: Stamped, e: JourneyEvent) -> Case:
    return replace(case, travelled=journey.after(case.travelled, e, at.at, at.by))


def _notice(case: Case, at: Stamped, e: NoticeEvent) -> Case:
    return replace(case, notices=notice.after(case.notices, e, at.at))


def _signing(case: Case, at: Stamped, e: SigningEvent) -> Case:
    return replace(case, signings=signing.after(case.signings, e, at.at, at.by))


_APPLY: dict[type[Any], Callable[[Case, Stamped, Any], Case]] = {
    ev.CaseOpened: _opened,
    ev.CaseHandedOver: _handed_over,
    ev.CaseClosed: _closed,
    ev.CaseReopened: _reopened,
    ev.PersonRecorded: _person,
    ev.StandingBegun: _standing,
    ev.StandingChanged: _standing,
    ev.AccessDecided: _access,
    ev.ApprovalDecided: _approval,
    ev.EarlierVisitRecorded: _earlier_visit,
    JournalNoted: _noted,
    Agreed: _agreed,
    AgreementEnded: _agreement_ended,
    DocumentKept: _kept,
    DocumentSent: _sent,
    **dict.fromkeys(get_args(VisitEvent), _visit),
    **dict.fromkeys(get_args(ConsentEvent), _consent),
    **dict.fromkeys(get_args(DiaryEvent), _diary),
    **dict.fromkeys(get_args(HearingEvent), _hearing),
    **dict.fromkeys(get_args(JourneyEvent), _journey),
    **dict.fromkeys(get_args(SigningEvent), _signing),
    **dict.fromkeys(get_args(NoticeEvent), _notice),
}
