"""The case that a page is about, with everything the page may ask: who looks, what they may, which day it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import abort, current_app, url_for

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.people import CasePerson, Standing
from pipeline.cases.record.reached_plan import reached_plan
from webforms.design.words import Speaker
from webforms.identity.current import CaseInView, case_in_view, visitor
from webforms.identity.decision import allowed
from webforms.identity.refusals import NotAllowed
from webforms.services import Services


@dataclass(frozen=True)
class AtCase:
    """A case as one visitor has it in front of them.

    Attributes:
        address: what the address names beside the case.
    """

    services: Services
    view: CaseInView
    say: Speaker
    today: date
    address: Mapping[str, str]

    @property
    def case(self) -> Case:
        """The case."""
        return self.view.case

    def may(self, action: str) -> bool:
        """Whether the visitor may do something to this case."""
        return allowed(visitor(), action, self.case, self.today, self.view.id).granted

    def require(self, action: str) -> None:
        """Refuse whoever may not do something.

        Raises:
            NotAllowed: the visitor may know of the case, but may not do this.
        """
        decided = allowed(visitor(), action, self.case, self.today, self.view.id)
        if not decided.granted:
            raise NotAllowed(decided)

    def afresh(self) -> "AtCase":
        """The same page with the case as it is now, after others have changed it."""
        view = replace(self.view, case=self.services.store.cases.case(self.view.id))
        return replace(self, view=_known(self.services, view))

    def url(self, endpoint: str, **values: Any) -> str:
        """The address of another page of this case."""
        return url_for(f"caseworkers.{endpoint}", case_id=self.view.id, **values)

    def list_url(self) -> str:
        """The address of the list of cases."""
        return url_for("caseworkers.cases")

    def person(self) -> CasePerson:
        """The person that the address names; 404 where the case has none of that id."""
        return self.case.people.get(self.address.get("person", "")) or abort(404)

    def standing(self) -> Standing:
        """The standing that the address names; 404 where the case has none of that id."""
        found = self.case.standings.get(self.address.get("standing", ""))
        return found if found and found.person_id == self.address.get("person") else abort(404)

    def visit(self) -> Visit:
        """The visit that the address names; 404 where the case has none of that id."""
        return self.case.visits.get(self.address.get("visit", "")) or abort(404)


def at_case(services: Services, address: Mapping[str, str]) -> AtCase:
    """The case of this request, as the guard let the visitor in to it."""
    return AtCase(services, _known(services, case_in_view()), services.say(), services.today(), address)


def _known(services: Services, view: CaseInView) -> CaseInView:
    """For an employee the plans of the visits as they have reached the municipality."""
    if view.decision.role is None or not view.decision.role.is_employed:
        return view
    visits = {one.id: reached_plan(view.case, one, services.tool(one.edition)) for one in view.case.visits.values()}
    return replace(view, case=replace(view.case, visits=visits))


def address_of(endpoint: str, **values: Any) -> str:
    """The address of a page in another room; empty where this application does not have that room."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""
