"""Where the page of a section leads: back to where one came from, and onwards when everything is saved."""

from typing import Protocol

from flask import url_for

from webforms.forms.section_at_hand import CONCLUSION, SectionAtHand


class Ways(Protocol):
    """The ways of those who fill sections."""

    def back(self, at_hand: SectionAtHand) -> str:
        """Where the link above the page leads."""

    def onwards(self, at_hand: SectionAtHand) -> str:
        """Where a saved section leads."""


class ByTheList:
    """From the list of the visit to a section and back to the list; or from the conclusion and back to it."""

    def back(self, at_hand: SectionAtHand) -> str:
        """To where the visitor came from."""
        if at_hand.asked.back == CONCLUSION:
            at, visit = at_hand.leaf.keys[0], at_hand.visit.id
            return url_for("caseworkers.conclusion", case_id=at_hand.case_id, visit=visit, _anchor=at)
        return url_for("forms.visit", case_id=at_hand.case_id, visit=at_hand.visit.id)

    def onwards(self, at_hand: SectionAtHand) -> str:
        """To where the visitor came from."""
        return self.back(at_hand)
