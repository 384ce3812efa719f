"""An entry of the family's diary as evidence for a goal: a copy of its words, put where the grade is reasoned."""

from pipeline.danish import danish_date
from webforms.forms.kept_draft import Pair
from webforms.forms.section_at_hand import SectionAtHand
from webforms.inputs.section_form import SectionForm

FROM_DIARY = "diary"
"""What the button says; which goal and which entry stand behind it with a `/` between."""


def from_diary(at_hand: SectionAtHand, form: SectionForm) -> tuple[Pair, ...]:
    """What the press of the button puts into the form; the entry itself is not shared by it."""
    press = form.press
    if press is None or press.deed != FROM_DIARY or at_hand.reader.hidden is None:
        return ()
    goal_id, _, entry_id = press.which.partition("/")
    card = next((card for card in form.goal_cards if card.goal.id == goal_id), None)
    entry = at_hand.case.diary.get(entry_id)
    if card is None or entry is None or entry.voice not in at_hand.reader.hidden.voices:
        return ()
    words = f"{danish_date(entry.on)}: {entry.text}"
    if words in card.reason.typed:
        return ()
    return ((card.reason.name, f"{card.reason.typed}\n{words}".lstrip("\n")),)
