"""Pages that hold nothing but the text, lines and coloured boxes that Writer draws with a handful of operators.

Such pages can be condensed to one that shows every glyph of every font once: a validator has nothing else to find on
them, and needs a third of the time. Whether a page is plain is seen without taking its five thousand words apart: with
numbers, glyph codes and brackets left out, a report is some thirty different lines.
"""

import re
from collections.abc import Sequence
from itertools import accumulate

_NUMBERS_AND_CODES = b"0123456789ABCDEF.-<>[] "
# The operators as they are then left (ISO 32000-1, annex A): BT and ET are T; EMC is M; <</MCID 0>>BDC is /MI.
_STATE = rb"(?:[wJjd]|rg|RG|q|Q|qre|W\*?n|)\n"
_DRAWING = rb"(?:T[dfmJjz]?|/Tf|rg|RG|re|W\*?|f\*?|[qQngGwJjdmlchS])*\n"
_MARKED = rb"/(?:rtifactM|[^/\nQ]*/MI)\n(?:%s)*+M\n" % _DRAWING
_PLAIN = re.compile(rb"(?:%s|%s)*+" % (_STATE, _MARKED))
_MOST_NESTED = 28  # PDF/A-3 6.1.13: q and Q

_SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf(?:\[([^\]]*)\]TJ|(<[^>\]]*>)Tj)")
_TAGGED = re.compile(rb"/[^\s/<>]+<</MCID \d+>>BDC\n")
_DIGITS, _BETWEEN = b"0123456789", b"\n[>-+"
_ZEROS_AND_SPACES = bytes.maketrans(_DIGITS + _BETWEEN, b"0" * len(_DIGITS) + b" " * len(_BETWEEN))
_LONG_NUMBER = b" 0000000000"  # PDF/A-3 6.1.13: no integer has more than ten digits


class NotPlain(Exception):
    """The pages hold something else, which is not thereby wrong."""


def condensed(contents: Sequence[bytes]) -> bytes:
    """The first page for all of them: each glyph of each font once, tagged as the first piece of that page.

    Args:
        contents: of each page, decoded; they share their fonts.

    Raises:
        NotPlain: see there.
    """
    shown = sum(map(_refuse_strange, contents))
    opening = _TAGGED.search(contents[0])
    if not opening:
        raise NotPlain("a first page without a tag")
    glyphs = sorted(_glyphs_by_font(contents, shown).items())
    each = b" ".join(b"/%s 9 Tf <%s> Tj" % (font, codes.hex().encode()) for font, codes in glyphs)
    return b"%sBT %s ET\nEMC\n" % (opening[0], each)


def _refuse_strange(content: bytes) -> int:
    """Look a page through; how often it shows text (rather too many than too few) is counted on the way."""
    operators = content.translate(None, _NUMBERS_AND_CODES)
    if not _PLAIN.fullmatch(operators if operators.endswith(b"\n") else operators + b"\n"):
        raise NotPlain("an operator or a tag")
    if _nesting(operators) > _MOST_NESTED or _LONG_NUMBER in content.translate(_ZEROS_AND_SPACES):
        raise NotPlain("a limit")
    return operators.count(b"TJ") + operators.count(b"Tj")


def _nesting(operators: bytes) -> int:
    """How many q at most wait for their Q; a style's name can only add to them, as one with a Q is not plain."""
    return max(accumulate(piece.count(b"q") - 1 for piece in operators.split(b"Q"))) + 1


def _glyphs_by_font(contents: Sequence[bytes], shown: int) -> dict[bytes, bytes]:
    texts: dict[bytes, set[bytes]] = {}
    found = [each for content in contents for each in _SHOWN.findall(content)]
    if len(found) != shown:
        raise NotPlain("text that does not name its font")
    for font, several, one in found:
        texts.setdefault(font, set()).add(several or one)
    return {font: _codes(set(b"".join(different).split(b"<"))) for font, different in texts.items()}


def _codes(pieces: set[bytes]) -> bytes:
    """The codes in what stands behind each “<”: codes of two digits, “>”, and how far to move before the next."""
    codes = {piece.partition(b">")[0] for piece in pieces}
    if any(len(each) % 2 for each in codes):
        raise NotPlain("half a glyph code")
    try:
        return bytes(sorted(set(bytes.fromhex(b"".join(codes).decode("ascii")))))
    except ValueError as error:
        raise NotPlain("glyph codes") from error
