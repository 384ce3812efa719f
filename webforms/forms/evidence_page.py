"""Photos, videos and statements laid to a goal as evidence: a page of its own, for files cannot wait as a draft."""

from flask import Blueprint, abort, render_template, url_for

from pipeline.cases.record.to_answers import wording_of
from pipeline.intake.kinds import ACCEPT
from webforms.files.beforehand import told_beforehand
from webforms.forms.plan_facts import evidence_slot, plan_facts
from webforms.forms.section_at_hand import Asked, SectionAtHand, section_at_hand
from webforms.identity.current import case_in_view
from webforms.identity.marked import needs
from webforms.services import Services

EVIDENCE = "evidence"
"""What the button on a goal's card says."""


def evidence_address(at_hand: SectionAtHand, goal_id: str) -> str:
    """The page of a goal's evidence; of no goal in the plan, the section itself."""
    if goal_id not in {goal.id for goal in at_hand.visit.plan}:
        return url_for(f"forms.{at_hand.door}", **at_hand.address())
    return url_for("forms.evidence", case_id=at_hand.case_id, visit=at_hand.visit.id, goal=goal_id)


class EvidencePage:
    """The page; the files themselves go to the room for files.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        address = "/sager/<case_id>/besoeg/<visit>/maal/<goal>/dokumentation"
        pages.add_url_rule(address, "evidence", self._show, methods=["GET"])

    @needs("document.read")
    def _show(self, case_id: str, visit: str, goal: str) -> str:
        at_hand = self._at_hand(visit)
        facts = plan_facts(at_hand)
        if facts is None or goal not in facts.around:
            abort(404)
        number = [planned.id for planned in at_hand.visit.plan].index(goal) + 1
        return render_template(
            "forms/evidence.html",
            at_hand=at_hand,
            goal=goal,
            number=number,
            wording=wording_of(at_hand.visit, goal),
            evidence=facts.around[goal].evidence,
            slot=evidence_slot(goal),
            accept=ACCEPT,
            beforehand=tuple(told_beforehand(at_hand.say)),
            back=url_for("forms.own", **at_hand.address(goal=goal)),
            where=at_hand.where,
        )

    def _at_hand(self, visit: str) -> SectionAtHand:
        view = case_in_view()
        found = view.case.visits.get(visit) or abort(404)
        plan = self._services.section_of(found.edition, self._services.tool(found.edition).goals_field.key) or ""
        return section_at_hand(self._services, view, visit, plan, Asked()) or abort(404)
