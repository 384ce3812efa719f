"""Which kept documents a visitor may open, and whom a new one is for."""

from collections.abc import Iterator
from datetime import date

from pipeline.cases.hearing.who import own_hearings_for
from pipeline.cases.record.case import Case
from pipeline.cases.record.hidden_from import reader_of
from pipeline.cases.record.parts import Kept
from pipeline.cases.record.people import Place
from pipeline.cases.record.voices import household_of
from pipeline.cases.signing.who import signings_for
from webforms.identity.current import CaseInView
from webforms.identity.roles import Role, Scope


def may_open(view: CaseInView, kept: Kept, day: date) -> bool:
    """Whether a document is for this visitor: their own, given to them, handed in to them, or the whole case."""
    if view.decision.scope is not Scope.OWN_PART:
        return True
    is_theirs = kept.by == view.actor or view.actor in kept.document.seen_by or _acts_on(view, kept, day)
    return is_theirs or (view.decision.role is Role.PARENT and _helper_has_handed_in(view, kept, day))


def open_to(view: CaseInView, day: date) -> Iterator[Kept]:
    """The documents that the visitor may open, the newest first."""
    return (kept for kept in _newest_first(view.case) if may_open(view, kept, day))


def meant_for(view: CaseInView, day: date) -> tuple[str, ...]:
    """Ids of those who may open what the visitor sends now, beside the visitor and the municipality.

    Parents of one household answer with one voice, so they share their files, also with whoever represents one of them
    as a party. Everybody else sends to the municipality alone.
    """
    case = view.case
    parents = {standing.person_id for standing in case.standings_on(day) if standing.place.is_parent}
    if view.actor not in parents:
        return ()
    home = household_of(case, view.actor, day)
    members = {person for person in parents if household_of(case, person, day) == home}
    represented = (s for s in case.standings_on(day, Place.PARTY_REPRESENTATIVE) if s.speaks_for in members)
    return tuple(sorted((members | {standing.person_id for standing in represented}) - {view.actor}))


def _acts_on(view: CaseInView, kept: Kept, day: date) -> bool:
    """Who got a fuldmagt after a document was sent reads what they may sign, or answer a hearing on."""
    signings = (one for one, _ in signings_for(view.case, view.actor, day))
    to_sign = {file for one in signings for file in (one.opened.file, one.file)}
    heard = {one.opened.report for one in own_hearings_for(view.case, view.actor, day)}
    return kept.document.file in to_sign | heard


def _helper_has_handed_in(view: CaseInView, kept: Kept, day: date) -> bool:
    """Parents read what a helper has handed in; the file of one who is still writing is not there yet.

    Where the reader must not learn how to reach somebody, it stays with the municipality: nobody can look through a
    photo or a PDF for an address as is done with words.
    """
    case, visit = view.case, view.case.visits.get(kept.document.visit)
    is_helper = any(s.person_id == kept.by and s.place.is_helper for s in case.standings.values())
    if visit is None or not is_helper or reader_of(case, view.actor, day).hidden:
        return False
    return any(voice == kept.by for _, voice in visit.handed_in)


def _newest_first(case: Case) -> list[Kept]:
    return sorted(case.documents.values(), key=lambda kept: kept.seq, reverse=True)
