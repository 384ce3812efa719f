"""What the cells of a workbook from outside say, read out of the XML itself: openpyxl changes texts that look escaped.

Element and attribute names are those of SpreadsheetML (ISO/IEC 29500-1, 18).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

Element = etree._Element
Part = Callable[[str], Element | None]
"""Gives the parsed XML of a part by its name, None where there is none."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK, _BOOK_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_INTEGER = re.compile("-?[0-9]{1,10}")
_SHORT_DECIMAL = re.compile(r"-?[0-9]{1,5}\.[0-9]{1,4}")
_BUILT_IN = {"0": "General", "1": "0", "49": "@"}  # number formats that files only number (18.8.30)
_SHOWN_AS_TYPED = {"General", "0", "@"}


@dataclass(frozen=True)
class Words:
    """What a cell says.

    Attributes:
        shown: as Excel shows it; None where that cannot be told, as for an error or a date.
        literal: without undoing escapes: openpyxl writes “_x000D_” as it is, Excel takes that for a line break.
    """

    shown: str | None = ""
    literal: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there."""
        return self.shown == ""


Row = Mapping[str, Words]
"""The cells of a row that hold something, by the letters of their column."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, and its rows that hold something by their number."""

    name: str
    rows: Mapping[int, Row]


@dataclass(frozen=True)
class _Book:
    """What the cells of all sheets refer to."""

    strings: tuple[Words, ...] = ()
    formats: tuple[str, ...] = field(default=())

    def words(self, cell: Element) -> Words:
        """What a cell says (18.3.1.4)."""
        value = cell.findtext(f"{_MAIN}v") or ""
        if not value and cell.find(f"{_MAIN}f") is not None:
            return Words(None)  # nobody has worked the formula out
        match cell.get("t", "n"):
            case "inlineStr":
                return _words_of(cell.find(f"{_MAIN}is"))
            case "s":
                return self.strings[int(value)] if value.isdecimal() and int(value) < len(self.strings) else Words(None)
            case "str":
                return Words(_unescaped(value), value)
            case "n":
                return self._number(value, cell.get("s", ""))
            case _:
                return Words(None)

    def _number(self, value: str, style: str) -> Words:
        if not value:
            return Words()
        code = self.formats[int(style)] if style.isdecimal() and int(style) < len(self.formats) else "General"
        is_short = code in _SHOWN_AS_TYPED and (_INTEGER.fullmatch(value) or _SHORT_DECIMAL.fullmatch(value))
        if not is_short or (code == "0" and "." in value):
            return Words(None)  # a date, an amount or a figure that Excel rounds
        danish = value.replace(".", ",")
        return Words(danish, danish)


def sheets_of(part: Part) -> Iterator[Sheet]:
    """The sheets of a workbook in its order, each read when it is asked for."""
    root, targets = part(_BOOK), _targets(part(_BOOK_RELATIONS))
    if root is None:
        return
    by_kind = {kind: target for kind, target in targets.values()}
    book = _Book(_strings(part, by_kind.get("sharedStrings")), _formats(part, by_kind.get("styles")))
    for sheet in root.iter(f"{_MAIN}sheet"):
        _, target = targets.get(sheet.get(_RELATION, ""), ("", ""))
        content = part(target)
        if content is not None:
            yield Sheet(sheet.get("name", ""), _rows(content, book))


def _rows(content: Element, book: _Book) -> dict[int, Row]:
    rows: dict[int, dict[str, Words]] = {}
    for cell in content.iterfind(f"{_MAIN}sheetData/{_MAIN}row/{_MAIN}c"):
        place = _PLACE.fullmatch(cell.get("r", ""))
        words = book.words(cell) if place else Words()
        if place and not words.is_empty:
            rows.setdefault(int(place[2]), {})[place[1]] = words
    return dict(sorted(rows.items()))


def _targets(relations: Element | None) -> dict[str, tuple[str, str]]:
    """Kind and part of each thing the workbook refers to, by the name of the reference."""
    found = {}
    for one in relations if relations is not None else ():
        target = one.get("Target", "")
        name = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], name)
    return found


def _strings(part: Part, name: str | None) -> tuple[Words, ...]:
    root = part(name) if name else None
    return () if root is None else tuple(_words_of(item) for item in root.iterfind(f"{_MAIN}si"))


def _formats(part: Part, name: str | None) -> tuple[str, ...]:
    """The number format of each style of a cell."""
    root = part(name) if name else None
    if root is None:
        return ()
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")}
    codes = _BUILT_IN | own
    return tuple(codes.get(xf.get("numFmtId", "0"), "") for xf in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"))


def _words_of(item: Element | None) -> Words:
    """A text, plain or in runs; each run is escaped for itself (22.9.2.19), how it is pronounced is left out."""
    if item is None:
        return Words()
    texts = [*item.iterfind(f"{_MAIN}t"), *item.iterfind(f"{_MAIN}r/{_MAIN}t")]
    pieces = [text.text or "" for text in texts]
    return Words("".join(_unescaped(piece) for piece in pieces), "".join(pieces))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
