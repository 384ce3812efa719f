"""Where a page opens after a button of the form itself was pressed: at the field, the goal, or the list of goals."""

from collections.abc import Sequence

from flask import url_for

from pipeline.cases.record.events import Event
from pipeline.cases.record.visit_events import GoalPlaced
from webforms.forms.diary_evidence import FROM_DIARY
from webforms.forms.evidence_page import EVIDENCE, evidence_address
from webforms.forms.section_at_hand import SectionAtHand
from webforms.inputs.section_form import Press, SectionForm

REMOVED = "removed-goals"
"""The id of the list of removed goals, where a removal can be undone."""


def after_press(at_hand: SectionAtHand, form: SectionForm, happened: Sequence[Event]) -> str:
    """The address to go on to.

    Args:
        at_hand: the section, as it was before.
        form: with the press.
        happened: what the press did to the plan.
    """
    press = form.press
    if press is None:
        return url_for(f"forms.{at_hand.door}", **at_hand.address())
    if press.deed == EVIDENCE:
        return evidence_address(at_hand, press.which)
    return _at_goals(at_hand, form, press, happened) or _here(at_hand, press.field)


def _at_goals(at_hand: SectionAtHand, form: SectionForm, press: Press, happened: Sequence[Event]) -> str:
    """Of the plan: a new goal is opened to be written in; after other deeds the list shows what became of it."""
    placed = [event.goal for event in happened if isinstance(event, GoalPlaced)]
    if placed and press.deed == "add" and at_hand.is_plan:
        return url_for(f"forms.{at_hand.door}", **at_hand.address(goal=placed[0]))
    goal_id = placed[0] if placed else press.which.partition("/")[0]
    if not (placed or any(card.goal.id == goal_id for card in form.goal_cards)):
        return ""
    anchor = REMOVED if press.deed == "remove" else f"{press.field}-{goal_id}"
    stays_open = press.deed == FROM_DIARY
    goal = None if stays_open else ""
    return url_for(f"forms.{at_hand.door}", _anchor=anchor, **at_hand.address(goal=goal))


def _here(at_hand: SectionAtHand, anchor: str) -> str:
    return url_for(f"forms.{at_hand.door}", _anchor=anchor, **at_hand.address())
