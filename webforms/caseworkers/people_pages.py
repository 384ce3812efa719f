"""The people of a case: the list, and the choice of what somebody new is to be."""

from flask import Blueprint, render_template

from pipeline.cases.record.people import Place
from pipeline.cases.record.place_words import place_in_words
from webforms.caseworkers.at_case import AtCase, address_of, at_case
from webforms.caseworkers.pauses import waiting_pauses
from webforms.caseworkers.people_list import groups
from webforms.caseworkers.person_deeds import OUTSIDE
from webforms.caseworkers.staff_deeds import MUNICIPAL
from webforms.design.page import Link
from webforms.identity.marked import needs
from webforms.services import Services


class PeoplePages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule("/sager/<case_id>/personer", "people", self._people, methods=["GET"])
        pages.add_url_rule("/sager/<case_id>/personer/ny", "new_person", self._new_person, methods=["GET"])
        pages.add_url_rule("/sager/<case_id>/personer/<person>/plads/ny", "more", self._more, methods=["GET"])
        pages.add_url_rule("/sager/<case_id>/kommunen", "assign", self._assign, methods=["GET"])

    @needs("people.read")
    def _people(self, case_id: str) -> str:
        at = at_case(self._services, {})
        return render_template(
            "caseworkers/people.html",
            at=at,
            groups=groups(at),
            pauses=waiting_pauses(at.case, at.today),
            may_contact=at.may("people.contact"),
            may_change=at.may("people.change"),
            invitations=address_of("identity.invitations", case_id=case_id) if at.may("invitation.read") else "",
        )

    @needs("people.change")
    def _new_person(self, case_id: str) -> str:
        at = at_case(self._services, {})
        places = [place for place in OUTSIDE if place is not Place.CHILD or at.case.child is None]
        return self._choice(at, "new_person", [_link(place, at.url("new_person_as", place=place)) for place in places])

    @needs("people.change")
    def _more(self, case_id: str, person: str) -> str:
        at = at_case(self._services, {"person": person})
        held = {s.place for s in at.case.standings_of(at.person().id, at.today)}
        links = [
            _link(place, at.url("new_standing", person=person, place=place))
            for place in OUTSIDE
            if place not in held and place is not Place.CHILD
        ]
        return self._choice(at, "more", links, about=at.person().name)

    @needs("people.change")
    def _assign(self, case_id: str) -> str:
        at = at_case(self._services, {})
        return self._choice(at, "assign", [_link(place, at.url("assign_as", place=place)) for place in MUNICIPAL])

    def _choice(self, at: AtCase, words: str, links: list[Link], about: str = "") -> str:
        return render_template("caseworkers/choice.html", at=at, words=f"caseworkers.{words}", links=links, about=about)


def _link(place: Place, address: str) -> Link:
    return Link(place_in_words(place).capitalize(), address)
