"""The dictionaries and streams of a PDF that could matter, each once, also those inside others."""

import itertools
import re
from collections.abc import Iterable, Iterator

from pikepdf import Array, Dictionary, Object, Pdf, Stream

MOST_OBJECTS = 500_000


class TooManyObjects(Exception):
    """More than a person's document has."""


def notable(pdf: Pdf, names: Iterable[str]) -> list[Object]:
    """All streams, and every dictionary of those objects in which one of the names stands.

    The tags of a long document are tens of thousands of objects; looking for the names in each one's text, where every
    name has its plain spelling, takes a twentieth of the time of opening every one. An indirect object is not followed
    where it is named but met where it stands, so nothing is met twice and no loop can catch us.

    Args:
        pdf: the file.
        names: keys or values, each with its slash.

    Raises:
        TooManyObjects: there are more than `MOST_OBJECTS`.
    """
    marks = re.compile(rb"(?:%s)(?=[\s/\[\]<>()]|$)" % b"|".join(re.escape(name.encode()) for name in names))
    found: list[Object] = []
    for count, top in enumerate(itertools.chain([pdf.trailer], pdf.objects)):
        if count > MOST_OBJECTS:
            raise TooManyObjects
        # A number that is an object of its own comes as a number of Python's.
        if isinstance(top, Stream) or (isinstance(top, Object) and marks.search(top.unparse(resolved=True))):
            found.extend(_dictionaries(top))
    return found


def _dictionaries(top: Object) -> Iterator[Object]:
    waiting = [top]
    for _ in range(MOST_OBJECTS):
        if not waiting:
            return
        holder = waiting.pop()
        if isinstance(holder, Dictionary | Stream):
            yield holder
        waiting.extend(_inside(holder))
    raise TooManyObjects


def _inside(holder: Object) -> list[Object]:
    if isinstance(holder, Stream):
        holder = holder.stream_dict
    values: list[Object] = []
    if isinstance(holder, Dictionary):
        values = [value for _, value in holder.items()]
    elif isinstance(holder, Array):
        values = list(holder)
    return [value for value in values if isinstance(value, Array | Dictionary) and not value.is_indirect]
