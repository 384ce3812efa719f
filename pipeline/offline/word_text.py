"""What a stretch of a Word document says, as Word shows it: typed, inserted and pasted words, but not deleted ones."""

from collections.abc import Collection

from pipeline.offline.word_xml import Element, w

_SAID = {
    w("br"): "\n",
    w("cr"): "\n",
    w("tab"): "\t",
    w("ptab"): "\t",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}

_LOOKED_INTO = {
    w(name)
    for name in (
        *("body", "p", "r", "sdt", "sdtContent", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo"),
        *("ins", "moveTo", "tbl", "tr", "tc"),
    )
}

_SAYS_NOTHING = {
    w(name)
    for name in (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData", "sectPr"),
        *("tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "proofErr", "lastRenderedPageBreak", "annotationRef"),
        *("bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "fldChar", "instrText"),
        *("commentRangeStart", "commentRangeEnd", "commentReference"),
        *("del", "delText", "delInstrText", "moveFrom"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
        *("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd"),
        *("customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
        *("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
    )
}

# What Word makes of “-->”, “<--”, “<=>”, “==>”, “<==”, “:)”, “:|” and “:(” while one types, in the font Wingdings.
_WINGDINGS = {
    "E0": "→",
    "DF": "←",
    "F3": "⇔",
    "E8": "➔",
    "E7": "🡄",
    "4A": "☺",
    "4B": "😐",
    "4C": "☹",
    "FC": "✓",
    "A7": "▪",
}

_KEEPS_SPACES = ("{http://www.w3.org/XML/1998/namespace}space", "preserve")
_XML_SPACE = " \t\r\n"


class NotWords(Exception):
    """There is something else than words, such as a picture, a footnote or a formula."""


def words_of(element: Element, leave_out: Collection[Element] = ()) -> str:
    """The words in an element; a new paragraph begins a new line.

    Args:
        element: a paragraph, or what stands in a control.
        leave_out: elements in it that are not looked into.

    Raises:
        NotWords: it holds something that cannot be said in words.
    """
    reading = _Reading(leave_out)
    reading.look_into(element)
    return "".join(reading.pieces)


class _Reading:
    """Gathers words, piece by piece."""

    def __init__(self, leave_out: Collection[Element]) -> None:
        self.pieces: list[str] = []
        self._leave_out = leave_out
        self._paragraph: Element | None = None

    def look_into(self, element: Element) -> None:
        if element.tag == w("p"):
            self._begin(element)
        for child in element:
            if child.tag in _LOOKED_INTO:
                if child not in self._leave_out:
                    self.look_into(child)
            else:
                self.pieces.append(_said(child))

    def _begin(self, paragraph: Element) -> None:
        before = self._paragraph
        if before is not None:
            if before in paragraph.iterancestors():
                raise NotWords  # no program writes a paragraph into another one
            if not _runs_on(before):
                self.pieces.append("\n")
        self._paragraph = paragraph


def _said(element: Element) -> str:
    """What an element says by itself."""
    if element.tag == w("t"):
        return _text(element)
    if element.tag == w("sym"):
        return _symbol(element)
    if element.tag in _SAID:
        return _SAID[element.tag]
    if element.tag in _SAYS_NOTHING:
        return ""
    raise NotWords


def _runs_on(paragraph: Element) -> bool:
    """Whether the end of the paragraph was deleted as a tracked change, so that the next one goes on in its line."""
    return paragraph.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None


def _text(element: Element) -> str:
    name, preserve = _KEEPS_SPACES
    text = element.text or ""
    return text if element.get(name) == preserve else text.strip(_XML_SPACE)


def _symbol(element: Element) -> str:
    known = _WINGDINGS if element.get(w("font")) == "Wingdings" else {}
    symbol = known.get(element.get(w("char"), "").upper().removeprefix("F0"))
    if symbol is None:
        raise NotWords
    return symbol
