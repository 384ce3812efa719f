"""Handing in for somebody on the phone: choose who rings, write down, read out, note their yes, hand in for them."""

from dataclasses import replace

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.parts import Visit
from pipeline.errors import TilsynError
from pipeline.intake.names import content_disposition
from pipeline.offline.receipt import FILE_NAME
from webforms.caseworkers.at_case import at_case
from webforms.caseworkers.phone_part import (
    as_it_was_read,
    callers,
    handed_in_by_phone,
    may_be_read_out,
    noted_sections,
    was_changed_since,
)
from webforms.design.page import Problem
from webforms.forms.choose_voice import names_of
from webforms.forms.help_page import help_address
from webforms.identity.current import CaseInView, case_in_view
from webforms.identity.marked import needs
from webforms.parents.checked import checked
from webforms.parents.hand_in import save_what_waits
from webforms.parents.own_part import OwnVoice, part_of_another, visit_in_address
from webforms.parents.receipt import handed_in_by, receipt_pdf, words_of_section
from webforms.services import Services
from webforms.whereabouts import where_for

_READ, HAND_IN = "part.on_behalf", "part.hand_in_by_phone"
_PATH = "/sager/<case_id>/besoeg/<visit>/i-telefonen"
_TICKED, _SEEN = "laest", "_seen"
_SEE_OTHER, _CONFLICT, _REFUSED, _UNAVAILABLE = 303, 409, 422, 503

Part = tuple[OwnVoice, ...]


class _WrittenMeanwhile(Exception):
    """Somebody else wrote in the same voice while the yes was on its way: it was not to these words."""


class PhonePages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule(_PATH, "phone", self._show, methods=["GET"])
        pages.add_url_rule(_PATH, "phone_hand_in", self._hand_in, methods=["POST"])
        pages.add_url_rule(f"{_PATH}/kvittering", "phone_receipt", self._receipt, methods=["GET"])

    @needs(_READ)
    def _show(self, case_id: str, visit: str) -> str | AnyResponse:
        view = case_in_view()
        if not request.args.get("som"):
            found = visit_in_address(view, visit)
            return render_template(
                "caseworkers/phone_choose.html", callers=callers(self._services, view, found), **self._around(visit)
            )
        return self._page(view, visit)

    @needs(HAND_IN)
    def _hand_in(self, case_id: str, visit: str) -> AnyResponse | tuple[str | AnyResponse, int]:
        view = case_in_view()
        part = self._part(view, visit)
        if any(own.at_hand.must_be_asked_for for own in part):
            return redirect(self._address(view, visit), _SEE_OTHER)
        if request.form.get(_SEEN) != as_it_was_read(part):
            return self._to_be_read_again(view, visit)
        ticked = self._ticked(visit_in_address(view, visit), part)
        if not ticked:
            return self._page(view, visit, tried=True), _REFUSED
        try:
            if not save_what_waits(self._services, ticked, HAND_IN):
                refused = self._services.say()("caseworkers.phone.not_whole")
                return self._page(self._afresh(view), visit, refused=refused), _REFUSED
            self._confirm(view, visit, ticked)
        except _WrittenMeanwhile:
            return self._to_be_read_again(self._afresh(view), visit)
        except TilsynError as problem:
            return self._page(view, visit, refused=str(problem)), _REFUSED
        return redirect(f"{self._address(view, visit)}#afsnit-{ticked[0].at_hand.section.key}", _SEE_OTHER)

    @needs(_READ)
    def _receipt(self, case_id: str, visit: str) -> AnyResponse | tuple[str | AnyResponse, int]:
        view = case_in_view()
        found = visit_in_address(view, visit)
        try:
            content = receipt_pdf(self._services, view, found, self._part(view, visit))
        except TilsynError as problem:
            return self._page(view, visit, refused=str(problem)), _UNAVAILABLE
        if content is None:
            abort(404)
        response = Response(content, mimetype="application/pdf")
        response.headers["Content-Disposition"] = content_disposition(FILE_NAME)
        return response

    def _confirm(self, view: CaseInView, visit: str, read_out: Part) -> None:
        """The hand-in and the note of the call, both or neither; a section that was locked meanwhile is left out.

        Raises:
            _WrittenMeanwhile: since the request came; nothing is handed in.
        """
        with self._services.store.cases.change(view.id, view.actor, HAND_IN) as change:
            now = change.case.visits[visit]
            if was_changed_since(now, read_out, view.case.revision):
                raise _WrittenMeanwhile
            change.add(handed_in_by_phone(change.case, now, read_out, self._services.today()), view.actor)

    def _to_be_read_again(self, view: CaseInView, visit: str) -> tuple[str | AnyResponse, int]:
        return self._page(view, visit, refused=self._services.say()("caseworkers.phone.changed")), _CONFLICT

    def _afresh(self, view: CaseInView) -> CaseInView:
        return replace(view, case=self._services.store.cases.case(view.id))

    def _address(self, view: CaseInView, visit: str) -> str:
        return url_for("caseworkers.phone", case_id=view.id, visit=visit, som=request.args.get("som"))

    def _part(self, view: CaseInView, visit: str) -> Part:
        """What is written for the voice that the address names; 404 where the employee may write for nobody there."""
        found, voice = visit_in_address(view, visit), request.args.get("som", "")
        return (part_of_another(self._services, view, found, voice) if voice else ()) or abort(404)

    def _ticked(self, visit: Visit, part: Part) -> Part:
        wanted = request.form.getlist(_TICKED)
        return tuple(own for own in part if own.at_hand.section.key in wanted and may_be_read_out(visit, own))

    def _page(self, view: CaseInView, visit: str, *, refused: str = "", tried: bool = False) -> str | AnyResponse:
        part, found, say = self._part(view, visit), visit_in_address(view, visit), self._services.say()
        secret = next((own for own in part if own.at_hand.must_be_asked_for), None)
        if secret:
            return redirect(help_address(secret.at_hand), _SEE_OTHER)
        writer, handed = part[0].at_hand.writer, handed_in_by(self._services, view, found)
        open_keys = {own.at_hand.section.key for own in part if may_be_read_out(found, own)}
        words = say("caseworkers.phone.tick_one")
        return render_template(
            "caseworkers/phone.html",
            sections=checked(part),
            open_keys=open_keys,
            told={
                own.at_hand.section.key: words_of_section(view, handed, own.at_hand.section.key, [writer.voice], say)
                for own in part
            },
            noted={one.section: one.who for one in noted_sections(self._services, view.case, found, writer.voice)},
            names=names_of(view.case, writer.voice, say),
            teller=names_of(view.case, writer.on_behalf_of, say),
            ticked=request.form.getlist(_TICKED),
            tick_name=_TICKED,
            seen=as_it_was_read(part),
            refused=refused,
            problems=(Problem(f"laest-{min(open_keys)}", words),) if tried and open_keys else (),
            som=request.args.get("som"),
            **self._around(visit),
        )

    def _around(self, visit: str) -> dict[str, object]:
        at = at_case(self._services, {"visit": visit})
        return {"at": at, "visit": at.visit(), "where": where_for(at.view, at.today, at.say)}
