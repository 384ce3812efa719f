"""How an answer came about: each voice's versions with who, when, and what changed."""

from flask import Blueprint, abort, render_template, url_for

from pipeline.cases.record.history import name_of
from webforms.forms.section_at_hand import MUNICIPAL, OWN, Asked, SectionAtHand, section_at_hand
from webforms.forms.whose_words import history_for
from webforms.identity.access import action_named
from webforms.identity.current import case_in_view
from webforms.identity.marked import needs
from webforms.identity.roles import Role, Scope
from webforms.services import Services

_LOOK_BACK = "case.history"


def histories(at_hand: SectionAtHand, role: Role | None) -> dict[str, str]:
    """By field the address of its history, where somebody who may look back would find more than one version."""
    if role is None or action_named(_LOOK_BACK).scope_for(role) is Scope.NONE:
        return {}
    keys = {slot.key for slot, versions in at_hand.visit.answers.items() if at_hand.has_own(slot) and len(versions) > 1}
    shown = [key for key in at_hand.leaf.keys if key in keys]
    case_id, visit = at_hand.case_id, at_hand.visit.id
    return {key: url_for("forms.history", case_id=case_id, visit=visit, slot=key) for key in shown}


def helped_in_words(at_hand: SectionAtHand) -> tuple[str, ...]:
    """For the family: when one of them asked whom of the municipality to write for them."""
    case, say = at_hand.case, at_hand.say
    return tuple(
        say("forms.helped", name=name_of(case, one.person_id), helper=name_of(case, one.by), moment=say.moment(one.at))
        for one in at_hand.helpers
    )


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

    @needs(_LOOK_BACK)
    def _history(self, case_id: str, visit: str, slot: str) -> str:
        view = case_in_view()
        found = view.case.visits.get(visit)
        section = self._services.section_of(found.edition, slot) if found else None
        if found is None or section is None:
            abort(404)
        is_municipal = bool(view.decision.role and view.decision.role.is_employed)
        asked = Asked(MUNICIPAL if is_municipal else OWN)
        at_hand = section_at_hand(self._services, view, visit, section, asked) or abort(404)
        voices = history_for(at_hand.reader, view.case, at_hand.visit, at_hand.section, at_hand.tool, slot)
        return render_template(
            "forms/history.html",
            voices=voices,
            helped=helped_in_words(at_hand),
            label=at_hand.label_of(slot),
            explained=at_hand.explained(slot),
            back=url_for(f"forms.{asked.door}", _anchor=slot, **at_hand.address(at_hand.leaf_of(slot).number)),
            where=at_hand.where,
        )
