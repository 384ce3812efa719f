"""Pages that show parts of a case: visits, journal, agreements, documents, and who has looked."""

from flask import Blueprint, abort, render_template

from webforms.caseworkers.agreements import agreement_lines
from webforms.caseworkers.at_case import AtCase, at_case
from webforms.caseworkers.case_front import where
from webforms.caseworkers.counted import year_lines
from webforms.caseworkers.documents import document_rows
from webforms.caseworkers.journal import notes
from webforms.caseworkers.looked import looked
from webforms.caseworkers.visits import visit_cards
from webforms.caseworkers.ways import is_municipal
from webforms.identity.marked import needs
from webforms.services import Services

_MOST_LINES = 500


class RecordPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        of_case = "/sager/<case_id>"
        pages.add_url_rule(f"{of_case}/besoeg", "visits", self._visits, methods=["GET"])
        pages.add_url_rule(f"{of_case}/journal", "journal", self._journal, methods=["GET"])
        pages.add_url_rule(f"{of_case}/aftaler", "agreements", self._agreements, methods=["GET"])
        pages.add_url_rule(f"{of_case}/dokumenter", "documents", self._documents, methods=["GET"])
        pages.add_url_rule(f"{of_case}/hvem-har-set", "looked", self._looked, methods=["GET"])

    @needs("part.read")
    def _visits(self, case_id: str) -> str:
        at = self._municipal()
        shown = {"cards": visit_cards(at), "years": year_lines(at), "where": where(at)}
        return render_template("caseworkers/visits.html", at=at, **shown)

    @needs("journal.read")
    def _journal(self, case_id: str) -> str:
        at = at_case(self._services, {})
        return render_template("caseworkers/journal.html", at=at, notes=notes(at.case))

    @needs("agreement.read")
    def _agreements(self, case_id: str) -> str:
        at = self._municipal()
        return render_template("caseworkers/agreements.html", at=at, lines=agreement_lines(at.case, at.today))

    @needs("document.read")
    def _documents(self, case_id: str) -> str:
        at = self._municipal()
        return render_template("caseworkers/documents.html", at=at, rows=document_rows(at))

    @needs("audit.read")
    def _looked(self, case_id: str) -> str:
        at = at_case(self._services, {})
        entries = self._services.store.audit.of_case(case_id)
        lines = looked(entries, at.case, self._services.store.employees, at.say)
        return render_template(
            "caseworkers/looked.html", at=at, lines=lines[:_MOST_LINES], has_more=len(lines) > _MOST_LINES
        )

    def _municipal(self) -> AtCase:
        """The case, for employees; the family and helpers see the same in rooms of their own."""
        at = at_case(self._services, {})
        return at if is_municipal(at) else abort(404)
