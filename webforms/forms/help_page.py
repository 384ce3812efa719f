"""Where a caseworker who holds the pen for somebody says that they were asked to, before they see what is not sent in.

What is saved and not handed in is its writers' own. Whoever rings and asks for help wants their words seen; the case
remembers who asked whom and when, and shows it to them.
"""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.visit_events import HelpAsked
from webforms.forms.choose_voice import names_of
from webforms.forms.section_at_hand import BEHALF, Asked, SectionAtHand, section_at_hand
from webforms.identity.current import case_in_view
from webforms.identity.marked import needs
from webforms.services import Services

_ACTION = "part.on_behalf"
_PATH = "/sager/<case_id>/besoeg/<visit>/for-en-anden"
_SEE_OTHER = 303


def help_address(at_hand: SectionAtHand, form_on_paper: str = "") -> str:
    """The page where a caseworker says that they were asked.

    Args:
        at_hand: the section that they want to write in.
        form_on_paper: id of the file that they want to look at instead.
    """
    voice = at_hand.offer.key if at_hand.offer else ""
    named: dict[str, Any] = {"case_id": at_hand.case_id, "visit": at_hand.visit.id, "afsnit": at_hand.section.key}
    return url_for("forms.help", **named, som=voice, skema=form_on_paper or None)


class HelpPage:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule(_PATH, "help", self._show, methods=["GET"])
        pages.add_url_rule(_PATH, "help_asked", self._asked, methods=["POST"])

    @needs(_ACTION)
    def _show(self, case_id: str, visit: str) -> str:
        at_hand = self._at_hand(visit)
        return render_template(
            "forms/help.html",
            names=at_hand.offer.names if at_hand.offer else "",
            teller=names_of(at_hand.case, at_hand.writer.on_behalf_of, at_hand.say),
            back=url_for("forms.visit", case_id=case_id, visit=visit),
            where=at_hand.where,
        )

    @needs(_ACTION)
    def _asked(self, case_id: str, visit: str) -> AnyResponse:
        at_hand = self._at_hand(visit)
        if at_hand.must_be_asked_for:
            asked = HelpAsked(visit, at_hand.writer.on_behalf_of, at_hand.writer.voice)
            self._services.store.cases.append(case_id, (asked,), at_hand.writer.by, _ACTION)
        return redirect(self._onwards(at_hand), _SEE_OTHER)

    def _onwards(self, at_hand: SectionAtHand) -> str:
        form_on_paper = request.args.get("skema", "")
        if not form_on_paper:
            return url_for(f"forms.{BEHALF}", **at_hand.address())
        case_id, voice = at_hand.case_id, request.args.get("som", "")
        return url_for("paper.compare", case_id=case_id, visit=at_hand.visit.id, file_id=form_on_paper, som=voice)

    def _at_hand(self, visit: str) -> SectionAtHand:
        """The section in the voice that the address names; 404 where nobody writes for anybody there."""
        asked = Asked(BEHALF, request.args.get("som", ""))
        at_hand = section_at_hand(self._services, case_in_view(), visit, request.args.get("afsnit", ""), asked)
        return at_hand if at_hand and at_hand.offer else abort(404)
