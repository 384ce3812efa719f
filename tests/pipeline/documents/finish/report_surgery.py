"""The cuts that make a fault in an opened report: an entry taken away, replaced, or put where it must not stand."""

import re
import zlib
from collections.abc import Callable
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


def first_page(pdf: Pdf) -> Dictionary:
    return pdf.pages[0].obj


def font(pdf: Pdf) -> Dictionary:
    return first_page(pdf).Resources.Font.F1


def elements(pdf: Pdf, kind: str) -> list[Dictionary]:
    return [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/S") == Name(f"/{kind}") and "/P" in o]


def without(*path: str) -> Fault:
    """Take an entry away; the path begins at the catalogue."""

    def fault(pdf: Pdf) -> None:
        thing = pdf.Root
        for key in path[:-1]:
            thing = thing[int(key)] if key.isdecimal() else thing[key]
        del thing[path[-1]]

    return fault


def on_root(key: str, value: Callable[[], object]) -> Fault:
    def fault(pdf: Pdf) -> None:
        pdf.Root[key] = value()

    return fault


def on_page(key: str, value: Callable[[Pdf], object]) -> Fault:
    def fault(pdf: Pdf) -> None:
        first_page(pdf)[key] = value(pdf)

    return fault


def in_content(written: bytes) -> Fault:
    """Draw something more, as an artifact."""

    def fault(pdf: Pdf) -> None:
        contents = first_page(pdf).Contents
        contents.write(contents.read_bytes() + b"\n/Artifact BMC\n" + written + b"\nEMC\n")

    return fault


def with_resource(kind: str, name: str, make: Callable[[Pdf], object], drawn: bytes) -> Fault:
    def fault(pdf: Pdf) -> None:
        resources = first_page(pdf).Resources
        resources[kind] = Dictionary({name: make(pdf)})
        in_content(drawn)(pdf)

    return fault


def in_metadata(before: bytes, after: bytes) -> Fault:
    def fault(pdf: Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes()
        if before not in packet:
            raise ValueError("nothing to change in the metadata")
        pdf.Root.Metadata.write(packet.replace(before, after))

    return fault


def in_info(key: str, value: str) -> Fault:
    def fault(pdf: Pdf) -> None:
        pdf.docinfo[key] = String(value)

    return fault


def in_font(key: str, value: Callable[[], object] | None) -> Fault:
    def fault(pdf: Pdf) -> None:
        if value is None:
            del font(pdf)[key]
        else:
            font(pdf)[key] = value()

    return fault


def in_descriptor(key: str, value: Callable[[], object] | None) -> Fault:
    def fault(pdf: Pdf) -> None:
        descriptor = font(pdf).FontDescriptor
        if value is None:
            del descriptor[key]
        else:
            descriptor[key] = value()

    return fault


def in_unicode_map(before: bytes, after: bytes) -> Fault:
    def fault(pdf: Pdf) -> None:
        cmap = font(pdf).ToUnicode.read_bytes()
        changed = re.sub(before, after, cmap, count=1)
        if changed == cmap:
            raise ValueError("nothing to change in the map")
        font(pdf).ToUnicode.write(changed)

    return fault


def in_file_entry(key: str, value: Callable[[], object] | None) -> Fault:
    def fault(pdf: Pdf) -> None:
        entry = pdf.Root.AF[0]
        if value is None:
            del entry[key]
        else:
            entry[key] = value()

    return fault


def in_embedded(key: str, value: Callable[[], object] | None) -> Fault:
    def fault(pdf: Pdf) -> None:
        stream = pdf.Root.AF[0].EF.F
        if value is None:
            del stream[key]
        else:
            stream[key] = value()

    return fault


def in_outline(key: str, value: Callable[[], object]) -> Fault:
    def fault(pdf: Pdf) -> None:
        first = pdf.Root.Outlines.First
        if key in ("/A", "/AA"):
            del first["/Dest"]
        first[key] = value()

    return fault


def in_first(kind: str, key: str, value: Callable[[], object] | None) -> Fault:
    def fault(pdf: Pdf) -> None:
        element = elements(pdf, kind)[0]
        if value is None:
            del element[key]
        else:
            element[key] = value()

    return fault


def renamed(kind: str, other: str, *, every: bool = False) -> Fault:
    def fault(pdf: Pdf) -> None:
        for element in elements(pdf, kind)[: None if every else 1]:
            element.S = Name(f"/{other}")

    return fault


def annotation(**entries: Any) -> Fault:
    def fault(pdf: Pdf) -> None:
        rect = Array([10, 10, 20, 20])
        first_page(pdf).Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=rect, **entries))])

    return fault


def javascript() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def picture(pdf: Pdf, **entries: Any) -> Stream:
    return Stream(pdf, b"\0\0\0", Dictionary(**RGB_PICTURE, ColorSpace=Name.DeviceRGB, **entries))


def cmyk_picture(pdf: Pdf) -> Stream:
    return Stream(pdf, b"\0\0\0\0", Dictionary(**RGB_PICTURE, ColorSpace=Name.DeviceCMYK))


def masked_picture(pdf: Pdf) -> Stream:
    mask = Stream(pdf, b"\0", Dictionary(**RGB_PICTURE, ColorSpace=Name.DeviceGray))
    return picture(pdf, SMask=mask)


def swap_profile(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.write(b"not a profile at all, but long enough to look at" * 4)


def cmyk_profile(pdf: Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    content = profile.read_bytes()
    profile.write(content[:16] + b"CMYK" + content[20:])


def old_profile(pdf: Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    content = profile.read_bytes()
    profile.write(content[:8] + b"\x09" + content[9:])


def three_intents(pdf: Pdf) -> None:
    other = Stream(pdf, pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes() + b"\0\0\0\0", N=3)
    intent = Dictionary(S=Name.GTS_PDFA1, OutputConditionIdentifier=String("x"), DestOutputProfile=other)
    pdf.Root.OutputIntents.append(intent)


def compressed_metadata(pdf: Pdf) -> None:
    metadata = pdf.Root.Metadata
    metadata.write(zlib.compress(metadata.read_bytes()), filter=Name.FlateDecode)


def lzw(pdf: Pdf) -> None:
    first_page(pdf).Contents.write(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", filter=Name.LZWDecode)


def untagged_text(pdf: Pdf) -> None:
    contents = first_page(pdf).Contents
    contents.write(contents.read_bytes() + b"\nBT /F1 9 Tf 50 50 Td <01> Tj ET\n")


def text_without_glyph(pdf: Pdf) -> None:
    contents = first_page(pdf).Contents
    contents.write(contents.read_bytes() + b"\n/Artifact BMC BT /F1 9 Tf 50 50 Td <00> Tj ET EMC\n")


def circle_of_roles(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap.Svar = Name.Svar


def unknown_role(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.RoleMap["/Svar"]


def standard_role_mapped(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap["/P"] = Name.H1


def long_name_of_role(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap["/" + "x" * 128] = Name.P


def wild_name_of_role(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap["/a#ff#fe"] = Name.P


def no_figure_text(pdf: Pdf) -> None:
    elements(pdf, "Svar")[0].S = Name.Figure


def level_skipped(pdf: Pdf) -> None:
    elements(pdf, "H1")[1].S = Name.H4


def deep_graphics(pdf: Pdf) -> None:
    in_content(b"q " * 40 + b"Q " * 40)(pdf)


def private_character(pdf: Pdf) -> None:
    in_unicode_map(rb"<01> <[0-9A-Fa-f]{4}>", b"<01> <E000>")(pdf)


def headers_without_scope(pdf: Pdf) -> None:
    for element in elements(pdf, "TH"):
        del element["/A"]


def no_tab_order(pdf: Pdf) -> None:
    annotation(Subtype=Name.Link, F=4)(pdf)
    del first_page(pdf)["/Tabs"]


def page_without_resources(pdf: Pdf) -> None:
    del first_page(pdf)["/Resources"]


def resources_without_fonts(pdf: Pdf) -> None:
    del first_page(pdf).Resources["/Font"]


def text_head(file: bytes) -> bytes:
    """The head without the line that says that the file is not text."""
    sign = file.split(b"\n")[1]
    return file.replace(sign, b"%" + b"a" * (len(sign) - 1), 1)


def form(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), NeedAppearances=True)


def xfa(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(pdf, b"<xdp/>"))


def layers(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("lag")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([])))


def other_file(pdf: Pdf) -> None:
    """A second file, listed by name but not associated with the document."""
    pdf.attachments["andet.txt"] = pikepdf.AttachedFileSpec(
        pdf, b"x", filename="andet.txt", description="", mime_type="text/plain", creation_date="", mod_date=""
    )
    entry = pdf.attachments["andet.txt"].obj
    if "/AFRelationship" in entry:
        del entry["/AFRelationship"]


def external_stream(pdf: Pdf) -> None:
    font(pdf).ToUnicode.F = String("andet.bin")
