"""What is refused before LibreOffice sees it, and that an honest document is not."""

import time
import zipfile
from pathlib import Path

import pytest
from word_packages import CONTENT_TYPES, package, picture, png, relationship, rels, small

from pipeline.documents.convert.package_check import check_package
from pipeline.errors import StepFailed

_TEXT = "<w:p><w:r><w:t>tekst</w:t></w:r></w:p>"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(500)


def _refusal(path: Path) -> str:
    with pytest.raises(StepFailed) as refused:
        check_package(path)
    assert refused.value.permanent
    return str(refused.value)


def _svg(inside: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{inside}</svg>'


def test_a_report_from_word_is_let_through(ten_pages: Path) -> None:
    check_package(ten_pages)


def test_pictures_and_plain_hyperlinks_are_let_through(tmp_path: Path) -> None:
    links = (
        relationship("a", "hyperlink", "https://www.retsinformation.dk/eli/lta/2023/721", external=True)
        + relationship("b", "hyperlink", "mailto:tilsyn@kommune.example", external=True)
        + relationship("c", "image", "media/i.png")
        + relationship("d", "image", "media/i.svg")
    )
    pictures = {"word/media/i.png": png(), "word/media/i.svg": _svg('<use xlink:href="#a"/>')}
    check_package(package(tmp_path / "a.docx", _TEXT + picture("c", "r:embed"), links, pictures))


def test_words_about_markup_are_only_words(tmp_path: Path) -> None:
    check_package(small(tmp_path / "a.docx", "altChunk, &lt;!DOCTYPE og svg href='x' og INCLUDETEXT"))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "http://127.0.0.1/x.png"),
        ("image", "file:///etc/passwd"),
        ("oleObject", "file:///tmp/x.docx"),
        ("attachedTemplate", "http://127.0.0.1/x.dotx"),
        ("subDocument", "x.docx"),
        ("hyperlink", "file:///tmp/x.png"),
        ("hyperlink", "x.png"),
    ],
)
def test_all_that_is_fetched_from_outside_is_refused(tmp_path: Path, kind: str, target: str) -> None:
    link = relationship("e", kind, target, external=True)
    assert "henter noget udefra" in _refusal(package(tmp_path / "a.docx", _TEXT, link))


@pytest.mark.parametrize("target", ["http://127.0.0.1/x.png", "file:///tmp/x.png", "//host/share/x.png", "\\\\host\\x"])
def test_an_inner_relationship_that_points_out_is_refused(tmp_path: Path, target: str) -> None:
    assert "henter noget udefra" in _refusal(package(tmp_path / "a.docx", _TEXT, relationship("e", "image", target)))


def test_an_outer_relationship_of_any_part_is_refused(tmp_path: Path) -> None:
    template = rels(relationship("t", "attachedTemplate", "file:///C:/x.dotx", external=True))
    message = _refusal(package(tmp_path / "a.docx", _TEXT, "", {"word/_rels/settings.xml.rels": template}))
    assert "word/_rels/settings.xml.rels" in message
    assert "x.dotx" not in message


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"word/vbaProject.bin": _OLE}, "makroer"),
        ({"[Content_Types].xml": CONTENT_TYPES.replace(".main+xml", ".macroEnabled.main+xml")}, "makroer"),
        ({"word/embeddings/oleObject1.bin": _OLE}, "indlejret"),
        ({"word/media/image1.png": _OLE}, "indlejret"),
        ({"word/embeddings/ark.xlsx": b"PK\x03\x04" + bytes(99)}, "indlejret"),
        ({"word/a.rtf": b"{\\rtf1 x}"}, "indlejret"),
        ({"word/header1.xml": '<w:hdr xmlns:w="x"><w:altChunk/></w:hdr>'}, "indlejret"),
        ({"word/media/i.eps": b"%!PS-Adobe-3.0 EPSF"}, "billede"),
        ({"word/media/i.dxf": b"  0\nSECTION\n"}, "billede"),
        ({"word/media/i.svgz": b"\x1f\x8b\x08" + bytes(40)}, "billede"),
        ({"word/media/i.svg": _svg('<image xlink:href="file:///tmp/x.png"/>')}, "billede"),
        ({"word/media/i.png": _svg("<image href='x.png'/>")}, "billede"),
        ({"word/media/i.svg": _svg('<image href="data:image/svg+xml;base64,AAAA"/>')}, "billede"),
        ({"word/x.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}, "DTD"),
        ({"word/x.dat": '  <!DOCTYPE a [<!ENTITY b "c">]><a/>'}, "DTD"),
        ({"word/x.xml": '<!DOCTYPE a><a/>'.encode("utf-16")}, "beskadiget"),
        ({"word/x.dat": '<!DOCTYPE a><a/>'.encode("utf-16-be")}, "beskadiget"),
        ({"word/x.xml": b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>'}, "beskadiget"),
        ({"word/x.xml": b"ikke xml"}, "beskadiget"),
        ({"word/_rels/x.xml.rels": b"<Relationships>"}, "beskadiget"),
        ({"[Content_Types].xml": "<Types/>"}, "beskadiget"),
    ],
)  # fmt: skip
def test_a_part_that_is_dangerous_by_what_it_is_is_refused(
    tmp_path: Path, parts: dict[str, str | bytes], word: str
) -> None:
    assert word in _refusal(package(tmp_path / "a.docx", _TEXT, "", parts))


@pytest.mark.parametrize("kind", ["oleObject", "package", "control", "aFChunk"])
def test_a_relationship_to_an_embedded_object_is_refused(tmp_path: Path, kind: str) -> None:
    assert "indlejret" in _refusal(package(tmp_path / "a.docx", _TEXT, relationship("e", kind, "x.bin")))


def test_bombs_are_refused_at_once_and_unopened(tmp_path: Path) -> None:
    bombs = {
        "steep": {"word/x.bin": bytes(60 * 1024**2)},
        "wide": {f"word/{number}.bin": bytes(900 * 1024) for number in range(120)},
        "many": {f"word/{number}.bin": b"" for number in range(2001)},
    }
    for name, parts in bombs.items():
        path = package(tmp_path / f"{name}.docx", _TEXT, "", parts)
        start = time.perf_counter()
        assert "for stor" in _refusal(path)
        assert time.perf_counter() - start < 0.5


def test_a_size_that_lies_is_found(tmp_path: Path) -> None:
    path = package(tmp_path / "a.docx", _TEXT, "", {"word/zz.xml": "<a>" + "b" * 5000 + "</a>"})
    content = path.read_bytes()
    entry = content.rindex(b"PK\x01\x02")  # the last entry of the central directory is the last part
    path.write_bytes(content[: entry + 24] + (7).to_bytes(4, "little") + content[entry + 28 :])
    assert "beskadiget" in _refusal(path)


def test_a_part_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "a.docx", _TEXT)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("WORD/document.xml", "<a/>")
    assert "beskadiget" in _refusal(path)


def test_every_damage_to_a_package_is_a_refusal_or_none_at_all(tmp_path: Path) -> None:
    whole = package(tmp_path / "a.docx", _TEXT).read_bytes()
    damaged = tmp_path / "b.docx"
    refused = 0
    for place in range(0, len(whole), 3):
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            check_package(damaged)
        except StepFailed as failed:
            refused += failed.permanent
    assert refused > len(whole) // 6


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"hej" * 1000])
def test_what_is_no_package_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.docx").write_bytes(content)
    assert "beskadiget" in _refusal(tmp_path / "a.docx")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "findes ikke" in _refusal(tmp_path / "a.docx")
