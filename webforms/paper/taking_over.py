"""Takes over what a person chose from a form on paper: through the same forms and the same save as what is typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from pipeline.cases.answers import GoalOrigin
from pipeline.cases.record.visit_events import GoalPlaced
from pipeline.store.refusals import SlotRefused
from webforms.forms.conflicts import answer_in_voice
from webforms.forms.kept_draft import after_taking_over
from webforms.forms.saving import do_goals, save_answers
from webforms.forms.section_at_hand import SectionAtHand
from webforms.inputs.controls import Posted
from webforms.inputs.section_form import BASED_ON, SectionForm
from webforms.paper.compared import BOTH, USE, ToChoose
from webforms.paper.form_of_a_voice import VoiceForm, voice_form
from webforms.services import Services

ACTION = "offline.take_in"


@dataclass(frozen=True)
class TakenOver:
    """What came of it.

    Attributes:
        saved: how many answers say now what the form says.
        conflicts: keys of sections in which somebody else has written meanwhile; the choice waits there.
        unfinished: keys of sections in which something could not be taken as it stands; it waits there as a draft.
    """

    saved: int = 0
    conflicts: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()


def name_of_choice(one: ToChoose) -> str:
    """Under which name the page sends what was chosen."""
    return f"valg.{one.name}"


def chosen_of(offered: Iterable[ToChoose], posted: Posted) -> tuple[tuple[ToChoose, str], ...]:
    """What was chosen to be used; what was left alone, or kept as it is in the case, is not among it."""
    picked = ((one, posted.get(name_of_choice(one), "")) for one in offered)
    return tuple((one, how) for one, how in picked if how == USE or (how == BOTH and one.may_be_both))


def revisions_of(form: VoiceForm) -> dict[str, str]:
    """By section what the page was made from, as the page sends it back."""
    return {at_hand.section.key: at_hand.whole().revisions for at_hand in form.sections}


def take_over(
    services: Services, form: VoiceForm, chosen: Sequence[tuple[ToChoose, str]], revisions: Mapping[str, str]
) -> TakenOver:
    """Save what was chosen, a section at a time.

    Args:
        services: keep it.
        form: whose it is.
        chosen: what is to be used, and how.
        revisions: by section what the page was made from.

    Raises:
        SlotRefused: something may not be written here; what was saved before it is saved.
        StoreUnavailable: nothing more was saved.
    """
    form = _with_new_goals(services, form, [one for one, _ in chosen])
    done = TakenOver()
    for at_hand in form.sections:
        mine = [(one, how) for one, how in chosen if one.section == at_hand.section.key]
        if mine:
            done = _in_section(services, at_hand, mine, revisions.get(at_hand.section.key, "{}"), done)
    return done


def _with_new_goals(services: Services, form: VoiceForm, chosen: Iterable[ToChoose]) -> VoiceForm:
    """Place the goals that the form adds; the case as it is then."""
    case_id, visit = form.view.id, form.visit
    last = max((goal.position for goal in visit.goals.values()), default=-1)
    new = [one for one in chosen if one.new_goal and one.new_goal not in visit.goals]
    if not new:
        return form
    placed = [
        GoalPlaced(visit.id, one.new_goal, one.new_goal_type, GoalOrigin.NEW.value, last + number)
        for number, one in enumerate(new, start=1)
    ]
    services.store.cases.append(case_id, placed, form.view.actor, ACTION)
    view = replace(form.view, case=services.store.cases.case(case_id))
    through = form.sections[0].asked.through
    afresh = voice_form(services, view, visit.id, form.offer.key, through)
    if afresh is None:
        raise SlotRefused("Du kan ikke længere skrive i denne sag, og resten er ikke gemt.")
    return afresh


def _in_section(
    services: Services, at_hand: SectionAtHand, chosen: Sequence[tuple[ToChoose, str]], revisions: str, done: TakenOver
) -> TakenOver:
    typed = {line.control: line.both if how == BOTH else line.typed for one, how in chosen for line in one.lines}
    form = at_hand.whole(_posted(at_hand.whole(), typed, revisions))
    answers = [answer_in_voice(slot, form.based_on.get(slot, 0), value) for slot, value in form.changes().items()]
    draft = services.store.drafts.of(at_hand.draft)
    left = form.left_over()
    waiting = after_taking_over(draft, typed, left, [answer.slot for answer in answers])
    saved = save_answers(services, at_hand, answers, ACTION, waiting)
    regrouped = do_goals(services, at_hand, form, ACTION)
    key = at_hand.section.key
    return TakenOver(
        saved=done.saved + len(saved.written) + len(regrouped),
        conflicts=(*done.conflicts, key) if saved.conflicts else done.conflicts,
        unfinished=(*done.unfinished, key) if left else done.unfinished,
    )


def _posted(stored: SectionForm, typed: Mapping[str, str], revisions: str) -> Posted:
    """The whole section as a browser would send it: what is stored, and over it what was chosen."""
    before = {control.name: control.typed for each in stored.inputs for control in each.controls()}
    return MultiDict({**before, **typed, BASED_ON: revisions})
