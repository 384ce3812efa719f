"""What a Word form has beside its text: the looks of the boxes, and the properties in which it carries its passport."""

import io
from collections.abc import Mapping
from zipfile import ZipFile

from lxml import etree

from pipeline.documents.merge.zip_writer import CARRIED_LEVEL, as_zip, pack
from pipeline.offline.word_controls import BOX, EMPTY_BOX
from pipeline.offline.word_xml import OFFICE, RELATIONS, WORD, Element, as_bytes, parse

DOCUMENT = "word/document.xml"
_STYLES, _TYPES, _ROOT_RELATIONS, _CUSTOM = (
    "word/styles.xml",
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/custom.xml",
)
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_VALUES = f"{OFFICE}/docPropsVTypes"
_EVERYBODYS = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of properties that users see (MS-OSHARED 2.3.3.2.3)
_FIRST_PROPERTY = 2  # 0 and 1 are reserved (MS-OLEPS 2.18)

# A shaded paragraph without a border (LibreOffice 7.4 tags no bordered one) that grows with its text.
_LOOKS = f"""<w:styles xmlns:w="{WORD}">
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{BOX}"><w:name w:val="{BOX}"/><w:basedOn w:val="Normal"/>
<w:pPr><w:shd w:val="clear" w:color="auto" w:fill="E8EEF4"/><w:spacing w:before="0" w:after="140" w:line="290"
 w:lineRule="auto"/></w:pPr></w:style>
<w:style w:type="character" w:styleId="{EMPTY_BOX}"><w:name w:val="Placeholder Text"/><w:uiPriority w:val="99"/>
<w:rPr><w:color w:val="4F5B66"/></w:rPr></w:style>
</w:styles>"""


def parts_of(docx: bytes) -> dict[str, bytes]:
    """The parts of a Word file that we made ourselves."""
    with ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_form(parts: Mapping[str, bytes], document: Element, properties: Mapping[str, str]) -> bytes:
    """The Word form as a file; the same input gives the same bytes.

    Args:
        parts: of the merged file.
        document: what its document part becomes.
        properties: what the file carries, by name.
    """
    changed = {
        DOCUMENT: as_bytes(document),
        _STYLES: _with_looks(parts[_STYLES]),
        _TYPES: _with_child(
            parts[_TYPES], f"{{{_CONTENT_TYPES}}}Override", PartName=f"/{_CUSTOM}", ContentType=_CUSTOM_TYPE
        ),
        _ROOT_RELATIONS: _with_child(
            parts[_ROOT_RELATIONS],
            f"{{{RELATIONS}}}Relationship",
            Id="rIdHjemmetilsyn",
            Type=f"{OFFICE.replace('officeDocument/2006', 'officeDocument/2006/relationships')}/custom-properties",
            Target=_CUSTOM,
        ),
        _CUSTOM: _custom(properties),
    }
    return as_zip(pack({**parts, **changed}, level=CARRIED_LEVEL))


def _with_looks(styles: bytes) -> bytes:
    root = parse(styles)
    root.extend(list(parse(_LOOKS.encode())))
    return as_bytes(root)


def _with_child(part: bytes, name: str, **attributes: str) -> bytes:
    root = parse(part)
    etree.SubElement(root, name, attributes)
    return as_bytes(root)


def _custom(properties: Mapping[str, str]) -> bytes:
    """The custom properties (ISO/IEC 29500-1, 22.3)."""
    home = f"{OFFICE}/custom-properties"
    root = parse(f'<Properties xmlns="{home}" xmlns:vt="{_VALUES}"/>'.encode())
    for number, (name, text) in enumerate(properties.items(), start=_FIRST_PROPERTY):
        one = etree.SubElement(root, f"{{{home}}}property", fmtid=_EVERYBODYS, pid=str(number), name=name)
        etree.SubElement(one, f"{{{_VALUES}}}lpwstr").text = text
    return as_bytes(root)
