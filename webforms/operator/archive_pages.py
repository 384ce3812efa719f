"""The archive: closed cases by number and day, and the erasing of one."""

from dataclasses import dataclass

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.codec import instant_from_text
from pipeline.danish import danish_day
from pipeline.errors import StoreUnavailable
from pipeline.store.case_lists import ListedCase, Order
from pipeline.store.clear_columns import CLOSED
from webforms.caseworkers.closing import outcome_in_words
from webforms.caseworkers.small_form import Ask, SmallForm, Typed
from webforms.identity.current import CaseInView, case_in_view
from webforms.identity.marked import needs
from webforms.services import Services

_ERASE = "archive.erase"
_WORDS = "operator.erase"
_PER_PAGE = 50
_SEE_OTHER, _REFUSED, _UNAVAILABLE = 303, 422, 503


@dataclass(frozen=True)
class ClosedLine:
    """A closed case on the list."""

    id: str
    number: str
    outcome: str
    opened: str
    closed: str


class ArchivePages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule("/arkiv", "archive", self._archive, methods=["GET"])
        pages.add_url_rule("/arkiv/<case_id>/slet", "erase", self._ask, methods=["GET"])
        pages.add_url_rule("/arkiv/<case_id>/slet", "erase_do", self._erase, methods=["POST"])

    @needs("archive.list")
    def _archive(self) -> str:
        wanted = request.args.get("side", "")
        page = int(wanted) if wanted.isascii() and wanted.isdecimal() and 0 < len(wanted) < 6 else 1
        listed = self._services.store.lists.listing(
            states=(CLOSED,), order=Order.NUMBER, page=max(page, 1), per_page=_PER_PAGE
        )
        return render_template(
            "operator/archive.html",
            lines=[self._line(case) for case in listed.cases],
            total=listed.total,
            page=max(page, 1),
            pages=max(1, -(-listed.total // _PER_PAGE)),
            address=lambda number: url_for("operator.archive", side=number),
        )

    @needs(_ERASE)
    def _ask(self, case_id: str) -> str:
        return self._page(case_in_view(), self._form())

    @needs(_ERASE)
    def _erase(self, case_id: str) -> AnyResponse:
        view, form = case_in_view(), self._form(request.form)
        if form.validate() and form.text("number") != view.case.number:
            form.refuse("number", f"{_WORDS}.other_number")
        if form.problems:
            return make_response(self._page(view, form), _REFUSED)
        try:
            self._services.store.erase.erase(case_id, view.actor, _ERASE)
            self._services.store.erase.scrub()
        except StoreUnavailable as fault:
            return make_response(self._page(view, form, str(fault)), _UNAVAILABLE)
        return redirect(url_for("operator.archive"), _SEE_OTHER)

    def _form(self, typed: Typed | None = None) -> SmallForm:
        return SmallForm(_WORDS, (Ask("number", required=True, hint=True, width="m"),), self._services.say(), typed)

    def _page(self, view: CaseInView, form: SmallForm, fault: str = "") -> str:
        return render_template(
            "operator/erase.html",
            number=view.case.number,
            closed=danish_day(view.case.closed_at) if view.case.closed_at else "",
            form=form,
            problems=form.problems,
            fault=fault,
        )

    def _line(self, case: ListedCase) -> ClosedLine:
        return ClosedLine(
            id=case.id,
            number=case.number,
            outcome=outcome_in_words(case.outcome or "", self._services.say()),
            opened=danish_day(instant_from_text(case.opened_at)),
            closed=danish_day(instant_from_text(case.closed_at)) if case.closed_at else "",
        )
