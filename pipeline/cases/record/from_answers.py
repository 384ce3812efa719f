"""From the answers of the sample cases to the events that make the same case, so that demos come in by the one door."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from pipeline.cases.answers import Answers, Attainment, Contribution, Enclosure, Goal, GoalText, Person, Role
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.demo_people import DemoCase
from pipeline.cases.record.events import (
    AccessDecided,
    ApprovalDecided,
    CaseOpened,
    EarlierVisitRecorded,
    Event,
    PersonRecorded,
    StandingBegun,
)
from pipeline.cases.record.history import PHONE
from pipeline.cases.record.journal_events import DocumentKept
from pipeline.cases.record.people import CasePerson, Contact, Place, Standing
from pipeline.cases.record.visit_events import (
    FieldsNotAsked,
    FieldsSkipped,
    GoalPlaced,
    SectionHandedIn,
    VisitOpened,
    Written,
)
from pipeline.cases.record.voices import SHARED, goal_slot, section_of
from pipeline.cases.values import DateValue
from pipeline.danish import COPENHAGEN
from pipeline.tool.definition import FilledBy, Kind, Tool

_PLACES: Mapping[Role, tuple[Place, ...]] = {
    Role.CHILD: (Place.CHILD,),
    Role.PARENT: (Place.PARENTAL_AUTHORITY,),
    Role.TRAINING_PARENT: (Place.PARENTAL_AUTHORITY, Place.TRAINING_PARENT),
    Role.SIBLING: (Place.SIBLING,),
    Role.METHOD_PROVIDER: (Place.METHOD_PROVIDER,),
    Role.DAYCARE: (Place.DAYCARE,),
    Role.SCHOOL: (Place.SCHOOL,),
    Role.AUTHORITY: (Place.CASEWORKER,),
    Role.PROFESSIONAL: (Place.VISITING_PROFESSIONAL,),
    Role.HEALTH_PROFESSIONAL: (Place.HEALTH_PROFESSIONAL,),
}
_NO_DEMO = DemoCase()

Given = Contribution | GoalText | Attainment


@dataclass(frozen=True)
class SampleCase:
    """A sample as a case.

    Attributes:
        happened: the events, numbered from 1; nearly in the order of time (within a field in the sample's order).
        files: id of a kept document -> its bytes, a line of text that says that it is fictional.
    """

    happened: tuple[Stamped, ...]
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class _Moment:
    after: datetime
    at: datetime
    by: str
    event: Event


def from_answers(visits: Sequence[Answers], tool: Tool, demo: DemoCase = _NO_DEMO) -> SampleCase:
    """The events of one case.

    Args:
        visits: the answers of its visits, oldest first.
        tool: the edition that they answer.
        demo: what the samples do not tell about people; without it ids stay as in the sample.
    """
    writer = _Writer(visits[0], tool, demo, _sections_of_helpers(visits, tool))
    moments = list(writer.opening())
    for number, visit in enumerate(visits):
        moments += sorted(writer.visit(visit, visits[number - 1] if number else None), key=lambda m: m.after)
    happened = tuple(Stamped(seq, m.at, m.by, m.event) for seq, m in enumerate(moments, start=1))
    files = {_file_id(v, n): _bytes(e) for v in visits for n, e in enumerate(v.enclosures, start=1)}
    return SampleCase(happened, files)


class _Writer:
    """Writes down one sample; knows ids, households and who speaks for the municipality."""

    def __init__(self, first: Answers, tool: Tool, demo: DemoCase, sections: Mapping[str, tuple[str, ...]]) -> None:
        self._first, self._tool, self._demo, self._sections = first, tool, demo, sections
        self._ids = dict(demo.ids)
        authority = next(person for person in first.people if person.role is Role.AUTHORITY)
        self._caseworker = self._id(authority)
        self._standings = tuple(self._all_standings())
        self._households = {s.person_id: s.household for s in self._standings if s.place.is_parent and s.household}

    def opening(self) -> Iterator[_Moment]:
        """The case with its people, who gets in, the approval, and the visits that nobody wrote answers of."""
        answers, at = self._first, _noon(self._first.approval.decided_on)
        team = self._demo.team or answers.municipality.unit
        place = (answers.municipality.name, answers.municipality.unit, answers.is_fictional)
        yield self._did(at, CaseOpened(answers.case_number, team, *place))
        for person in self._all_people(answers):
            yield self._did(at, PersonRecorded(person))
        for standing in self._standings:
            yield self._did(at, StandingBegun(standing))
        for parent in dict.fromkeys(s.person_id for s in self._standings if s.place.is_parent):
            yield self._did(at, AccessDecided(parent, True, "Opdigtet demosag."))
        yield self._did(at, self._approved(answers))
        for earlier in answers.earlier_visits:
            grades = tuple((goal_type.code, grade.code) for goal_type, grade in earlier.grades)
            yield self._did(at, EarlierVisitRecorded(earlier.visit_date, grades))

    def visit(self, answers: Answers, before: Answers | None) -> Iterator[_Moment]:
        """One visit with everything answered for it."""
        at = min(given.at for _, given in _everything(answers))
        visit = _visit_id(answers)
        yield self._did(
            at,
            VisitOpened(
                visit,
                answers.visit_number,
                answers.visit_kind,
                answers.edition,
                _visit_day(answers),
                _visit_id(before) if before else "",
            ),
        )
        yield from self._changes(answers, before, at)
        if never_asked := sorted(answers.not_asked - answers.why_not_asked.keys()):
            yield self._did(at, FieldsNotAsked(visit, tuple(never_asked)))
        for key, why in sorted(answers.why_not_asked.items()):
            yield self._did(at, FieldsSkipped(visit, (key,), skipped=True, reason=why))
        answered = tuple(self._answered(answers, at))
        yield from answered
        yield from self._enclosures(answers, at)
        yield from self._handed_in(answers, answered)

    def _did(self, at: datetime, event: Event, by: str = "", after: datetime | None = None) -> _Moment:
        return _Moment(after or at, at, by or self._caseworker, event)

    def _id(self, person: Person) -> str:
        return self._ids.get(person.id, person.id)

    def _all_people(self, answers: Answers) -> Iterator[CasePerson]:
        more = {person.id: person for person in self._demo.people}
        for person in answers.people:
            told = more.pop(self._id(person), CasePerson(self._id(person), ""))
            yield replace(
                told,
                name=person.name,
                title=person.title,
                organisation=person.organisation,
                contact=_contact(told.contact, person, answers),
            )
        yield from more.values()

    def _all_standings(self) -> Iterator[Standing]:
        yield from self._demo.standings
        told = {standing.person_id for standing in self._demo.standings}
        since = self._first.approval.decided_on
        for person in self._first.people:
            for place in _PLACES[person.role] if self._id(person) not in told else ():
                standing_id, sections = f"{self._id(person)}-{place}", self._sections.get(person.id, ())
                yield Standing(
                    standing_id, self._id(person), place, since, sections=sections if place.is_helper else ()
                )

    def _approved(self, answers: Answers) -> ApprovalDecided:
        a = answers.approval
        return ApprovalDecided(a.decided_on, a.extent, a.methods, a.goals, a.supervision_frame, a.health_elements)

    def _changes(self, answers: Answers, before: Answers | None, at: datetime) -> Iterator[_Moment]:
        """What a later visit knows otherwise: a sibling is a year older, a new approval was given."""
        if before is None:
            return
        known = set(self._all_people(before))
        for person in self._all_people(answers):
            if person not in known:
                yield self._did(at, PersonRecorded(person))
        if answers.approval != before.approval:
            yield self._did(at, self._approved(answers))

    def _answered(self, answers: Answers, opened: datetime) -> Iterator[_Moment]:
        visit = _visit_id(answers)
        for position, goal in enumerate(answers.goals):
            yield from self._goal(visit, goal, position, opened)
        for key, contributions in answers.contributions.items():
            yield from self._written(visit, key, contributions)

    def _goal(self, visit: str, goal: Goal, position: int, opened: datetime) -> Iterator[_Moment]:
        said: tuple[Given, ...] = (*goal.focus, *goal.attainment, *goal.next)
        first = min(said, key=lambda given: given.at, default=None)
        at, by = (first.at, self._id(first.by)) if first else (opened, "")
        placed = GoalPlaced(visit, goal.id, goal.goal_type.code, goal.origin.value, position, goal.before)
        yield self._did(at, placed, by)
        if goal.wording:
            words = {"text": goal.wording}
            yield self._did(at, Written(visit, goal_slot(goal.id, "wording"), SHARED, words), by)
        yield from self._written(visit, goal_slot(goal.id, "focus"), goal.focus)
        yield from self._written(visit, goal_slot(goal.id, "attainment"), goal.attainment)
        yield from self._written(visit, goal_slot(goal.id, "next"), goal.next)

    def _written(self, visit: str, slot: str, contributions: Sequence[Given]) -> Iterator[_Moment]:
        """Each contribution in a voice of its own; the sample's order is kept even where the times are another."""
        used: set[str] = set()
        after = contributions[0].at if contributions else None
        for given in contributions:
            after = max(after or given.at, given.at)
            whose = given.on_behalf_of or given.by
            voice = self._voice(whose, used)
            behalf = self._id(given.on_behalf_of) if given.on_behalf_of else ""
            through = PHONE if given.by_phone else "web"
            written = Written(visit, slot, voice, given.value.as_json(), behalf, through)
            yield self._did(given.at, written, self._id(given.by), after)

    def _voice(self, whose: Person, used: set[str]) -> str:
        """The household's voice for the first of its parents, then each one's own.

        Raises:
            ValueError: somebody answers one field twice; the case has no place for that.
        """
        own = self._id(whose)
        voice = next((v for v in (self._households.get(own, own), own) if v not in used), None)
        if voice is None:
            raise ValueError("one person answers a field twice")
        used.add(voice)
        return voice

    def _enclosures(self, answers: Answers, opened: datetime) -> Iterator[_Moment]:
        after = opened
        for number, enclosure in enumerate(answers.enclosures, start=1):
            at = max(opened, _noon(enclosure.dated))
            after = max(after, at)
            yield self._did(at, _kept(enclosure, _file_id(answers, number), _visit_id(answers)), after=after)

    def _handed_in(self, answers: Answers, answered: Sequence[_Moment]) -> Iterator[_Moment]:
        """Each voice's part of a section, at its last word there."""
        nobodys = {SHARED, *(self._id(person) for person in answers.people if person.role.is_municipal)}
        last: dict[tuple[str, str], _Moment] = {}
        for one in answered:
            if isinstance(one.event, Written) and one.event.voice not in nobodys:
                section = section_of(one.event.slot, self._tool)
                if section and section.filled_by is FilledBy.PARENTS:
                    place = (section.key, one.event.voice)
                    last[place] = max(last.get(place, one), one, key=lambda moment: moment.at)
        for (key, voice), one in last.items():
            yield self._did(one.at, SectionHandedIn(_visit_id(answers), key, voice), one.by)


def _contact(told: Contact, person: Person, answers: Answers) -> Contact:
    """The contact person's phone stands with the municipality in the samples."""
    if f"{person.name}, {person.title}" == answers.municipality.contact:
        return replace(told, phone=answers.municipality.phone)
    return told


def _kept(enclosure: Enclosure, file: str, visit: str) -> DocumentKept:
    content = _bytes(enclosure)
    return DocumentKept(
        file=file,
        kind="bilag",
        title=enclosure.title,
        original_name=f"{file}.txt",
        media_type="text/plain",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        visit=visit,
        received_from=enclosure.received_from,
        dated=enclosure.dated,
    )


def _bytes(enclosure: Enclosure) -> bytes:
    return f"Opdigtet bilag til afprøvning: {enclosure.title}\n".encode()


def _sections_of_helpers(visits: Sequence[Answers], tool: Tool) -> dict[str, tuple[str, ...]]:
    """The sections each person writes in: those a helper is let in to."""
    sections: dict[str, dict[str, None]] = {}
    for visit in visits:
        for section, given in _in_parents_sections(visit, tool):
            sections.setdefault(given.by.id, {})[section] = None
    return {person: tuple(sorted(keys)) for person, keys in sections.items()}


def _in_parents_sections(answers: Answers, tool: Tool) -> Iterator[tuple[str, Given]]:
    section_of = {f.key: s.key for s in tool.sections if s.filled_by is FilledBy.PARENTS for f in s.fields}
    plan = next(s.key for s in tool.sections if any(f.kind is Kind.GOALS for f in s.fields))
    for key, given in _everything(answers):
        section = plan if key.startswith("goal/") else section_of.get(key)
        if section:
            yield section, given


def _everything(answers: Answers) -> Iterator[tuple[str, Given]]:
    for key, contributions in answers.contributions.items():
        yield from ((key, given) for given in contributions)
    for goal in answers.goals:
        given: tuple[Given, ...] = (*goal.focus, *goal.attainment, *goal.next)
        yield from ((f"goal/{goal.id}", one) for one in given)


def _visit_day(answers: Answers) -> date | None:
    days = [c.value.day for c in answers.of("visit_date") if isinstance(c.value, DateValue)]
    return days[-1] if days else None


def _visit_id(answers: Answers) -> str:
    return f"besoeg-{answers.visit_number}"


def _file_id(answers: Answers, number: int) -> str:
    return f"bilag-{answers.case_number.lower()}-{answers.visit_number}-{number}"


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), COPENHAGEN)
