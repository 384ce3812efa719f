"""What the case knows of the municipality's part before a visit: laid in as a draft, so nothing is written twice."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.parts import Visit
from webforms.caseworkers.at_case import AtCase, at_case
from webforms.caseworkers.preparing_follow_up import follow_up
from webforms.caseworkers.preparing_material import material, material_day
from webforms.caseworkers.preparing_team import contact_lines
from webforms.caseworkers.visit_themes import Known, known_of, section_of_field
from webforms.forms.kept_draft import laid_over, typed_in
from webforms.forms.section_at_hand import MUNICIPAL, Asked, SectionAtHand, section_at_hand
from webforms.identity.marked import needs
from webforms.inputs.danish_day import written_day
from webforms.inputs.section_form import BASED_ON
from webforms.services import Services

_SEE_OTHER = 303


@dataclass(frozen=True)
class Offer:
    """Answers that the case knows to fields of one section that nobody has begun to answer.

    Attributes:
        typed: by key of the field, as it is written in the form.
    """

    at_hand: SectionAtHand
    typed: Mapping[str, str]


def offers(at: AtCase) -> tuple[Offer, ...]:
    """Section by section what can be laid in."""
    visit = at.visit()
    tool = at.services.tool(visit.edition)
    known = {key: words for key, what in known_of(tool).items() if (words := _known(at, visit, what))}
    sections = dict.fromkeys(section_of_field(tool, key).key for key in known)
    return tuple(offer for section in sections for offer in _offer(at, section, known))


class KnownPages:
    """The address that lays it in.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        path = "/sager/<case_id>/besoeg/<visit>/forberedelse/det-vi-ved"
        pages.add_url_rule(path, "lay_in", self._lay_in, methods=["POST"])

    @needs("municipality.write")
    def _lay_in(self, case_id: str, visit: str) -> AnyResponse:
        at = at_case(self._services, {"visit": visit})
        found = offers(at)
        for offer in found:
            _keep(at, offer)
        if not found:
            return redirect(at.url("preparing", visit=at.visit().id), _SEE_OTHER)
        section = found[0].at_hand.section.key
        return redirect(url_for("forms.municipal", case_id=case_id, visit=visit, section=section), _SEE_OTHER)


def _offer(at: AtCase, section: str, known: Mapping[str, str]) -> Iterator[Offer]:
    at_hand = section_at_hand(at.services, at.view, at.visit().id, section, Asked(MUNICIPAL))
    if at_hand is None or not at_hand.may_write:
        return
    form = at_hand.form(typed_in(at.services.store.drafts.of(at_hand.draft)))
    blank = {each.asked.key for each in form.inputs if all(control.is_blank for control in each.controls())}
    typed = {key: words for key, words in known.items() if key in blank}
    if typed:
        yield Offer(at_hand, typed)


def _keep(at: AtCase, offer: Offer) -> None:
    """Over what is typed already, so that the page shows both."""
    drafts, of = at.services.store.drafts, offer.at_hand.draft
    draft = drafts.of(of)
    sent = typed_in(draft) or MultiDict()
    sent.update(offer.typed)
    sent[BASED_ON] = json.dumps(dict(offer.at_hand.form(typed_in(draft)).based_on))
    drafts.keep(of, drafts.count(of) + 1, laid_over(draft, sent.items(multi=True), offer.at_hand.stands_here))


def _known(at: AtCase, visit: Visit, what: Known) -> str:
    last = at.case.visits.get(visit.before)
    earlier = at.case.earlier_visits[-1].day if at.case.earlier_visits else None
    match what:
        case Known.TEAM:
            return contact_lines(at, visit)
        case Known.FOLLOW_UP:
            return "\n".join(point.words for point in follow_up(at, visit).points)
        case Known.VISIT_DAY:
            day = visit.day
        case Known.LAST_VISIT_DAY:
            day = last.day if last else earlier
        case Known.MATERIAL_DAY:
            day = material_day(visit, material(at, visit))
    return written_day(day) if day else ""
