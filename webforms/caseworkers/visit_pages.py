"""The page at a visit: the family's words beside the municipality's fields, kept as typed, saved by a button."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from pipeline.danish import danish_date, danish_moment
from pipeline.errors import TilsynError
from pipeline.store.refusals import SlotRefused
from webforms.caseworkers.at_case import AtCase, address_of, at_case
from webforms.caseworkers.case_front import where
from webforms.caseworkers.visit_at_hand import OpenSection, Sheet, count_of, open_sections, sheet_of
from webforms.caseworkers.visit_conversation import cards_of
from webforms.caseworkers.visit_key import key_of_this_session
from webforms.caseworkers.visit_saving import LOCKED, OLDER, keep, keep_closed, record_skips, save, waiting_closed
from webforms.caseworkers.visit_skipping import SKIPPED, TALKED, skip_of
from webforms.caseworkers.ways import is_municipal
from webforms.design.page import Link, Problem
from webforms.forms.conflicts import two_versions
from webforms.forms.kept_draft import COUNT, kept_at, rebased
from webforms.identity.marked import needs
from webforms.services import Services

_OK, _SEE_OTHER, _CONFLICT, _REFUSED = 200, 303, 409, 422
_PROBLEMS = {LOCKED: _REFUSED, OLDER: _CONFLICT}
_COUNTED = "X-Autosave"
_LONGEST_NUMBER = 15
_WRITE = "municipality.write"


class VisitPages:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        address = "/sager/<case_id>/besoeg/<visit>/paa-besoeget"
        pages.add_url_rule(address, "at_visit", self._show, methods=["GET"])
        pages.add_url_rule(address, "at_visit_save", self._save, methods=["POST"])
        pages.add_url_rule(f"{address}/kladde", "at_visit_keep", self._keep, methods=["POST"])

    @needs("part.read")
    def _show(self, case_id: str, visit: str) -> str:
        at = self._at(visit)
        sheet = sheet_of(at)
        return self._page(sheet, {"is_saved": "gemt" in request.args, "shut": waiting_closed(at, sheet.sections)})

    @needs(_WRITE)
    def _keep(self, case_id: str, visit: str) -> Response:
        at = self._at(visit)
        count = _number(request.form.get(COUNT, "")) + _number(request.headers.get(_COUNTED, ""))
        problem = keep(at, open_sections(at), request.form, count)
        response = jsonify(problem=problem) if problem else jsonify(based_on={})
        response.status_code = _PROBLEMS.get(problem, _OK)
        return response

    @needs(_WRITE)
    def _save(self, case_id: str, visit: str) -> AnyResponse | tuple[str, int]:
        at = self._at(visit)
        sheet = replace(sheet_of(at), posted=request.form)
        sheet = replace(sheet, forms=tuple(one.at_hand.form(request.form) for one in sheet.sections))
        try:
            saved = save(at, sheet.sections, request.form)
            errors = record_skips(sheet)
        except SlotRefused as problem:
            return self._closed_meanwhile(at.afresh(), str(problem)), _REFUSED
        except TilsynError as problem:
            return self._page(sheet, {"refused": str(problem)}), _REFUSED
        again = _again(at.afresh(), saved.settled)
        if saved.stays:  # a row that came and is still blank is nowhere but on the page
            return self._page(again, {}), _OK
        closed = keep_closed(at, sheet.sections, request.form)
        problems = _problems(again, errors)
        if closed or problems:
            return self._page(again, {"closed": closed, "problems": problems, "errors": errors}), _REFUSED
        return redirect(at.url("at_visit", visit=visit, gemt=1), _SEE_OTHER)

    def _closed_meanwhile(self, at: AtCase, problem: str) -> str:
        """Locked, or in hearing, since this very request came: what it brought waits as a draft."""
        sheet = _again(at, ())
        closed = keep_closed(at, sheet.sections, request.form)
        return self._page(sheet, {"closed": closed} if closed else {"refused": problem})

    def _at(self, visit: str) -> AtCase:
        """The visit, for employees; the family has pages of its own."""
        at = at_case(self._services, {"visit": visit})
        return at if is_municipal(at) else abort(404)

    def _page(self, sheet: Sheet, more: Mapping[str, object]) -> str:
        at, errors = sheet.at, more.get("errors")
        visit = sheet.visit
        return render_template(
            "caseworkers/visit_at.html",
            at=at,
            visit=visit,
            day=danish_date(visit.day) if visit.day else "",
            sheet=sheet,
            cards=cards_of(sheet, errors if isinstance(errors, Mapping) else None),
            waiting=tuple(_waiting(at, one) for one in sheet.sections if two_versions(one.at_hand, one.draft)),
            address=at.url("at_visit", visit=visit.id),
            keep=at.url("at_visit_keep", visit=visit.id),
            key=key_of_this_session(self._services) if sheet.may_write else "",
            count=count_of(at, sheet.sections),
            count_name=COUNT,
            talked=TALKED,
            skipped=SKIPPED,
            kept_at=_kept_at(sheet),
            where=where(at),
            wide=True,
            **more,
        )


def _again(at: AtCase, settled: tuple[str, ...]) -> Sheet:
    """The page after a save, with what was typed in it and could not be taken."""
    posted = rebased(request.form, settled)
    sheet = sheet_of(at)
    return replace(sheet, posted=posted, forms=tuple(one.at_hand.form(posted) for one in sheet.sections))


def _problems(sheet: Sheet, errors: Mapping[str, str]) -> tuple[Problem, ...]:
    """What must be mended, in the order of the cards."""
    for form in sheet.forms:
        form.validate()
    by_key = {part.asked.key: part for form in sheet.forms for part in form.inputs}
    found: list[Problem] = []
    for theme in sheet.themes:
        skip = skip_of(sheet, theme)
        if theme.key in errors and skip:
            found.append(Problem(skip.place, errors[theme.key]))
        found += [problem for key in theme.fields if key in by_key for problem in by_key[key].problems]
    return tuple(found)


def _waiting(at: AtCase, one: OpenSection) -> Link:
    """Where the choice between two versions is made."""
    section = one.at_hand.section.key
    address = address_of("forms.municipal", case_id=at.view.id, visit=one.at_hand.visit.id, section=section)
    return Link(at.say("caseworkers.at_visit.choose", section=section), address)


def _kept_at(sheet: Sheet) -> str:
    """When the newest words that are not saved yet were kept; empty where there are none, or they were just sent."""
    moments = [kept_at(one.draft, one.at_hand.stands_here) for one in sheet.sections if sheet.posted is None]
    kept = [moment for moment in moments if moment]
    return danish_moment(max(kept)) if kept else ""


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= _LONGEST_NUMBER else 0
