"""Fields of a Word document that fetch something or start a program (ISO/IEC 29500-1, 17.16)."""

import re
from xml.parsers import expat

_FETCHES = re.compile(r"\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|RD|EMBED)\b", re.I)
_BEGIN, _SEPARATE, _END = "begin", "separate", "end"
_INSTRUCTIONS = (b"instrText", b"fldSimple")


def fields_that_fetch(content: bytes) -> bool:
    """Whether a part has a field that fetches, or one whose name is hidden inside another field.

    Args:
        content: a part in XML that has been found well-formed and without a DTD.
    """
    if not any(mark in content for mark in _INSTRUCTIONS):
        return False
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.Parse(content, True)
    return reader.found


class _Reader:
    """Puts each field's instruction together, which may be spread over many runs."""

    def __init__(self) -> None:
        self.found = False
        self._open: list[str] = []
        self._reads = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "instrText" | "delInstrText":
                self._reads = True
            case "fldSimple":
                self._judge(_attribute(attributes, "instr"))
            case "fldChar":
                self._mark(_attribute(attributes, "fldCharType"))

    def end(self, _tag: str) -> None:
        self._reads = False

    def text(self, words: str) -> None:
        if self._reads and self._open:
            self._open[-1] += words
        elif self._reads:
            self._judge(words)

    def _mark(self, what: str) -> None:
        if what == _BEGIN:
            if self._open and not self._open[-1].strip():
                self.found = True  # the outer field's own name is made by an inner one
            self._open.append("")
        elif what in (_SEPARATE, _END) and self._open:
            self._judge(self._open[-1])
            if what == _END:
                self._open.pop()

    def _judge(self, instruction: str) -> None:
        self.found |= _FETCHES.match(instruction) is not None


def _attribute(attributes: dict[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")
