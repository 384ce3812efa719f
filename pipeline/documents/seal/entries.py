"""Reads dictionaries and arrays of a PDF; pyHanko's own get() and iteration stop at references."""

from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic


def entry(dictionary: Any, key: str, default: Any = None) -> Any:
    """The value, wherever in the file it stands."""
    return dictionary[key] if key in dictionary else default


def raw_items(array: generic.ArrayObject) -> Iterator[generic.PdfObject]:
    """The items as they stand in the array: references stay references."""
    return (array.raw_get(index) for index in range(len(array)))


def items(array: generic.ArrayObject) -> Iterator[Any]:
    """The items, wherever in the file they stand."""
    return (item.get_object() for item in raw_items(array))
