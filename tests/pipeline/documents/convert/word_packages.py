"""Word documents made for the tests: a realistic report, and small packages whose every byte the test decides."""

import random
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Pt

_WORDS = """
barnet familien hjemmetræning tilsyn kommunen metode udvikling mål øvelse forældre træningstid vurdering støtte årsag
læge ergoterapeut børnehave timer uge plan samspil tryghed stærk sårbar rækkefølge glæde indsats aftale
"""

_NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
_XMLNS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NS.items())
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

CONTENT_TYPES = (
    f'{_DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="svg" ContentType="image/svg+xml"/><Default Extension="html" ContentType="text/html"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD_TYPE}.settings+xml"/></Types>'
)


def report(path: Path, sections: int = 10) -> Path:
    """A tilsynsrapport of about a page per section: headings, bullets, and a plan of 24 rows with a repeated header."""
    chance = random.Random(7)
    document = Document()
    document.core_properties.title = "Tilsynsrapport"
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(11)
    for number in range(sections):
        document.add_heading(f"{number + 1}. {_sentence(chance, 4)}", 1)
        for _ in range(3):
            document.add_paragraph(" ".join(_sentence(chance, 14) for _ in range(4)))
        for _ in range(4):
            document.add_paragraph(_sentence(chance, 12), style="List Bullet")
        document.add_heading(_sentence(chance, 3), 2)
        document.add_paragraph(" ".join(_sentence(chance, 14) for _ in range(5)))
    _add_plan(document, chance)
    document.save(str(path))
    return path


def small(path: Path, text: str = "Træning på § 85 – æøå") -> Path:
    """One paragraph."""
    return package(path, f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")


def package(path: Path, body: str, relationships: str = "", parts: Mapping[str, str | bytes] | None = None) -> Path:
    """Write the smallest Word package around a body, a list of relationships, and parts that may replace ours."""
    office_document = f'<Relationship Id="r1" Type="{_NS["r"]}/officeDocument" Target="word/document.xml"/>'
    settings = relationship("rSettings", "settings", "settings.xml")
    all_parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": rels(office_document),
        "word/document.xml": f"{_DECLARATION}<w:document {_XMLNS}><w:body>{body}</w:body></w:document>",
        "word/settings.xml": f"{_DECLARATION}<w:settings {_XMLNS}/>",
        "word/_rels/document.xml.rels": rels(settings + relationships),
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in all_parts.items():
            archive.writestr(name, content)
    return path


def rels(relationships: str) -> str:
    """A relationships part around its relationships."""
    return f'{_DECLARATION}<Relationships xmlns="{_RELATIONSHIPS}">{relationships}</Relationships>'


def relationship(identity: str, kind: str, target: str, *, external: bool = False) -> str:
    """One relationship of a document."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{identity}" Type="{_NS["r"]}/{kind}" Target="{target}"{mode}/>'


def picture(identity: str, attribute: str = "r:link") -> str:
    """A drawing of 5 × 5 cm that shows the related image."""
    shape = (
        '<pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip {attribute}="{identity}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="1800000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    )
    return (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1800000" cy="1800000"/><wp:docPr id="1" name="p" descr="x"/>'
        f'<a:graphic><a:graphicData uri="{_NS["pic"]}"><pic:pic>{shape}</pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def field(instruction: str) -> str:
    """A field of Word's, with the text "felt" as its last result."""
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>felt</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def png(side: int = 40) -> bytes:
    """A magenta square."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\0" + b"\xff\0\xff" * side) * side
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(_WORDS.split()) for _ in range(words)).capitalize() + "."


def _add_plan(document: Document, chance: random.Random) -> None:
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("Fase", "Mål", "Indsats", "Dato"), strict=True):
        cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for number in range(1, 25):
        row = (f"Fase {number}", _sentence(chance, 8), _sentence(chance, 10), f"{number}. maj 2026")
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
