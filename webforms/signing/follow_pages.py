"""The page on which the municipality sees who has signed, and from which it reminds, withdraws and takes in paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, url_for

from pipeline.cases.journey.events import ReminderGiven
from pipeline.cases.proof_words import proof_in_words
from pipeline.cases.record.history import name_of
from pipeline.cases.signing.events import SignedBySignIn, Signer
from pipeline.cases.signing.state import Signing, Stand
from pipeline.danish import danish_date, danish_moment
from pipeline.deadlines.deadline import Deadline
from webforms.caseworkers.at_case import AtCase, at_case
from webforms.identity.marked import needs
from webforms.services import Services
from webforms.signing.at_signing import state_of

FOLLOW = "signing.follow"
_TONES = {Stand.OPEN: "warning", Stand.SIGNED: "success", Stand.DECLINED: "error", Stand.EXPIRED: "error"}


@dataclass(frozen=True)
class SignerLine:
    """One signer on the list.

    Attributes:
        state: see `state_of`.
        remark: how it was signed, or why not.
        paper: the address to register a signature on paper, or empty.
    """

    name: str
    optional: bool
    state: str
    remark: str
    paper: str


@dataclass(frozen=True)
class SigningCard:
    """One document on the page."""

    id: str
    what: tuple[str, ...]
    stand: Stand
    tone: str
    opened: str
    deadline: str
    in_order: bool
    signers: tuple[SignerLine, ...]
    file: str
    withdrawn: str
    reminded: str


class FollowPages:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        pages.add_url_rule("/sager/<case_id>/underskrifter", "follow", self._show, methods=["GET"])

    @needs(FOLLOW)
    def _show(self, case_id: str) -> str:
        at = at_case(self._services, {})
        now = self._services.clock()
        cards = [_card(at, one, now) for one in reversed([*at.case.signings.values()])]
        has_agreements = any(one.ended is None for one in at.case.agreements.values())
        return render_template("signing/follow.html", at=at, cards=cards, url=_url(at), has_agreements=has_agreements)


def follow_url(at: AtCase) -> str:
    """The address of the page."""
    return url_for("signing.follow", case_id=at.view.id)


def _url(at: AtCase) -> Any:
    return lambda endpoint, **values: url_for(f"signing.{endpoint}", case_id=at.view.id, **values)


def _card(at: AtCase, signing: Signing, now: datetime) -> SigningCard:
    opened, stand = signing.opened, signing.stand(now)
    agreed = (at.case.agreements[one].agreed.what for one in opened.agreements)
    return SigningCard(
        id=signing.id,
        what=tuple(agreed),
        stand=stand,
        tone=_TONES.get(stand, ""),
        opened=danish_moment(signing.opened_at),
        deadline=danish_date(Deadline.at(opened.deadline).day),
        in_order=opened.in_order,
        signers=tuple(_lines(at, signing, stand)),
        file=url_for("files.file", case_id=at.view.id, file_id=signing.file),
        withdrawn=signing.withdrawn,
        reminded=_reminded(at, signing),
    )


def _lines(at: AtCase, signing: Signing, stand: Stand) -> Iterator[SignerLine]:
    for signer in signing.opened.signers:
        may_sign = stand is Stand.OPEN and signing.waits_for(signer.person_id) and signing.is_turn_of(signer.person_id)
        paper = _url(at)("paper", signing=signing.id, person=signer.person_id) if may_sign else ""
        yield SignerLine(
            name=name_of(at.case, signer.person_id),
            optional=signer.optional,
            state=state_of(signing, signer.person_id),
            remark=_remark(signing, signer),
            paper=paper,
        )


def _remark(signing: Signing, signer: Signer) -> str:
    if signer.person_id in signing.declined:
        return signing.declined[signer.person_id].reason
    signature = signing.signatures.get(signer.person_id)
    if signature is None:
        return ""
    if isinstance(signature.how, SignedBySignIn):
        proof = proof_in_words(signature.how.proof, signature.how.level, signature.how.proved)
        return f"{danish_moment(signature.how.received)}. Log-ind: {proof}"
    return danish_date(signature.how.on)


def _reminded(at: AtCase, signing: Signing) -> str:
    given = (
        one.at
        for one in at.case.travelled.noted
        if isinstance(one.what, ReminderGiven) and (one.what.kind, one.what.about) == ("signing", signing.id)
    )
    last = max(given, default=None)
    return danish_moment(last) if last else ""
