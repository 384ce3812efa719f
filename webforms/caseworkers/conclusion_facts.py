"""What the page of a visit's conclusion shows: what the report lacks, what each professional wrote, what is in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.cases.record.after_visit import is_changed_since, last_shared
from pipeline.cases.record.final_goals import FinalGoal, final_goals
from pipeline.cases.record.history import name_of, words_of
from pipeline.cases.record.parts import Slot, Visit
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.voices import voices_of
from pipeline.cases.values import TableValue, parse_value
from pipeline.danish import danish_moment
from pipeline.documents.contents.report import CONDITIONS, HEALTH_CONDITION
from pipeline.documents.visit_report import Missing, Where, missing_for_report, other_visit_days
from pipeline.law.dated_law import Law
from pipeline.tool.definition import Field, FilledBy, Kind, Section, Tool, label_of
from webforms.caseworkers.at_case import AtCase, address_of
from webforms.caseworkers.what_is_weighed import place_of, weighed_at_goals
from webforms.design.page import Task
from webforms.forms.choose_voice import names_of
from webforms.forms.section_at_hand import CONCLUSION, MUNICIPAL
from webforms.forms.shown_words import short_label

_CHAPTERS: Mapping[str, tuple[str, ...]] = {
    "conditions": (*CONDITIONS, HEALTH_CONDITION, "health_participants"),
    "recommendation": ("recommendation", "conclusion"),
    "goals": ("final_goals",),
    "agreements": ("agreements", "follow_up_points", "next_follow_up_date"),
}
"""The chapters that stand first, and the fields in them; whatever else an edition asks follows by section."""


@dataclass(frozen=True)
class Contribution:
    """What one professional wrote to a field.

    Attributes:
        columns, rows: of a table; `words` of anything else.
        about: which column of the plan; empty where the field says it.
        weigh: where it is decided whether it goes into the report; empty where the visitor does not decide that.
        decided: who decided and when; empty where nobody has.
        is_changed: whether it was rewritten after the decision.
    """

    who: str
    words: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_in: bool
    weigh: str
    decided: str
    reason: str
    is_changed: bool
    about: str = ""


@dataclass(frozen=True)
class FieldCard:
    """A field with everything said to it.

    Attributes:
        write: where the visitor writes their own answer; empty where they may not.
        has_own: whether the visitor has answered already.
    """

    key: str
    label: str
    said: tuple[Contribution, ...]
    is_missing: bool
    write: str
    has_own: bool


@dataclass(frozen=True)
class Chapter:
    """Fields that belong together; `title` where it is the tool's own."""

    key: str
    title: str
    fields: tuple[FieldCard, ...]


@dataclass(frozen=True)
class PlacedGoal:
    """A final goal and where it belongs in the next plan; `place` is empty while nobody has said."""

    goal: str
    place: str


@dataclass(frozen=True)
class Conclusion:
    """The page.

    Attributes:
        missing: what the report may not lack, each with the place where it is put right.
        doubts: what it would say that the case says otherwise; no hindrance, but worth a look.
        shared: when and by whom the family was shown what was agreed; empty while it was not.
        is_changed: whether the conclusion says something else by now.
    """

    missing: tuple[Task, ...]
    doubts: tuple[Task, ...]
    chapters: tuple[Chapter, ...]
    goals: tuple[PlacedGoal, ...]
    shared: str
    is_changed: bool

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way of the report."""
        return not self.missing


def conclusion_of(at: AtCase) -> Conclusion:
    """The conclusion of the visit in the address."""
    visit = at.visit()
    missing = missing_for_report(at.case, visit.id, at.today, at.services.editions)
    desk = _Desk(at, visit, missing)
    shared = last_shared(visit)
    return Conclusion(
        missing=tuple(desk.task(one) for one in missing),
        doubts=tuple(desk.doubts()),
        chapters=tuple(desk.chapters()),
        goals=tuple(PlacedGoal(goal.goal, desk.place(goal)) for goal in final_goals(visit)),
        shared=f"{danish_moment(shared.at)}, {name_of(at.case, shared.by)}" if shared else "",
        is_changed=is_changed_since(visit),
    )


class _Desk:
    """The visit as one professional has it in front of them."""

    def __init__(self, at: AtCase, visit: Visit, missing: tuple[Missing, ...]) -> None:
        self._at, self._visit = at, visit
        self._tool: Tool = at.services.tool(visit.edition)
        self._law: Law = at.services.law(visit.day or at.today)
        self._gaps = {one.gap.key for one in missing if one.gap}
        self._own = _own_sections(at, self._tool) - visit.locked
        self._may_weigh = at.may("conclusion.weigh")

    def task(self, missing: Missing) -> Task:
        """A line of the list of what is missing."""
        at = self._at
        if missing.gap and (field := self._tool.find(missing.gap.key)):
            lacks = at.say(f"caseworkers.conclusion.lacks_{'reason' if missing.gap.has_answer else 'answer'}")
            return Task(missing.gap.label, lacks, self._write(field) or f"#{field.key}", "warning")
        address = {
            Where.VISIT_DAY: at.url("visit_day", visit=self._visit.id),
            Where.APPROVAL: at.url("approve"),
            Where.CASEWORKER: at.url("assign"),
        }.get(missing.where, at.url("people"))
        return Task(missing.words, at.say("caseworkers.conclusion.lacks_answer"), address, "warning")

    def doubts(self) -> Iterator[Task]:
        """A line for each day that was written as the visit's and is not; a visit without a day lacks it."""
        field, day = self._tool.find("visit_date"), self._visit.day
        if field is None or day is None:
            return
        for other in other_visit_days(self._visit, self._tool):
            written, held = self._at.say.day(other), self._at.say.day(day)
            words = self._at.say("caseworkers.conclusion.other_day", written=written, day=held)
            state = self._at.say("caseworkers.conclusion.doubtful")
            yield Task(words, state, self._write(field) or f"#{field.key}", "warning")

    def chapters(self) -> Iterator[Chapter]:
        """The chapters that stand first, then the rest of the municipality's own sections, section by section."""
        first = {key for keys in _CHAPTERS.values() for key in keys}
        for chapter, keys in _CHAPTERS.items():
            fields = (field for key in keys if (field := self._tool.find(key)))
            yield Chapter(chapter, "", tuple(self._card(field) for field in fields))
        if goals := tuple(self._goal_cards()):
            yield Chapter("plan", "", goals)
        for section in self._tool.sections:
            rest = [one for one in section.fields if one.key not in first and one.kind is not Kind.DRAWN]
            if rest and section.own and section.filled_by is FilledBy.MUNICIPALITY:
                title = f"({section.key}) {self._law.in_words(section.title)}"
                yield Chapter(section.key, title, tuple(self._card(field) for field in rest))

    def place(self, goal: FinalGoal) -> str:
        """Where a final goal belongs in the plan, in words."""
        if goal.place is None:
            return ""
        if not goal.place.goal_type:
            return self._at.say("caseworkers.conclusion.not_in_plan")
        if goal.place.continues:
            continued = wording_of(self._visit, goal.place.continues)
            return self._at.say("caseworkers.conclusion.continues", goal=continued)
        goal_type = label_of(self._tool.goal_types, goal.place.goal_type)
        return self._at.say("caseworkers.conclusion.new_goal", type=goal_type)

    def _card(self, field: Field) -> FieldCard:
        slots = [slot for slot in self._visit.answers if slot.key == field.key and self._visit.current(slot)]
        has_own = any(slot.voice == self._at.view.actor for slot in slots)
        label = self._law.in_words(f"{field.heading}: {field.label}" if field.heading else field.label)
        said = tuple(self._contribution(field, slot) for slot in slots)
        return FieldCard(field.key, label, said, field.key in self._gaps, self._write(field), has_own)

    def _goal_cards(self) -> Iterator[FieldCard]:
        """The goals of the plan that professionals wrote to; what others wrote to them always goes in."""
        plan = self._tool.goals_field
        labels = {column.key: short_label(self._law.in_words(column.label)) for column in plan.columns}
        for number, goal, slots in weighed_at_goals(self._at.case, self._visit, self._tool):
            said = (
                replace(self._contribution(plan, slot), about=labels.get(slot.key.rpartition("/")[2], ""))
                for slot in slots
            )
            label = self._at.say("caseworkers.conclusion.goal", number=number, goal=wording_of(self._visit, goal))
            has_own = any(slot.voice == self._at.view.actor for slot in slots)
            place = place_of(slots[0].key)
            yield FieldCard(place, label, tuple(said), is_missing=False, write=self._write(plan), has_own=has_own)

    def _contribution(self, field: Field, slot: Slot) -> Contribution:
        current, decided = self._visit.current(slot), self._visit.weighed.get(slot)
        given = (current.value if current else None) or {}
        # What stands at a goal is no value of the plan's field, but words and a grade.
        value = None if field.kind is Kind.GOALS else parse_value(given, field, field.label)
        table = value if isinstance(value, TableValue) else None
        first = self._visit.answers[slot][0].seq
        return Contribution(
            who=names_of(self._at.case, slot.voice, self._at.say),
            words="" if table else words_of(slot.key, given, self._tool),
            columns=tuple(column.label for column in table.columns) if table else (),
            rows=tuple(tuple(cell.as_text() for cell in row) for row in table.rows) if table else (),
            is_in=self._visit.in_report(slot) is not None,
            weigh=self._at.url("weigh", visit=self._visit.id, answer=first) if self._may_weigh else "",
            decided=f"{name_of(self._at.case, decided.by)}, {danish_moment(decided.at)}" if decided else "",
            reason=decided.reason if decided else "",
            is_changed=bool(current and decided and current.seq > decided.seq),
        )

    def _write(self, field: Field) -> str:
        section = _section(self._tool, field)
        if section.key not in self._own:
            return ""
        number = section.fields.index(field) + 1
        address = {"visit": self._visit.id, "section": section.key, "side": number, "til": CONCLUSION}
        return address_of(f"forms.{MUNICIPAL}", case_id=self._at.view.id, **address)


def _own_sections(at: AtCase, tool: Tool) -> frozenset[str]:
    """The sections that the visitor writes in, in their own name."""
    if not at.may("municipality.write"):
        return frozenset()
    voices = voices_of(at.case, at.view.actor, at.today, tool)
    return frozenset(section for voice in voices if not voice.on_behalf_of for section in voice.sections)


def _section(tool: Tool, field: Field) -> Section:
    return next(section for section in tool.sections if field in section.fields)
