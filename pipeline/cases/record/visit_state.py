"""How a visit stands, folded from its events; nothing here is stored."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from pipeline.cases.record import visit_events as ev
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.parts import (
    AgendaPoint,
    GoalStep,
    Helped,
    PlannedGoal,
    ReadBack,
    Shared,
    Slot,
    Version,
    Visit,
    Weighed,
)

Visits = Mapping[str, Visit]
_OfAGoal = ev.GoalPlaced | ev.GoalMoved | ev.GoalRemoved


def after(visits: Visits, at: Stamped, e: ev.VisitEvent) -> Visits:
    """The visits of a case after an event of one of them.

    Args:
        visits: by id, in the order in which they were opened.
        at: the event with its place in the case.
        e: the same event.
    """
    return {**visits, e.visit: _opened(e) if isinstance(e, ev.VisitOpened) else _APPLY[type(e)](visits[e.visit], at, e)}


def after_answers(visits: Visits, answers: Iterable[Stamped]) -> Visits:
    """The visits of a case after a run of answers, each event `Written`: every visit's answers are copied once only."""
    written: dict[str, dict[Slot, list[Version]]] = {}
    for one in answers:
        e: Any = one.event
        written.setdefault(e.visit, {}).setdefault(Slot(e.slot, e.voice), []).append(_version(one, e))
    changed = {visit: _with_answers(visits[visit], slots) for visit, slots in written.items()}
    return {**visits, **changed}


def _with_answers(visit: Visit, slots: Mapping[Slot, Iterable[Version]]) -> Visit:
    added = {slot: (*visit.answers.get(slot, ()), *versions) for slot, versions in slots.items()}
    return replace(visit, answers={**visit.answers, **added})


def _version(at: Stamped, e: ev.Written) -> Version:
    return Version(at.seq, at.at, at.by, e.value, e.on_behalf_of, e.through)


def _opened(e: ev.VisitOpened) -> Visit:
    return Visit(e.visit, e.number, e.kind, e.edition, e.day, e.before)


def _day_changed(visit: Visit, at: Stamped, e: ev.VisitDayChanged) -> Visit:
    return replace(visit, day=e.day)


def _written(visit: Visit, at: Stamped, e: ev.Written) -> Visit:
    return _with_answers(visit, {Slot(e.slot, e.voice): (_version(at, e),)})


def _goal_placed(visit: Visit, at: Stamped, e: ev.GoalPlaced) -> Visit:
    return _with_goal(visit, at, e, PlannedGoal(e.goal, e.goal_type, e.origin, e.position, e.before))


def _goal_moved(visit: Visit, at: Stamped, e: ev.GoalMoved) -> Visit:
    return _with_goal(visit, at, e, replace(visit.goals[e.goal], goal_type=e.goal_type, position=e.position))


def _goal_removed(visit: Visit, at: Stamped, e: ev.GoalRemoved) -> Visit:
    return _with_goal(visit, at, e, replace(visit.goals[e.goal], removed=True))


def _with_goal(visit: Visit, at: Stamped, e: _OfAGoal, goal: PlannedGoal) -> Visit:
    steps = (*visit.goal_steps.get(goal.id, ()), GoalStep(at.seq, at.by, e.on_behalf_of, goal))
    return replace(visit, goals={**visit.goals, goal.id: goal}, goal_steps={**visit.goal_steps, goal.id: steps})


def _not_asked(visit: Visit, at: Stamped, e: ev.FieldsNotAsked) -> Visit:
    return replace(visit, not_asked=frozenset(e.keys))


def _skipped(visit: Visit, at: Stamped, e: ev.FieldsSkipped) -> Visit:
    others = {key: reason for key, reason in visit.skipped.items() if key not in e.keys}
    return replace(visit, skipped={**others, **(dict.fromkeys(e.keys, e.reason) if e.skipped else {})})


def _team(visit: Visit, at: Stamped, e: ev.TeamChosen) -> Visit:
    return replace(visit, team=e)


def _help_asked(visit: Visit, at: Stamped, e: ev.HelpAsked) -> Visit:
    return replace(visit, helped=(*visit.helped, Helped(at.at, at.by, e.person_id, e.voice)))


def _handed_in(visit: Visit, at: Stamped, e: ev.SectionHandedIn) -> Visit:
    place = (e.section, e.voice)
    read_back = {known: how for known, how in visit.read_back.items() if known != place}
    if e.confirmed_by:
        read_back[place] = ReadBack(at.at, at.by, e.confirmed_by)
    return replace(visit, handed_in={**visit.handed_in, place: at.at}, read_back=read_back)


def _locked(visit: Visit, at: Stamped, e: ev.SectionsLocked) -> Visit:
    locked = visit.locked | set(e.sections) if e.locked else visit.locked - set(e.sections)
    return replace(visit, locked=frozenset(locked))


def _weighed(visit: Visit, at: Stamped, e: ev.ContributionWeighed) -> Visit:
    decided = Weighed(at.seq, at.at, at.by, e.included, e.reason)
    return replace(visit, weighed={**visit.weighed, Slot(e.slot, e.voice): decided})


def _goals_placed(visit: Visit, at: Stamped, e: ev.FinalGoalsPlaced) -> Visit:
    return replace(visit, goal_places=e.places)


def _shared(visit: Visit, at: Stamped, e: ev.AfterVisitShared) -> Visit:
    return replace(visit, shared=(*visit.shared, Shared(at.at, at.by, e)))


def _agenda_added(visit: Visit, at: Stamped, e: ev.AgendaPointAdded) -> Visit:
    return replace(visit, agenda={**visit.agenda, e.point: AgendaPoint(e.point, at.at, at.by, e.voice, e.text)})


def _agenda_removed(visit: Visit, at: Stamped, e: ev.AgendaPointRemoved) -> Visit:
    return replace(visit, agenda={point: kept for point, kept in visit.agenda.items() if point != e.point})


_APPLY: dict[type[Any], Callable[[Visit, Stamped, Any], Visit]] = {
    ev.VisitDayChanged: _day_changed,
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
    ev.ContributionWeighed: _weighed,
    ev.FinalGoalsPlaced: _goals_placed,
    ev.AfterVisitShared: _shared,
    ev.AgendaPointAdded: _agenda_added,
    ev.AgendaPointRemoved: _agenda_removed,
}
