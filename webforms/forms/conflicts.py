"""Where two have written at the same place: both versions side by side, and what the person has chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from pipeline.cases.record.history import words_of
from pipeline.cases.record.parts import Version
from pipeline.cases.record.voices import section_of
from pipeline.cases.text_at_the_door import accept_text
from pipeline.store.drafts import Draft
from pipeline.store.save_answers import Answer
from webforms.forms.fill_section import slot_for
from webforms.forms.headline import headline
from webforms.forms.kept_draft import waiting_in
from webforms.forms.section_at_hand import SectionAtHand
from webforms.inputs.controls import Posted

_CHOICE, _BASED_ON, _TOGETHER = "valgt.", "bygger.", "sammen."
THEIRS, MINE, TOGETHER = "deres", "min", "sammen"


@dataclass(frozen=True)
class TwoVersions:
    """One place where two have written.

    Attributes:
        name: of the choice in the form; `based_on_name` of the revision that the person saw; `together_name` of words
            that hold both.
        explained: on an English page what the label means.
        together: both versions, one after the other, to be written together; empty where the answer is no plain text.
    """

    slot: str
    name: str
    based_on_name: str
    together_name: str
    label: str
    explained: str
    theirs: str
    theirs_by: str
    mine: str
    together: str
    based_on: int

    @classmethod
    def of(cls, at_hand: SectionAtHand, slot: str, theirs: Version, mine: Mapping[str, Any] | None) -> Self:
        """As the page shows it."""

        def words(value: Mapping[str, Any] | None) -> str:
            return words_of(slot, value, at_hand.tool) if value is not None else at_hand.say("forms.taken_back")

        is_text = all(value is not None and value.keys() == {"text"} for value in (theirs.value, mine))
        return cls(
            slot=slot,
            name=f"{_CHOICE}{slot}",
            based_on_name=f"{_BASED_ON}{slot}",
            together_name=f"{_TOGETHER}{slot}",
            label=at_hand.label_of(slot),
            explained=at_hand.explained(slot),
            theirs=words(theirs.value),
            theirs_by=headline(at_hand.case, theirs, at_hand.say),
            mine=words(mine),
            together=f"{words(theirs.value)}\n\n{words(mine)}" if is_text else "",
            based_on=theirs.seq,
        )


def two_versions(at_hand: SectionAtHand, draft: Draft | None) -> tuple[TwoVersions, ...]:
    """The choices that wait from an earlier save; none where the places say the same by now."""
    found = []
    for slot, mine in waiting_in(draft).items():
        theirs = at_hand.visit.answers.get(slot_for(slot, at_hand.reader.voice), ())
        if theirs and theirs[-1].value != mine and _stands(at_hand, slot):
            found.append(TwoVersions.of(at_hand, slot, theirs[-1], mine))
    return tuple(found)


def chosen_answers(at_hand: SectionAtHand, posted: Posted, draft: Draft | None) -> list[Answer]:
    """What the person chose of two versions; their own words come from the draft that waits, not from the page.

    Raises:
        AnswersError: what was written together cannot be taken.
    """
    answers = []
    for one in two_versions(at_hand, draft):
        choice, together = posted.get(one.name), posted.get(one.together_name, "").strip()
        if choice == MINE:
            answers.append(answer_in_voice(one.slot, _seen(posted, one), waiting_in(draft)[one.slot]))
        elif choice == TOGETHER and one.together and together:
            text = accept_text(together.replace("\r\n", "\n").replace("\r", "\n"), f"“{one.label}”")
            answers.append(answer_in_voice(one.slot, _seen(posted, one), {"text": text}))
    return answers


def undecided(at_hand: SectionAtHand, posted: Posted, draft: Draft | None) -> dict[str, Any]:
    """Choices that the page did not send; they go on waiting."""
    slots = [one.slot for one in two_versions(at_hand, draft) if posted.get(one.name) not in (THEIRS, MINE, TOGETHER)]
    return {slot: mine for slot, mine in waiting_in(draft).items() if slot in slots}


def answer_in_voice(slot: str, based_on: int, value: Mapping[str, Any] | None) -> Answer:
    """An answer in the voice that its slot is written in."""
    return Answer(slot, based_on, value, slot_for(slot, "").voice)


def _stands(at_hand: SectionAtHand, slot: str) -> bool:
    if slot.startswith("goal/"):
        return slot.split("/")[1] in {goal.id for goal in at_hand.visit.plan}
    return section_of(slot, at_hand.tool) is not None


def _seen(posted: Posted, one: TwoVersions) -> int:
    """The revision that the page showed; where somebody has written since, there is a choice again."""
    written = posted.get(one.based_on_name, "")
    return int(written) if written == str(one.based_on) else 0
