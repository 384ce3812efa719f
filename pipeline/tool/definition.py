"""One published edition of the tilsynsredskab as frozen facts: sections, fields, scales, måltyper."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path


class FilledBy(StrEnum):
    """Which side of the table writes in a section."""

    PARENTS = "parents"
    MUNICIPALITY = "municipality"


class When(StrEnum):
    """When in the round a section is filled, seen from the visit."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Kind(StrEnum):
    """What an answer to a field is made of; `pipeline.cases.values` holds one class for each."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    CHOICE = "choice"
    TABLE = "table"
    GOALS = "goals"
    DRAWN = "drawn"


@dataclass(frozen=True)
class Choice:
    """One answer on a scale: the code that is stored and the label that people read."""

    code: str
    label: str


@dataclass(frozen=True)
class Column:
    """One column of a table field."""

    key: str
    kind: Kind
    label: str
    choices: tuple[Choice, ...] = ()

    def label_of(self, code: str) -> str:
        """The label of a choice code."""
        return label_of(self.choices, code)


@dataclass(frozen=True)
class Field:
    """One field of the tool.

    Attributes:
        key: flat and never reused, also the slot and the JSON key.
        label: the official wording; may hold the slot `{hjemmel}`.
        heading: a heading that the tool prints above the field (the themes of section j).
        questions: the tool's own questions that help to answer.
        drawn_from: event types from which a `drawn` field is filled; such a field is never typed.
        source: where a field of the municipality's own comes from.
    """

    key: str
    kind: Kind
    label: str
    help: str
    heading: str = ""
    questions: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    drawn_from: tuple[str, ...] = ()
    source: str = ""

    def __hash__(self) -> int:
        """By its key, which is never used again; a page asks for each of its fields."""
        return hash(self.key)

    def label_of(self, code: str) -> str:
        """The label of a choice code."""
        return label_of(self.choices, code)


@dataclass(frozen=True)
class Section:
    """One section of the tool and who fills it, when."""

    key: str
    title: str
    filled_by: FilledBy
    when: When
    instruction: str
    fields: tuple[Field, ...]
    together_with: str = ""
    own: bool = False
    skippable: bool = False


@dataclass(frozen=True)
class SmartLetter:
    """One letter of SMART with help in our own words."""

    letter: str
    word: str
    help: str


@dataclass(frozen=True)
class Tool:
    """One edition of the tilsynsredskab."""

    edition: str
    title: str
    short_title: str
    publisher: str
    published_in: str
    own_fields_note: str
    goal_types: tuple[Choice, ...]
    smart: tuple[SmartLetter, ...]
    sections: tuple[Section, ...]
    digest: str
    folder: Path
    _by_key: dict[str, Field] = dataclasses.field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_key.update({f.key: f for section in self.sections for f in section.fields})

    def find(self, key: str) -> Field | None:
        """The field with this key, or None where the edition has none."""
        return self._by_key.get(key)

    def section_with(self, key: str) -> Section | None:
        """The section that holds the field with this key, or None where the edition has none."""
        return self._section_by_key.get(key)

    @cached_property
    def _section_by_key(self) -> Mapping[str, Section]:
        return {field.key: section for section in self.sections for field in section.fields}

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in the official order."""
        return tuple(self._by_key.values())

    @cached_property
    def sections_of_parents(self) -> frozenset[str]:
        """Keys of the sections that the family fills."""
        return frozenset(section.key for section in self.sections if section.filled_by is FilledBy.PARENTS)

    @cached_property
    def sections_of_municipality(self) -> frozenset[str]:
        """Keys of the sections that the municipality fills."""
        return frozenset(section.key for section in self.sections if section.filled_by is FilledBy.MUNICIPALITY)

    @cached_property
    def sections_of_plan(self) -> frozenset[str]:
        """Keys of the sections that hold the tids- og faseplan."""
        return frozenset(section.key for section in self.sections if any(f.kind is Kind.GOALS for f in section.fields))

    @cached_property
    def goals_field(self) -> Field:
        """The tids- og faseplan."""
        return next(f for f in self.fields if f.kind is Kind.GOALS)


def label_of(choices: tuple[Choice, ...], code: str) -> str:
    """The label of a code; the code was checked at the door, so a missing one is a fault of ours."""
    return next(choice.label for choice in choices if choice.code == code)
