"""The hearing of a visit as the municipality has it in front of it."""

from typing import Any

from flask import abort, url_for

from pipeline.cases.hearing.events import RemarkMade
from pipeline.cases.hearing.state import Hearing
from webforms.caseworkers.at_case import AtCase


def hearings_of(at: AtCase) -> tuple[Hearing, ...]:
    """The hearings over the report of the visit that the address names, oldest first."""
    return at.case.hearings.of_visit(at.visit().id)


def hearing_in_address(at: AtCase) -> Hearing:
    """The hearing that the address names; 404 where the visit has none of that id."""
    found = at.case.hearings.by_id.get(at.address.get("hearing", ""))
    return found if found and found.opened.visit == at.address.get("visit") else abort(404)


def remark_in_address(at: AtCase) -> RemarkMade:
    """The remark that the address names; 404 where no sent answer holds it."""
    hearing = hearing_in_address(at)
    sent = (remark for answer in hearing.answers for remark in answer.remarks)
    return next((remark for remark in sent if remark.remark == at.address.get("remark")), None) or abort(404)


def hearing_url(at: AtCase, endpoint: str, **values: Any) -> str:
    """The address of another page of this visit's hearing; what the page itself names of visit and hearing is kept."""
    known = {"visit": at.address["visit"]} | ({"hearing": at.address["hearing"]} if "hearing" in at.address else {})
    if endpoint in _OF_THE_VISIT:
        known.pop("hearing", "")
    return url_for(f"hearing.{endpoint}", case_id=at.view.id, **{**known, **values})


_OF_THE_VISIT = ("follow", "open", "close", "make_final", "outcome")
