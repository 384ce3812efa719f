"""Which fields of an edition are talked about together at a visit, from `besoeg.toml` beside the edition.

The file is no part of the edition, so its digest stays what it was. What it does not name has a card all the same.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import DefinitionError
from pipeline.toml_fault import line_of_fault
from pipeline.tool.definition import FilledBy, Section, Tool, When

FILE = "besoeg.toml"
_CARD = {"title", "english", "fields", "beside", "goal_types"}
_BEFORE = ("agenda", "follow_up", "conditions")


class Known(StrEnum):
    """What the case knows before a visit."""

    VISIT_DAY = "visit_day"
    MATERIAL_DAY = "material_day"
    LAST_VISIT_DAY = "last_visit_day"
    FOLLOW_UP = "follow_up"
    TEAM = "team"


@dataclass(frozen=True)
class Theme:
    """A card: what the municipality writes, and what the family wrote about the same.

    Attributes:
        key: of its first field; names the card in addresses and controls.
        title: empty where the field's own heading is the title.
        english: the title explained.
    """

    key: str
    fields: tuple[str, ...]
    beside: tuple[str, ...] = ()
    goal_types: tuple[str, ...] = ()
    title: str = ""
    english: str = ""


@dataclass(frozen=True)
class Before:
    """What the page before the visit shows.

    Attributes:
        agenda: the family's fields about the visit itself.
        follow_up: fields of the last visit that are to be followed up.
        conditions: of the last visit, the assessments of the conditions of the act.
    """

    agenda: tuple[str, ...] = ()
    follow_up: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


@cache
def themes_of(tool: Tool) -> tuple[Theme, ...]:
    """The cards of an edition, those of `besoeg.toml` first, then one for each field that is left.

    Raises:
        DefinitionError: the file names what it may not name.
    """
    named = tuple(_theme(entry, tool) for entry in _read(tool.folder).get("card", ()))
    taken = {key for theme in named for key in theme.fields}
    return (*named, *(theme for theme in _each_alone(tool) if theme.key not in taken))


@cache
def before_of(tool: Tool) -> Before:
    """What the page before the visit shows.

    Raises:
        DefinitionError: the file names what it may not name.
    """
    entry: Mapping[str, Any] = _read(tool.folder).get("before", {})
    _refuse_unknown(set(entry) - set(_BEFORE))
    named = {name: tuple(entry.get(name, ())) for name in _BEFORE}
    _refuse_unknown({key for keys in named.values() for key in keys if tool.find(key) is None})
    return Before(**named)


@cache
def known_of(tool: Tool) -> Mapping[str, Known]:
    """By key of a field what the case knows of its answer.

    Raises:
        DefinitionError: the file names what it may not name.
    """
    entry: Mapping[str, str] = _read(tool.folder).get("known", {})
    _refuse_unknown({key for key in entry if tool.find(key) is None} | (set(entry.values()) - set(Known)))
    return {key: Known(what) for key, what in entry.items()}


def section_of_field(tool: Tool, key: str) -> Section:
    """The section of a field that the edition has."""
    return next(section for section in tool.sections if any(field.key == key for field in section.fields))


def _read(folder: Path) -> Mapping[str, Any]:
    """The file; an edition without one has a card for each field."""
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{folder.name}/{FILE}, {line_of_fault(error)}: ikke gyldig TOML. Ret stedet.") from error


def _theme(entry: Mapping[str, Any], tool: Tool) -> Theme:
    keys, beside, types = (tuple(entry.get(name, ())) for name in ("fields", "beside", "goal_types"))
    _refuse_unknown(set(entry) - _CARD)
    _refuse_unknown({key for key in (*keys, *beside) if tool.find(key) is None})
    _refuse_unknown(set(types) - {choice.code for choice in tool.goal_types})
    if not keys:
        raise DefinitionError(f"{FILE}: et kort mangler felter. Skriv dem ved “fields”.")
    return Theme(keys[0], keys, beside, types, entry.get("title", ""), entry.get("english", ""))


def _each_alone(tool: Tool) -> Iterator[Theme]:
    for section in tool.sections:
        if section.filled_by is FilledBy.MUNICIPALITY and section.when is When.DURING:
            yield from (Theme(field.key, (field.key,)) for field in section.fields)


def _refuse_unknown(unknown: set[str]) -> None:
    if unknown:
        raise DefinitionError(f"{FILE}: “{min(unknown)}” kendes ikke i udgaven. Ret navnet.")
