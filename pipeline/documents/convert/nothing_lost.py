"""What LibreOffice made is held against what it was given: no row, cell or paragraph of the Word document is missing.

LibreOffice 7.4 can leave out the rows of a table whose header lands on the last line of a page, and says nothing. It
tags each row, cell and paragraph with text by an element of its own, so counting is enough to see that.
"""

import re
from collections import Counter
from dataclasses import astuple, dataclass

from pipeline.errors import StepFailed

_TEXT = re.compile(rb"<w:t(?: [^>]*)?>[^<]*[^\s<]")
_SAID_TWICE = re.compile(rb"<mc:Fallback\b.*?</mc:Fallback>", re.DOTALL)
"""A text box stands in a Word document once more for old programs (ISO/IEC 29500-3, 7.7)."""
# As LibreOffice writes them; a name that is not plain ASCII has its letters as codes (ISO 32000-1, 7.3.5).
_ELEMENT = re.compile(rb"<</Type/StructElem\n/S/([^\n]+)\n")
_ROWS, _CELLS = (b"TR",), (b"TD", b"TH")
_NO_PARAGRAPHS = {
    *(*_ROWS, *_CELLS, b"Document", b"Table", b"THead", b"TBody", b"Sect", b"Div", b"Part", b"TOC", b"TOCI"),
    *(b"L", b"LI", b"Lbl", b"LBody", b"Figure", b"Form", b"Link", b"Span", b"Annot", b"Note", b"Reference"),
}


@dataclass(frozen=True)
class Pieces:
    """How much a document holds; paragraphs are those in which something is written."""

    rows: int = 0
    cells: int = 0
    paragraphs: int = 0


def pieces_of_word(body: bytes) -> Pieces:
    """What the main part of a Word document holds."""
    body = _SAID_TWICE.sub(b"", body)
    return Pieces(
        body.count(b"</w:tr>"),
        body.count(b"</w:tc>"),
        sum(_TEXT.search(paragraph) is not None for paragraph in body.split(b"</w:p>")),
    )


def require_all(given: Pieces, pdf: bytes) -> None:
    """Hold a PDF as LibreOffice wrote it against the Word document that it was given.

    Raises:
        StepFailed: something is missing.
    """
    tagged = Counter(_ELEMENT.findall(pdf))
    paragraphs = sum(count for kind, count in tagged.items() if kind not in _NO_PARAGRAPHS)
    made = Pieces(sum(tagged[kind] for kind in _ROWS), sum(tagged[kind] for kind in _CELLS), paragraphs)
    if any(there < wanted for there, wanted in zip(astuple(made), astuple(given), strict=True)):
        raise StepFailed(
            "LibreOffice har udeladt en del af teksten, da Word-filen blev gjort til PDF. Der er derfor ikke lavet "
            "en PDF, og Word-filen er, som den var. Meld fejlen til drift, så bliver skabelonen rettet.",
            permanent=True,
        )
