"""The sheets of a workbook from outside, read out of the XML itself: openpyxl changes texts that look escaped.

Element and attribute names are those of SpreadsheetML (ISO/IEC 29500-1, 18).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from exports.workbook.cell_words import MAIN, Element, Vocabulary, Words, formats_of, words_of

Part = Callable[[str], Element | None]
"""Gives the parsed XML of a part by its name, None where there is none."""

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK, _BOOK_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_PLACE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_PIECE_OF_A_MARGIN = re.compile(r'&(?:"[^"]*"|[0-9]+|K[0-9A-Fa-f]{6}|.)|[^&]+|&$', re.DOTALL)
_ONLY_LOOKS = re.compile(r'&(?:"[^"]*"|[0-9]+|K[0-9A-Fa-f]{6}|[BIUESXYHO])')  # 18.3.1.46
_PLACES_IN_A_MARGIN = {"&L", "&C", "&R"}

Row = dict[str, Words]
"""The cells of a row that hold something, by the letters of their column, from left to right."""


@dataclass(frozen=True)
class Link:
    """A reference that somebody put on a cell."""

    cell: str
    target: str


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its rows that hold something by their number, its headers and footers, and its links."""

    name: str
    rows: Mapping[int, Row]
    margins: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    def cell(self, place: str) -> Words:
        """What stands in a cell, e.g. “C7”."""
        found = _PLACE.fullmatch(place)
        return self.rows.get(int(found[2]), {}).get(found[1], Words()) if found else Words()


def sheets_of(part: Part) -> Iterator[Sheet]:
    """The sheets of a workbook in its order, each read when it is asked for."""
    root, targets = part(_BOOK), _targets(part(_BOOK_RELATIONS))
    if root is None:
        return
    vocabulary = _vocabulary(root, part, {kind: target for kind, target in targets.values()})
    for sheet in root.iter(f"{MAIN}sheet"):
        _, target = targets.get(sheet.get(_RELATION, ""), ("", ""))
        content = part(target)
        if content is not None:
            links = _links(content, part(_relations_of(target)))
            yield Sheet(sheet.get("name", ""), _rows(content, vocabulary), tuple(_margins(content)), tuple(links))


def _vocabulary(book: Element, part: Part, by_kind: Mapping[str, str]) -> Vocabulary:
    strings = part(by_kind.get("sharedStrings", ""))
    texts = () if strings is None else tuple(words_of(item) for item in strings.iterfind(f"{MAIN}si"))
    properties = book.find(f"{MAIN}workbookPr")
    counts_from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    return Vocabulary(texts, formats_of(part(by_kind.get("styles", ""))), counts_from_1904)


def _rows(content: Element, vocabulary: Vocabulary) -> dict[int, Row]:
    rows: dict[int, dict[str, Words]] = {}
    for letters, number, cell in _placed(content):
        words = vocabulary.words(cell)
        row = rows.setdefault(number, {})
        if not words.is_empty:
            row[letters] = _both(row[letters], words) if letters in row else words
    return {number: _from_left(row) for number, row in sorted(rows.items()) if row}


def _placed(content: Element) -> Iterator[tuple[str, int, Element]]:
    """Each cell with its place; one that does not say where it is follows the one before (18.3.1.4, 18.3.1.73)."""
    number = 0
    for row in content.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        number, column = number + 1, 0
        for cell in row.iterfind(f"{MAIN}c"):
            place = _PLACE.fullmatch(cell.get("r", ""))
            if place:
                number, column = int(place[2]), _number_of(place[1])
            else:
                column += 1
            yield _letters_of(column), number, cell


def _both(first: Words, second: Words) -> Words:
    """Two cells that claim one place: no program writes that, and neither is to be believed."""
    return first if first == second else Words(None, found=f"{first.told} / {second.told}")


def _from_left(row: Mapping[str, Words]) -> Row:
    return dict(sorted(row.items(), key=lambda item: _number_of(item[0])))


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters_of(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _margins(content: Element) -> Iterator[str]:
    """What stands at the head and foot of the pages, each place for itself and without its looks."""
    for margin in content.iterfind(f"{MAIN}headerFooter/*"):
        places = [""]
        for piece in _PIECE_OF_A_MARGIN.findall(margin.text or ""):
            if piece in _PLACES_IN_A_MARGIN:
                places.append("")
            elif not _ONLY_LOOKS.fullmatch(piece):
                places[-1] += piece
        yield from (place.strip() for place in places if place.strip())


def _links(content: Element, relations: Element | None) -> Iterator[Link]:
    targets = {one.get("Id", ""): one.get("Target", "") for one in (relations if relations is not None else ())}
    for link in content.iterfind(f"{MAIN}hyperlinks/{MAIN}hyperlink"):
        facts = (targets.get(link.get(_RELATION, ""), ""), link.get("location", ""), link.get("tooltip", ""))
        yield Link(link.get("ref", ""), " ".join(filter(None, facts)))


def _targets(relations: Element | None) -> dict[str, tuple[str, str]]:
    """Kind and part of each thing the workbook refers to, by the name of the reference."""
    found = {}
    for one in relations if relations is not None else ():
        target = one.get("Target", "")
        name = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], name)
    return found


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"
