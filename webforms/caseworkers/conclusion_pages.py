"""The page of a visit's conclusion."""

from flask import Blueprint, render_template

from pipeline.danish import danish_date
from webforms.caseworkers.at_case import address_of, at_case
from webforms.caseworkers.case_front import where
from webforms.caseworkers.conclusion_facts import conclusion_of
from webforms.identity.marked import needs
from webforms.services import Services


class ConclusionPages:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        pages.add_url_rule(
            "/sager/<case_id>/besoeg/<visit>/konklusion", "conclusion", self._conclusion, methods=["GET"]
        )

    @needs("conclusion.read")
    def _conclusion(self, case_id: str, visit: str) -> str:
        at = at_case(self._services, {"visit": visit})
        found = at.visit()
        return render_template(
            "caseworkers/conclusion.html",
            at=at,
            visit=found,
            day=danish_date(found.day) if found.day else "",
            is_held=found.day is not None and found.day <= at.today,
            conclusion=conclusion_of(at),
            fridge=address_of("parents.fridge", case_id=case_id, visit=visit),
            where=where(at),
        )
