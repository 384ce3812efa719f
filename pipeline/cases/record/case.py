"""The state of a case, computed from its events; nothing here is stored.

`fold` is the one door: it takes the case before an event and returns the case after it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import reduce
from itertools import groupby
from typing import Any, get_args

from pipeline.cases.hearing.events import HearingEvent
from pipeline.cases.hearing.state import Hearings, after
from pipeline.cases.journey import state as journey
from pipeline.cases.journey.events import JourneyEvent
from pipeline.cases.notice import state as notice
from pipeline.cases.notice.events import NoticeEvent
from pipeline.cases.record import events as ev
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.parts import (
    AgendaPoint,
    Agreement,
    Consent,
    Decided,
    DiaryEntry,
    Helped,
    Kept,
    Note,
    PlannedGoal,
    Shared,
    Slot,
    Version,
    Visit,
    Weighed,
)
from pipeline.cases.record.people import CasePerson, Place, Standing
from pipeline.cases.signing import state as signing
from pipeline.cases.signing.events import SigningEvent

__all__ = [
    "EMPTY",
    "AgendaPoint",
    "Agreement",
    "Case",
    "Consent",
    "Decided",
    "DiaryEntry",
    "Kept",
    "Note",
    "PlannedGoal",
    "Slot",
    "Version",
    "Visit",
    "fold",
    "fold_all",
]


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
        asked = [s for s in self.standings.values() if s.place in places] if places else self.standings.values()
        return tuple(s for s in asked if s.holds_on(day))

    def standings_of(self, person_id: str, day: date) -> tuple[Standing, ...]:
        """What a person stands in the case as on a day."""
        return tuple(s for s in self.standings.values() if s.person_id == person_id and s.holds_on(day))

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
    for is_answer, run in groupby(happened, key=lambda one: type(one.event) is ev.Written):
        apply = _fold_answers if is_answer else _fold_each
        case = apply(case, run)
    return case


def _fold_each(case: Case, run: Iterable[Stamped]) -> Case:
    return reduce(fold, run, case)


def _fold_answers(case: Case, run: Iterable[Stamped]) -> Case:
    written: dict[str, dict[Slot, list[Version]]] = {}
    revision = case.revision
    for one in run:
        _refuse_gap(one, revision)
        revision = one.seq
        e: Any = one.event
        written.setdefault(e.visit, {}).setdefault(Slot(e.slot, e.voice), []).append(_version(one, e))
    visits = dict(case.visits)
    for visit_id, slots in written.items():
        before = visits[visit_id].answers
        added = {slot: (*before.get(slot, ()), *versions) for slot, versions in slots.items()}
        visits[visit_id] = replace(visits[visit_id], answers={**before, **added})
    return replace(case, visits=visits, revision=revision)


def _refuse_gap(happened: Stamped, revision: int) -> None:
    if happened.seq != revision + 1:
        raise ValueError(f"event {happened.seq} after revision {revision}")


def _version(at: Stamped, e: ev.Written) -> Version:
    return Version(at.seq, at.at, at.by, e.value, e.on_behalf_of, e.through)


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


def _visit(case: Case, at: Stamped, e: ev.VisitOpened) -> Case:
    return _with(case, Visit(e.visit, e.number, e.kind, e.edition, e.day, e.before))


def _earlier_visit(case: Case, at: Stamped, e: ev.EarlierVisitRecorded) -> Case:
    others = [known for known in case.earlier_visits if known.day != e.day]
    return replace(case, earlier_visits=tuple(sorted([*others, e], key=lambda known: known.day)))


def _visit_day(case: Case, at: Stamped, e: ev.VisitDayChanged) -> Case:
    return _with(case, replace(case.visits[e.visit], day=e.day))


def _written(case: Case, at: Stamped, e: ev.Written) -> Case:
    visit, slot = case.visits[e.visit], Slot(e.slot, e.voice)
    versions = (*visit.answers.get(slot, ()), _version(at, e))
    return _with(case, replace(visit, answers={**visit.answers, slot: versions}))


def _goal_placed(case: Case, at: Stamped, e: ev.GoalPlaced) -> Case:
    return _with_goal(case, e.visit, PlannedGoal(e.goal, e.goal_type, e.origin, e.position, e.before))


def _goal_moved(case: Case, at: Stamped, e: ev.GoalMoved) -> Case:
    goal = case.visits[e.visit].goals[e.goal]
    return _with_goal(case, e.visit, replace(goal, goal_type=e.goal_type, position=e.position))


def _goal_removed(case: Case, at: Stamped, e: ev.GoalRemoved) -> Case:
    return _with_goal(case, e.visit, replace(case.visits[e.visit].goals[e.goal], removed=True))


def _not_asked(case: Case, at: Stamped, e: ev.FieldsNotAsked) -> Case:
    return _with(case, replace(case.visits[e.visit], not_asked=frozenset(e.keys)))


def _skipped(case: Case, at: Stamped, e: ev.FieldsSkipped) -> Case:
    visit = case.visits[e.visit]
    others = {key: reason for key, reason in visit.skipped.items() if key not in e.keys}
    return _with(case, replace(visit, skipped={**others, **(dict.fromkeys(e.keys, e.reason) if e.skipped else {})}))


def _team(case: Case, at: Stamped, e: ev.TeamChosen) -> Case:
    return _with(case, replace(case.visits[e.visit], team=e))


def _help_asked(case: Case, at: Stamped, e: ev.HelpAsked) -> Case:
    visit = case.visits[e.visit]
    return _with(case, replace(visit, helped=(*visit.helped, Helped(at.at, at.by, e.person_id, e.voice))))


def _handed_in(case: Case, at: Stamped, e: ev.SectionHandedIn) -> Case:
    visit = case.visits[e.visit]
    return _with(case, replace(visit, handed_in={**visit.handed_in, (e.section, e.voice): at.at}))


def _locked(case: Case, at: Stamped, e: ev.SectionsLocked) -> Case:
    visit = case.visits[e.visit]
    locked = visit.locked | set(e.sections) if e.locked else visit.locked - set(e.sections)
    return _with(case, replace(visit, locked=frozenset(locked)))


def _noted(case: Case, at: Stamped, e: ev.JournalNoted) -> Case:
    return replace(case, journal=(*case.journal, Note(at.seq, at.at, at.by, e)))


def _agreed(case: Case, at: Stamped, e: ev.Agreed) -> Case:
    return replace(case, agreements={**case.agreements, e.agreement: Agreement(e, at.at)})


def _agreement_ended(case: Case, at: Stamped, e: ev.AgreementEnded) -> Case:
    ended = replace(case.agreements[e.agreement], ended=e)
    return replace(case, agreements={**case.agreements, e.agreement: ended})


def _kept(case: Case, at: Stamped, e: ev.DocumentKept) -> Case:
    return replace(case, documents={**case.documents, e.file: Kept(at.seq, at.at, at.by, e)})


def _sent(case: Case, at: Stamped, e: ev.DocumentSent) -> Case:
    kept = case.documents[e.file]
    return replace(case, documents={**case.documents, e.file: replace(kept, sent=(*kept.sent, (at.at, e)))})


def _weighed(case: Case, at: Stamped, e: ev.ContributionWeighed) -> Case:
    visit, decided = case.visits[e.visit], Weighed(at.seq, at.at, at.by, e.included, e.reason)
    return _with(case, replace(visit, weighed={**visit.weighed, Slot(e.slot, e.voice): decided}))


def _goals_placed(case: Case, at: Stamped, e: ev.FinalGoalsPlaced) -> Case:
    return _with(case, replace(case.visits[e.visit], goal_places=e.places))


def _after_visit(case: Case, at: Stamped, e: ev.AfterVisitShared) -> Case:
    visit = case.visits[e.visit]
    return _with(case, replace(visit, shared=(*visit.shared, Shared(at.at, at.by, e))))


def _consent_asked(case: Case, at: Stamped, e: ev.ConsentAsked) -> Case:
    return replace(case, consents={**case.consents, e.consent: Consent(e, at.at)})


def _consent_answered(case: Case, at: Stamped, e: ev.ConsentAnswered) -> Case:
    consent = case.consents[e.consent]
    answers, said = (*consent.answers, (at.at, at.by, e.answer)), (*consent.said, e)
    answered = replace(consent, answers=answers, said=said)
    return replace(case, consents={**case.consents, e.consent: answered})


def _agenda_added(case: Case, at: Stamped, e: ev.AgendaPointAdded) -> Case:
    visit = case.visits[e.visit]
    point = AgendaPoint(e.point, at.at, at.by, e.voice, e.text)
    return _with(case, replace(visit, agenda={**visit.agenda, e.point: point}))


def _agenda_removed(case: Case, at: Stamped, e: ev.AgendaPointRemoved) -> Case:
    visit = case.visits[e.visit]
    agenda = {point: kept for point, kept in visit.agenda.items() if point != e.point}
    return _with(case, replace(visit, agenda=agenda))


def _diary_file_kept(case: Case, at: Stamped, e: ev.DiaryFileKept) -> Case:
    """It is no document of the case before the entry is shared, so nobody finds it among them."""
    entry, kept = case.diary[e.entry], Kept(at.seq, at.at, at.by, e.document)
    documents = {**case.documents, e.document.file: kept} if entry.shared_at else case.documents
    with_file = replace(entry, files=(*entry.files, kept))
    return replace(case, diary={**case.diary, e.entry: with_file}, documents=documents)


def _diary_written(case: Case, at: Stamped, e: ev.DiaryWritten) -> Case:
    before = case.diary.get(e.entry)
    shared_at, files = (before.shared_at, before.files) if before else (None, ())
    entry = DiaryEntry(e.entry, at.at, at.by, e.voice, e.on, e.text, e.goal, shared_at, files)
    return replace(case, diary={**case.diary, e.entry: entry})


def _diary_shared(case: Case, at: Stamped, e: ev.DiaryShared) -> Case:
    shared = replace(case.diary[e.entry], shared_at=at.at)
    # They become documents of the case now, whenever they were laid into the diary.
    files = {kept.document.file: replace(kept, seq=at.seq) for kept in shared.files}
    return replace(case, diary={**case.diary, e.entry: shared}, documents={**case.documents, **files})


def _diary_removed(case: Case, at: Stamped, e: ev.DiaryRemoved) -> Case:
    diary = {entry: kept for entry, kept in case.diary.items() if entry != e.entry or kept.shared_at}
    return replace(case, diary=diary)


def _hearing(case: Case, at: Stamped, e: HearingEvent) -> Case:
    return replace(case, hearings=after(case.hearings, e, at.at, at.by))


def _journey(case: Case, at: Stamped, e: JourneyEvent) -> Case:
    return replace(case, travelled=journey.after(case.travelled, e, at.at, at.by))


def _notice(case: Case, at: Stamped, e: NoticeEvent) -> Case:
    return replace(case, notices=notice.after(case.notices, e, at.at))


def _signing(case: Case, at: Stamped, e: SigningEvent) -> Case:
    return replace(case, signings=signing.after(case.signings, e, at.at, at.by))


def _with(case: Case, visit: Visit) -> Case:
    return replace(case, visits={**case.visits, visit.id: visit})


def _with_goal(case: Case, visit_id: str, goal: PlannedGoal) -> Case:
    visit = case.visits[visit_id]
    return _with(case, replace(visit, goals={**visit.goals, goal.id: goal}))


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
    ev.VisitOpened: _visit,
    ev.EarlierVisitRecorded: _earlier_visit,
    ev.VisitDayChanged: _visit_day,
    ev.Written: _written,
    ev.GoalPlaced: _goal_placed,
    ev.GoalMoved: _goal_moved,
    ev.GoalRemoved: _goal_removed,
    ev.FieldsNotAsked: _not_asked,
    ev.FieldsSkipped: _skipped,
    ev.TeamChosen: _team,
    ev.HelpAsked: _help_asked,
    ev.SectionHandedIn: _handed_in,
    ev.SectionsLocked: _locked,
    ev.JournalNoted: _noted,
    ev.Agreed: _agreed,
    ev.AgreementEnded: _agreement_ended,
    ev.DocumentKept: _kept,
    ev.DocumentSent: _sent,
    ev.ContributionWeighed: _weighed,
    ev.FinalGoalsPlaced: _goals_placed,
    ev.AfterVisitShared: _after_visit,
    ev.ConsentAsked: _consent_asked,
    ev.ConsentAnswered: _consent_answered,
    ev.AgendaPointAdded: _agenda_added,
    ev.AgendaPointRemoved: _agenda_removed,
    ev.DiaryWritten: _diary_written,
    ev.DiaryFileKept: _diary_file_kept,
    ev.DiaryShared: _diary_shared,
    ev.DiaryRemoved: _diary_removed,
    **dict.fromkeys(get_args(HearingEvent), _hearing),
    **dict.fromkeys(get_args(JourneyEvent), _journey),
    **dict.fromkeys(get_args(SigningEvent), _signing),
    **dict.fromkeys(get_args(NoticeEvent), _notice),
}
