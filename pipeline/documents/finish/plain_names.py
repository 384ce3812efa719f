"""The names that a plain report uses: every name of the file but those of its styles and fonts."""

_NAMES = """
    A AF AFRelationship Ascent ASCII85Decode Author BaseFont BBox Block Both CapHeight Caption Catalog CheckSum
    ColSpan Column Contents Count CreationDate Creator DecodeParms Desc Descent Dest DestOutputProfile
    DisplayDocTitle Div Document EF EmbeddedFile EmbeddedFiles EndIndent F Filespec Filter First FirstChar Flags
    FlateDecode Font FontBBox FontDescriptor FontFile2 FontName GTS_PDFA1 H1 H2 H3 H4 H5 H6 Headers Height ID Info
    Inline ItalicAngle K Kids L Lang Last LastChar Layout Lbl LBody Length Length1 LI List ListNumbering Marked
    MarkInfo MCID MCR MediaBox Metadata ModDate N Names Next Nums O OpenAction Outlines OutputConditionIdentifier
    OutputIntent OutputIntents P Page PageMode Pages Params Parent ParentTree PDF Pg Placement Prev ProcSet Producer
    Resources RoleMap Root Row RowSpan S Scope Sect Size Source SpaceAfter SpaceBefore Span StartIndent StemV
    StructElem StructParents StructTreeRoot Subject Subtype Table Tabs TBody TD Text TextAlign TextIndent TH THead
    Title ToUnicode TR TrueType Type UF UseOutlines ViewerPreferences Width Widths XML XYZ
"""
_MEDIA_TYPE = b"/application#2fvnd.openxmlformats-officedocument.spreadsheetml.sheet"
DIGITS = b"0123456789"

NAMES = frozenset(
    name.translate(None, DIGITS) for name in (*(f"/{name}".encode() for name in _NAMES.split()), _MEDIA_TYPE)
)
"""Without digits. Of the kinds of fonts, which then look alike, the one that is meant is looked for by itself."""
