"""Paragraphs of an answer in Arabic or Hebrew run from right to left, as whoever wrote it reads it.

A template cannot know what somebody will write, so the mark is set after the merge, and only where such letters stand.
"""

import re
import unicodedata

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RIGHT_TO_LEFT = ("R", "AL")
_STRONG = ("L", *_RIGHT_TO_LEFT)
_LETTERS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""The blocks of Unicode that are set aside for scripts from right to left."""
_NEVER_BEGINS_ONE = bytes(set(range(0x100)) - set(range(0xD6, 0xE1)) - {0xEF, 0xF0})
"""Bytes that in UTF-8 are not the first of any letter in these blocks."""

# What comes after w:bidi in w:pPr and after w:rtl in w:rPr (ECMA-376 part 1, 17.3.1.26 and 17.3.2.28): Word is strict.
_AFTER_BIDI = {
    "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
    "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
    "pPrChange",
}  # fmt: skip
_AFTER_RTL = {"cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange"}


def has_letters_from_right(xml: bytes) -> bool:
    """Whether there is anything to set: a quick look, for nearly all documents have nothing.

    Args:
        xml: UTF-8.
    """
    # Searching a report letter by letter takes as long as merging it.
    return bool(xml.translate(None, _NEVER_BEGINS_ONE)) and _LETTERS.search(xml.decode()) is not None


def with_directions(xml: bytes) -> bytes:
    """The same part of a document, with each paragraph in the direction of its first letter.

    Args:
        xml: a part that is known to be well-formed.
    """
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=True))
    for paragraph in root.iter(f"{_W}p"):
        _direct(paragraph)
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def _runs_from_right(text: str) -> bool:
    """Whether the first letter with a direction of its own runs from right to left (Unicode UAX 9, rules P2 and P3)."""
    directions = map(unicodedata.bidirectional, text)
    return next((found for found in directions if found in _STRONG), "L") in _RIGHT_TO_LEFT


def _direct(paragraph: "etree._Element") -> None:
    runs = [run for run in paragraph.iter(f"{_W}r") if next(run.iterancestors(f"{_W}p")) is paragraph]
    if not _runs_from_right("".join(map(_text, runs))):
        return
    _mark(_properties(paragraph, "pPr"), "bidi", _AFTER_BIDI)
    for run in runs:
        if _runs_from_right(_text(run)):
            _mark(_properties(run, "rPr"), "rtl", _AFTER_RTL)


def _text(run: "etree._Element") -> str:
    return "".join(text.text or "" for text in run.iter(f"{_W}t"))


def _properties(element: "etree._Element", name: str) -> "etree._Element":
    found = element.find(_W + name)
    if found is None:
        found = etree.Element(_W + name)
        element.insert(0, found)
    return found


def _mark(properties: "etree._Element", name: str, later: set[str]) -> None:
    if properties.find(_W + name) is not None:
        return
    place = next((i for i, child in enumerate(properties) if etree.QName(child).localname in later), len(properties))
    properties.insert(place, etree.Element(_W + name))
