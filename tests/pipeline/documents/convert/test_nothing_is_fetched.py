"""LibreOffice fetches nothing for a document, even for one that the check of the package would have refused."""

import socketserver
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as with_default
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader
from word_packages import field, package, picture, png, relationship, rels, small

from pipeline.documents.convert.nothing_lost import Pieces
from pipeline.documents.convert.office import Office
from pipeline.documents.convert.package_check import check_package
from pipeline.errors import StepFailed

pytestmark = pytest.mark.office

_REST = "<w:p><w:r><w:t>resten</w:t></w:r></w:p>"
_SETTINGS = (
    '<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<w:attachedTemplate r:id="e"/><w:linkStyles/></w:settings>'
)


@dataclass
class Canary:
    """A web server and a folder on disk that nobody should visit."""

    web: str
    folder: Path
    visits: list[bytes] = with_default(default_factory=list)


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Canary]:
    visits: list[bytes] = []

    class Visit(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            visits.append(self.request.recv(4096))
            head = f"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {len(png())}\r\n\r\n"
            self.request.sendall(head.encode() + png())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Visit) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        folder = tmp_path / "secrets"
        folder.mkdir()
        (folder / "x.png").write_bytes(png())
        (folder / "x.txt").write_text("HEMMELIGT")
        small(folder / "x.docx", "HEMMELIGT")
        yield Canary(f"http://127.0.0.1:{server.server_address[1]}/x", folder, visits)
        server.shutdown()
        thread.join()


def _old_picture(attribute: str) -> str:
    shape = f'<v:shape id="s" type="#_x0000_t75" style="width:99pt;height:99pt"><v:imagedata {attribute}/></v:shape>'
    return f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"


def _linked_object() -> str:
    link = '<o:OLEObject Type="Link" ProgID="Word.Document.12" ShapeID="s" DrawAspect="Content" r:id="e"/>'
    return f'<w:p><w:r><w:object><v:shape id="s" style="width:99pt;height:99pt"/>{link}</w:object></w:r></w:p>'


def _images(pdf: Path) -> int:
    with pikepdf.open(pdf) as opened:
        return sum(isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image" for item in opened.objects)


def _words(pdf: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(pdf).pages)


def _convert(office: Office, docx: Path) -> Path:
    pdf = docx.with_suffix(".pdf")
    office.convert(docx, pdf, 60, Pieces())
    return pdf


@pytest.mark.parametrize("where", ["web", "disk"])
@pytest.mark.parametrize(
    ("body", "kind", "suffix"),
    [
        (picture("e"), "image", "png"),
        (picture("e", "r:embed"), "image", "png"),
        (picture("e"), "hyperlink", "png"),
        (_old_picture('r:id="e"'), "image", "png"),
        (_linked_object(), "oleObject", "docx"),
        ("", "attachedTemplate", "docx"),
    ],
)
def test_no_relationship_is_followed_out_of_the_document(
    office: Office, canary: Canary, tmp_path: Path, body: str, kind: str, suffix: str, where: str
) -> None:
    target = f"{canary.web}.{suffix}" if where == "web" else (canary.folder / f"x.{suffix}").as_uri()
    link = relationship("e", kind, target, external=True)
    in_settings = {"word/settings.xml": _SETTINGS, "word/_rels/settings.xml.rels": rels(link)}
    docx = package(tmp_path / "a.docx", body + _REST, link, in_settings if not body else None)
    pdf = _convert(office, docx)
    assert canary.visits == []
    assert _images(pdf) == 0
    assert "HEMMELIGT" not in _words(pdf)
    assert "resten" in _words(pdf)
    if (kind, where) != ("hyperlink", "web"):  # such a hyperlink is honest, but for its use
        with pytest.raises(StepFailed):
            check_package(docx)


@pytest.mark.parametrize("where", ["web", "disk"])
@pytest.mark.parametrize(
    "instruction",
    [
        'INCLUDEPICTURE "{address}.png" \\d',
        'INCLUDETEXT "{address}.txt"',
        'INCLUDETEXT "{address}.docx"',
        'LINK Word.Document.12 "{address}.docx" "" \\a \\p',
        'DDEAUTO soffice "{address}.docx" x',
    ],
)
def test_no_field_fetches_anything(
    office: Office, canary: Canary, tmp_path: Path, instruction: str, where: str
) -> None:
    address = canary.web if where == "web" else (canary.folder / "x").as_uri()
    body = field(instruction.format(address=address))
    pdf = _convert(office, package(tmp_path / "a.docx", body + _REST))
    assert canary.visits == []
    assert _images(pdf) == 0
    assert "HEMMELIGT" not in _words(pdf)
    assert "resten" in _words(pdf)


def test_a_picture_inside_the_document_is_shown(office: Office, tmp_path: Path) -> None:
    """The proof that the tests above would see a picture that was fetched."""
    docx = package(
        tmp_path / "a.docx",
        picture("e", "r:embed") + _REST,
        relationship("e", "image", "media/i.png"),
        {"word/media/i.png": png()},
    )
    assert _images(_convert(office, docx)) == 1


def test_libreoffice_without_our_profile_would_have_fetched(canary: Canary, tmp_path: Path) -> None:
    """The proof that the canaries sing: should this fail one day, LibreOffice has become careful by itself."""
    link = relationship("e", "image", (canary.folder / "x.png").as_uri(), external=True)
    docx = package(tmp_path / "a.docx", picture("e") + _REST, link)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, docx]
    subprocess.run(command, check=True, capture_output=True)
    assert _images(tmp_path / "a.pdf") == 1
