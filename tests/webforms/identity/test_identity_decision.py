"""The decision by dates, teams, pauses and parts: what the walk with its one cast does not come by."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.events import (
    AccessDecided,
    CaseClosed,
    CaseOpened,
    Event,
    PersonRecorded,
    StandingBegun,
    StandingChanged,
)
from pipeline.cases.record.people import CasePerson, Place, Standing
from webforms.identity.access import TABLE, About, action_named
from webforms.identity.access_in_words import access_as_markdown
from webforms.identity.decision import Decision, Why, allowed
from webforms.identity.roles import Role, Scope
from webforms.identity.visitor import Method, OwnCase, Proof, Visitor

CASE_ID = "sag"
DAY, SINCE = date(2026, 11, 22), date(2026, 1, 1)
PROOF = Proof(Method.MITID, "substantial", datetime(2026, 11, 22, tzinfo=UTC))
MOTHER = Standing("s1", "mor", Place.PARENTAL_AUTHORITY, SINCE, household="hjem")
TRAINER = Standing("s2", "stedfar", Place.TRAINING_PARENT, SINCE, household="hjem")
SCHOOL = Standing("s3", "skole", Place.SCHOOL, SINCE, sections=("c",))
ATTORNEY = Standing("s4", "rep", Place.PARTY_REPRESENTATIVE, SINCE, speaks_for="mor")
CHILD = Standing("s5", "barn", Place.CHILD, SINCE)
LET_IN: Sequence[Event] = tuple(AccessDecided(who, granted=True, reason="") for who in ("mor", "stedfar", "barn"))


def case_with(*more: Event, standings: Sequence[Standing] = (MOTHER, TRAINER, SCHOOL, ATTORNEY, CHILD)) -> Case:
    opened = CaseOpened("DEMO-1", "nord", "Eksempel Kommune", "Børn og Unge", fictional=True)
    child = PersonRecorded(CasePerson("barn", "Barn Opdigtsen", "0101156001"))
    begun = [StandingBegun(standing) for standing in standings]
    events = [opened, child, *begun, *LET_IN, *more]
    at = datetime(2026, 2, 1, tzinfo=UTC)
    return fold_all(Stamped(seq, at, "system", event) for seq, event in enumerate(events, 1))


def may(visitor: Visitor, action: str, case: Case | None, day: date) -> Decision:
    """The decision about the one case of these tests."""
    return allowed(visitor, action, case, day, CASE_ID)


def outsider(person_id: str) -> Visitor:
    return Visitor(PROOF, f"cpr:{person_id}", "handle", own_cases=(OwnCase(CASE_ID, person_id),))


def employee(*roles: Role, teams: Sequence[str] = ("nord",)) -> Visitor:
    return Visitor(PROOF, "employee:e1", "handle", employee="e1", roles=frozenset(roles), teams=frozenset(teams))


@pytest.mark.parametrize(
    ("day", "granted"),
    [
        (SINCE - timedelta(days=1), False),
        (SINCE, True),
        (DAY, True),
        (DAY + timedelta(days=1), False),
    ],
)
def test_a_place_gives_access_from_its_first_day_to_its_last(day: date, granted: bool) -> None:
    case = case_with(standings=[replace(SCHOOL, until=DAY), CHILD])
    decision = may(outsider("skole"), "part.read", case, day)
    assert decision.granted is granted
    assert decision.why is (Why.GRANTED if granted else Why.STRANGER)
    assert decision.sections == (frozenset({"c"}) if granted else frozenset())


def test_a_parent_gets_the_own_part_and_a_party_more() -> None:
    assert may(outsider("mor"), "part.read", case_with(), DAY).scope is Scope.OWN_PART
    assert may(outsider("mor"), "consent.answer", case_with(), DAY).granted
    assert may(outsider("stedfar"), "part.write", case_with(), DAY).granted
    refused = may(outsider("stedfar"), "consent.answer", case_with(), DAY)
    assert (refused.why, refused.may_know) == (Why.NOT_PARTY, True)


def test_who_speaks_for_a_party_answers_as_one() -> None:
    assert may(outsider("rep"), "consent.answer", case_with(), DAY).granted
    of_trainer = replace(ATTORNEY, speaks_for="stedfar")
    assert not may(outsider("rep"), "consent.answer", case_with(standings=[TRAINER, of_trainer, CHILD]), DAY).granted


def test_a_change_of_authority_rests_the_parents_access_and_that_of_who_speaks_for_them() -> None:
    case = case_with(StandingChanged(replace(MOTHER, until=date(2030, 1, 1))))
    for person_id in ("mor", "stedfar", "rep"):
        decision = may(outsider(person_id), "case.read", case, DAY)
        assert (decision.why, decision.may_know) == (Why.PAUSED, True)
        assert decision.pause is not None
        assert "Ring til kontaktpersonen" in decision.pause.next_step
    assert may(outsider("skole"), "case.read", case, DAY).granted
    again = case_with(
        StandingChanged(replace(MOTHER, until=date(2030, 1, 1))), AccessDecided("mor", granted=True, reason="")
    )
    assert may(outsider("mor"), "case.read", again, DAY).granted
    assert may(outsider("rep"), "case.read", again, DAY).granted


def test_a_grown_childs_parents_wait() -> None:
    grown = date(2033, 1, 1)
    assert may(outsider("mor"), "case.read", case_with(), grown - timedelta(days=1)).granted
    assert may(outsider("mor"), "case.read", case_with(), grown).why is Why.PAUSED


def test_whose_access_was_refused_may_know_why() -> None:
    case = case_with(AccessDecided("mor", granted=False, reason="retten"))
    decision = may(outsider("mor"), "case.read", case, DAY)
    assert decision.why is Why.PAUSED
    assert decision.pause is not None
    assert "retten" not in decision.pause.reason


def test_a_person_of_the_same_id_in_another_case_is_somebody_else() -> None:
    for elsewhere in ("en anden sag", ""):
        assert allowed(outsider("mor"), "case.read", case_with(), DAY, elsewhere).why is Why.STRANGER


def test_a_closed_case_is_read_by_its_parties_and_changed_by_nobody() -> None:
    case = case_with(CaseClosed("ophoer", ""))
    assert may(outsider("mor"), "part.read", case, DAY).granted
    assert may(outsider("mor"), "part.write", case, DAY).why is Why.STATE
    assert may(outsider("skole"), "part.read", case, DAY).why is Why.STATE
    assert may(employee(Role.CASEWORKER), "case.reopen", case, DAY).granted
    assert may(employee(Role.ARCHIVIST), "archive.deliver", case, DAY).granted
    assert not may(employee(Role.ARCHIVIST), "archive.deliver", case_with(), DAY).granted


def test_a_caseworker_sees_the_teams_cases_and_those_with_a_place() -> None:
    assert may(employee(Role.CASEWORKER), "journal.read", case_with(), DAY).scope is Scope.OWN_TEAM
    other_team = employee(Role.CASEWORKER, teams=("syd",))
    assert may(other_team, "journal.read", case_with(), DAY).why is Why.STRANGER
    substitute = Standing("s9", "e1", Place.SUBSTITUTE, DAY, until=DAY)
    case = case_with(standings=[substitute, CHILD])
    assert [may(other_team, "journal.read", case, day).granted for day in (DAY, DAY + timedelta(days=1))] == [
        True,
        False,
    ]


def test_a_place_as_an_employee_is_worth_nothing_without_the_role() -> None:
    as_caseworker = Standing("s9", "e1", Place.CASEWORKER, SINCE)
    case = case_with(standings=[as_caseworker, CHILD])
    for role in (Role.ADMINISTRATOR, Role.OPERATOR, Role.ARCHIVIST, Role.VISITING_PROFESSIONAL):
        assert not may(employee(role), "case.read", case, DAY).granted
    assert not may(outsider("e1"), "journal.read", case, DAY).granted


def test_an_employee_is_no_parent_here() -> None:
    as_parent = Standing("s9", "e1", Place.PARENTAL_AUTHORITY, SINCE)
    case = case_with(AccessDecided("e1", granted=True, reason=""), standings=[as_parent, CHILD])
    assert not may(employee(Role.VISITING_PROFESSIONAL), "part.write", case, DAY).granted


def test_several_places_give_the_widest_right() -> None:
    also_teacher = replace(SCHOOL, id="s9", person_id="mor", sections=("c",))
    case = case_with(standings=[MOTHER, also_teacher, CHILD])
    decision = may(outsider("mor"), "case.read", case, DAY)
    assert (decision.role, decision.scope) == (Role.PARENT, Scope.OWN_CASE)


def test_companion_and_sibling_use_nothing() -> None:
    places = [Standing(f"x{place}", f"x{place}", place, SINCE) for place in (Place.COMPANION, Place.SIBLING)]
    case = case_with(standings=[*places, CHILD])
    for standing in places:
        assert not [name for name in CASE_ACTIONS if may(outsider(standing.person_id), name, case, DAY).granted]


CASE_ACTIONS = [name for name, line in TABLE.items() if line.about is About.CASE]


def test_nobody_signed_in_as_nobody_may_anything() -> None:
    nobody = Visitor(PROOF, "x", "handle")
    assert not [name for name in CASE_ACTIONS if may(nobody, name, case_with(), DAY).granted]
    assert not [name for name in TABLE if name not in CASE_ACTIONS and may(nobody, name, None, DAY).granted]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.OPERATOR])
def test_administrator_and_operator_reach_no_case_by_any_line(role: Role) -> None:
    assert {TABLE[name].scope_for(role) for name in CASE_ACTIONS} == {Scope.NONE}


def test_protected_addresses_are_for_caseworkers_and_their_managers_alone() -> None:
    line = TABLE["people.contact"]
    assert {role for role in Role if line.scope_for(role) is not Scope.NONE} == {Role.CASEWORKER, Role.MANAGER}


def test_an_action_that_is_not_in_the_table_is_a_fault() -> None:
    with pytest.raises(LookupError, match="no action"):
        action_named("case.peek")
    with pytest.raises(ValueError, match="do not go together"):
        may(outsider("mor"), "case.read", None, DAY)
    with pytest.raises(ValueError, match="do not go together"):
        may(outsider("mor"), "cases.list", case_with(), DAY)


def test_the_printed_table_says_every_line_for_every_role() -> None:
    printed = access_as_markdown()
    rows = [line for line in printed.splitlines() if line.startswith("| `")]
    assert len(rows) == len(TABLE)
    assert {row.count("|") for row in rows} == {len(Role) + 4}
    assert all(f"`{name}` | {line.meaning} |" in printed for name, line in TABLE.items())
    assert "egen del, kun med forældremyndighed" in printed
    assert printed.count("Rollen hjælper har kun adgang, mens sagen er åben.") == 1
