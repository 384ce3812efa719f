"""An invitation lets one person in once: by a link and a code that nothing kept can tell."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from fictional_case import CASEWORKER, FATHER, MOTHER
from movable_clock import MovableClock
from sqlalchemy import select

from pipeline.store.invitations import Invitations, InvitationState, NewInvitation, Redeemed, code_in_groups
from pipeline.store.opening import Store
from pipeline.store.tables import invitations as table

DAY = timedelta(days=1)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def invitations(store: Store, clock: MovableClock) -> Invitations:
    return Invitations(store.database, store.keyring, store.audit, clock)


@pytest.fixture
def made(invitations: Invitations, case_id: str) -> NewInvitation:
    return invitations.make(case_id, MOTHER, CASEWORKER, DAY)


def wrong(made: NewInvitation) -> str:
    return "A" * 8 if made.code != "A" * 8 else "B" * 8


def test_link_and_code_let_in_once(invitations: Invitations, made: NewInvitation) -> None:
    redeemed = invitations.redeem(made.token, made.code)
    assert redeemed is not None
    assert redeemed.accepted
    assert (redeemed.invitation.person_id, redeemed.invitation.state) == (MOTHER, InvitationState.USED)
    again = invitations.redeem(made.token, made.code)
    assert again == Redeemed(False, redeemed.invitation)


def test_a_code_may_be_written_by_hand(invitations: Invitations, made: NewInvitation) -> None:
    redeemed = invitations.redeem(made.token, f"  {code_in_groups(made.code).lower().replace('-', ' - ')} ")
    assert redeemed is not None
    assert redeemed.accepted


def test_looking_changes_nothing(invitations: Invitations, made: NewInvitation, store: Store) -> None:
    before = _rows(store)
    assert [invitations.find(made.token) for _ in range(5)] == [made.invitation] * 5
    assert _rows(store) == before
    assert invitations.find(made.token[:-1]) is None
    assert invitations.find(made.invitation.id) is None


def test_the_fifth_wrong_code_locks_also_for_the_right_one(invitations: Invitations, made: NewInvitation) -> None:
    left = []
    for _ in range(5):
        tried = invitations.redeem(made.token, wrong(made))
        assert tried is not None
        assert not tried.accepted
        left.append(tried.invitation.tries_left)
    assert left == [4, 3, 2, 1, 0]
    locked = invitations.redeem(made.token, made.code)
    assert locked is not None
    assert (locked.accepted, locked.invitation.state) == (False, InvitationState.LOCKED)


def test_nobody_gets_a_sixth_try_by_asking_at_the_same_time(invitations: Invitations, made: NewInvitation) -> None:
    with ThreadPoolExecutor(8) as pool:
        tried = list(pool.map(lambda _: invitations.redeem(made.token, wrong(made)), range(24)))
    assert sorted(one.invitation.tries_left for one in tried if one)[-5:] == [0, 1, 2, 3, 4]
    assert [one.accepted for one in tried if one] == [False] * 24


def test_of_many_with_the_right_code_one_gets_in(invitations: Invitations, made: NewInvitation) -> None:
    with ThreadPoolExecutor(8) as pool:
        tried = list(pool.map(lambda _: invitations.redeem(made.token, made.code), range(16)))
    assert [one.accepted for one in tried if one].count(True) == 1


def test_the_code_of_another_invitation_does_not_fit(
    invitations: Invitations, made: NewInvitation, case_id: str
) -> None:
    other = invitations.make(case_id, FATHER, CASEWORKER)
    tried = invitations.redeem(other.token, made.code)
    assert tried is not None
    assert not tried.accepted


def test_an_expired_link_lets_nobody_in(invitations: Invitations, made: NewInvitation, clock: MovableClock) -> None:
    clock.move(DAY)
    tried = invitations.redeem(made.token, made.code)
    assert tried is not None
    assert (tried.accepted, tried.invitation.state) == (False, InvitationState.EXPIRED)


def test_the_inviter_sees_and_withdraws(invitations: Invitations, made: NewInvitation, case_id: str) -> None:
    assert [one.state for one in invitations.of_case(case_id)] == [InvitationState.OPEN]
    withdrawn = invitations.withdraw(case_id, made.invitation.id, CASEWORKER)
    assert withdrawn is not None
    assert withdrawn.state is InvitationState.WITHDRAWN
    tried = invitations.redeem(made.token, made.code)
    assert tried is not None
    assert not tried.accepted
    assert invitations.withdraw(case_id, made.invitation.id, CASEWORKER) is None
    assert [one.state for one in invitations.of_case(case_id)] == [InvitationState.WITHDRAWN]


def test_another_case_cannot_withdraw_it(invitations: Invitations, made: NewInvitation) -> None:
    assert invitations.withdraw("en-anden-sag", made.invitation.id, CASEWORKER) is None
    assert invitations.find(made.token) == made.invitation


def test_a_new_invitation_takes_the_place_of_the_open_one(
    invitations: Invitations, made: NewInvitation, case_id: str
) -> None:
    newer = invitations.make(case_id, MOTHER, CASEWORKER)
    tried = invitations.redeem(made.token, made.code)
    assert tried is not None
    assert tried.invitation.state is InvitationState.WITHDRAWN
    assert invitations.find(newer.token) == newer.invitation


def test_token_and_code_are_strong_and_unmistakable(invitations: Invitations, case_id: str) -> None:
    made = [invitations.make(case_id, MOTHER, CASEWORKER) for _ in range(40)]
    assert len({one.token for one in made}) == len({one.code for one in made}) == 40
    assert all(len(one.token) == 43 for one in made)
    assert all(re.fullmatch(r"[A-HJKMNP-TW-Z2-9]{8}", one.code) for one in made)


def test_neither_secret_is_kept_or_told(invitations: Invitations, made: NewInvitation, store: Store) -> None:
    kept = str(_rows(store))
    for secret in (made.token, made.code, MOTHER):
        assert secret not in kept
    assert made.token not in repr(made)
    assert made.code not in repr(made)


def test_every_change_stands_in_the_audit_log(invitations: Invitations, made: NewInvitation, store: Store) -> None:
    invitations.redeem(made.token, wrong(made))
    invitations.redeem(made.token, made.code)
    invitations.withdraw(made.invitation.case_id, made.invitation.id, CASEWORKER)
    told = [
        (one.actor, one.action, one.outcome) for one in store.audit.entries() if one.action.startswith("invitation")
    ]
    assert told == [
        (CASEWORKER, "invitation.make", "ok"),
        (MOTHER, "invitation.redeem", "wrong_code"),
        (MOTHER, "invitation.redeem", "ok"),
        (CASEWORKER, "invitation.withdraw", "ok"),
    ]


def _rows(store: Store) -> list[tuple[object, ...]]:
    with store.database.read() as connection:
        return [tuple(row) for row in connection.execute(select(table))]
