"""The page on which the municipality follows a visit's hearing, and the press on it that orders the final report."""

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from pipeline.danish import danish_moment
from pipeline.errors import TilsynError
from webforms.caseworkers.at_case import AtCase, address_of, at_case
from webforms.hearing.at_visit import hearing_url
from webforms.hearing.final_orders import making_of, order_final
from webforms.hearing.follow_view import shown_hearings
from webforms.hearing.opening import is_heard
from webforms.identity.marked import needs
from webforms.services import Services

_SEE_OTHER, _REFUSED = 303, 422
_PATH = "/sager/<case_id>/besoeg/<visit>/hoering"


class FollowPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule(_PATH, "follow", self._follow, methods=["GET"])
        pages.add_url_rule(f"{_PATH}/endelig", "make_final", self._make_final, methods=["POST"])

    @needs("hearing.follow")
    def _follow(self, case_id: str, visit: str) -> str:
        return _page(at_case(self._services, {"visit": visit}))

    @needs("document.make")
    def _make_final(self, case_id: str, visit: str) -> AnyResponse | tuple[str, int]:
        at = at_case(self._services, {"visit": visit})
        try:
            order_final(at)
        except TilsynError as problem:
            return _page(at.afresh(), str(problem)), _REFUSED
        return redirect(hearing_url(at, "follow"), _SEE_OTHER)


def _page(at: AtCase, fault: str = "") -> str:
    visit, hearings = at.visit(), at.case.hearings
    closed, final = hearings.closed.get(visit.id), hearings.final.get(visit.id)
    now = at.services.clock()
    return render_template(
        "hearing/follow.html",
        at=at,
        visit=visit,
        url=lambda endpoint, **values: hearing_url(at, endpoint, **values),
        hearings=shown_hearings(at, now),
        child_not_heard=hearings.child_not_heard.get(visit.id, ""),
        is_heard=is_heard(visit, at.case),
        unweighed=sum(len(one.unweighed()) for one in hearings.of_visit(visit.id)),
        may_close=hearings.may_close(visit.id, now) and closed is None,
        closed=danish_moment(closed[0]) if closed else "",
        final=address_of("files.file", case_id=at.view.id, file_id=final.file) if final else "",
        making="" if final else making_of(at).value,
        decided=at.case.travelled.outcomes.get(visit.id),
        fault=fault,
    )
