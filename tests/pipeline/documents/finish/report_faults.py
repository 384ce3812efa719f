"""Faults that a report could come out with, one at a time: each changes an opened report or its bytes."""

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import report_surgery as make
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from report_surgery import Fault

FAULTS: dict[str, Fault] = {
    # the catalogue and what it names
    "no metadata": make.without("/Metadata"),
    "no colours": make.without("/OutputIntents"),
    "no language": make.without("/Lang"),
    "not marked": make.without("/MarkInfo"),
    "suspects": make.on_root("/MarkInfo", lambda: Dictionary(Marked=True, Suspects=True)),
    "no structure": make.without("/StructTreeRoot"),
    "title not shown": make.without("/ViewerPreferences"),
    "language no language": make.on_root("/Lang", lambda: String("klingon på dansk")),
    "script on opening": make.on_root("/OpenAction", make.javascript),
    "launch on opening": make.on_root("/OpenAction", lambda: Dictionary(S=Name.Launch, F=String("x.exe"))),
    "actions of the document": make.on_root("/AA", lambda: Dictionary(WC=make.javascript())),
    "scripts by name": lambda pdf: pdf.Root.Names.update({"/JavaScript": Dictionary(Names=Array([]))}),
    "requirements": make.on_root("/Requirements", lambda: Array([])),
    "needs rendering": make.on_root("/NeedsRendering", lambda: True),
    "permissions": make.on_root("/Perms", lambda: Dictionary(X=Dictionary())),
    "alternate presentations": lambda pdf: pdf.Root.Names.update({"/AlternatePresentations": Dictionary()}),
    "form without appearances": make.form,
    "dynamic form": make.xfa,
    "layers without a name": make.layers,
    # what the file says of itself
    "no part of PDF/A": make.in_metadata(b"<pdfaid:part>3</pdfaid:part>", b""),
    "another part of PDF/A": make.in_metadata(b"<pdfaid:part>3<", b"<pdfaid:part>2<"),
    "another level of PDF/A": make.in_metadata(b"conformance>A<", b"conformance>B<"),
    "no part of PDF/UA": make.in_metadata(b"<pdfuaid:part>1</pdfuaid:part>", b""),
    "no extension schema": make.in_metadata(b"pdfaExtension:schemas>", b"pdfaExtension:other>"),
    "half an extension schema": make.in_metadata(b"<pdfaProperty:category>internal</pdfaProperty:category>", b""),
    "unknown property": make.in_metadata(b"<pdfuaid:part>1<", b"<pdfuaid:odd>1</pdfuaid:odd><pdfuaid:part>1<"),
    "property of another type": make.in_metadata(b"<xmp:CreateDate>", b"<xmp:CreateDate>i forgaars "),
    "no title in the metadata": make.in_metadata(b"dc:title>", b"dc:source>"),
    "metadata no XML": make.in_metadata(b"</x:xmpmeta>", b""),
    "packet with size": make.in_metadata(b'id="W5M0MpCehiHzreSzNTczkc9d"', b'id="W5M0MpCehiHzreSzNTczkc9d" bytes="9"'),
    "packet with encoding": make.in_metadata(
        b'id="W5M0MpCehiHzreSzNTczkc9d"', b'id="W5M0MpCehiHzreSzNTczkc9d" encoding="UTF-8"'
    ),
    "metadata compressed": make.compressed_metadata,
    "another title": make.in_info("/Title", "Noget andet"),
    "another author": make.in_info("/Author", "En anden"),
    "another subject": make.in_info("/Subject", "Noget andet"),
    "another program": make.in_info("/Creator", "Et andet"),
    "another producer": make.in_info("/Producer", "Et andet"),
    "another day of making": make.in_info("/CreationDate", "D:20010101000000Z"),
    "another day of change": make.in_info("/ModDate", "D:20010101000000Z"),
    "keywords only outside": make.in_info("/Keywords", "tilsyn"),
    # colours
    "profile no profile": make.swap_profile,
    "profile of inks": make.cmyk_profile,
    "profile too new": make.old_profile,
    "two profiles": make.three_intents,
    "profile of another kind": lambda pdf: pdf.Root.OutputIntents[0].update({"/S": Name.GTS_PDFX}),
    "intent elsewhere": lambda pdf: pdf.Root.OutputIntents[0].update({"/DestOutputProfileRef": Dictionary()}),
    "ink colour": make.in_content(b"1 0 0 0 k 0 0 1 1 re f"),
    "ink line": make.in_content(b"1 0 0 0 K 0 0 m 1 1 l S"),
    "unknown intent": make.in_content(b"/Noget ri"),
    "unknown operator": make.in_content(b"1 noget"),
    "deep graphics": make.deep_graphics,
    "number out of range": make.in_content(b"99999999999 0 m 1 1 l S"),
    "odd hexadecimal string": make.in_content(b"BT /F1 9 Tf <012> Tj ET"),
    "picture in the text": make.in_content(b"BI /W 1 /H 1 /BPC 8 /CS /RGB /F /LZW ID abc EI"),
    # pictures and see-through things
    "picture in inks": make.with_resource("/XObject", "/X", make.cmyk_picture, b"/X Do"),
    "picture smoothed": make.with_resource("/XObject", "/X", lambda pdf: make.picture(pdf, Interpolate=True), b"/X Do"),
    "picture see-through": make.with_resource("/XObject", "/X", make.masked_picture, b"/X Do"),
    "picture from PostScript": make.with_resource(
        "/XObject", "/X", lambda pdf: Stream(pdf, b"", Type=Name.XObject, Subtype=Name.PS), b"/X Do"
    ),
    "picture not there": make.in_content(b"/X Do"),
    "unknown blend": make.with_resource("/ExtGState", "/G", lambda pdf: Dictionary(BM=Name.Noget), b"/G gs"),
    "transfer curve": make.with_resource("/ExtGState", "/G", lambda pdf: Dictionary(TR=Name.Identity), b"/G gs"),
    "halftone": make.with_resource("/ExtGState", "/G", lambda pdf: Dictionary(HT=Dictionary(HalftoneType=3)), b"/G gs"),
    "see-through without colours": make.on_page("/Group", lambda pdf: Dictionary(S=Name.Transparency)),
    "colour space of inks": make.with_resource(
        "/ColorSpace", "/C", lambda pdf: Name.DeviceCMYK, b"/C cs 0 0 0 0 sc 0 0 1 1 re f"
    ),
    "default colour of inks": make.with_resource(
        "/ColorSpace", "/DefaultRGB", lambda pdf: Name.DeviceCMYK, b"1 0 0 rg 0 0 1 1 re f"
    ),
    # pages
    "no tab order": make.no_tab_order,
    "actions of a page": make.on_page("/AA", lambda pdf: Dictionary(O=make.javascript())),
    "presentation steps": make.on_page("/PresSteps", lambda pdf: Dictionary()),
    "page too small": make.on_page("/MediaBox", lambda pdf: Array([0, 0, 2, 2])),
    "page too large": make.on_page("/MediaBox", lambda pdf: Array([0, 0, 20000, 20000])),
    "page box too large": make.on_page("/CropBox", lambda pdf: Array([0, 0, 20000, 20000])),
    "page without resources": make.page_without_resources,
    "resources without fonts": make.resources_without_fonts,
    # marks on pages
    "film on a page": make.annotation(Subtype=Name.Movie, F=4),
    "hidden mark": make.annotation(Subtype=Name.Link, F=2, Contents=String("x")),
    "link untagged": make.annotation(
        Subtype=Name.Link, F=4, Contents=String("x"), A=Dictionary(S=Name.URI, URI=String("https://example.org"))
    ),
    "link to a program": make.annotation(
        Subtype=Name.Link, F=4, Contents=String("x"), A=Dictionary(S=Name.Launch, F=String("x"))
    ),
    "note without looks": make.annotation(Subtype=Name.Text, F=4, Contents=String("x")),
    "mark without print flag": make.annotation(Subtype=Name.Square, F=0, Contents=String("x")),
    # fonts
    "font not embedded": make.in_descriptor("/FontFile2", None),
    "font without widths": make.in_font("/Widths", None),
    "font with wrong widths": make.in_font("/Widths", lambda: Array([999] * 256)),
    "font without its name": make.in_font("/BaseFont", None),
    "font without first character": make.in_font("/FirstChar", None),
    "font without last character": make.in_font("/LastChar", None),
    "font without description": make.in_font("/FontDescriptor", None),
    "font of another kind": make.in_font("/Subtype", lambda: Name.Type1),
    "font of unknown kind": make.in_font("/Subtype", lambda: Name.Noget),
    "font without Unicode": make.in_font("/ToUnicode", None),
    "symbol font with encoding": make.in_font("/Encoding", lambda: Name.WinAnsiEncoding),
    "font not symbolic": make.in_descriptor("/Flags", lambda: 32),
    "character without Unicode": make.in_unicode_map(rb"<01> <[0-9A-Fa-f]{4}>\n", b""),
    "character as nothing": make.in_unicode_map(rb"<01> <[0-9A-Fa-f]{4}>", b"<01> <0000>"),
    "character as mark of order": make.in_unicode_map(rb"<01> <[0-9A-Fa-f]{4}>", b"<01> <FEFF>"),
    "private character": make.private_character,
    "missing glyph": make.text_without_glyph,
    # files inside
    "file not associated": make.without("/AF"),
    "file without relationship": make.in_file_entry("/AFRelationship", None),
    "file with odd relationship": make.in_file_entry("/AFRelationship", lambda: Name.Noget),
    "file without Unicode name": make.in_file_entry("/UF", None),
    "file without name": make.in_file_entry("/F", None),
    "file without content": make.in_file_entry("/EF", None),
    "file without kind": make.in_embedded("/Subtype", None),
    "file of odd kind": make.in_embedded("/Subtype", lambda: Name("/noget andet")),
    "file without its facts": make.in_embedded("/Params", None),
    "second file not associated": make.other_file,
    # streams
    "packed with LZW": make.lzw,
    "content elsewhere": make.external_stream,
    # the outline
    "script in the outline": make.in_outline("/A", make.javascript),
    "long title in the outline": make.in_outline("/Title", lambda: String("x" * 40_000)),
    # structure
    "text untagged": make.untagged_text,
    "unknown role": make.unknown_role,
    "circle of roles": make.circle_of_roles,
    "standard role given away": make.standard_role_mapped,
    "long name of a role": make.long_name_of_role,
    "odd name of a role": make.wild_name_of_role,
    "figure without text": make.no_figure_text,
    "heading level skipped": make.level_skipped,
    "header cell without scope": make.headers_without_scope,
    "cell outside a row": make.renamed("TR", "Div"),
    "row outside a table": make.renamed("Table", "Div"),
    "item outside a list": make.renamed("L", "Div"),
    "note without number": make.renamed("Svar", "Note"),
    "element without parent": make.in_first("Svar", "/P", None),
    "element with odd language": make.in_first("Svar", "/Lang", lambda: String("klingon på dansk")),
    "element with long words": make.in_first("Svar", "/ActualText", lambda: String("x" * 40_000)),
    "element with odd kind": make.in_first("Svar", "/S", lambda: Name("/Ukendt")),
    "cell too wide": make.in_first("TD", "/A", lambda: Dictionary(O=Name.Table, ColSpan=3)),
    "cell too tall": make.in_first("TD", "/A", lambda: Dictionary(O=Name.Table, RowSpan=99)),
}
"""By name; each leaves a file that a reader still opens."""

BYTE_FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "something after the end": lambda file: file + b"noget\n",
    "no sign of bytes in the head": make.text_head,
    "another head": lambda file: b"%PDF-2.0" + file[8:],
    "something before the head": lambda file: b"x" + file,
    "no identifier": lambda file: re.sub(rb"/ID \[", b"/XX [", file),
    "odd lines in the list of places": lambda file: file.replace(b" 00000 n \n", b" 00000 n\n\n", 1),
    "space in the list of places": lambda file: file.replace(b"\nxref\n0 ", b"\nxref \n0 ", 1),
    "wrong length of a stream": lambda file: re.sub(
        rb"/Length (\d\d\d)\b", lambda m: b"/Length %03d" % (int(m[1]) - 1), file, count=1
    ),
    "stream ends in a carriage return": lambda file: file.replace(b"\nendstream", b"\rendstream", 1),
    "odd hexadecimal digits": lambda file: re.sub(rb"/CheckSum <..", b"/CheckSum <zz", file, count=1),
}


def saved(pdf: Pdf, path: Path) -> None:
    """Write as the finish does."""
    pdf.save(
        path,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        compress_streams=False,
        fix_metadata_version=False,
    )
