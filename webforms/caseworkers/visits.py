"""A case's visits: what has come in, what is locked, what is not asked; a new one with the last one's goals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.cases.journey.outcomes import is_refused, waits_for_outcome
from pipeline.cases.record.carried_over import carried_over
from pipeline.cases.record.events import Event
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.reached import reached
from pipeline.cases.record.visit_events import FieldsNotAsked, SectionsLocked, VisitDayChanged, VisitOpened
from pipeline.cases.record.voices import members_of
from pipeline.danish import danish_date, danish_day, danish_list
from pipeline.store.clock import new_id
from pipeline.tool.definition import FilledBy, Section
from webforms.caseworkers.at_case import AtCase, address_of
from webforms.caseworkers.deeds import Deed, Remark
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.caseworkers.visit_arranging import arranged, arranging_asks
from webforms.design.page import Option
from webforms.inputs.danish_day import written_day
from webforms.whereabouts import is_over, visit_at_hand

_OPEN, _DAY = "caseworkers.open_visit", "caseworkers.visit_day"
_NOT_ASKED, _LOCK = "caseworkers.not_asked", "caseworkers.lock"
ORDINARY, EXTRA = "ordinary", "extra"


@dataclass(frozen=True)
class SectionLine:
    """A section of a visit: where it is read or filled, and who has handed it in when."""

    key: str
    title: str
    is_parents: bool
    address: str
    received: tuple[str, ...]
    is_locked: bool
    not_asked: int
    fields: int


@dataclass(frozen=True)
class VisitCard:
    """A visit with its sections.

    Attributes:
        address: of its own page.
        state: `called_off` or `refused`; else empty.
        not_held: a sentence for each day on which it came to nothing.
        waits: somebody has to write what follows from it.
    """

    id: str
    number: int
    kind: str
    day: str
    goals: int
    is_at_hand: bool
    address: str
    sections: tuple[SectionLine, ...]
    state: str
    not_held: tuple[str, ...]
    is_over: bool
    waits: bool


def visit_cards(at: AtCase) -> tuple[VisitCard, ...]:
    """The visits, the newest first."""
    at_hand = visit_at_hand(at.case, at.today)
    newest_first = sorted(at.case.visits.values(), key=lambda visit: -visit.number)
    return tuple(_card(at, visit, is_at_hand=visit == at_hand) for visit in newest_first)


def _card(at: AtCase, visit: Visit, *, is_at_hand: bool) -> VisitCard:
    tool = at.services.tool(visit.edition)
    return VisitCard(
        id=visit.id,
        number=visit.number,
        kind=visit.kind,
        day=danish_date(visit.day) if visit.day else "",
        goals=len(visit.plan),
        is_at_hand=is_at_hand,
        address=address_of("forms.visit", case_id=at.view.id, visit=visit.id),
        sections=tuple(_section(at, visit, section) for section in tool.sections),
        state=_state(at, visit),
        not_held=tuple(_not_held(at, visit)),
        is_over=is_over(at.case, visit),
        waits=waits_for_outcome(at.case, visit, at.today),
    )


def _state(at: AtCase, visit: Visit) -> str:
    if visit.id not in at.case.travelled.called_off:
        return ""
    return "refused" if is_refused(at.case, visit) else "called_off"


def _not_held(at: AtCase, visit: Visit) -> Iterator[str]:
    for one in at.case.travelled.not_held:
        if one.visit == visit.id:
            yield at.say("caseworkers.visits.last_time", day=danish_date(one.day), reason=one.reason)


def _section(at: AtCase, visit: Visit, section: Section) -> SectionLine:
    is_parents = section.filled_by is FilledBy.PARENTS
    endpoint = "forms.own" if is_parents else "forms.municipal"
    return SectionLine(
        key=section.key,
        title=at.services.law(visit.day or at.today).in_words(section.title),
        is_parents=is_parents,
        address=address_of(endpoint, case_id=at.view.id, visit=visit.id, section=section.key),
        received=tuple(_received(at, visit, section.key)),
        is_locked=section.key in visit.locked,
        not_asked=sum(field.key in visit.not_asked for field in section.fields),
        fields=len(section.fields),
    )


def _received(at: AtCase, visit: Visit, section: str) -> Iterator[str]:
    for (key, voice), moment in visit.handed_in.items():
        if key == section:
            names = danish_list([person.name for person in members_of(at.case, voice)])
            words = "received_by_phone" if (key, voice) in visit.read_back else "received"
            yield at.say(f"caseworkers.visits.{words}", names=names, day=danish_day(moment))


def _open_form(at: AtCase) -> SmallForm:
    kinds = (Option(ORDINARY, at.say(f"{_OPEN}.ordinary")), Option(EXTRA, at.say(f"{_OPEN}.extra")))
    asks = [
        Ask("kind", Look.RADIOS, required=True, options=kinds, begins=(ORDINARY,)),
        Ask("day", Look.DAY, hint=True),
        *arranging_asks(at),
    ]
    last = visit_at_hand(at.case, at.today)
    if last and last.plan:
        asks.append(Ask("carry", Look.TICK, hint=True, begins=("1",)))
    return SmallForm(_OPEN, asks, at.say)


def _open_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    last, visit_id = visit_at_hand(at.case, at.today), new_id()
    day = form.day("day")
    if day and last and last.day and day < last.day:
        form.refuse("day", f"{_OPEN}.before_the_last")
    opened = VisitOpened(
        visit=visit_id,
        number=max((one.number for one in at.case.visits.values()), default=len(at.case.earlier_visits)) + 1,
        kind=form.text("kind"),
        edition=at.services.tool().edition,
        day=day,
        before=last.id if last else "",
    )
    carried = _carried(at, last, visit_id) if last and form.ticked("carry") else ()
    told = arranged(at, form, visit_id)
    return (opened, *carried, *((told,) if day else ()))


def _carried(at: AtCase, last: Visit, visit_id: str) -> Sequence[Event]:
    """What was not handed in stays with the visit that it was written for."""
    known = reached(at.case, at.services.tool).visits[last.id]
    return carried_over(known, visit_id, last).events


def _open_remarks(at: AtCase, form: SmallForm) -> tuple[Remark, ...]:
    """A visit that has not been held yet is rather moved than followed by another."""
    last = visit_at_hand(at.case, at.today)
    if last is None or (last.day and last.day < at.today):
        return ()
    return (Remark("warning", at.say(f"{_OPEN}.not_held", number=str(last.number)), at.say(f"{_OPEN}.not_held_text")),)


def _day_form(at: AtCase) -> SmallForm:
    visit = at.visit()
    asks = (
        Ask("day", Look.DAY, hint=True, begins=(written_day(visit.day),) if visit.day else ()),
        Ask("reason", Look.AREA, hint=True, rows=2),
        *arranging_asks(at, visit),
    )
    return SmallForm(_DAY, asks, at.say)


def _day_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    visit, day = at.visit(), form.day("day")
    if visit.day and visit.day != day and not form.text("reason"):
        form.refuse("reason", f"{_DAY}.reason_missing")
    moved = () if day == visit.day else (VisitDayChanged(visit.id, day, form.text("reason")),)
    told = arranged(at, form, visit.id)
    return moved if told == at.case.notices.arranged.get(visit.id) else (*moved, told)


def _asked_form(at: AtCase) -> SmallForm:
    """A question for each section, with its fields as boxes: a set box is asked."""
    visit = at.visit()
    tool, law = at.services.tool(visit.edition), at.services.law(visit.day or at.today)
    asks = []
    for section in tool.sections:
        options = tuple(
            Option(field.key, law.in_words(f"{field.heading}: {field.label}" if field.heading else field.label))
            for field in section.fields
        )
        begins = tuple(field.key for field in section.fields if field.key not in visit.not_asked)
        label = f"({section.key}) {law.in_words(section.title)}"
        asks.append(Ask(f"afsnit-{section.key}", Look.BOXES, options=options, begins=begins, label=label))
    return SmallForm(_NOT_ASKED, asks, at.say)


def _asked_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    visit = at.visit()
    tool = at.services.tool(visit.edition)
    asked = {key for section in tool.sections for key in form.chosen(f"afsnit-{section.key}")}
    not_asked = tuple(field.key for section in tool.sections for field in section.fields if field.key not in asked)
    return () if set(not_asked) == visit.not_asked else (FieldsNotAsked(visit.id, not_asked),)


def _lock_form(at: AtCase) -> SmallForm:
    visit = at.visit()
    tool, law = at.services.tool(visit.edition), at.services.law(visit.day or at.today)
    options = tuple(Option(s.key, f"({s.key}) {law.in_words(s.title)}") for s in tool.sections)
    asks = (
        Ask("locked", Look.BOXES, hint=True, options=options, begins=tuple(sorted(visit.locked))),
        Ask("reason", Look.AREA, hint=True, rows=2),
    )
    return SmallForm(_LOCK, asks, at.say)


def _lock_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    visit = at.visit()
    wanted = set(form.chosen("locked"))
    changes = ((tuple(sorted(wanted - visit.locked)), True), (tuple(sorted(visit.locked - wanted)), False))
    if visit.locked - wanted and not form.text("reason"):
        form.refuse("reason", f"{_LOCK}.reason_missing")
    return tuple(
        SectionsLocked(visit.id, sections, locked, form.text("reason")) for sections, locked in changes if sections
    )


def _number(at: AtCase) -> str:
    return str(at.visit().number)


OPEN_VISIT = Deed(
    name="open_visit",
    path="/besoeg/nyt",
    action="visit.plan",
    form=_open_form,
    events=_open_events,
    onwards=lambda at: at.url("visits"),
    remarks=_open_remarks,
)
VISIT_DAY = Deed(
    name="visit_day",
    path="/besoeg/<visit>/dag",
    action="visit.plan",
    form=_day_form,
    events=_day_events,
    onwards=lambda at: at.url("visits"),
    record=lambda at: (at.visit().day, at.case.notices.arranged.get(at.visit().id)),
    about=_number,
)
NOT_ASKED = Deed(
    name="not_asked",
    path="/besoeg/<visit>/spoergsmaal",
    action="visit.plan",
    form=_asked_form,
    events=_asked_events,
    onwards=lambda at: at.url("visits"),
    record=lambda at: sorted(at.visit().not_asked),
    about=_number,
)
LOCK = Deed(
    name="lock",
    path="/besoeg/<visit>/laas",
    action="section.lock",
    form=_lock_form,
    events=_lock_events,
    onwards=lambda at: at.url("visits"),
    record=lambda at: sorted(at.visit().locked),
    about=_number,
)
