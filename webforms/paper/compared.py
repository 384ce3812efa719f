"""A form that came home, as a person looks at it: what can be chosen, what could not be read, what belongs elsewhere.

A form may be looked at again after some of it was taken over, so lines that it has added are found again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.cases.record.parts import Visit
from pipeline.offline.come_home import ImportReport
from pipeline.offline.differences import Difference, Status
from pipeline.tool.definition import Choice, Section, Tool
from webforms.forms.section_at_hand import SectionAtHand
from webforms.inputs.controls import Control
from webforms.paper.places import Place, new_goal_id, place_of, typed_for

USE, KEEP, BOTH = "brug", "behold", "begge"
Controls = Mapping[str, Control]
_TO_CHOOSE = (Status.NEW, Status.CHANGED, Status.CONFLICT)


@dataclass(frozen=True)
class Line:
    """One slot of the form.

    Attributes:
        control: name of the control of the same answer on our pages.
        typed: what stands in the form, as the control takes it; `both` with what the case says before it.
    """

    label: str
    now: str
    incoming: str
    control: str
    typed: str
    both: str = ""


@dataclass(frozen=True)
class ToChoose:
    """What is chosen at once: a field, a choice with its reason, or all of a new goal or line.

    Attributes:
        name: of the choice in the form on the page.
        section: key of the section.
        new_goal: id of the goal that is added with it, and its måltype; empty where none is.
    """

    name: str
    section: str
    label: str
    status: Status
    why: str
    lines: tuple[Line, ...]
    new_goal: str = ""
    new_goal_type: str = ""

    @property
    def may_be_both(self) -> bool:
        """Whether two texts can stand one after the other."""
        return len(self.lines) == 1 and bool(self.lines[0].both)


@dataclass(frozen=True)
class Compared:
    """Everything that a form says.

    Attributes:
        to_choose: what is said otherwise than in the case.
        unreadable: what nobody can read for certain, and words beside the fields.
        elsewhere: what belongs to sections that are not filled in here.
        unchanged: how many fields say what they said.
    """

    to_choose: tuple[ToChoose, ...]
    unreadable: tuple[Difference, ...]
    elsewhere: tuple[Difference, ...]
    unchanged: int


@dataclass(frozen=True)
class _Slot:
    """One slot on its way to the page; `is_new`: its line is not in the case."""

    difference: Difference
    place: Place
    goal_id: str
    is_new: bool

    def line(self, controls: Controls, tool: Tool) -> Line:
        """As the page shows it."""
        told, name = self.difference, self.place.control(self.goal_id)
        now = told.now or _in_words(controls[name].typed, self.place.choices(tool)) if name in controls else told.now
        return Line(
            label=told.label,
            now=now,
            incoming=told.incoming,
            control=name,
            typed=typed_for(self.place, told.incoming, tool),
            both=f"{now}\n\n{told.incoming}" if self.place.is_long_text and now and told.incoming else "",
        )


def compared(report: ImportReport, sections: Sequence[SectionAtHand], tool: Tool) -> Compared:
    """The form as the page shows it.

    Args:
        report: from the import; its lines are numbered as the case has them now.
        sections: those that may be filled in here, all of one voice.
        tool: the edition.
    """
    placed = [(difference, place_of(difference.name, tool)) for difference in report.differences]
    by_key = {field.key: at_hand for at_hand in sections for field in at_hand.section.fields}
    here = [(one, place) for one, place in placed if place is None or place.field.key in by_key]
    choosable = ((one, place) for one, place in here if place and one.status in _TO_CHOOSE)
    return Compared(
        to_choose=tuple(_to_choose(choosable, report.file.sha256, by_key, _controls(sections), tool)),
        unreadable=tuple(one for one, _ in here if one.status is Status.UNREADABLE),
        elsewhere=tuple(
            one for one, place in placed if (one, place) not in here and one.incoming and one.incoming != one.now
        ),
        unchanged=sum(one.status is Status.UNCHANGED for one, _ in here),
    )


def _to_choose(
    found: Iterable[tuple[Difference, Place]],
    sha256: str,
    by_key: Mapping[str, SectionAtHand],
    controls: Controls,
    tool: Tool,
) -> Iterator[ToChoose]:
    groups: dict[str, list[_Slot]] = {}
    for difference, place in found:
        visit = by_key[place.field.key].visit
        goal_id = _goal_of(place, difference, sha256, visit)
        if any(goal.id == goal_id and goal.removed for goal in visit.goals.values()):
            continue  # it came from this file before, and was taken out again
        slot = _Slot(difference, place, goal_id, is_new=place.line > 0 and place.control(goal_id) not in controls)
        groups.setdefault(f"{place.field.key}.{place.line}" if slot.is_new else place.together, []).append(slot)
    for name, slots in groups.items():
        one = _one(name, slots, by_key[slots[0].place.field.key].section, controls, tool)
        if one.lines:
            yield one


def _one(name: str, slots: Sequence[_Slot], section: Section, controls: Controls, tool: Tool) -> ToChoose:
    first = slots[0]
    lines = tuple(slot.line(controls, tool) for slot in slots)
    new_goal = first.goal_id if first.place.is_goal and first.is_new else ""
    types = [line.typed for line, slot in zip(lines, slots, strict=True) if slot.place.part == "goal_type"]
    return ToChoose(
        name=name,
        section=section.key,
        label=first.difference.label,
        status=max((slot.difference.status for slot in slots), key=_TO_CHOOSE.index),
        why=next((slot.difference.why for slot in slots if slot.difference.why), ""),
        lines=() if first.is_new and _is_a_row(slots, lines, controls) else _left(lines, controls),
        new_goal=new_goal,
        new_goal_type=(types[0] if types and types[0] else tool.goal_types[0].code) if new_goal else "",
    )


def _left(lines: Iterable[Line], controls: Controls) -> tuple[Line, ...]:
    """Without those whose control says already what the form says, alone or after other words."""
    return tuple(line for line in lines if line.control not in controls or not _says(controls[line.control], line))


def _says(control: Control, line: Line) -> bool:
    return control.typed == line.typed or (bool(line.both) and control.typed.endswith(f"\n\n{line.typed}"))


def _is_a_row(slots: Sequence[_Slot], lines: Sequence[Line], controls: Controls) -> bool:
    """Whether a line of a table, which nothing but its words makes known, is among those of the case."""
    key, wanted = slots[0].place.field.key, {s.place.part: line.typed for s, line in zip(slots, lines, strict=True)}
    rows: dict[str, dict[str, str]] = {}
    for name, control in controls.items():
        of, _, rest = name.partition(".")
        if of == key:
            rows.setdefault(rest.partition(".")[0], {})[rest.partition(".")[2]] = control.typed
    return any(wanted.items() <= row.items() for row in rows.values())


def _goal_of(place: Place, difference: Difference, sha256: str, visit: Visit) -> str:
    """The goal that a line is about: one of the plan, or the one that the file adds or has added."""
    if not place.is_goal:
        return ""
    ids = [goal.id for goal in visit.plan]
    return ids[place.line - 1] if place.line <= len(ids) else new_goal_id(sha256, difference)


def _controls(sections: Iterable[SectionAtHand]) -> Controls:
    """Every control of the sections, with what the case says in it."""
    forms = (at_hand.whole() for at_hand in sections)
    return {control.name: control for form in forms for each in form.inputs for control in each.controls()}


def _in_words(typed: str, choices: tuple[Choice, ...]) -> str:
    return next((choice.label for choice in choices if choice.code == typed), typed)
