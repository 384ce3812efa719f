"""Check answers, hand in, receipt."""

from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.errors import TilsynError
from pipeline.intake.names import content_disposition
from pipeline.offline.receipt import FILE_NAME
from webforms.forms.task_list import Progress
from webforms.identity.current import CaseInView, case_in_view
from webforms.identity.marked import needs
from webforms.parents.checked import checked
from webforms.parents.hand_in import HAND_IN, hand_in, save_what_waits
from webforms.parents.own_part import own_part, visit_in_address
from webforms.parents.receipt import handed_in_by, receipt_pdf, words_of_section
from webforms.services import Services
from webforms.whereabouts import where_for

_PATH = "/sager/<case_id>/besoeg/<visit>"
_SEE_OTHER, _REFUSED, _UNAVAILABLE = 303, 422, 503


class HandInPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule(f"{_PATH}/tjek", "check", self._check, methods=["GET"])
        pages.add_url_rule(f"{_PATH}/aflever", "hand_in", self._hand_in, methods=["POST"])
        pages.add_url_rule(f"{_PATH}/kvittering", "receipt", self._receipt, methods=["GET"])
        pages.add_url_rule(f"{_PATH}/kvittering/pdf", "receipt_pdf", self._receipt_pdf, methods=["GET"])

    @needs("part.read")
    def _check(self, case_id: str, visit: str) -> str:
        return self._checked(case_in_view(), visit)

    @needs(HAND_IN)
    def _hand_in(self, case_id: str, visit: str) -> AnyResponse | tuple[str, int]:
        view = case_in_view()
        found = visit_in_address(view, visit)
        try:
            is_whole = save_what_waits(self._services, own_part(self._services, view, found))
            now = self._afresh(view)
            if not is_whole:
                return self._checked(now, visit, tried=True), _REFUSED
            saved = visit_in_address(now, visit)
            hand_in(self._services, now, saved, own_part(self._services, now, saved))
        except TilsynError as problem:
            return self._checked(self._afresh(view), visit, refused=self._services.say().told(problem)), _REFUSED
        return redirect(url_for("parents.receipt", case_id=case_id, visit=visit), _SEE_OTHER)

    @needs("part.read")
    def _receipt(self, case_id: str, visit: str) -> str | AnyResponse:
        return self._handed_in(case_in_view(), visit)

    @needs("part.read")
    def _receipt_pdf(self, case_id: str, visit: str) -> AnyResponse | tuple[str | AnyResponse, int]:
        view = case_in_view()
        found = visit_in_address(view, visit)
        try:
            content = receipt_pdf(self._services, view, found, own_part(self._services, view, found))
        except TilsynError as problem:
            return self._handed_in(view, visit, refused=self._services.say().told(problem)), _UNAVAILABLE
        if content is None:
            return redirect(url_for("parents.check", case_id=case_id, visit=visit), _SEE_OTHER)
        response = Response(content, mimetype="application/pdf")
        response.headers["Content-Disposition"] = content_disposition(FILE_NAME)
        return response

    def _handed_in(self, view: CaseInView, visit: str, refused: str = "") -> str | AnyResponse:
        found = visit_in_address(view, visit)
        part = own_part(self._services, view, found)
        sections, voices = checked(part), list(dict.fromkeys(own.voice for own in part))
        handed_in = [section for section in sections if section.handed_in]
        if not handed_in:
            return redirect(url_for("parents.check", case_id=view.id, visit=visit), _SEE_OTHER)
        handed, say = handed_in_by(self._services, view, found), self._services.say()
        return render_template(
            "parents/receipt.html",
            visit=found,
            refused=refused,
            told={one.key: words_of_section(view, handed, one.key, voices, say) for one in handed_in},
            sections=handed_in,
            open_sections=[section for section in sections if not section.handed_in],
            changed=[section for section in sections if section.progress is Progress.CHANGED],
            case=view.case,
            **self._around(view),
        )

    def _checked(self, view: CaseInView, visit: str, *, tried: bool = False, refused: str = "") -> str:
        found = visit_in_address(view, visit)
        sections = checked(own_part(self._services, view, found))
        problems = [problem for section in sections for problem in section.problems]
        return render_template(
            "parents/check.html",
            visit=found,
            sections=sections,
            problems=tuple(problems) if tried else (),
            refused=refused,
            empty=[section.key for section in sections if section.is_empty and not section.handed_in],
            is_open=any(not section.handed_in or section.progress is Progress.CHANGED for section in sections),
            may_hand_in=view.case.is_open and any(s.progress is not Progress.LOCKED for s in sections),
            **self._around(view),
        )

    def _around(self, view: CaseInView) -> dict[str, object]:
        return {"case_id": view.id, "where": where_for(view, self._services.today(), self._services.say())}

    def _afresh(self, view: CaseInView) -> CaseInView:
        return replace(view, case=self._services.store.cases.case(view.id))
