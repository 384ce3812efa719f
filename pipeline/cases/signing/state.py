"""How the documents that are to be signed stand, folded from their events; nothing here is stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from pipeline.cases.record.people import Place
from pipeline.cases.signing import events as ev


class Stand(StrEnum):
    """What has come of a document so far."""

    OPEN = "open"
    SIGNED = "signed"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Signature:
    """One signature, when it was recorded and by whom."""

    at: datetime
    by: str
    how: ev.SignedBySignIn | ev.SignedOnPaper

    @property
    def speaker(self) -> str:
        """Id of who signed for the person; empty for the person's own signature."""
        if isinstance(self.how, ev.SignedOnPaper):
            return self.how.speaker
        return self.by if self.how.acted_as else ""


@dataclass(frozen=True)
class Late:
    """A signed paper that came after the last day, when it was registered and by whom."""

    at: datetime
    by: str
    paper: ev.PaperCameLate


@dataclass(frozen=True)
class Declined:
    """That somebody will not sign; `acted_as` as in the event."""

    at: datetime
    by: str
    reason: str
    acted_as: Place | None = None


@dataclass(frozen=True)
class Signing:
    """A document that is to be signed.

    Attributes:
        file, sha256: of the newest version, the one with every signature so far.
        signatures, declined: by id of the person.
        late: papers that came after the last day, by id of the person; of several from one the newest.
    """

    opened: ev.SigningOpened
    opened_at: datetime
    opened_by: str
    file: str
    sha256: str
    signatures: Mapping[str, Signature] = field(default_factory=dict)
    declined: Mapping[str, Declined] = field(default_factory=dict)
    late: Mapping[str, Late] = field(default_factory=dict)
    expired_at: datetime | None = None
    withdrawn: str = ""

    @property
    def id(self) -> str:
        """Its random id."""
        return self.opened.signing

    @property
    def awaited(self) -> tuple[ev.Signer, ...]:
        """Who has neither signed nor declined, in order."""
        return tuple(one for one in self.opened.signers if not self._has_answered(one))

    @property
    def is_complete(self) -> bool:
        """Whether every signature that is needed is there."""
        return all(one.optional or one.person_id in self.signatures for one in self.opened.signers)

    def stand(self, now: datetime) -> Stand:
        """What has come of it by now."""
        if self.withdrawn:
            return Stand.WITHDRAWN
        if any(one.person_id in self.declined and not one.optional for one in self.opened.signers):
            return Stand.DECLINED
        is_over = self.expired_at is not None or self.opened.deadline <= now
        if self.is_complete and (is_over or not self.awaited):
            return Stand.SIGNED
        return Stand.EXPIRED if is_over else Stand.OPEN

    def signer(self, person_id: str) -> ev.Signer | None:
        """What is asked of a person; None where nothing is."""
        return next((one for one in self.opened.signers if one.person_id == person_id), None)

    def waits_for(self, person_id: str) -> bool:
        """Whether a person's signature is awaited; theirs to give is another matter, see `is_turn_of`."""
        return any(one.person_id == person_id for one in self.awaited)

    def is_turn_of(self, person_id: str) -> bool:
        """Whether nobody has to sign before this person; who may leave it holds nobody up."""
        if not self.opened.in_order:
            return True
        before = []
        for one in self.opened.signers:
            if one.person_id == person_id:
                break
            before.append(one)
        return all(one.optional or one.person_id in self.signatures for one in before)

    def is_last(self, person_id: str) -> bool:
        """Whether nobody else is awaited."""
        return all(one.person_id == person_id for one in self.awaited)

    def _has_answered(self, one: ev.Signer) -> bool:
        return one.person_id in self.signatures or one.person_id in self.declined


Signings = Mapping[str, Signing]
"""All documents of a case that are or were to be signed, by id, oldest first."""


def after(signings: Signings, event: Any, at: datetime, by: str) -> Signings:
    """The documents after one of their events.

    Raises:
        KeyError: the event speaks of a document or a signer that is not there.
    """
    if isinstance(event, ev.SigningOpened):
        return {**signings, event.signing: Signing(event, at, by, event.file, event.sha256)}
    signing = signings[event.signing]
    return {**signings, signing.id: _APPLY[type(event)](signing, event, at, by)}


def _signed(signing: Signing, e: ev.SignedBySignIn | ev.SignedOnPaper, at: datetime, by: str) -> Signing:
    signatures = {**signing.signatures, _asked(signing, e.person_id): Signature(at, by, e)}
    return replace(signing, signatures=signatures, file=e.file, sha256=e.file_sha256)


def _late(signing: Signing, e: ev.PaperCameLate, at: datetime, by: str) -> Signing:
    return replace(signing, late={**signing.late, _asked(signing, e.person_id): Late(at, by, e)})


def _declined(signing: Signing, e: ev.SigningDeclined, at: datetime, by: str) -> Signing:
    said = Declined(at, by, e.reason, e.acted_as)
    return replace(signing, declined={**signing.declined, _asked(signing, e.person_id): said})


def _withdrawn(signing: Signing, e: ev.SigningWithdrawn, at: datetime, by: str) -> Signing:
    return replace(signing, withdrawn=e.reason)


def _expired(signing: Signing, e: ev.SigningExpired, at: datetime, by: str) -> Signing:
    return replace(signing, expired_at=at)


def _asked(signing: Signing, person_id: str) -> str:
    if signing.signer(person_id) is None:
        raise KeyError(person_id)
    return person_id


_APPLY: dict[type[Any], Callable[[Signing, Any, datetime, str], Signing]] = {
    ev.SignedBySignIn: _signed,
    ev.SignedOnPaper: _signed,
    ev.PaperCameLate: _late,
    ev.SigningDeclined: _declined,
    ev.SigningWithdrawn: _withdrawn,
    ev.SigningExpired: _expired,
}
