"""The hearing that a page is about, as the one visitor who answers it has it in front of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import abort, url_for

from pipeline.cases.hearing.events import Capacity
from pipeline.cases.hearing.state import Answer, Hearing, Stand
from pipeline.cases.hearing.who import hearings_for
from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.people import Act, CasePerson, Place
from pipeline.cases.record.speaking_for import acts_as
from pipeline.deadlines.deadline import Deadline
from pipeline.documents.contents.report_parts import ReportPart, report_parts
from pipeline.documents.heard_report import heard_report
from pipeline.store.drafts import Draft, DraftOf
from webforms.design.page import WhereIsMyCase
from webforms.identity.current import CaseInView, case_in_view
from webforms.services import Services
from webforms.whereabouts import where_for


@dataclass(frozen=True)
class AtHearing:
    """A hearing in front of somebody who may answer it.

    Attributes:
        now: when the request came in.
    """

    services: Services
    view: CaseInView
    hearing: Hearing
    now: datetime

    @property
    def case(self) -> Case:
        """The case."""
        return self.view.case

    @property
    def today(self) -> date:
        """The day in Denmark."""
        return self.services.today()

    @property
    def person(self) -> CasePerson:
        """Who is heard."""
        return self.case.people[self.hearing.opened.person_id]

    @property
    def is_child(self) -> bool:
        """Whether it is the child that is heard."""
        return self.hearing.opened.capacity is Capacity.CHILD

    @property
    def is_own(self) -> bool:
        """Whether the visitor is the one who is heard."""
        return self.view.actor == self.hearing.opened.person_id

    @property
    def acts_as(self) -> Place | None:
        """What a visitor who answers for a party stands in the case as; None for their own, and for helping a child."""
        return acts_as(self.case, self.view.actor, self.hearing.opened.person_id, Act.HEARING, self.today)

    @property
    def role(self) -> str:
        """The same in words."""
        return self.services.say()(f"identity.place.{self.acts_as.value}") if self.acts_as else ""

    @property
    def may_answer(self) -> bool:
        """Whether an answer can be sent; after the deadline too: it is kept and shown as late."""
        return self.case.is_open and not self.hearing.withdrawn

    @property
    def stand(self) -> Stand:
        """What has come of it."""
        return self.hearing.stand(self.now)

    @property
    def is_late(self) -> bool:
        """Whether the deadline has passed."""
        return self.hearing.deadline <= self.now

    @property
    def deadline(self) -> str:
        """The last day, in words."""
        return self.services.say().day(Deadline.at(self.hearing.deadline).day)

    @property
    def draft_of(self) -> DraftOf:
        """Where the visitor's own words are kept until they are sent; nobody else's request finds them."""
        return DraftOf(self.view.id, self.hearing.opened.visit, f"hoering-{self.hearing.id}", self.view.actor)

    @property
    def own_answers(self) -> tuple[Answer, ...]:
        """The answers that the visitor may read here: the person's own, and those that the visitor has sent."""
        return tuple(a for a in self.hearing.answers if not self.is_child or self.is_own or a.by == self.view.actor)

    @property
    def where(self) -> WhereIsMyCase:
        """The panel."""
        return where_for(self.view, self.today, self.services.say())

    @property
    def may_open_report(self) -> bool:
        """Whether the report is the visitor's to read; who only helps the child may not be among those heard."""
        is_sent = self.view.actor in self.case.documents[self.hearing.opened.report].document.seen_by
        return is_sent or self.acts_as is not None

    def draft(self) -> Draft | None:
        """What the visitor has typed and not sent."""
        return self.services.store.drafts.of(self.draft_of)

    def url(self, endpoint: str, **values: Any) -> str:
        """The address of another page of this hearing."""
        return url_for(f"hearing.{endpoint}", case_id=self.view.id, hearing=self.hearing.id, **values)

    def parts(self) -> tuple[ReportPart, ...]:
        """The report that is heard, part by part: the words of the case as it was when the report was made."""
        opened = self.hearing.opened
        happened = self.services.store.cases.happened(self.view.id)
        then = fold_all(one for one in happened if one.seq <= opened.revision)
        dated = self.case.documents[opened.report].document.dated or self.today
        reader = opened.person_id if opened.common else None
        return report_parts(heard_report(then, opened.visit, dated, self.services.editions, reader=reader))


def at_hearing(services: Services, hearing: str) -> AtHearing:
    """The hearing that the address names; 404 where it is not the visitor's to answer."""
    now, view = services.clock(), case_in_view()
    found = (one for one in hearings_for(view.case, view.actor, services.today()) if one.id == hearing)
    return AtHearing(services, view, next(found, None) or abort(404), now)
