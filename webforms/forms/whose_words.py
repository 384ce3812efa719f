"""Whose answers a person may see beside their own: what was handed in, what is not protected, what is not internal."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Self

from pipeline.cases.record import hidden_from
from pipeline.cases.record.case import Case
from pipeline.cases.record.history import PastVersion, history_of, words_of
from pipeline.cases.record.parts import Slot, Version, Visit
from pipeline.cases.record.voices import SHARED
from pipeline.tool.definition import FilledBy, Kind, Section, Tool
from webforms.design.words import Speaker
from webforms.forms.choose_voice import names_of
from webforms.forms.headline import headline
from webforms.inputs.base import Said


@dataclass(frozen=True)
class Reader:
    """Who looks at a section.

    Attributes:
        person_id: the person's or employee's id in the case.
        voice: the one that the page writes with; empty where it only shows.
        voices: all that are the reader's own.
        hidden: what must stay hidden from a reader from outside; None for the municipality's people.
        say: our own words in the reader's language.
    """

    person_id: str
    voice: str
    voices: frozenset[str]
    hidden: hidden_from.Reader | None
    say: Speaker

    @classmethod
    def of(
        cls, case: Case, person_id: str, voice: str, voices: frozenset[str], day: date, say: Speaker, *, municipal: bool
    ) -> Self:
        """The reader on a day; an employee who holds the pen for others has no voice but the one of the page."""
        if municipal:
            return cls(person_id, voice, frozenset({voice} - {""}), None, say)
        return cls(person_id, voice, voices, hidden_from.reader_of(case, person_id, day), say)

    @property
    def is_municipal(self) -> bool:
        """Whether an employee looks."""
        return self.hidden is None

    def owns(self, slot: Slot, version: Version) -> bool:
        """Whether the answer is the reader's own, or was written down by the reader."""
        return slot.voice in self.voices or version.by == self.person_id


def may_see(visit: Visit, section: Section, slot: Slot, version: Version, reader: Reader) -> bool:
    """Whether an answer is for this reader's eyes.

    What others have written is seen once they have handed it in: a parent never sees another's draft, and the
    municipality does not look over a parent's shoulder. What the municipality writes is its own until the report.
    """
    if slot.voice == SHARED or reader.owns(slot, version):
        return True
    if section.filled_by is FilledBy.MUNICIPALITY:
        return reader.is_municipal
    return (section.key, slot.voice) in visit.handed_in


def words_for(reader: Reader, visit: Visit, section: Section, slot: Slot, tool: Tool) -> str | None:
    """The words of an answer as a reader may read them; None where there are none for these eyes."""
    current = visit.current(slot)
    if current is None or not may_see(visit, section, slot, current, reader):
        return None
    words = words_of(slot.key, current.value or {}, tool)
    return None if _is_protected(reader, visit, slot, current, words, tool) else words


def history_for(
    reader: Reader, case: Case, visit: Visit, section: Section, tool: Tool, key: str
) -> tuple[tuple[str, tuple[PastVersion, ...]], ...]:
    """By name of the voice the versions of an answer that a reader may see; of others what was handed in, and after.

    What is one for all has no name.
    """
    found = []
    for slot in visit.answers:
        if slot.key == key and words_for(reader, visit, section, slot, tool) is not None:
            is_shared = slot.voice == SHARED
            is_open = is_shared or reader.owns(slot, visit.answers[slot][-1])
            shown = visit if is_open else _since_handed_in(visit, section, slot)
            who = "" if is_shared else names_of(case, slot.voice, reader.say)
            told = partial(headline, say=reader.say)
            found.append((who, history_of(case, shown, slot, tool, told)))
    return tuple(found)


def beside(case: Case, visit: Visit, section: Section, tool: Tool, reader: Reader) -> dict[str, tuple[Said, ...]]:
    """By field what others have said; of the plan this is shown goal by goal (plan_facts.py)."""
    keys = {field.key for field in section.fields if field.kind is not Kind.GOALS}
    answered = keys & {slot.key for slot in visit.answers}
    return {key: tuple(said_of(case, visit, section, key, tool, reader)) for key in answered}


def said_of(case: Case, visit: Visit, section: Section, key: str, tool: Tool, reader: Reader) -> Iterator[Said]:
    """What others have said at one place, as the reader may read it."""
    for slot in visit.answers:
        if slot.key != key or slot.voice in (reader.voice, SHARED):
            continue
        words = words_for(reader, visit, section, slot, tool)
        if words is not None:
            yield Said(_who(case, slot.voice, visit.answers[slot][-1], reader.say), words)


def _is_protected(reader: Reader, visit: Visit, slot: Slot, version: Version, words: str, tool: Tool) -> bool:
    if reader.hidden is None or slot.voice == SHARED or reader.owns(slot, version):
        return False
    hidden = reader.hidden
    return bool(hidden_from.hidden_answer(visit, slot, hidden, tool) or hidden_from.hidden_in(words, hidden))


def _since_handed_in(visit: Visit, section: Section, slot: Slot) -> Visit:
    """Without the versions that were replaced before they were handed in; of the municipality's own, with all."""
    handed_in, versions = visit.handed_in.get((section.key, slot.voice)), visit.answers[slot]
    before = sum(version.at <= handed_in for version in versions) if handed_in else 0
    return replace(visit, answers={slot: versions[max(0, before - 1) :]})


def _who(case: Case, voice: str, version: Version, say: Speaker) -> str:
    names = names_of(case, voice, say)
    held_pen = version.on_behalf_of and version.by != voice
    return say("forms.written_by", names=names, by=names_of(case, version.by, say)) if held_pen else names
