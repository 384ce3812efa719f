"""The form that one voice fills in for a visit: which sections, and what the voice has said in them so far."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.cases.answers import Answers
from pipeline.cases.record.in_voices import in_voices
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.to_answers import to_answers
from pipeline.tool.definition import Tool
from webforms.forms.choose_voice import OfferedVoice
from webforms.forms.section_at_hand import BEHALF, OWN, Asked, SectionAtHand, section_at_hand
from webforms.identity.current import CaseInView
from webforms.services import Services


@dataclass(frozen=True)
class VoiceForm:
    """The form of one voice.

    Attributes:
        offers: the voices that the visitor may choose among.
        offer: the one that was chosen.
        sections: those that may be filled in this voice now, in the official order.
    """

    view: CaseInView
    visit: Visit
    tool: Tool
    offers: tuple[OfferedVoice, ...]
    offer: OfferedVoice
    sections: tuple[SectionAtHand, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the sections."""
        return tuple(at_hand.section.key for at_hand in self.sections)

    @property
    def is_municipal(self) -> bool:
        """Whether an employee fills it in for somebody."""
        role = self.view.decision.role
        return bool(role and role.is_employed)

    @property
    def is_plan_among(self) -> bool:
        """Whether the tids- og faseplan is filled in too, which comes as Excel as well."""
        plan = self.tool.goals_field
        return any(plan in at_hand.section.fields for at_hand in self.sections)

    @property
    def asks_first(self) -> SectionAtHand | None:
        """A section whose saved words an employee may not see before they were asked to; None where all is shown."""
        return next((one for one in self.sections if one.must_be_asked_for), None)

    def handed_out(self, day: date, editions: Path) -> Answers:
        """What stands in the form when it is fetched: to an employee what has reached the municipality alone.

        Raises:
            AnswersError: the case lacks what every document needs.
        """
        return self._answers(day, editions, unsent=not self.is_municipal)

    def answers(self, day: date, editions: Path) -> Answers:
        """What the voice has said in these sections, and nothing that others have.

        Raises:
            AnswersError: the case lacks what every document needs.
        """
        return self._answers(day, editions, unsent=True)

    def _answers(self, day: date, editions: Path, *, unsent: bool) -> Answers:
        case = in_voices(self.view.case, self.visit.id, [self.offer.voice.id], self.keys, self.tool)
        return to_answers(case, self.visit.id, day, root=editions, unsent=unsent)


def voice_form(services: Services, view: CaseInView, visit_id: str, voice: str, through: str = "") -> VoiceForm | None:
    """The form of the voice that the address names, or of the usual one; None where there is none for this visitor.

    Args:
        services: know the sections.
        view: the case and who looks.
        visit_id: the visit.
        voice: key of the voice; empty: the usual one.
        through: how the words came that are to be saved.
    """
    visit = view.case.visits.get(visit_id)
    if visit is None:
        return None
    tool = services.tool(visit.edition)
    door = BEHALF if view.decision.role and view.decision.role.is_employed else OWN
    usual = [section_at_hand(services, view, visit_id, section.key, Asked(door)) for section in tool.sections]
    offers = tuple({offer.key: offer for at_hand in usual if at_hand for offer in at_hand.offers}.values())
    offer = next((one for one in offers if voice in ("", one.key)), None)
    if offer is None:
        return None
    asked = Asked(door, offer.key, through=through)
    found = [section_at_hand(services, view, visit_id, section.key, asked) for section in tool.sections]
    return VoiceForm(view, visit, tool, offers, offer, tuple(one for one in found if one and _is_fillable(one)))


def _is_fillable(at_hand: SectionAtHand) -> bool:
    return at_hand.may_write and any(field.key not in at_hand.visit.not_asked for field in at_hand.section.fields)
