"""Faults that a report could come out with, one at a time: each changes an opened report or its bytes."""

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

Fault = Callable[[Pdf], None]

RGB_PICTURE: dict[str, Any] = {
    "Type": Name.XObject,
    "Subtype": Name.Image,
    "Width": 1,
    "Height": 1,
    "BitsPerComponent": 8,
}


def _first_page(pdf: Pdf) -> Dictionary:
    return pdf.pages[0].obj


def _font(pdf: Pdf) -> Dictionary:
    return _first_page(pdf).Resources.Font.F1


def _elements(pdf: Pdf, kind: str) -> list[Dictionary]:
    return [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/S") == Name(f"/{kind}") and "/P" in o]


def _without(*path: str) -> Fault:
    """Take an entry away; the path begins at the catalogue."""

    def fault(pdf: Pdf) -> None:
        thing = pdf.Root
        for key in path[:-1]:
            thing = thing[int(key)] if key.isdecimal() else thing[key]
        del thing[path[-1]]

    return fault


def _on_root(key: str, value: Callable[[], object]) -> Fault:
    def fault(pdf: Pdf) -> None:
        pdf.Root[key] = value()

    return fault


def _on_page(key: str, value: Callable[[Pdf], object]) -> Fault:
    def fault(pdf: Pdf) -> None:
        _first_page(pdf)[key] = value(pdf)

    return fault


def _in_content(written: bytes) -> Fault:
    """Draw something more, as an artifact."""

    def fault(pdf: Pdf) -> None:
        contents = _first_page(pdf).Contents
        contents.write(contents.read_bytes() + b"\n/Artifact BMC\n" + written + b"\nEMC\n")

    return fault


def _with_resource(kind: str, name: str, make: Callable[[Pdf], object], drawn: bytes) -> Fault:
    def fault(pdf: Pdf) -> None:
        resources = _first_page(pdf).Resources
        resources[kind] = Dictionary({name: make(pdf)})
        _in_content(drawn)(pdf)

    return fault


def _in_metadata(before: bytes, after: bytes) -> Fault:
    def fault(pdf: Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes()
        if before not in packet:
            raise ValueError("nothing to change in the metadata")
        pdf.Root.Metadata.write(packet.replace(before, after))

    return fault


def _in_info(key: str, value: str) -> Fault:
    def fault(pdf: Pdf) -> None:
        pdf.docinfo[key] = String(value)

    return fault


def _in_font(key: str, value: Callable[[], object] | None) -> Fault:
    def fault(pdf: Pdf) -> None:
        if value is None:
            del _font(pdf)[key]
        else:
            _font(pdf)[key] = value()

    return fault


def _in_descriptor(key: str, value: Callable[[], object] | None) -> Fault:
    def fault(pdf: Pdf) -> None:
        descriptor = _font(pdf).FontDescriptor
        if value is None:
            del descriptor[key]
        else:
            descriptor[key] = value()

    return fault


def _in_unicode_map(before: bytes, after: bytes) -> Fault:
    def fault(pdf: Pdf) -> None:
        cmap = _font(pdf).ToUnicode.read_bytes()
        changed = re.sub(before, after, cmap, count=1)
        if changed == cmap:
            raise ValueError("nothing to change in the map")
        _font(pdf).ToUnicode.write(changed)

    return fault


def _in_file_entry(key: str, value: Callable[[], object] | None) -> Fault:
    def fault(pdf: Pdf) -> None:
        entry = pdf.Root.AF[0]
        if value is None:
            del entry[key]
        else:
            entry[key] = value()

    return fault


def _in_embedded(key: str, value: Callable[[], object] | None) -> Fault:
    def fault(pdf: Pdf) -> None:
        stream = pdf.Root.AF[0].EF.F
        if value is None:
            del stream[key]
        else:
            stream[key] = value()

    return fault


def _in_outline(key: str, value: Callable[[], object]) -> Fault:
    def fault(pdf: Pdf) -> None:
        first = pdf.Root.Outlines.First
        if key in ("/A", "/AA"):
            del first["/Dest"]
        first[key] = value()

    return fault


def _in_first(kind: str, key: str, value: Callable[[], object] | None) -> Fault:
    def fault(pdf: Pdf) -> None:
        element = _elements(pdf, kind)[0]
        if value is None:
            del element[key]
        else:
            element[key] = value()

    return fault


def _renamed(kind: str, other: str, *, every: bool = False) -> Fault:
    def fault(pdf: Pdf) -> None:
        for element in _elements(pdf, kind)[: None if every else 1]:
            element.S = Name(f"/{other}")

    return fault


def _annotation(**entries: Any) -> Fault:
    def fault(pdf: Pdf) -> None:
        rect = Array([10, 10, 20, 20])
        _first_page(pdf).Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=rect, **entries))])

    return fault


def _javascript() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _picture(pdf: Pdf, **entries: Any) -> Stream:
    return Stream(pdf, b"\0\0\0", Dictionary(**RGB_PICTURE, ColorSpace=Name.DeviceRGB, **entries))


def _cmyk_picture(pdf: Pdf) -> Stream:
    return Stream(pdf, b"\0\0\0\0", Dictionary(**RGB_PICTURE, ColorSpace=Name.DeviceCMYK))


def _masked_picture(pdf: Pdf) -> Stream:
    mask = Stream(pdf, b"\0", Dictionary(**RGB_PICTURE, ColorSpace=Name.DeviceGray))
    return _picture(pdf, SMask=mask)


def _swap_profile(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.write(b"not a profile at all, but long enough to look at" * 4)


def _cmyk_profile(pdf: Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    content = profile.read_bytes()
    profile.write(content[:16] + b"CMYK" + content[20:])


def _old_profile(pdf: Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    content = profile.read_bytes()
    profile.write(content[:8] + b"\x09" + content[9:])


def _three_intents(pdf: Pdf) -> None:
    other = Stream(pdf, pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes() + b"\0\0\0\0", N=3)
    intent = Dictionary(S=Name.GTS_PDFA1, OutputConditionIdentifier=String("x"), DestOutputProfile=other)
    pdf.Root.OutputIntents.append(intent)


def _compressed_metadata(pdf: Pdf) -> None:
    metadata = pdf.Root.Metadata
    metadata.write(zlib.compress(metadata.read_bytes()), filter=Name.FlateDecode)


def _lzw(pdf: Pdf) -> None:
    _first_page(pdf).Contents.write(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", filter=Name.LZWDecode)


def _untagged_text(pdf: Pdf) -> None:
    contents = _first_page(pdf).Contents
    contents.write(contents.read_bytes() + b"\nBT /F1 9 Tf 50 50 Td <01> Tj ET\n")


def _text_without_glyph(pdf: Pdf) -> None:
    contents = _first_page(pdf).Contents
    contents.write(contents.read_bytes() + b"\n/Artifact BMC BT /F1 9 Tf 50 50 Td <00> Tj ET EMC\n")


def _circle_of_roles(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap.Svar = Name.Svar


def _unknown_role(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.RoleMap["/Svar"]


def _standard_role_mapped(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap["/P"] = Name.H1


def _long_name_of_role(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap["/" + "x" * 128] = Name.P


def _wild_name_of_role(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap["/a#ff#fe"] = Name.P


def _no_figure_text(pdf: Pdf) -> None:
    _elements(pdf, "Svar")[0].S = Name.Figure


def _level_skipped(pdf: Pdf) -> None:
    _elements(pdf, "H1")[1].S = Name.H4


def _deep_graphics(pdf: Pdf) -> None:
    _in_content(b"q " * 40 + b"Q " * 40)(pdf)


def _private_character(pdf: Pdf) -> None:
    _in_unicode_map(rb"<01> <[0-9A-Fa-f]{4}>", b"<01> <E000>")(pdf)


def _headers_without_scope(pdf: Pdf) -> None:
    for element in _elements(pdf, "TH"):
        del element["/A"]


def _no_tab_order(pdf: Pdf) -> None:
    _annotation(Subtype=Name.Link, F=4)(pdf)
    del _first_page(pdf)["/Tabs"]


def _page_without_resources(pdf: Pdf) -> None:
    del _first_page(pdf)["/Resources"]


def _resources_without_fonts(pdf: Pdf) -> None:
    del _first_page(pdf).Resources["/Font"]


def _text_head(file: bytes) -> bytes:
    """The head without the line that says that the file is not text."""
    sign = file.split(b"\n")[1]
    return file.replace(sign, b"%" + b"a" * (len(sign) - 1), 1)


def _form(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), NeedAppearances=True)


def _xfa(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(pdf, b"<xdp/>"))


def _layers(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("lag")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([])))


def _other_file(pdf: Pdf) -> None:
    """A second file, listed by name but not associated with the document."""
    pdf.attachments["andet.txt"] = pikepdf.AttachedFileSpec(
        pdf, b"x", filename="andet.txt", description="", mime_type="text/plain", creation_date="", mod_date=""
    )
    entry = pdf.attachments["andet.txt"].obj
    if "/AFRelationship" in entry:
        del entry["/AFRelationship"]


def _external_stream(pdf: Pdf) -> None:
    _font(pdf).ToUnicode.F = String("andet.bin")


FAULTS: dict[str, Fault] = {
    # the catalogue and what it names
    "no metadata": _without("/Metadata"),
    "no colours": _without("/OutputIntents"),
    "no language": _without("/Lang"),
    "not marked": _without("/MarkInfo"),
    "suspects": _on_root("/MarkInfo", lambda: Dictionary(Marked=True, Suspects=True)),
    "no structure": _without("/StructTreeRoot"),
    "title not shown": _without("/ViewerPreferences"),
    "language no language": _on_root("/Lang", lambda: String("klingon på dansk")),
    "script on opening": _on_root("/OpenAction", _javascript),
    "launch on opening": _on_root("/OpenAction", lambda: Dictionary(S=Name.Launch, F=String("x.exe"))),
    "actions of the document": _on_root("/AA", lambda: Dictionary(WC=_javascript())),
    "scripts by name": lambda pdf: pdf.Root.Names.update({"/JavaScript": Dictionary(Names=Array([]))}),
    "requirements": _on_root("/Requirements", lambda: Array([])),
    "needs rendering": _on_root("/NeedsRendering", lambda: True),
    "permissions": _on_root("/Perms", lambda: Dictionary(X=Dictionary())),
    "alternate presentations": lambda pdf: pdf.Root.Names.update({"/AlternatePresentations": Dictionary()}),
    "form without appearances": _form,
    "dynamic form": _xfa,
    "layers without a name": _layers,
    # what the file says of itself
    "no part of PDF/A": _in_metadata(b"<pdfaid:part>3</pdfaid:part>", b""),
    "another part of PDF/A": _in_metadata(b"<pdfaid:part>3<", b"<pdfaid:part>2<"),
    "another level of PDF/A": _in_metadata(b"conformance>A<", b"conformance>B<"),
    "no part of PDF/UA": _in_metadata(b"<pdfuaid:part>1</pdfuaid:part>", b""),
    "no extension schema": _in_metadata(b"pdfaExtension:schemas>", b"pdfaExtension:other>"),
    "half an extension schema": _in_metadata(b"<pdfaProperty:category>internal</pdfaProperty:category>", b""),
    "unknown property": _in_metadata(b"<pdfuaid:part>1<", b"<pdfuaid:odd>1</pdfuaid:odd><pdfuaid:part>1<"),
    "property of another type": _in_metadata(b"<xmp:CreateDate>", b"<xmp:CreateDate>i forgaars "),
    "no title in the metadata": _in_metadata(b"dc:title>", b"dc:source>"),
    "metadata no XML": _in_metadata(b"</x:xmpmeta>", b""),
    "packet with size": _in_metadata(b'id="W5M0MpCehiHzreSzNTczkc9d"', b'id="W5M0MpCehiHzreSzNTczkc9d" bytes="9"'),
    "packet with encoding": _in_metadata(
        b'id="W5M0MpCehiHzreSzNTczkc9d"', b'id="W5M0MpCehiHzreSzNTczkc9d" encoding="UTF-8"'
    ),
    "metadata compressed": _compressed_metadata,
    "another title": _in_info("/Title", "Noget andet"),
    "another author": _in_info("/Author", "En anden"),
    "another subject": _in_info("/Subject", "Noget andet"),
    "another program": _in_info("/Creator", "Et andet"),
    "another producer": _in_info("/Producer", "Et andet"),
    "another day of making": _in_info("/CreationDate", "D:20010101000000Z"),
    "another day of change": _in_info("/ModDate", "D:20010101000000Z"),
    "keywords only outside": _in_info("/Keywords", "tilsyn"),
    # colours
    "profile no profile": _swap_profile,
    "profile of inks": _cmyk_profile,
    "profile too new": _old_profile,
    "two profiles": _three_intents,
    "profile of another kind": lambda pdf: pdf.Root.OutputIntents[0].update({"/S": Name.GTS_PDFX}),
    "intent elsewhere": lambda pdf: pdf.Root.OutputIntents[0].update({"/DestOutputProfileRef": Dictionary()}),
    "ink colour": _in_content(b"1 0 0 0 k 0 0 1 1 re f"),
    "ink line": _in_content(b"1 0 0 0 K 0 0 m 1 1 l S"),
    "unknown intent": _in_content(b"/Noget ri"),
    "unknown operator": _in_content(b"1 noget"),
    "deep graphics": _deep_graphics,
    "number out of range": _in_content(b"99999999999 0 m 1 1 l S"),
    "odd hexadecimal string": _in_content(b"BT /F1 9 Tf <012> Tj ET"),
    "picture in the text": _in_content(b"BI /W 1 /H 1 /BPC 8 /CS /RGB /F /LZW ID abc EI"),
    # pictures and see-through things
    "picture in inks": _with_resource("/XObject", "/X", _cmyk_picture, b"/X Do"),
    "picture smoothed": _with_resource("/XObject", "/X", lambda pdf: _picture(pdf, Interpolate=True), b"/X Do"),
    "picture see-through": _with_resource("/XObject", "/X", _masked_picture, b"/X Do"),
    "picture from PostScript": _with_resource(
        "/XObject", "/X", lambda pdf: Stream(pdf, b"", Type=Name.XObject, Subtype=Name.PS), b"/X Do"
    ),
    "picture not there": _in_content(b"/X Do"),
    "unknown blend": _with_resource("/ExtGState", "/G", lambda pdf: Dictionary(BM=Name.Noget), b"/G gs"),
    "transfer curve": _with_resource("/ExtGState", "/G", lambda pdf: Dictionary(TR=Name.Identity), b"/G gs"),
    "halftone": _with_resource("/ExtGState", "/G", lambda pdf: Dictionary(HT=Dictionary(HalftoneType=3)), b"/G gs"),
    "see-through without colours": _on_page("/Group", lambda pdf: Dictionary(S=Name.Transparency)),
    "colour space of inks": _with_resource(
        "/ColorSpace", "/C", lambda pdf: Name.DeviceCMYK, b"/C cs 0 0 0 0 sc 0 0 1 1 re f"
    ),
    "default colour of inks": _with_resource(
        "/ColorSpace", "/DefaultRGB", lambda pdf: Name.DeviceCMYK, b"1 0 0 rg 0 0 1 1 re f"
    ),
    # pages
    "no tab order": _no_tab_order,
    "actions of a page": _on_page("/AA", lambda pdf: Dictionary(O=_javascript())),
    "presentation steps": _on_page("/PresSteps", lambda pdf: Dictionary()),
    "page too small": _on_page("/MediaBox", lambda pdf: Array([0, 0, 2, 2])),
    "page too large": _on_page("/MediaBox", lambda pdf: Array([0, 0, 20000, 20000])),
    "page box too large": _on_page("/CropBox", lambda pdf: Array([0, 0, 20000, 20000])),
    "page without resources": _page_without_resources,
    "resources without fonts": _resources_without_fonts,
    # marks on pages
    "film on a page": _annotation(Subtype=Name.Movie, F=4),
    "hidden mark": _annotation(Subtype=Name.Link, F=2, Contents=String("x")),
    "link untagged": _annotation(
        Subtype=Name.Link, F=4, Contents=String("x"), A=Dictionary(S=Name.URI, URI=String("https://example.org"))
    ),
    "link to a program": _annotation(
        Subtype=Name.Link, F=4, Contents=String("x"), A=Dictionary(S=Name.Launch, F=String("x"))
    ),
    "note without looks": _annotation(Subtype=Name.Text, F=4, Contents=String("x")),
    "mark without print flag": _annotation(Subtype=Name.Square, F=0, Contents=String("x")),
    # fonts
    "font not embedded": _in_descriptor("/FontFile2", None),
    "font without widths": _in_font("/Widths", None),
    "font with wrong widths": _in_font("/Widths", lambda: Array([999] * 256)),
    "font without its name": _in_font("/BaseFont", None),
    "font without first character": _in_font("/FirstChar", None),
    "font without last character": _in_font("/LastChar", None),
    "font without description": _in_font("/FontDescriptor", None),
    "font of another kind": _in_font("/Subtype", lambda: Name.Type1),
    "font of unknown kind": _in_font("/Subtype", lambda: Name.Noget),
    "font without Unicode": _in_font("/ToUnicode", None),
    "symbol font with encoding": _in_font("/Encoding", lambda: Name.WinAnsiEncoding),
    "font not symbolic": _in_descriptor("/Flags", lambda: 32),
    "character without Unicode": _in_unicode_map(rb"<01> <[0-9A-Fa-f]{4}>\n", b""),
    "character as nothing": _in_unicode_map(rb"<01> <[0-9A-Fa-f]{4}>", b"<01> <0000>"),
    "character as mark of order": _in_unicode_map(rb"<01> <[0-9A-Fa-f]{4}>", b"<01> <FEFF>"),
    "private character": _private_character,
    "missing glyph": _text_without_glyph,
    # files inside
    "file not associated": _without("/AF"),
    "file without relationship": _in_file_entry("/AFRelationship", None),
    "file with odd relationship": _in_file_entry("/AFRelationship", lambda: Name.Noget),
    "file without Unicode name": _in_file_entry("/UF", None),
    "file without name": _in_file_entry("/F", None),
    "file without content": _in_file_entry("/EF", None),
    "file without kind": _in_embedded("/Subtype", None),
    "file of odd kind": _in_embedded("/Subtype", lambda: Name("/noget andet")),
    "file without its facts": _in_embedded("/Params", None),
    "second file not associated": _other_file,
    # streams
    "packed with LZW": _lzw,
    "content elsewhere": _external_stream,
    # the outline
    "script in the outline": _in_outline("/A", _javascript),
    "long title in the outline": _in_outline("/Title", lambda: String("x" * 40_000)),
    # structure
    "text untagged": _untagged_text,
    "unknown role": _unknown_role,
    "circle of roles": _circle_of_roles,
    "standard role given away": _standard_role_mapped,
    "long name of a role": _long_name_of_role,
    "odd name of a role": _wild_name_of_role,
    "figure without text": _no_figure_text,
    "heading level skipped": _level_skipped,
    "header cell without scope": _headers_without_scope,
    "cell outside a row": _renamed("TR", "Div"),
    "row outside a table": _renamed("Table", "Div"),
    "item outside a list": _renamed("L", "Div"),
    "note without number": _renamed("Svar", "Note"),
    "element without parent": _in_first("Svar", "/P", None),
    "element with odd language": _in_first("Svar", "/Lang", lambda: String("klingon på dansk")),
    "element with long words": _in_first("Svar", "/ActualText", lambda: String("x" * 40_000)),
    "element with odd kind": _in_first("Svar", "/S", lambda: Name("/Ukendt")),
    "cell too wide": _in_first("TD", "/A", lambda: Dictionary(O=Name.Table, ColSpan=3)),
    "cell too tall": _in_first("TD", "/A", lambda: Dictionary(O=Name.Table, RowSpan=99)),
}
"""By name; each leaves a file that a reader still opens."""

BYTE_FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "something after the end": lambda file: file + b"noget\n",
    "no sign of bytes in the head": _text_head,
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
