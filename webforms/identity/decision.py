"""May this visitor do this to this case on this day? A pure function over the table of rights and the case's people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.cases.record.access_pause import Pause, open_standings, paused
from pipeline.cases.record.case import Case
from pipeline.cases.record.people import Place, Standing
from webforms.identity.access import ONLY_WHILE_OPEN, About, Action, On, action_named
from webforms.identity.roles import ROLE_OF, Role, Scope
from webforms.identity.visitor import Visitor

_REACH = tuple(Scope)


class Why(StrEnum):
    """What decided; the audit log keeps it as the outcome of the line."""

    GRANTED = "ok"
    STRANGER = "refused:stranger"
    PAUSED = "refused:paused"
    STATE = "refused:state"
    NOT_PARTY = "refused:not_party"
    ROLE = "refused:role"


@dataclass(frozen=True)
class Decision:
    """The answer, and what a page needs to show no more than it allows.

    Attributes:
        role: the capacity in which it was granted.
        scope: how far: with `OWN_PART` a page shows no more than voices.py and the sections here allow.
        standings: what the person stands in the case as, where that granted it.
        may_know: whether a refusal may admit that there is such a case; else the page says that it does not exist.
        pause: why the person's access rests, where that is the reason.
    """

    why: Why
    role: Role | None = None
    scope: Scope = Scope.NONE
    standings: tuple[Standing, ...] = ()
    may_know: bool = False
    pause: Pause | None = None

    @property
    def granted(self) -> bool:
        """Whether it may be done."""
        return self.why is Why.GRANTED

    @property
    def sections(self) -> frozenset[str]:
        """For helpers: the sections they were let in to."""
        return frozenset(section for standing in self.standings for section in standing.sections)


@dataclass(frozen=True)
class _Claim:
    """One ground on which somebody might be let in: a standing, or being employed in a role."""

    role: Role
    standing: Standing | None


def allowed(visitor: Visitor, action: str, case: Case | None, day: date, case_id: str = "") -> Decision:
    """Decide by the table of rights.

    Args:
        visitor: who asks.
        action: a name of the table.
        case: the case that it is done to; None for actions that concern no one case.
        day: the day in Denmark; standings hold from day to day.
        case_id: the case's own id. A person from outside counts in the very cases that they are known in: nothing
            promises that no other case has a person of the same id. Without it only employees are let in.

    Raises:
        LookupError: the table has no such action.
        ValueError: the action is about a case and none was given, or the other way round.
    """
    line = action_named(action)
    if (case is None) is (line.about is About.CASE):
        raise ValueError(f"“{action}” and a case do not go together like this")
    return _without_case(visitor, line) if case is None else _in_case(visitor, line, case, day, case_id)


def _without_case(visitor: Visitor, line: Action) -> Decision:
    outside = [role for role in Role if not role.is_employed] if visitor.own_cases else []
    reaching = [
        (line.scope_for(role), role) for role in (*sorted(visitor.roles), *outside) if line.scope_for(role) in _ANY
    ]
    if not reaching:
        return Decision(Why.ROLE, may_know=True)
    scope, role = max(reaching, key=lambda found: _REACH.index(found[0]))
    return Decision(Why.GRANTED, role, scope, may_know=True)


_ANY = frozenset(_REACH) - {Scope.NONE}


def _in_case(visitor: Visitor, line: Action, case: Case, day: date, case_id: str) -> Decision:
    claims = [claim for claim in _claims(visitor, case, day, case_id) if _concerns(claim, visitor, line, case)]
    if not claims:
        return Decision(Why.STRANGER)
    refusals = [(claim, _refusal(claim, line, case, day)) for claim in claims]
    granting = [claim for claim, why in refusals if why is None]
    if not granting:
        claim, why = min(
            ((claim, why) for claim, why in refusals if why), key=lambda found: _TELLS_MOST.index(found[1])
        )
        pause = paused(case, claim.standing.person_id, day) if claim.standing and why is Why.PAUSED else None
        return Decision(why, may_know=True, pause=pause)
    best = max(granting, key=lambda claim: _REACH.index(line.scope_for(claim.role)))
    standings = tuple(claim.standing for claim in granting if claim.role is best.role and claim.standing)
    return Decision(Why.GRANTED, best.role, line.scope_for(best.role), standings, may_know=True)


_TELLS_MOST = (Why.PAUSED, Why.STATE, Why.NOT_PARTY, Why.ROLE)


def _claims(visitor: Visitor, case: Case, day: date, case_id: str) -> Iterator[_Claim]:
    """A place in the case gives its role to people from outside; to employees only where they are employed as that."""
    mine = {visitor.employee} if visitor.employee else visitor.people_in(case_id)
    may_claim = visitor.roles if visitor.employee else frozenset(role for role in Role if not role.is_employed)
    for standing in case.standings_on(day):
        role = ROLE_OF.get(standing.place)
        if role in may_claim and standing.person_id in mine:
            yield _Claim(role, standing)
    yield from (_Claim(role, None) for role in sorted(visitor.roles))


def _concerns(claim: _Claim, visitor: Visitor, line: Action, case: Case) -> bool:
    """Whether the claim makes the case the visitor's concern; else it is as if the case were not there."""
    if claim.standing:
        return True
    scope = line.scope_for(claim.role)
    in_team = case.team in visitor.teams and claim.role in _SEES_TEAM
    return scope is Scope.ANY or in_team


# Whoever may list a team's cases knows that they exist.
_SEES_TEAM = frozenset(role for role, scope in action_named("cases.list").scopes.items() if scope is Scope.OWN_TEAM)


def _refusal(claim: _Claim, line: Action, case: Case, day: date) -> Why | None:
    """Why a claim is not enough; None where it is."""
    scope = line.scope_for(claim.role)
    if not claim.standing and scope not in (Scope.OWN_TEAM, Scope.ANY):
        return Why.ROLE
    if _is_paused(claim, case, day):
        return Why.PAUSED
    if scope is Scope.NONE:
        return Why.ROLE
    if line.party_only and not _is_party(claim, case, day):
        return Why.NOT_PARTY
    is_fit = line.on is On.ALL or case.is_open is (line.on is On.OPEN)
    return None if is_fit and (case.is_open or claim.role not in ONLY_WHILE_OPEN) else Why.STATE


def _is_paused(claim: _Claim, case: Case, day: date) -> bool:
    if claim.standing is None or claim.role.is_employed:
        return False
    return claim.standing not in open_standings(case, claim.standing.person_id, day)


def _is_party(claim: _Claim, case: Case, day: date) -> bool:
    standing = claim.standing
    if standing is None:
        return True
    spoken_for = standing.speaks_for or standing.person_id
    return claim.role.is_employed or any(
        held.person_id == spoken_for for held in case.standings_on(day, Place.PARENTAL_AUTHORITY)
    )
