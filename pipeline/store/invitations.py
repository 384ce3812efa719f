"""Letting somebody in without MitID: a link that holds once and for a while, and a code that goes another way."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select, update

from pipeline.cases.record.codec import instant_as_text, instant_from_text
from pipeline.store.audit_log import AuditedWrite, AuditLog
from pipeline.store.clock import Clock, new_id, now
from pipeline.store.database import Database
from pipeline.store.places import invitation_place
from pipeline.store.tables import invitations
from pipeline.vault.installation_key import InstallationKey
from pipeline.vault.keyring import Keyring

_TOKEN_BYTES = 32
# Without what is mistaken for something else when it is read aloud or copied by hand.
_LETTERS = "ABCDEFGHJKMNPQRSTWXYZ23456789"
_CODE_LENGTH = 8
WRONG_CODES_ALLOWED = 5
LASTS = timedelta(days=14)


class InvitationState(StrEnum):
    """How an invitation stands."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    LOCKED = "locked"


class _Sealed(msgspec.Struct, frozen=True):
    person_id: str
    inviter: str
    code_mac: bytes


@dataclass(frozen=True)
class Invitation:
    """An invitation without its secrets.

    Attributes:
        person_id: who is let in, as what they stand in the case as.
        inviter: id of the employee who made it.
    """

    id: str
    case_id: str
    person_id: str
    inviter: str
    state: InvitationState
    created: datetime
    expires: datetime
    used: datetime | None
    withdrawn: datetime | None
    tries_left: int


@dataclass(frozen=True)
class NewInvitation:
    """An invitation with its secrets, which are shown once and kept nowhere.

    Attributes:
        token: 256 bits, for the link.
        code: for another way than the link's, e.g. the telephone.
    """

    invitation: Invitation
    token: str
    code: str

    def __repr__(self) -> str:  # neither secret may reach a log by way of a traceback
        return f"NewInvitation({self.invitation.id})"


@dataclass(frozen=True)
class Redeemed:
    """What came of a code: `accepted`, or how the invitation stands now."""

    accepted: bool
    invitation: Invitation


class Invitations:
    """The invitations of an installation.

    Args:
        database: keeps them; of token and code only digests.
        keyring: seals what they hold and keys the code's digest.
        audit: is told of every change, in its transaction.
    """

    def __init__(self, database: Database, keyring: Keyring, audit: AuditLog, clock: Clock = now) -> None:
        self._database, self._clock, self._audit = database, clock, audit
        self._key = InstallationKey(keyring)
        self._mac = keyring.mac_key("invitationers koder")

    def make(self, case_id: str, person_id: str, inviter: str, lasts: timedelta = LASTS) -> NewInvitation:
        """Invite a person of a case; an earlier invitation of theirs that is still open is withdrawn."""
        token, code = secrets.token_urlsafe(_TOKEN_BYTES), _fresh_code()
        invitation_id, made_at = new_id(), self._clock()
        sealed = _Sealed(person_id, inviter, self._code_mac(invitation_id, code))
        row = {
            "id": invitation_id,
            "token_hash": _digest(token),
            "case_id": case_id,
            "created_at": instant_as_text(made_at),
            "expires_at": instant_as_text(made_at + lasts),
            "wrong_codes": 0,
            "sealed": self._key.seal(msgspec.json.encode(sealed), invitation_place(invitation_id)),
        }
        with self._audit.writing() as work:
            for earlier in self._of_case(work.connection, case_id):
                if earlier.person_id == person_id and earlier.state is InvitationState.OPEN:
                    self._withdraw(work, earlier, inviter)
            work.connection.execute(invitations.insert().values(row))
            work.note(inviter, "invitation.make", case_id)
            made = self._opened(_row(work.connection, invitations.c.id == invitation_id))
        return NewInvitation(made, token, code)

    def find(self, token: str) -> Invitation | None:
        """The invitation that a link leads to; looking at it changes nothing."""
        with self._database.read() as connection:
            row = _row(connection, invitations.c.token_hash == _digest(token))
        return self._opened(row) if row else None

    def of_case(self, case_id: str) -> tuple[Invitation, ...]:
        """The invitations of a case, newest first."""
        with self._database.read() as connection:
            return self._of_case(connection, case_id)

    def redeem(self, token: str, code: str) -> Redeemed | None:
        """Use an invitation.

        Tries are counted and the invitation is used up in one transaction: of two callers with the right code one
        gets in, and nobody gets a sixth try by asking at the same time.

        Returns:
            None where no link is like this.
        """
        with self._audit.writing() as work:
            row = _row(work.connection, invitations.c.token_hash == _digest(token), lock=True)
            if row is None:
                return None
            before = self._opened(row)
            if before.state is not InvitationState.OPEN:
                return Redeemed(False, before)
            accepted = self._mac.fits(_code_message(row.id, code), self._content(row).code_mac)
            change = {"used_at": instant_as_text(self._clock())} if accepted else {"wrong_codes": row.wrong_codes + 1}
            work.connection.execute(update(invitations).where(invitations.c.id == row.id).values(change))
            work.note(before.person_id, "invitation.redeem", before.case_id, "ok" if accepted else "wrong_code")
            return Redeemed(accepted, self._opened(_row(work.connection, invitations.c.id == row.id)))

    def withdraw(self, case_id: str, invitation_id: str, by: str) -> Invitation | None:
        """Take an invitation back, also a used one; None where the case has none of this id or it is taken back."""
        with self._audit.writing() as work:
            row = _row(work.connection, invitations.c.id == invitation_id, invitations.c.case_id == case_id, lock=True)
            if row is None or row.withdrawn_at is not None:
                return None
            return self._withdraw(work, self._opened(row), by)

    def _withdraw(self, work: AuditedWrite, invitation: Invitation, by: str) -> Invitation:
        taken_back = {"withdrawn_at": instant_as_text(self._clock())}
        work.connection.execute(update(invitations).where(invitations.c.id == invitation.id).values(taken_back))
        work.note(by, "invitation.withdraw", invitation.case_id)
        return self._opened(_row(work.connection, invitations.c.id == invitation.id))

    def _of_case(self, connection: Connection, case_id: str) -> tuple[Invitation, ...]:
        asked = select(invitations).where(invitations.c.case_id == case_id).order_by(invitations.c.created_at.desc())
        return tuple(self._opened(row) for row in connection.execute(asked))

    def _content(self, row: Row[Any]) -> _Sealed:
        return msgspec.json.decode(self._key.open(row.sealed, invitation_place(row.id)), type=_Sealed)

    def _opened(self, row: Row[Any] | None) -> Invitation:
        if row is None:
            raise LookupError("an invitation that was there a moment ago is gone")
        content = self._content(row)
        return Invitation(
            id=row.id,
            case_id=row.case_id,
            person_id=content.person_id,
            inviter=content.inviter,
            state=_state(row, self._clock()),
            created=instant_from_text(row.created_at),
            expires=instant_from_text(row.expires_at),
            used=_instant(row.used_at),
            withdrawn=_instant(row.withdrawn_at),
            tries_left=max(0, WRONG_CODES_ALLOWED - row.wrong_codes),
        )

    def _code_mac(self, invitation_id: str, code: str) -> bytes:
        return self._mac.of(_code_message(invitation_id, code))


def code_in_groups(code: str) -> str:
    """A code as it is read aloud: in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _fresh_code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))


def _code_message(invitation_id: str, code: str) -> bytes:
    """Written by hand: small letters, spaces and hyphens say the same."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return f"{invitation_id}\n{plain}".encode()


def _state(row: Row[Any], now: datetime) -> InvitationState:
    states: Sequence[tuple[bool, InvitationState]] = (
        (row.withdrawn_at is not None, InvitationState.WITHDRAWN),
        (row.used_at is not None, InvitationState.USED),
        (row.wrong_codes >= WRONG_CODES_ALLOWED, InvitationState.LOCKED),
        (now >= instant_from_text(row.expires_at), InvitationState.EXPIRED),
    )
    return next((state for holds, state in states if holds), InvitationState.OPEN)


def _row(connection: Connection, *which: Any, lock: bool = False) -> Row[Any] | None:
    asked = select(invitations).where(*which)
    return connection.execute(asked.with_for_update() if lock else asked).one_or_none()


def _instant(stored: str | None) -> datetime | None:
    return instant_from_text(stored) if stored else None


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()
