"""Where two have written at the same place: both versions side by side, and what the person has chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from pipeline.cases.record.history import headline_of, words_of
from pipeline.cases.record.parts import Version
from pipeline.cases.record.voices import section_of
from pipeline.store.drafts import Draft
from pipeline.store.save_answers import Answer
from webforms.forms.fill_section import slot_for
from webforms.inputs.controls import Posted

if TYPE_CHECKING:
    from webforms.forms.section_at_hand import SectionAtHand

_CHOICE, _BASED_ON, _MINE = "valgt.", "bygger.", "min"


@dataclass(frozen=True)
class TwoVersions:
    """One place where two have written.

    Attributes:
        name: of the choice in the form; `based_on_name` of the revision that the person saw.
    """

    slot: str
    name: str
    based_on_name: str
    label: str
    theirs: str
    theirs_by: str
    mine: str
    based_on: int

    @classmethod
    def of(cls, at_hand: "SectionAtHand", slot: str, theirs: Version, mine: Mapping[str, Any] | None) -> Self:
        """As the page shows it."""

        def words(value: Mapping[str, Any] | None) -> str:
            return words_of(slot, value, at_hand.tool) if value is not None else at_hand.say("forms.taken_back")

        return cls(
            slot=slot,
            name=f"{_CHOICE}{slot}",
            based_on_name=f"{_BASED_ON}{slot}",
            label=at_hand.label_of(slot),
            theirs=words(theirs.value),
            theirs_by=headline_of(at_hand.case, theirs),
            mine=words(mine),
            based_on=theirs.seq,
        )


def two_versions(at_hand: "SectionAtHand", draft: Draft | None) -> tuple[TwoVersions, ...]:
    """The choices that wait from an earlier save; none where the places say the same by now."""
    waiting = draft.words.items() if draft else ()
    found = []
    for slot, mine in waiting:
        if section_of(slot, at_hand.tool) is None:
            continue
        theirs = at_hand.visit.answers.get(slot_for(slot, at_hand.reader.voice), ())
        if theirs and theirs[-1].value != mine:
            found.append(TwoVersions.of(at_hand, slot, theirs[-1], mine))
    return tuple(found)


def chosen_answers(at_hand: "SectionAtHand", posted: Posted, draft: Draft | None) -> list[Answer]:
    """What the person chose of two versions; their own words come from the draft that waits, not from the page."""
    waiting = {one.slot: one for one in two_versions(at_hand, draft)}
    return [
        answer_in_voice(slot, _seen(posted, one), (draft.words if draft else {})[slot])
        for slot, one in waiting.items()
        if posted.get(one.name) == _MINE
    ]


def answer_in_voice(slot: str, based_on: int, value: Mapping[str, Any] | None) -> Answer:
    """An answer in the voice that its slot is written in."""
    return Answer(slot, based_on, value, slot_for(slot, "").voice)


def _seen(posted: Posted, one: TwoVersions) -> int:
    """The revision that the page showed; where somebody has written since, there is a choice again."""
    written = posted.get(one.based_on_name, "")
    return int(written) if written == str(one.based_on) else 0
