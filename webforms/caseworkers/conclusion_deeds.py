"""What the municipality does with a conclusion: decide what goes into the report, place the goals, show the family."""

from collections.abc import Iterator, Sequence

from flask import abort

from pipeline.cases.record.after_visit import is_changed_since, last_shared, sharing, to_share
from pipeline.cases.record.events import Event
from pipeline.cases.record.final_goals import final_goals
from pipeline.cases.record.history import words_of
from pipeline.cases.record.parts import Slot
from pipeline.cases.record.protected import found_in
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.visit_events import AfterVisitShared, ContributionWeighed, FinalGoalPlace, FinalGoalsPlaced
from pipeline.danish import danish_list
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.deeds import Deed, Remark
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.caseworkers.what_is_weighed import is_weighed, place_of
from webforms.design.page import Option
from webforms.forms.choose_voice import names_of

_WEIGH, _PLACE, _SHARE = "caseworkers.weigh", "caseworkers.place_goals", "caseworkers.share"
_IN, _OUT = "med", "ikke-med"
_PLANNED, _NEW, _NEITHER = "maal", "nyt", "ikke-i-planen"
_BETWEEN = "~"


def _weighed_slot(at: AtCase) -> Slot:
    """The answer that the address names by its first event; only what professionals wrote is weighed."""
    visit = at.visit()
    tool = at.services.tool(visit.edition)
    for slot, versions in visit.answers.items():
        if str(versions[0].seq) == at.address.get("answer") and is_weighed(at.case, visit, slot, tool):
            return slot
    abort(404)


def _weigh_form(at: AtCase) -> SmallForm:
    slot = _weighed_slot(at)
    decided = at.visit().weighed.get(slot)
    options = (Option(_IN, at.say(f"{_WEIGH}.in")), Option(_OUT, at.say(f"{_WEIGH}.out")))
    begins = _IN if decided is None or decided.included else _OUT
    asks = (
        Ask("how", Look.RADIOS, required=True, options=options, begins=(begins,)),
        Ask("reason", Look.AREA, hint=True, rows=2, begins=(decided.reason,) if decided and decided.reason else ()),
    )
    return SmallForm(_WEIGH, asks, at.say)


def _weigh_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    slot, included, reason = _weighed_slot(at), form.text("how") == _IN, form.text("reason")
    if not included and not reason:
        form.refuse("reason", f"{_WEIGH}.reason_missing")
    return (ContributionWeighed(at.visit().id, slot.key, slot.voice, included, reason),)


def _weigh_remarks(at: AtCase, form: SmallForm) -> tuple[Remark, ...]:
    slot, visit = _weighed_slot(at), at.visit()
    current = visit.current(slot)
    words = words_of(slot.key, (current.value if current else None) or {}, at.services.tool(visit.edition))
    return (Remark("info", names_of(at.case, slot.voice, at.say), words),)


def _weighed_field(at: AtCase) -> str:
    slot, visit = _weighed_slot(at), at.visit()
    if slot.key.startswith("goal/"):
        return wording_of(visit, slot.key.split("/")[1])
    field = at.services.tool(visit.edition).find(slot.key)
    return at.services.law(visit.day or at.today).in_words(field.heading or field.label) if field else slot.key


def _place_form(at: AtCase) -> SmallForm:
    """A question for each final goal: which goal of the plan it goes on with, or which måltype a new one has."""
    visit = at.visit()
    planned = [
        Option(f"{_PLANNED}{_BETWEEN}{goal.id}", at.say(f"{_PLACE}.planned", goal=wording_of(visit, goal.id)))
        for goal in visit.plan
    ]
    new = [
        Option(f"{_NEW}{_BETWEEN}{choice.code}", at.say(f"{_PLACE}.new", type=choice.label))
        for choice in at.services.tool(visit.edition).goal_types
    ]
    neither = Option(_NEITHER, at.say(f"{_PLACE}.neither"))
    asks = [
        Ask(f"maal-{number}", Look.LIST, options=(*planned, *new, neither), begins=_begins(goal.place), label=goal.goal)
        for number, goal in enumerate(final_goals(visit), start=1)
    ]
    return SmallForm(_PLACE, asks, at.say)


def _begins(place: FinalGoalPlace | None) -> tuple[str, ...]:
    if place is None:
        return ()
    if not place.goal_type:
        return (_NEITHER,)
    kind, which = (_PLANNED, place.continues) if place.continues else (_NEW, place.goal_type)
    return (f"{kind}{_BETWEEN}{which}",)


def _place_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    visit = at.visit()
    chosen: dict[str, str] = {}
    for number, goal in enumerate(final_goals(visit), start=1):
        kind, _, which = form.text(f"maal-{number}").partition(_BETWEEN)
        if not kind:
            form.refuse(f"maal-{number}", f"{_PLACE}.missing", goal=goal.goal)
        elif kind == _PLANNED and which in chosen:
            form.refuse(f"maal-{number}", f"{_PLACE}.twice", goal=chosen[which])
        elif kind == _PLANNED:
            chosen[which] = goal.goal
    return (FinalGoalsPlaced(visit.id, tuple(_places(at, form))),)


def _places(at: AtCase, form: SmallForm) -> Iterator[FinalGoalPlace]:
    visit = at.visit()
    for number, goal in enumerate(final_goals(visit), start=1):
        kind, _, which = form.text(f"maal-{number}").partition(_BETWEEN)
        if kind == _NEW:
            yield FinalGoalPlace(goal.goal, which)
        elif kind == _PLANNED:
            yield FinalGoalPlace(goal.goal, visit.goals[which].goal_type, which)
        elif kind == _NEITHER:
            yield FinalGoalPlace(goal.goal, "")


def _share_form(at: AtCase) -> SmallForm:
    shared = last_shared(at.visit())
    greeting = (shared.what.greeting,) if shared and shared.what.greeting else ()
    asks = (
        Ask("greeting", Look.AREA, hint=True, rows=3, begins=greeting),
        Ask("looked", Look.TICK, required=True),
    )
    return SmallForm(_SHARE, asks, at.say)


def _share_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    visit = at.visit()
    shares = to_share(visit, form.text("greeting"))
    if not shares.agreements and not shares.goals:
        form.refuse("greeting", f"{_SHARE}.nothing")
    return sharing(at.case, visit, form.text("greeting"))


def _share_remarks(at: AtCase, form: SmallForm) -> Iterator[Remark]:
    """What the family will read, and a warning where it tells a protected address."""
    visit, say = at.visit(), at.say
    shares = to_share(visit)
    agreements = danish_list([one.what for one in shares.agreements]) or say(f"{_SHARE}.none")
    goals = danish_list([one.goal for one in shares.goals]) or say(f"{_SHARE}.none")
    told = say(f"{_SHARE}.told", agreements=agreements, goals=goals)
    yield Remark("info", say(f"{_SHARE}.will_see"), told)
    if is_changed_since(visit):
        yield Remark("warning", say(f"{_SHARE}.changed"), say(f"{_SHARE}.changed_text"))
    texts = "\n".join(_texts(shares))
    protected = [person for person in at.case.people.values() if person.contact.protected]
    if any(found_in(texts, person) for person in protected):
        yield Remark("error", say(f"{_SHARE}.protected"), say(f"{_SHARE}.protected_text"))


def _texts(shares: AfterVisitShared) -> Iterator[str]:
    for agreement in shares.agreements:
        yield f"{agreement.what} {agreement.who}"
    for goal in shares.goals:
        yield f"{goal.goal} {goal.measure}"


def _back(at: AtCase) -> str:
    return at.url("conclusion", visit=at.visit().id)


def _number(at: AtCase) -> str:
    return str(at.visit().number)


WEIGH = Deed(
    name="weigh",
    path="/besoeg/<visit>/konklusion/svar/<answer>",
    action="conclusion.weigh",
    form=_weigh_form,
    events=_weigh_events,
    onwards=lambda at: at.url("conclusion", visit=at.visit().id, _anchor=place_of(_weighed_slot(at).key)),
    reads="conclusion.read",
    record=lambda at: at.visit().weighed.get(_weighed_slot(at)),
    remarks=_weigh_remarks,
    about=_weighed_field,
)
PLACE_GOALS = Deed(
    name="place_goals",
    path="/besoeg/<visit>/konklusion/maal",
    action="visit.plan",
    form=_place_form,
    events=_place_events,
    onwards=_back,
    reads="conclusion.read",
    record=lambda at: [goal.goal for goal in final_goals(at.visit())],
    about=_number,
)
SHARE = Deed(
    name="share",
    path="/besoeg/<visit>/konklusion/vis-familien",
    action="conclusion.share",
    form=_share_form,
    events=_share_events,
    onwards=_back,
    reads="conclusion.read",
    record=lambda at: to_share(at.visit()),
    remarks=lambda at, form: tuple(_share_remarks(at, form)),
    about=_number,
)
