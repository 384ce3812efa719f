"""How an answer came about: each voice's versions with who, when, and what changed."""

from flask import Blueprint, abort, render_template

from webforms.forms.section_at_hand import MUNICIPAL, OWN, Asked, section_at_hand
from webforms.forms.whose_words import history_for
from webforms.identity.current import case_in_view
from webforms.identity.marked import needs
from webforms.services import Services


class HistoryPage:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        pages.add_url_rule(
            "/sager/<case_id>/besoeg/<visit>/historik/<path:slot>", "history", self._history, methods=["GET"]
        )

    @needs("case.history")
    def _history(self, case_id: str, visit: str, slot: str) -> str:
        view = case_in_view()
        found = view.case.visits.get(visit)
        section = self._services.section_of(found.edition, slot) if found else None
        if found is None or section is None:
            abort(404)
        is_municipal = bool(view.decision.role and view.decision.role.is_employed)
        asked = Asked(MUNICIPAL if is_municipal else OWN)
        at_hand = section_at_hand(self._services, view, visit, section, asked) or abort(404)
        voices = history_for(at_hand.reader, view.case, found, at_hand.section, at_hand.tool, slot)
        return render_template("forms/history.html", voices=voices, label=at_hand.label_of(slot), where=at_hand.where)
