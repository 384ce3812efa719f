"""Whether somebody wants mail or SMS when there is something new: each says it for themselves; it is no until then."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.notice.events import MailWished, SmsWished
from pipeline.cases.notice.numbers import number_for_sms
from webforms.identity.current import case_in_view
from webforms.identity.marked import needs
from webforms.services import Services
from webforms.whereabouts import where_for

_PATH = "/sager/<case_id>/mail"
_MAIL, _SMS = "svar", "sms"
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
            sends_sms=self._services.sends_sms,
            number=number_for_sms(person.contact.phone),
            wants_sms=person.id in view.case.notices.by_sms,
            may_change=view.case.is_open,
            where=where_for(view, self._services.today(), self._services.say()),
        )

    @needs("mail.wish")
    def _do(self, case_id: str) -> AnyResponse:
        view, is_sms = case_in_view(), _SMS in request.form
        answer = request.form.get(_SMS if is_sms else _MAIL, "")
        if answer not in (_YES, _NO):
            abort(400)
        wanted, notices = answer == _YES, view.case.notices
        if wanted != (view.actor in (notices.by_sms if is_sms else notices.by_mail)):  # a double click is one wish
            wished = SmsWished(view.actor, wanted) if is_sms else MailWished(view.actor, wanted)
            self._services.store.cases.append(case_id, [wished], view.actor, "mail.wish")
        return redirect(url_for("notice.mail", case_id=case_id), _SEE_OTHER)
