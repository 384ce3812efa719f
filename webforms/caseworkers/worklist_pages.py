"""The worklist and its search; whoever comes from outside is led to the own case."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.access_pause import paused
from pipeline.store.case_lists import ListedCase
from pipeline.store.clear_columns import CLOSED, OPEN
from pipeline.store.refusals import CaseNotFound
from webforms.caseworkers.own_cases import OwnCaseRow
from webforms.caseworkers.visible_cases import LIST, Visible, search, visible_cases
from webforms.caseworkers.worklist import page_of_rows
from webforms.design.page import Link
from webforms.identity.current import visitor
from webforms.identity.decision import allowed
from webforms.identity.marked import needs
from webforms.services import Services

SEARCH = "cases.search"
_SEE_OTHER = 303
_VIEWS: dict[str, Callable[[Visible, ListedCase, frozenset[str]], bool]] = {
    "mine": lambda visible, case, teams: case.id in visible.mine,
    "team": lambda visible, case, teams: case.team in teams,
    "alle": lambda visible, case, teams: True,
    "afsluttede": lambda visible, case, teams: True,
}
_LONGEST_SEARCH = 200


class WorklistPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule("/sager", "cases", self._cases, methods=["GET"])
        pages.add_url_rule("/sager/soeg", "search", self._search, methods=["POST"])

    @needs(LIST)
    def _cases(self) -> str | AnyResponse:
        if not visitor().employee:
            return self._own()
        visible = visible_cases(self._services.store, visitor(), self._services.today())
        chosen = request.args.get("vis", "")
        view = chosen if chosen in _VIEWS else _usual(visible)
        state = CLOSED if view == "afsluttede" else OPEN
        listed = [c for c in visible.of_state(state) if _VIEWS[view](visible, c, visitor().teams)]
        found = page_of_rows(self._services, listed, _number(request.args.get("side", "")))
        return render_template(
            "caseworkers/cases.html",
            found=found,
            view=view,
            views=self._views(visible, view),
            address=lambda page: url_for("caseworkers.cases", vis=view, side=page),
            sought="",
            may_open=allowed(visitor(), "case.open", None, self._services.today()).granted,
            in_teams=len(visitor().teams) > 1 or view == "alle",
        )

    @needs(SEARCH)
    def _search(self) -> str:
        """By POST, so that neither a name nor a number stands in an address, a log or the browser's history."""
        self._services.store.audit.record(visitor().actor, SEARCH)
        sought = " ".join(request.form.get("sog", "")[:_LONGEST_SEARCH].split())
        visible = visible_cases(self._services.store, visitor(), self._services.today())
        listed = search(self._services.store, visible, sought)
        return render_template(
            "caseworkers/cases.html",
            found=page_of_rows(self._services, listed, 1),
            view="",
            views=self._views(visible, ""),
            address=None,
            sought=sought or " ",
            may_open=allowed(visitor(), "case.open", None, self._services.today()).granted,
            in_teams=True,
        )

    def _views(self, visible: Visible, current: str) -> tuple[Link, ...]:
        say, teams = self._services.say(), visitor().teams
        counted = {
            view: sum(
                _VIEWS[view](visible, case, teams)
                for case in visible.of_state(CLOSED if view == "afsluttede" else OPEN)
            )
            for view in _VIEWS
        }
        return tuple(
            Link(
                say(f"caseworkers.cases.{view}", count=counted[view]),
                url_for("caseworkers.cases", vis=view),
                is_current=view == current,
            )
            for view in _VIEWS
        )

    def _own(self) -> str | AnyResponse:
        rows = [row for own in visitor().own_cases for row in self._own_row(own.case_id, own.person_id)]
        if len(rows) == 1 and not rows[0].pause:
            return redirect(url_for("caseworkers.case", case_id=rows[0].id), _SEE_OTHER)
        return render_template("caseworkers/own_cases.html", rows=rows)

    def _own_row(self, case_id: str, person_id: str) -> tuple[OwnCaseRow, ...]:
        try:
            case = self._services.store.cases.case(case_id)
        except CaseNotFound:  # erased since the person signed in
            return ()
        day = self._services.today()
        if not allowed(visitor(), "case.read", case, day, case_id).may_know:
            return ()
        return (OwnCaseRow.of(case_id, case, day, paused(case, person_id, day)),)


def _usual(visible: Visible) -> str:
    """What the list shows first: the own cases, or the team's for who has none."""
    return "mine" if any(case.id in visible.mine for case in visible.of_state(OPEN)) else "team"


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else 1
