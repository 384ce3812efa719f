"""The document that a page is about, as the one visitor who is asked to sign it has it in front of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, url_for

from pipeline.cases.record.case import Case
from pipeline.cases.record.history import name_of
from pipeline.cases.record.people import Act, Place
from pipeline.cases.record.speaking_for import acts_as
from pipeline.cases.signing.events import SignedBySignIn
from pipeline.cases.signing.state import Signature, Signing, Stand
from pipeline.cases.signing.who import may_sign, signings_for
from pipeline.deadlines.deadline import Deadline
from pipeline.documents.contents.agreement_words import Point
from webforms.design.page import WhereIsMyCase
from webforms.design.words import Speaker
from webforms.identity.current import CaseInView, case_in_view
from webforms.services import Services
from webforms.whereabouts import where_for


@dataclass(frozen=True)
class AtSigning:
    """A document in front of somebody who is asked to sign it, or to sign it for a party.

    Attributes:
        person_id: whose signature it is.
        now: when the request came in.
    """

    services: Services
    view: CaseInView
    signing: Signing
    person_id: str
    now: datetime

    @property
    def case(self) -> Case:
        """The case."""
        return self.view.case

    @property
    def name(self) -> str:
        """Whose signature it is."""
        return self.case.people[self.person_id].name

    @property
    def is_own(self) -> bool:
        """Whether the visitor signs for nobody else."""
        return self.view.actor == self.person_id

    @property
    def acts_as(self) -> Place | None:
        """What a visitor who signs for somebody else stands in the case as; None for their own."""
        return acts_as(self.case, self.view.actor, self.person_id, Act.SIGN, self.services.today())

    @property
    def say(self) -> Speaker:
        """Our own words in the visitor's language."""
        return self.services.say()

    @property
    def role(self) -> str:
        """What the visitor stands in the case as, in words; empty where they sign for themselves."""
        return self.say(f"identity.place.{self.acts_as.value}") if self.acts_as else ""

    @property
    def came_late(self) -> str:
        """When a signed paper came after the last day, in words; empty where none did or it was taken in."""
        late = self.signing.late.get(self.person_id)
        return self.say.day(late.paper.came) if late and not self.signature else ""

    @property
    def signed_by(self) -> str:
        """Who signed for the person and as what; empty for the person's own signature."""
        how = self.signature.how if self.signature else None
        if self.signature is None or how is None or how.acted_as is None:
            return ""
        place = self.say(f"identity.place.{how.acted_as.value}")
        return self.say(
            "identity.place.on_behalf", name=name_of(self.case, self.signature.speaker), place=place, of=self.name
        )

    @property
    def is_optional(self) -> bool:
        """Whether the agreement stands without this signature too."""
        signer = self.signing.signer(self.person_id)
        return signer is not None and signer.optional

    @property
    def may_sign(self) -> bool:
        """Whether the signature can be given now."""
        return self.case.is_open and may_sign(self.signing, self.person_id, self.now)

    @property
    def may_decline(self) -> bool:
        """Whether the visitor can say no now; that need not wait for anybody's turn."""
        is_open = self.case.is_open and self.signing.stand(self.now) is Stand.OPEN
        return is_open and self.signing.waits_for(self.person_id)

    @property
    def stand(self) -> Stand:
        """What has come of the document."""
        return self.signing.stand(self.now)

    @property
    def signature(self) -> Signature | None:
        """The signature, where it was given."""
        return self.signing.signatures.get(self.person_id)

    @property
    def declined(self) -> str:
        """Why the person will not sign; empty where nothing of the kind was said."""
        said = self.signing.declined.get(self.person_id)
        return said.reason if said else ""

    @property
    def deadline(self) -> str:
        """The last day, in words."""
        return self.say.day(Deadline.at(self.signing.opened.deadline).day)

    @property
    def points(self) -> tuple[Point, ...]:
        """What was agreed: words of the document, which never change; days in the page's language."""
        agreed = (self.case.agreements[one].agreed for one in self.signing.opened.agreements)
        return tuple(
            Point(
                one.what,
                one.who or self.say("signing.point_nobody"),
                self.say.day(one.by_day) if one.by_day else self.say("signing.point_no_day"),
            )
            for one in agreed
        )

    @property
    def others(self) -> tuple[tuple[str, str], ...]:
        """Who else is asked, and what came of it: name and state."""
        signers = (one for one in self.signing.opened.signers if one.person_id != self.person_id)
        return tuple((name_of(self.case, one.person_id), state_of(self.signing, one.person_id)) for one in signers)

    @property
    def where(self) -> WhereIsMyCase:
        """The panel."""
        return where_for(self.view, self.services.today(), self.services.say())

    def url(self, endpoint: str, **values: Any) -> str:
        """The address of another page of this signature."""
        known = {"case_id": self.view.id, "signing": self.signing.id, "person": self.person_id}
        return url_for(f"signing.{endpoint}", **{**known, **values})


def state_of(signing: Signing, person_id: str) -> str:
    """What came of one signature: `signed`, `on_paper`, `declined` or `awaited`; our words stand in the catalogue."""
    if person_id in signing.signatures:
        return "signed" if isinstance(signing.signatures[person_id].how, SignedBySignIn) else "on_paper"
    return "declined" if person_id in signing.declined else "awaited"


def at_signing(services: Services, signing: str, person: str) -> AtSigning:
    """The document that the address names; 404 where it is not the visitor's to sign."""
    now, view = services.clock(), case_in_view()
    mine = signings_for(view.case, view.actor, services.today())
    found = next((one for one, who in mine if one.id == signing and who == person), None)
    return AtSigning(services, view, found or abort(404), person, now)


def waiting_for(services: Services, view: CaseInView) -> tuple[AtSigning, ...]:
    """What waits for this visitor's signature now."""
    return tuple(one for one in own_signings(services, view) if one.may_sign)


def own_signings(services: Services, view: CaseInView) -> tuple[AtSigning, ...]:
    """Everything that the visitor is or was asked to sign, the newest first."""
    now = services.clock()
    mine = signings_for(view.case, view.actor, services.today())
    return tuple(AtSigning(services, view, one, person, now) for one, person in mine)
