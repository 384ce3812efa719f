"""Text as an Excel cell can hold it: exactly as written, or refused; never cut, never turned into something else."""

import re

from openpyxl.cell.rich_text import CellRichText

MAX_CELL_UNITS = 32_767
"""The most text a cell holds, in UTF-16 code units: Excel counts an emoji as two."""

# XML 1.0 (2.2 Char) allows tab, line feed and the rest from space on, save surrogates and two noncharacters.
# A carriage return is allowed but comes back as a line feed, so it is the caller's to normalise.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

_LOOKS_LIKE_AN_ESCAPE = re.compile("_x(?=[0-9A-Fa-f]{4}_)")


class UnwritableText(ValueError):
    """A text holds a character or has a length that no cell can hold; the message never repeats the text."""


def accepted(text: str) -> str:
    """The text itself, once it is certain that a workbook can hold every character of it.

    Raises:
        UnwritableText: a control character, a carriage return, a lone surrogate or a noncharacter.
    """
    bad = _UNWRITABLE.search(text)
    if bad:
        raise UnwritableText(
            f"Tegn nr. {bad.start() + 1} (U+{ord(bad.group()):04X}) kan ikke stå i et regneark. "
            f"Slet tegnet i svaret, og dan filen igen."
        )
    return text


def fits_a_cell(text: str) -> bool:
    """Whether Excel can hold the text in one cell."""
    return utf16_units(text) <= MAX_CELL_UNITS


def utf16_units(text: str) -> int:
    """The length of a text as Excel counts it, in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def as_stored(text: str) -> str | CellRichText:
    """The text in the form that every reader gives back literally.

    Readers turn `_xHHHH_` in a `<t>` into the character (ECMA-376-1 22.9.2.19 ST_Xstring). The standard's own way out,
    `_x005F_xHHHH_`, is undone by Excel, by LibreOffice only for some characters and by openpyxl never in an inline
    string. Each `<t>` is decoded alone, so a text with such a sequence is parted into two runs in the middle of it.
    """
    if "_x" not in text:
        return text
    cuts = [match.end() for match in _LOOKS_LIKE_AN_ESCAPE.finditer(text)]
    if not cuts:
        return text
    return CellRichText([text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)])
