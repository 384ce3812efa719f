"""Whether somebody wants a mail when there is something new: each says it for themselves, and it is no until then."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.notice.events import MailWished
from webforms.identity.current import case_in_view
from webforms.identity.marked import needs
from webforms.services import Services
from webforms.whereabouts import where_for

_PATH = "/sager/<case_id>/mail"
_YES, _NO = "ja", "nej"
_SEE_OTHER = 303


class MailPages:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule(_PATH, "mail", self._show, methods=["GET"])
        pages.add_url_rule(_PATH, "mail_do", self._do, methods=["POST"])

    @needs("mail.read")
    def _show(self, case_id: str) -> str:
        view = case_in_view()
        person = view.case.people[view.actor]
        return render_template(
            "notice/mail.html",
            case_id=case_id,
            sends_mail=self._services.sends_mail,
            mailbox=person.contact.email,
            wanted=person.id in view.case.notices.by_mail,
            may_change=view.case.is_open,
            where=where_for(view, self._services.today(), self._services.say()),
        )

    @needs("mail.wish")
    def _do(self, case_id: str) -> AnyResponse:
        view, answer = case_in_view(), request.form.get("svar", "")
        if answer not in (_YES, _NO):
            abort(400)
        if (answer == _YES) != (view.actor in view.case.notices.by_mail):  # a double click is one wish
            wished = MailWished(view.actor, answer == _YES)
            self._services.store.cases.append(case_id, [wished], view.actor, "mail.wish")
        return redirect(url_for("notice.mail", case_id=case_id), _SEE_OTHER)
