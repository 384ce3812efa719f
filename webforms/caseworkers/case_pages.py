"""The case's front; who comes from outside is sent to the front in the family's or the helper's voice."""

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from pipeline.danish import danish_day
from webforms.caseworkers.approvals import approval_lines
from webforms.caseworkers.at_case import AtCase, address_of, at_case
from webforms.caseworkers.case_front import next_steps, people_today, visit_lines, where
from webforms.caseworkers.closing import outcome_in_words
from webforms.caseworkers.documents import document_rows
from webforms.caseworkers.happenings import latest
from webforms.caseworkers.pauses import waiting_pauses
from webforms.caseworkers.ways import is_municipal
from webforms.identity.marked import needs
from webforms.services import Services

_SEE_OTHER = 303
_LINES, _DOCUMENTS = 8, 5
_FAMILY_FRONT = "parents.start"
"""Where the room of the people from outside begins."""


class CasePages:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        pages.add_url_rule("/sager/<case_id>", "case", self._case, methods=["GET"])

    @needs("case.read")
    def _case(self, case_id: str) -> str | AnyResponse:
        at = at_case(self._services, {})
        if not is_municipal(at):
            return _elsewhere(at)
        happened = self._services.store.cases.happened(case_id)
        return render_template(
            "caseworkers/case.html",
            at=at,
            where=where(at),
            pauses=waiting_pauses(at.case, at.today),
            steps=next_steps(at),
            people=people_today(at),
            visits=visit_lines(at),
            approval=next(iter(approval_lines(at)), None),
            happened=latest(at.case, happened, at.say, _LINES),
            documents=document_rows(at)[:_DOCUMENTS],
            outcome=outcome_in_words(at.case.outcome, at.say),
            closed_on=danish_day(at.case.closed_at) if at.case.closed_at else "",
            invitations=address_of("identity.invitations", case_id=case_id) if at.may("invitation.read") else "",
        )


def _elsewhere(at: AtCase) -> AnyResponse:
    address = address_of(_FAMILY_FRONT, case_id=at.view.id)
    return redirect(address, _SEE_OTHER) if address else abort(404)
