"""Embeds the font of the form fields, with all of Windows-1252, so that any Danish answer can be typed."""

from pikepdf import Array, Dictionary, Name, Pdf, Stream

from pipeline.documents.fonts.windows_1252 import FIRST_CODE, LAST_CODE, cut_font, widths

_SUBSET_NAME = "/HJTILS+Carlito"
_NON_SYMBOLIC = 32


def embed_form_font(pdf: Pdf) -> Dictionary:
    """The body font as a simple TrueType font with WinAnsiEncoding (ISO 32000-1, 9.6.6)."""
    font = cut_font()
    file = Stream(pdf, font.program)
    file.Length1 = len(font.program)
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(_SUBSET_NAME), Flags=_NON_SYMBOLIC, FontFile2=pdf.make_indirect(file),
        FontBBox=Array(list(font.box)), ItalicAngle=0, Ascent=font.ascent, Descent=font.descent,
        CapHeight=font.cap_height, StemV=80,
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(_SUBSET_NAME), Encoding=Name.WinAnsiEncoding,
            FirstChar=FIRST_CODE, LastChar=LAST_CODE, Widths=Array(list(widths())),
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )  # fmt: skip
