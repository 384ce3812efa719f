"""Where the page of a section leads: back to where one came from, and onwards when everything is saved."""

from typing import Protocol

from flask import url_for

from webforms.forms.section_at_hand import SectionAtHand


class Ways(Protocol):
    """The ways of those who fill sections."""

    def back(self, at_hand: SectionAtHand) -> str:
        """Where the link above the page leads."""

    def onwards(self, at_hand: SectionAtHand) -> str:
        """Where a saved section leads."""


class ByTheList:
    """From the list of the visit to a section and back to the list."""

    def back(self, at_hand: SectionAtHand) -> str:
        """To the list."""
        return url_for("forms.visit", case_id=at_hand.case_id, visit=at_hand.visit.id)

    def onwards(self, at_hand: SectionAtHand) -> str:
        """To the list."""
        return self.back(at_hand)
