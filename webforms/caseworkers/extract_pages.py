"""Two rights, two extracts: a person's own data (insight), and the case as a party may read it (aktindsigt)."""

import json

from flask import Blueprint, Response, abort, make_response, render_template

from pipeline.cases.record.extracts import Extract, as_json, as_text
from pipeline.cases.record.insight import insight
from pipeline.cases.record.party_access import is_party, party_access
from pipeline.store.audit_log import OK
from webforms.caseworkers.at_case import AtCase, at_case
from webforms.caseworkers.looked import seen
from webforms.identity.marked import needs
from webforms.services import Services

INSIGHT, FILE = "extract.insight", "extract.file"
_TYPES = {"tekst": ("txt", "text/plain; charset=utf-8"), "json": ("json", "application/json")}


class ExtractPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses: the choice, and for each right a page to print and a file to hand out."""
        of_case = "/sager/<case_id>/udtraek"
        pages.add_url_rule(of_case, "extracts", self._choose, methods=["GET"])
        pages.add_url_rule(f"{of_case}/indsigt/<person>", "insight", self._insight, methods=["GET"])
        pages.add_url_rule(f"{of_case}/indsigt/<person>/<form>", "insight_file", self._insight_file, methods=["GET"])
        pages.add_url_rule(f"{of_case}/aktindsigt/<person>", "party_access", self._file, methods=["GET"])
        pages.add_url_rule(
            f"{of_case}/aktindsigt/<person>/<form>", "party_access_file", self._file_file, methods=["GET"]
        )

    @needs("people.read")
    def _choose(self, case_id: str) -> str:
        at = at_case(self._services, {})
        at.require(INSIGHT)
        people = tuple(person for person in at.case.people.values() if not _is_employee(at, person.id))
        parties = tuple(person for person in people if is_party(at.case, person.id, at.today))
        return render_template("caseworkers/extracts.html", at=at, people=people, parties=parties)

    @needs(INSIGHT)
    def _insight(self, case_id: str, person: str) -> str:
        return self._page(INSIGHT, person, "insight_file")

    @needs(INSIGHT)
    def _insight_file(self, case_id: str, person: str, form: str) -> Response:
        return self._handed_out(INSIGHT, person, form)

    @needs(FILE)
    def _file(self, case_id: str, person: str) -> str:
        return self._page(FILE, person, "party_access_file")

    @needs(FILE)
    def _file_file(self, case_id: str, person: str, form: str) -> Response:
        return self._handed_out(FILE, person, form)

    def _page(self, action: str, person: str, files: str) -> str:
        at = at_case(self._services, {"person": person})
        extract = self._made(at, action)
        return render_template("caseworkers/extract.html", at=at, extract=extract, files=files, person=at.person())

    def _handed_out(self, action: str, person: str, form: str) -> Response:
        if form not in _TYPES:
            abort(404)
        at = at_case(self._services, {"person": person})
        extract, (ending, media_type) = self._made(at, action), _TYPES[form]
        content = as_text(extract) if form == "tekst" else json.dumps(as_json(extract), ensure_ascii=False, indent=1)
        response = make_response(content)
        response.headers["Content-Type"] = media_type
        name = "indsigt" if action == INSIGHT else "aktindsigt"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
        return response

    def _made(self, at: AtCase, action: str) -> Extract:
        """Make an extract; that it was made is told to the audit log before it leaves."""
        person = at.person()
        is_fit = is_party(at.case, person.id, at.today) if action == FILE else not _is_employee(at, person.id)
        if not is_fit:
            abort(404)
        store = self._services.store
        store.audit.record(at.view.actor, action, at.view.id, OK)
        if action == FILE:
            return party_access(at.case, person.id, at.today, self._services.tool)
        entries = store.audit.of_case(at.view.id)
        law = self._services.law(at.today)
        return insight(at.case, person.id, at.today, law, self._services.tool, seen(entries, at.case, at.say))


def _is_employee(at: AtCase, person_id: str) -> bool:
    return any(s.place.is_municipal for s in at.case.standings.values() if s.person_id == person_id)
