"""Reads dictionaries and arrays of a PDF; pyHanko's own get() and iteration stop at references."""

from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic


def entry(dictionary: Any, key: str, default: Any = None) -> Any:
    """The value, wherever in the file it stands."""
    if key not in dictionary:
        return default
    return dictionary[key]


def resolved(value: Any) -> Any:
    """What a reference refers to; anything else is itself already."""
    return value.get_object()


def raw_items(array: generic.ArrayObject) -> Iterator[generic.PdfObject]:
    """The items as they stand in the array: references stay references."""
    return (array.raw_get(index) for index in range(len(array)))


def items(array: generic.ArrayObject) -> Iterator[Any]:
    """The items, wherever in the file they stand."""
    return (resolved(item) for item in raw_items(array))
