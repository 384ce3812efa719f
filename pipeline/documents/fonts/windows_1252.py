"""The body font cut down to Windows-1252, for form fields in which people type: as a font program and as widths."""

import io
import logging
from dataclasses import dataclass
from functools import cache

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from pipeline.documents.fonts.installed import body_font_file

ENCODING = "cp1252"
FIRST_CODE, LAST_CODE = 32, 255

# It warns of Carlito's date of making every time that the font is cut.
logging.getLogger("fontTools").setLevel(logging.ERROR)


@dataclass(frozen=True)
class CutFont:
    """A TrueType program and its measures, in thousandths of the font size."""

    program: bytes
    box: tuple[int, ...]
    ascent: int
    descent: int
    cap_height: int


@cache
def cut_font() -> CutFont:
    """The regular face with the characters of Windows-1252 alone."""
    with TTFont(body_font_file(), recalcTimestamp=False) as font:
        subsetter = Subsetter(Options(layout_features=[], notdef_outline=True, hinting=False))
        subsetter.populate(unicodes=[ord(_character(code)) for code in range(FIRST_CODE, LAST_CODE + 1)])
        subsetter.subset(font)
        target = io.BytesIO()
        font.save(target)
        scale, head, rows = 1000 / font["head"].unitsPerEm, font["head"], font["hhea"]
        return CutFont(
            program=target.getvalue(),
            box=tuple(round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)),
            ascent=round(rows.ascent * scale),
            descent=round(rows.descent * scale),
            cap_height=round(font["OS/2"].sCapHeight * scale),
        )


@cache
def widths() -> tuple[int, ...]:
    """Widths of the characters FIRST_CODE to LAST_CODE, in thousandths of the font size."""
    with TTFont(body_font_file(), lazy=True) as font:
        scale, glyph_of = 1000 / font["head"].unitsPerEm, font.getBestCmap()
        glyphs = [glyph_of.get(ord(_character(code)), ".notdef") for code in range(FIRST_CODE, LAST_CODE + 1)]
        return tuple(round(font["hmtx"][glyph][0] * scale) for glyph in glyphs)


def _character(code: int) -> str:
    return bytes([code]).decode(ENCODING, "replace")
