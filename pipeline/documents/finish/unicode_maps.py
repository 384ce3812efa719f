"""Completes the fonts' maps to Unicode, which LibreOffice leaves open inside a cluster of characters.

A letter with several marks, or an Indic syllable, is drawn with several glyphs. LibreOffice maps the first glyph to the
whole cluster and the others to nothing, which PDF/A-3a 6.2.11.7.2 and PDF/UA-1 7.21.7 forbid. The others are mapped to
a character without width, so that the text read back is the cluster once.
"""

import re
from collections.abc import Iterator

from pikepdf import Dictionary, Name, Pdf, Stream

_WORD_JOINER = "2060"
_ENTRY = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<[0-9A-Fa-f]+>")
_END = b"endcmap"


def complete_unicode_maps(pdf: Pdf) -> None:
    """Give every code of every simple font a Unicode value."""
    for font in _simple_fonts(pdf):
        cmap = font.ToUnicode.read_bytes()
        known = {int(code, 16) for code in _ENTRY.findall(cmap)}
        missing = [code for code in range(int(font.FirstChar), int(font.LastChar) + 1) if code not in known]
        if missing:
            font.ToUnicode.write(_with_entries(cmap, missing))


def _simple_fonts(pdf: Pdf) -> Iterator[Dictionary]:
    for thing in pdf.objects:
        # Looking for the key first is a sixth of the time: fonts are few among a thousand objects.
        if not isinstance(thing, Dictionary) or "/FirstChar" not in thing or thing.get("/Type") != Name.Font:
            continue
        if isinstance(thing.get("/ToUnicode"), Stream):
            yield thing


def _with_entries(cmap: bytes, codes: list[int]) -> bytes:
    """The map with one more block; a block holds at most 100 entries (Adobe Technical Note 5411)."""
    blocks = [codes[start : start + 100] for start in range(0, len(codes), 100)]
    added = b"".join(
        b"%d beginbfchar\n%sendbfchar\n"
        % (len(block), b"".join(b"<%02X> <%s>\n" % (code, _WORD_JOINER.encode()) for code in block))
        for block in blocks
    )
    head, tail = cmap.rsplit(_END, 1)
    return head + added + _END + tail
