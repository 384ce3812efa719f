"""A template's package: bombs, programs, links outwards, DTDs and damage are refused with a message to act on."""

import io
import struct
import zipfile
import zlib

import pytest
from template_builder import BODY, paragraph, real, relation, relations, small, zipped
from whole_case import TOOL

from pipeline.documents.merge import package_rules
from pipeline.documents.merge.compiled import compile_template
from pipeline.documents.merge.word_package import open_package
from pipeline.documents.shapes import roots_of
from pipeline.errors import TemplateError

RELS = "word/_rels/document.xml.rels"
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 100
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_XML = "<x/>"
_DTD = f'{_HEAD}<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


def _refusal(data: bytes) -> str:
    with pytest.raises(TemplateError) as refusal:
        open_package(data)
    return str(refusal.value)


def _without(*names: str) -> bytes:
    return zipped({name: content for name, content in real().items() if name not in names})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"ikke en zip",
        b"PK\x03\x04",
        OLE,
        b"%PDF-1.7",
        zipped({}),
        small()[:-30],
        small()[: len(small()) // 2],
        _without(BODY),
        _without("[Content_Types].xml"),
        zipped({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<Types/>"}),
        small(**{"[Content_Types].xml": real()["[Content_Types].xml"].replace(b"document.main", b"template.main")}),
        small(**{"[Content_Types].xml": real()["[Content_Types].xml"].replace(
            b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
            b"vnd.ms-word.document.macroEnabled.main")}),
    ],
    ids=["empty", "text", "cut head", "old .doc", "pdf", "empty zip", "no end", "half", "no body", "no types", "excel",
         "dotx", "docm"],
)  # fmt: skip
def test_what_is_no_word_document_is_called_that(data: bytes) -> None:
    assert "ikke en Word-fil (.docx)" in _refusal(data)


def _spoiled(find: bytes, put: bytes) -> bytes:
    data = bytearray(small())
    at = data.index(find)
    data[at : at + len(put)] = put
    return bytes(data)


def test_damaged_encrypted_and_strangely_packed_files_are_refused() -> None:
    changed = _spoiled(b"<w:body>", b"<w:bodY>")  # the checksum no longer fits
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in real().items():
            archive.writestr(name, content)
    deflated = bytearray(packed.getvalue())
    deflated[80:120] = b"\xff" * 40  # inside the first part's deflate stream
    directory = packed.getvalue().index(b"PK\1\2")
    encrypted, unknown = bytearray(packed.getvalue()), bytearray(packed.getvalue())
    for at, flags in ((6, encrypted), (directory + 8, encrypted)):
        flags[at] |= 1
    for at in (8, directory + 10):
        unknown[at : at + 2] = struct.pack("<H", 99)

    for data in (changed, bytes(deflated), bytes(encrypted), bytes(unknown)):
        assert "ikke en Word-fil (.docx)" in _refusal(data)


def _deflated(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (real() | parts).items():
            archive.writestr(name, content)
    return target.getvalue()


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    one_part = _deflated({"word/media/a.png": b"\0" * (package_rules.MAX_PART_BYTES + 1)})
    together = _deflated({f"word/media/{n}.png": b"\0" * 8 * 1024 * 1024 for n in range(4)})
    many = _deflated({f"word/media/{n}.png": b"" for n in range(package_rules.MAX_PARTS)})

    for bomb in (one_part, together, many):
        assert len(bomb) < 200_000
        assert _refusal(bomb) == "Skabelonen er for stor. Fjern store billeder, og gem den igen."


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    data = bytearray(_deflated({"word/media/a.png": b"\0" * 1_000_000}))
    said = struct.pack("<L", 1_000_000)
    while said in data:
        at = data.index(said)
        data[at : at + 4] = struct.pack("<L", 10)

    assert "ikke en Word-fil" in _refusal(bytes(data))


@pytest.mark.parametrize(
    "name", ["../uden.xml", "/etc/x.xml", "word\\x.xml", "C:x.xml", "word//x.xml", "word/./x.xml", "Word/Document.xml"]
)
def test_names_that_two_programs_could_read_in_two_ways_are_refused(name: str) -> None:
    assert "to dele har samme navn, eller et navn er ugyldigt" in _refusal(small(**{name: _XML}))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/vbaProject.bin", b"x"),
        ("word/VBAPROJECT.bin", b"x"),
        ("word/vbaData.xml", b"<x/>"),
        ("word/activeX/activeX1.xml", b"<x/>"),
        ("word/embeddings/regneark.xlsx", b"x"),
        ("word/embeddings/oleObject1.bin", OLE),
        ("word/media/image1.png", OLE),
        ("word/afchunk.mht", b"x"),
    ],
)
def test_macros_controls_and_embedded_files_are_refused_by_name(name: str, content: bytes) -> None:
    refusal = _refusal(small(**{name: content}))

    assert refusal == f"Skabelonen indeholder {name}: makroer og indlejrede programmer er ikke tilladt. Slet dem."


@pytest.mark.parametrize("kind", sorted(package_rules._RUNS))
def test_what_runs_is_refused_by_its_relation_whatever_its_name(kind: str) -> None:
    data = small(**{RELS: relations(relation(kind, "uskyldig.html", more="")), "word/uskyldig.html": "<p>x</p>"})

    assert "makroer og indlejrede programmer er ikke tilladt" in _refusal(data)


@pytest.mark.parametrize(
    "link",
    [
        relation("image", "http://et.sted/x.png"),
        relation("image", "file:///etc/hostname"),
        relation("image", "http://et.sted/hyperlink"),
        relation("image", "x.png", more="TargetMode='External'"),
        relation("image", "x.png", more='TargetMode = "External"'),
        relation("image", "x.png", more='TargetMode="Ext&#101;rnal"'),
        relation("image", "x.png", more='A="&gt;/hyperlink" TargetMode="External"'),
        relation("image", "x.png", more='TargetMode="external"'),
        relation("image", "http://et.sted/x.png", more=""),
        relation("image", "//et.sted/x.png", more=""),
        relation("image", "\\\\et.sted\\x.png", more=""),
        relation("frame", "http://et.sted/"),
        relation("attachedTemplate", "http://et.sted/x.dotm"),
        relation("attachedTemplate", "skabelon.dotx", more=""),
        relation("subDocument", "kapitel.docx"),
        relation("mailMergeSource", "file:///x.csv"),
        relation("settings", "http://et.sted/"),
        relation("hyperlink", "file:///etc/passwd"),
        relation("hyperlink", "javascript:alert(1)"),
        relation("hyperlink", "\\\\et.sted\\x"),
    ],
)
def test_whatever_is_fetched_from_outside_is_refused(link: str) -> None:
    for name in (RELS, "word/_rels/settings.xml.rels", "_rels/.rels", "word/_rels/header1.xml.RELS"):
        refusal = _refusal(small(**{name: relations(link)}))

        assert f"henter noget udefra ({name}" in refusal


@pytest.mark.parametrize("target", ["https://kommune.example/", "http://a.example", "mailto:a@b.example", "tel:112"])
def test_a_link_that_a_reader_may_click_is_accepted(target: str) -> None:
    assert open_package(small(**{RELS: relations(relation("hyperlink", target))})).merged


@pytest.mark.parametrize("name", [BODY, "word/styles.xml", "word/header1.xml", "customXml/item1.xml", RELS])
def test_a_dtd_is_refused_in_every_part_and_every_encoding(name: str) -> None:
    utf_16 = _DTD.replace("UTF-8", "UTF-16")
    for content in (_DTD.encode(), utf_16.encode("utf-16"), utf_16.encode("utf-16-le"), utf_16.encode("utf-16-be")):
        assert f"{name} må ikke have en DTD" in _refusal(small(**{name: content}))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<x>", "er ikke gyldigt XML"),
        (b"", "er ikke gyldigt XML"),
        (b"<x>&lol;</x>", "er ikke gyldigt XML"),
        (b"<x>\xe6</x>", "er ikke gyldigt XML"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><x>æ</x>".encode("latin-1"), "er ikke UTF-8"),
        (b"<?xml version='1.0' encoding='UTF-7'?><x>+AHsAew-</x>", ""),
        (b"<x>" * 400 + b"</x>" * 400, "er ikke gyldigt XML"),
    ],
    ids=["open", "empty", "entity", "latin-1", "declared latin-1", "utf-7", "deep"],
)
def test_a_part_that_is_not_plain_xml_is_refused(content: bytes, said: str) -> None:
    refusal = _refusal(small(**{"word/styles.xml": content}))

    assert "word/styles.xml" in refusal
    assert said in refusal


def test_slots_are_merged_in_parts_with_a_byte_order_mark() -> None:
    parts = real()
    data = zipped(parts | {BODY: b"\xef\xbb\xbf" + parts[BODY]})

    assert compile_template(data, roots_of("tilsynsredskab", TOOL)).used


def test_data_of_other_programs_may_hold_braces() -> None:
    assert open_package(small(**{"customXml/item1.xml": "<x>{{ a }}</x>"})).merged


def test_our_zip_is_read_by_others_and_holds_every_part_once() -> None:
    parts = real()
    compiled = compile_template(small(paragraph("x")), roots_of("tilsynsredskab", TOOL))
    paper = {name: "æ" for name in roots_of("tilsynsredskab", TOOL)["paper"].__dataclass_fields__}

    class Paper:
        def __getattr__(self, name: str) -> str:
            return paper[name]

    with zipfile.ZipFile(io.BytesIO(compiled.render({"paper": Paper()}))) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert names[0] == "[Content_Types].xml"
        assert sorted(names) == sorted({"[Content_Types].xml", "_rels/.rels", BODY, "docProps/core.xml"})
        assert archive.read("_rels/.rels") == parts["_rels/.rels"]
        assert zlib.crc32(archive.read(BODY)) == archive.getinfo(BODY).CRC
