"""Invitations: the caseworker makes and withdraws them, the invited person opens the link and types the code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.access_pause import paused
from pipeline.cases.record.case import Case
from pipeline.cases.record.people import Standing
from pipeline.cases.record.place_words import place_in_words
from pipeline.danish import COPENHAGEN, danish_moment
from pipeline.store.invitations import Invitation, InvitationState, code_in_groups
from webforms.design.page import Option, Problem
from webforms.identity.cookies import Cookies
from webforms.identity.current import CaseInView, case_in_view
from webforms.identity.marked import needs, open_to_all
from webforms.identity.pace import Pace
from webforms.identity.roles import ROLE_OF
from webforms.identity.services import Services
from webforms.identity.sign_in_pages import sign_in
from webforms.identity.who_is_who import NotKnown, WhoIsWho, owner_by_invitation

_SEE_OTHER, _GONE, _UNPROCESSABLE, _FORBIDDEN = 303, 410, 422, 403
_BY_LINK = "the link and the code are the sign-in"
_IN_DANISH: Mapping[InvitationState, tuple[str, str]] = {
    InvitationState.OPEN: ("venter", "info"),
    InvitationState.USED: ("brugt", "success"),
    InvitationState.WITHDRAWN: ("taget tilbage", ""),
    InvitationState.EXPIRED: ("udløbet", "warning"),
    InvitationState.LOCKED: ("spærret efter for mange forkerte koder", "error"),
}


@dataclass(frozen=True)
class ShownInvitation:
    """An invitation as the caseworker's list shows it."""

    id: str
    person: str
    status: str
    tone: str
    made: str
    expires: str
    can_be_withdrawn: bool


class InvitationPages:
    """The pages.

    Args:
        services: hold the invitations.
        cookies: take the session that begins with one.
    """

    def __init__(self, services: Services, cookies: Cookies) -> None:
        self._services, self._cookies = services, cookies
        self._who_is_who = WhoIsWho(services)

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        of_case = "/sager/<case_id>/invitationer"
        pages.add_url_rule(of_case, "invitations", self._list, methods=["GET"])
        pages.add_url_rule(of_case, "invite", self._invite, methods=["POST"])
        pages.add_url_rule(f"{of_case}/<invitation_id>/tilbage", "withdraw", self._withdraw, methods=["POST"])
        pages.add_url_rule("/invitation/<token>", "invitation", self._open, methods=["GET"])
        pages.add_url_rule("/invitation/<token>", "redeem", self._redeem, methods=["POST"])

    @needs("invitation.read")
    def _list(self, case_id: str) -> str:
        return self._page(case_in_view())

    @needs("invitation.make")
    def _invite(self, case_id: str) -> AnyResponse:
        view = case_in_view()
        person_id = request.form.get("person", "")
        if person_id not in dict(self._invitable(view.case)):
            return make_response(self._page(view, "Vælg den, du vil invitere."), _UNPROCESSABLE)
        made = self._services.invitations.make(case_id, person_id, view.actor)
        # Shown in the answer to this very POST and kept nowhere: whoever loses it makes a new one.
        return make_response(
            render_template(
                "identity/invitation_made.html",
                person=view.case.people[person_id].name,
                link=f"{self._services.settings.address}{url_for('identity.invitation', token=made.token)}",
                code=code_in_groups(made.code),
                expires=danish_moment(made.invitation.expires),
                back=url_for("identity.invitations", case_id=case_id),
            )
        )

    @needs("invitation.withdraw")
    def _withdraw(self, case_id: str, invitation_id: str) -> AnyResponse:
        withdrawn = self._services.invitations.withdraw(case_id, invitation_id, case_in_view().actor)
        if withdrawn is None:
            abort(404)
        self._services.sessions.end_all(owner_by_invitation(case_id, withdrawn.person_id))
        return redirect(url_for("identity.invitations", case_id=case_id), _SEE_OTHER)

    @open_to_all(_BY_LINK, pace=Pace.CODE)
    def _open(self, token: str) -> AnyResponse:
        """Changes nothing: scanners of mail open every link, some of them several times."""
        invitation = self._services.invitations.find(token)
        if invitation is None:
            abort(404)
        return self._ask(invitation)

    @open_to_all(_BY_LINK, pace=Pace.CODE)
    def _redeem(self, token: str) -> AnyResponse:
        redeemed = self._services.invitations.redeem(token, request.form.get("code", ""))
        if redeemed is None:
            abort(404)
        if not redeemed.accepted:
            return self._ask(redeemed.invitation, is_wrong=True)
        try:
            remembered = self._who_is_who.invited(redeemed.invitation.case_id, redeemed.invitation.person_id)
        except NotKnown as stranger:
            return make_response(render_template("identity/sign_in_refused.html", why=str(stranger)), _FORBIDDEN)
        response = current_app.make_response(redirect("/", _SEE_OTHER))
        sign_in(self._services, self._cookies, response, remembered)
        return response

    def _ask(self, invitation: Invitation, *, is_wrong: bool = False) -> Response:
        settings = self._services.settings
        if invitation.state is not InvitationState.OPEN:
            page = render_template("identity/invitation_over.html", state=invitation.state.value, settings=settings)
            return make_response(page, _GONE)
        left = "et forsøg" if invitation.tries_left == 1 else f"{invitation.tries_left} forsøg"
        error = f"Koden er ikke rigtig. Se den efter, og skriv den igen. Du har {left} tilbage." if is_wrong else ""
        problems = [Problem("code", error)] if error else []
        page = render_template("identity/invitation.html", problems=problems, error=error, settings=settings)
        return make_response(page, _UNPROCESSABLE if is_wrong else 200)

    def _page(self, view: CaseInView, error: str = "") -> str:
        people = [Option(person_id, words) for person_id, words in self._invitable(view.case)]
        return render_template(
            "identity/invitations.html",
            case_number=view.case.number,
            case_id=view.id,
            invitations=[_shown(one, view.case) for one in self._services.invitations.of_case(view.id)],
            people=people,
            problems=[Problem("person", error)] if error else [],
            error=error,
            may_invite=view.case.is_open,
        )

    def _invitable(self, case: Case) -> Iterator[tuple[str, str]]:
        """Everybody from outside with a place in the case today that lets them in; id and who they are in words."""
        day = self._services.clock().astimezone(COPENHAGEN).date()
        for standing in case.standings_on(day):
            role = ROLE_OF.get(standing.place)
            if role and not role.is_employed and not paused(case, standing.person_id, day):
                yield standing.person_id, _in_words(standing, case)


def _in_words(standing: Standing, case: Case) -> str:
    person = case.people[standing.person_id]
    sections = f", afsnit {', '.join(standing.sections)}" if standing.sections else ""
    return f"{person.name} ({place_in_words(standing.place)}{sections})"


def _shown(invitation: Invitation, case: Case) -> ShownInvitation:
    status, tone = _IN_DANISH[invitation.state]
    person = case.people.get(invitation.person_id)
    return ShownInvitation(
        invitation.id,
        person.name if person else "",
        status,
        tone,
        danish_moment(invitation.created),
        danish_moment(invitation.expires),
        invitation.withdrawn is None,
    )
