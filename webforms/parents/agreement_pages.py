"""What was agreed at the last visit, in plain words on one page for the fridge: who does what, and the next goals."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Agreement, Visit
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.voices import goal_slot
from pipeline.cases.signing.who import signings_for
from webforms.forms.fill_section import slot_for
from webforms.forms.section_at_hand import Asked, section_at_hand
from webforms.forms.whose_words import said_of, words_for
from webforms.identity.current import CaseInView, case_in_view
from webforms.identity.marked import needs
from webforms.services import Services
from webforms.whereabouts import where_for


@dataclass(frozen=True)
class FridgeGoal:
    """A goal to go on with, in the family's own words, or else in those of others who may be read."""

    wording: str
    words: tuple[str, ...]


class AgreementPages:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        pages.add_url_rule("/sager/<case_id>/vores-aftaler", "agreements", self._show, methods=["GET"])

    @needs("agreement.read")
    def _show(self, case_id: str) -> str:
        view, today = case_in_view(), self._services.today()
        held = last_held(view.case, today)
        agreements = sorted(view.case.agreements.values(), key=_by_day)
        return render_template(
            "parents/agreements.html",
            case_id=case_id,
            held=held,
            day=self._services.say().day(held.day) if held and held.day else "",
            standing=[one for one in agreements if one.ended is None],
            done=[one for one in agreements if one.ended and held and one.agreed.visit == held.id],
            goals=tuple(self._goals(view, held)) if held else (),
            is_asked_to_sign=bool(signings_for(view.case, view.actor, today)),
            where=where_for(view, today, self._services.say()),
        )

    def _goals(self, view: CaseInView, held: Visit) -> Iterator[FridgeGoal]:
        tool = self._services.tool(held.edition)
        plan = self._services.section_of(held.edition, tool.goals_field.key) or ""
        at_hand = section_at_hand(self._services, view, held.id, plan, Asked())
        if at_hand is None:
            return
        for goal in held.plan:
            key = goal_slot(goal.id, "next")
            own = words_for(at_hand.reader, held, at_hand.section, slot_for(key, at_hand.reader.voice), tool)
            said = said_of(view.case, held, at_hand.section, key, tool, at_hand.reader)
            words = (own,) if own else tuple(f"{one.who}: {one.words}" for one in said)
            if words:
                yield FridgeGoal(wording_of(held, goal.id), words)


def last_held(case: Case, today: date) -> Visit | None:
    """The last visit that was held."""
    held = (visit for visit in case.visits.values() if visit.day and visit.day < today)
    return max(held, key=lambda visit: visit.number, default=None)


def _by_day(agreement: Agreement) -> tuple[bool, date]:
    by_day = agreement.agreed.by_day
    return by_day is None, by_day or date.max
