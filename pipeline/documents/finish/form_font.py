"""The font of the form fields: embedded with all of Windows-1252, so that any Danish answer can be typed."""

import io
from functools import cache
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from pipeline.documents.fonts.installed import body_font_file

FORM_FONT = "Carlito"
"""The name under which the form's fields call for the font."""

_ENCODING = "cp1252"
_FIRST, _LAST = 32, 255


def embed_form_font(pdf: Pdf) -> Dictionary:
    """Embed the body font as a simple TrueType font with WinAnsiEncoding (ISO 32000-1, 9.6.6)."""
    program, facts = _subset(str(body_font_file()))
    file = Stream(pdf, program)
    file.Length1 = len(program)
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/HJTILS+Carlito"), Flags=32, FontFile2=pdf.make_indirect(file),
        FontBBox=Array(list(facts.box)), ItalicAngle=0, Ascent=facts.ascent, Descent=facts.descent,
        CapHeight=facts.cap_height, StemV=80,
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/HJTILS+Carlito"), Encoding=Name.WinAnsiEncoding,
            FirstChar=_FIRST, LastChar=_LAST, Widths=Array(list(form_font_widths())),
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )  # fmt: skip


class FontFacts:
    """Measures of the font in thousandths of its size."""

    def __init__(self, font: TTFont) -> None:
        scale = 1000 / font["head"].unitsPerEm
        head, metrics = font["head"], font["OS/2"]
        self.box = tuple(round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax))
        self.ascent, self.descent = round(font["hhea"].ascent * scale), round(font["hhea"].descent * scale)
        self.cap_height = round(getattr(metrics, "sCapHeight", 700) * scale)


@cache
def form_font_widths() -> tuple[int, ...]:
    """Widths of the characters 32-255 of Windows-1252, in thousandths of the font size."""
    with TTFont(body_font_file(), lazy=True) as font:
        scale, cmap = 1000 / font["head"].unitsPerEm, font.getBestCmap()
        glyphs = [cmap.get(ord(_character(code)), ".notdef") for code in range(_FIRST, _LAST + 1)]
        return tuple(round(font["hmtx"][glyph][0] * scale) for glyph in glyphs)


@cache
def _subset(path: str) -> tuple[bytes, FontFacts]:
    with TTFont(Path(path), recalcTimestamp=False) as font:
        subsetter = Subsetter(Options(layout_features=[], notdef_outline=True, hinting=False))
        subsetter.populate(unicodes=[ord(_character(code)) for code in range(_FIRST, _LAST + 1)])
        subsetter.subset(font)
        target = io.BytesIO()
        font.save(target)
        return target.getvalue(), FontFacts(font)


def _character(code: int) -> str:
    return bytes([code]).decode(_ENCODING, "replace")
