"""The page on which the municipality sees who has signed, and from which it reminds, withdraws and takes in paper."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, render_template, url_for

from pipeline.cases.journey.events import ReminderGiven
from pipeline.cases.proof_words import proof_in_words
from pipeline.cases.record.history import name_of
from pipeline.cases.record.place_words import named_as
from pipeline.cases.signing.events import SignedBySignIn, Signer
from pipeline.cases.signing.state import Signature, Signing, Stand
from pipeline.cases.signing.who import may_come_late, may_sign
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
        late: of a paper that came after the last day and is not taken in: what is told, and where its scan lies.
        take_in: the address to take it in, or empty.
    """

    name: str
    optional: bool
    state: str
    remark: str
    paper: str
    late: str = ""
    late_scan: str = ""
    take_in: str = ""


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


def signing_in_view(at: AtCase) -> Signing:
    """The document that the address names; there is no such page where the case has none."""
    return at.case.signings.get(at.address["signing"]) or abort(404)


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
        signers=tuple(_line(at, signing, signer, now) for signer in opened.signers),
        file=url_for("files.file", case_id=at.view.id, file_id=signing.file),
        withdrawn=signing.withdrawn,
        reminded=_reminded(at, signing),
    )


def _line(at: AtCase, signing: Signing, signer: Signer, now: datetime) -> SignerLine:
    person, url = signer.person_id, _url(at)
    comes_late = may_come_late(signing, person, now)
    line = SignerLine(
        name=name_of(at.case, person),
        optional=signer.optional,
        state=state_of(signing, person),
        remark=_remark(at, signing, signer),
        paper=url("paper", signing=signing.id, person=person) if may_sign(signing, person, now) or comes_late else "",
    )
    if person in signing.signatures or person not in signing.late:
        return line
    paper = signing.late[person].paper
    return replace(
        line,
        late=at.say("signing.follow.late", day=danish_date(paper.came), on=danish_date(paper.on)),
        late_scan=url_for("files.file", case_id=at.view.id, file_id=paper.scan),
        take_in=url("take_in", signing=signing.id, person=person) if comes_late else "",
    )


def _remark(at: AtCase, signing: Signing, signer: Signer) -> str:
    if signer.person_id in signing.declined:
        return signing.declined[signer.person_id].reason
    signature = signing.signatures.get(signer.person_id)
    return " ".join(_how(at, signature)) if signature else ""


def _how(at: AtCase, signature: Signature) -> Iterator[str]:
    how = signature.how
    if isinstance(how, SignedBySignIn):
        yield f"{danish_moment(how.received)}. Log-ind: {proof_in_words(how.proof, how.level, how.proved)}."
    else:
        yield f"{danish_date(how.on)}."
        if how.came:
            yield at.say("signing.follow.taken_in", day=danish_date(how.came), reason=how.taken_in)
    if how.acted_as:
        yield at.say("signing.follow.by", who=named_as(name_of(at.case, signature.speaker), how.acted_as))


def _reminded(at: AtCase, signing: Signing) -> str:
    given = (
        one.at
        for one in at.case.travelled.noted
        if isinstance(one.what, ReminderGiven) and (one.what.kind, one.what.about) == ("signing", signing.id)
    )
    last = max(given, default=None)
    return danish_moment(last) if last else ""
