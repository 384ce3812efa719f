"""The fields of a section as pages of a sensible size: few enough for a phone, in the official order."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.tool.definition import Field, Kind, Section

_ROOM = 6
_TAKES = {Kind.TEXT: 1, Kind.DATE: 1, Kind.LONG_TEXT: 2, Kind.CHOICE: 2, Kind.TABLE: _ROOM, Kind.GOALS: _ROOM}
"""So much room of a page a field takes; what is drawn from events takes none, for nobody writes in it."""


@dataclass(frozen=True)
class Leaf:
    """One page of a section.

    Attributes:
        number: from 1, as the address counts.
        keys: of its fields.
    """

    number: int
    keys: tuple[str, ...]


def leaves_of(section: Section) -> tuple[Leaf, ...]:
    """The pages of a section; a new question finds its page by itself."""
    return tuple(Leaf(number, keys) for number, keys in enumerate(_filled(section), start=1))


def one_leaf(section: Section) -> tuple[Leaf, ...]:
    """The whole section on one page."""
    return (Leaf(1, tuple(field.key for field in section.fields)),)


def leaf_by_leaf(section: Section) -> tuple[Leaf, ...]:
    """Each field on a page of its own."""
    return tuple(Leaf(number, (field.key,)) for number, field in enumerate(section.fields, start=1))


def _filled(section: Section) -> Iterator[tuple[str, ...]]:
    page: list[Field] = []
    for field in section.fields:
        if page and _room(page) + _room([field]) > _ROOM:
            yield tuple(one.key for one in page)
            page = []
        page.append(field)
    yield tuple(one.key for one in page)


def _room(fields: list[Field]) -> int:
    return sum(_TAKES.get(field.kind, 0) for field in fields)
