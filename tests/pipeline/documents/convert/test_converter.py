"""The warm converter: what comes out, and that no hang, death, age or broken file costs a document."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest
from office_processes import is_up, offices, running, wait_until
from word_packages import package, small

import pipeline
from pipeline.documents.convert import Converter
from pipeline.documents.convert.office import Office
from pipeline.documents.convert.worker_process import Installation, OfficeSpent
from pipeline.errors import StepFailed

pytestmark = pytest.mark.office

_PACKAGES = ("libreoffice-writer-nogui", "python3-uno", "fonts-crosextra-carlito", "fonts-liberation")


_kept_warm: set[int] = set()


@pytest.fixture(autouse=True)
def _remember_who_is_kept_warm() -> None:
    _kept_warm.clear()
    _kept_warm.update(offices())


def _new_offices() -> set[int]:
    """The LibreOffices that this very test has started."""
    return set(offices()) - _kept_warm


def _the_one_office() -> int:
    [pid] = _new_offices()
    return pid


def test_a_report_becomes_a_tagged_pdf_a_3_with_bookmarks(warm: Converter, ten_pages: Path, tmp_path: Path) -> None:
    warm.to_pdf(ten_pages, tmp_path / "report.pdf")
    with pikepdf.open(tmp_path / "report.pdf") as pdf:
        assert 8 <= len(pdf.pages) <= 14
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.StructTreeRoot.K is not None
        assert pdf.Root.PageMode == pikepdf.Name.UseOutlines
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert "AcroForm" not in pdf.Root
        with pdf.open_outline() as outline:
            assert len(outline.root) == 10
        with pdf.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "3"
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Tilsynsrapport"
    assert (tmp_path / "report.pdf").stat().st_size < 400_000


def test_a_document_without_a_language_is_danish(warm: Converter, tmp_path: Path) -> None:
    warm.to_pdf(small(tmp_path / "a.docx"), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert str(pdf.Root.Lang) == "da-DK"


def test_the_word_file_is_only_read_and_nothing_but_the_pdf_is_left(warm: Converter, tmp_path: Path) -> None:
    docx = small(tmp_path / "a.docx")
    docx.chmod(0o400)
    before, changed = hashlib.sha256(docx.read_bytes()).digest(), docx.stat().st_mtime_ns
    warm.to_pdf(docx, tmp_path / "a.pdf")
    assert hashlib.sha256(docx.read_bytes()).digest() == before
    assert docx.stat().st_mtime_ns == changed
    assert {path.name for path in tmp_path.iterdir()} == {"a.docx", "a.pdf"}


def test_names_with_danish_letters_spaces_and_signs_are_only_names(warm: Converter, tmp_path: Path) -> None:
    docx = small(tmp_path / "Æblegrød #1 100% & «så».docx")
    warm.to_pdf(docx, tmp_path / "Ærø ?.pdf")
    assert (tmp_path / "Ærø ?.pdf").read_bytes().startswith(b"%PDF-")


def test_a_pdf_that_cannot_be_saved_is_a_danish_refusal_and_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with Converter() as converter, pytest.raises(StepFailed, match="plads på disken"):
        converter.to_pdf(small(tmp_path / "a.docx"), tmp_path / "a.pdf")
    assert {path.name for path in tmp_path.iterdir()} == {"a.docx", "a.pdf"}


def test_a_broken_document_is_refused_for_good_without_a_start(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(small(tmp_path / "b.docx").read_bytes()[:-200])
    with Converter() as converter:
        for name in ("a.docx", "missing.docx"):
            with pytest.raises(StepFailed) as refused:
                converter.to_pdf(tmp_path / name, tmp_path / "a.pdf")
            assert refused.value.permanent
        assert not _new_offices()
    assert not (tmp_path / "a.pdf").exists()


def test_a_document_that_libreoffice_cannot_open_is_refused_for_good(tmp_path: Path) -> None:
    broken = package(tmp_path / "a.docx", "<w:p><w:r></w:p>")
    with Converter() as converter:
        converter.to_pdf(small(tmp_path / "b.docx"), tmp_path / "b.pdf")
        start = time.monotonic()
        with pytest.raises(StepFailed, match="Åbn den i Word") as refused:
            converter.to_pdf(broken, tmp_path / "a.pdf")
        assert refused.value.permanent
        assert time.monotonic() - start < 20
        converter.to_pdf(small(tmp_path / "c.docx"), tmp_path / "c.pdf")
    assert not (tmp_path / "a.pdf").exists()


def test_libreoffice_is_replaced_when_it_is_old(tmp_path: Path) -> None:
    docx, seen = small(tmp_path / "a.docx"), []
    with Converter(documents_per_office=2) as converter:
        for _ in range(4):
            converter.to_pdf(docx, tmp_path / "a.pdf")
            seen.append(_the_one_office())
    assert seen[0] == seen[1] != seen[2] == seen[3]
    assert not any(running(pid) for pid in seen)


def test_a_dead_libreoffice_is_replaced_unseen(tmp_path: Path) -> None:
    docx = small(tmp_path / "a.docx")
    with Converter() as converter:
        converter.to_pdf(docx, tmp_path / "a.pdf")
        os.kill(_the_one_office(), signal.SIGKILL)
        converter.to_pdf(docx, tmp_path / "b.pdf")
    assert (tmp_path / "b.pdf").exists()


def test_a_libreoffice_that_dies_while_it_starts_is_started_again(tmp_path: Path) -> None:
    docx = small(tmp_path / "a.docx")
    with Converter() as converter, ThreadPoolExecutor(1) as caller:
        job = caller.submit(converter.to_pdf, docx, tmp_path / "a.pdf")
        for _ in range(2):
            assert wait_until(lambda: bool(_new_offices()), 10)
            first = _the_one_office()
            os.kill(first, signal.SIGKILL)
            assert wait_until(lambda gone=first: not running(gone), 10)
        job.result()
    assert (tmp_path / "a.pdf").exists()


def test_a_libreoffice_that_hangs_is_replaced_and_the_document_done(tmp_path: Path) -> None:
    docx = small(tmp_path / "a.docx")
    with Converter(seconds_per_document=8) as converter:
        converter.to_pdf(docx, tmp_path / "a.pdf")
        stuck = _the_one_office()
        os.kill(stuck, signal.SIGSTOP)
        start = time.monotonic()
        converter.to_pdf(docx, tmp_path / "b.pdf")
        assert 8 <= time.monotonic() - start < 40
        assert not running(stuck)


def test_a_document_that_always_takes_too_long_ends_as_a_danish_failure(ten_pages: Path, tmp_path: Path) -> None:
    with Converter(seconds_per_document=0.02) as converter:
        with pytest.raises(OfficeSpent, match="Prøv igen") as failed:
            converter.to_pdf(ten_pages, tmp_path / "a.pdf")
        assert not failed.value.permanent
        assert not _new_offices()
    assert not list(tmp_path.iterdir())


def test_memory_is_limited(tmp_path: Path) -> None:
    with Converter(memory_bytes=1536 * 1024**2) as converter:
        converter.to_pdf(small(tmp_path / "a.docx"), tmp_path / "a.pdf")
        limits = Path(f"/proc/{_the_one_office()}/limits").read_text().splitlines()
    [address_space] = [line.split() for line in limits if line.startswith("Max address space")]
    assert address_space[3:5] == [str(1536 * 1024**2)] * 2


def test_too_little_memory_to_start_is_said_in_danish(tmp_path: Path) -> None:
    with Converter(memory_bytes=200 * 1024**2) as converter, pytest.raises(StepFailed, match="hukommelse nok"):
        converter.to_pdf(small(tmp_path / "a.docx"), tmp_path / "a.pdf")


def test_libreoffice_inherits_nothing_and_can_open_no_internet_socket(office: Office) -> None:
    process = Path(f"/proc/{office.pid}")
    names = {entry.partition(b"=")[0] for entry in (process / "environ").read_bytes().split(b"\0") if entry}
    told = {b"PATH", b"HOME", b"TMPDIR", b"LANG", b"FONTCONFIG_FILE", b"SAL_USE_VCLPLUGIN", b"MALLOC_ARENA_MAX"}
    assert names == told | {b"URE_BOOTSTRAP"}  # which LibreOffice adds itself
    status = dict(line.split(":\t", 1) for line in (process / "status").read_text().splitlines() if ":\t" in line)
    assert status["Seccomp"] == "2"
    assert status["NoNewPrivs"] == "1"
    assert os.getpgid(office.pid) != os.getpgid(0)


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def test_close_leaves_no_process_and_no_file(scratch: Path, tmp_path: Path) -> None:
    with Converter(scratch=scratch) as converter:
        converter.to_pdf(small(tmp_path / "a.docx"), tmp_path / "a.pdf")
        pid = _the_one_office()
        [profile] = scratch.iterdir()
        assert profile.stat().st_mode & 0o077 == 0
    assert not running(pid)
    assert not list(scratch.iterdir())
    with pytest.raises(StepFailed, match="lukket ned"):
        converter.to_pdf(tmp_path / "a.docx", tmp_path / "a.pdf")


def test_close_ends_a_worker_that_does_not_listen(scratch: Path, tmp_path: Path) -> None:
    with Converter(scratch=scratch) as converter:
        converter.to_pdf(small(tmp_path / "a.docx"), tmp_path / "a.pdf")
        pid = _the_one_office()
        os.kill(os.getpgid(pid), signal.SIGSTOP)
    assert wait_until(lambda: not running(pid), 5)
    assert not list(scratch.iterdir())


def test_libreoffice_dies_with_its_worker_and_both_are_replaced(scratch: Path, tmp_path: Path) -> None:
    with Converter(scratch=scratch) as converter:
        converter.to_pdf(small(tmp_path / "a.docx"), tmp_path / "a.pdf")
        pid = _the_one_office()
        os.kill(os.getpgid(pid), signal.SIGKILL)
        assert wait_until(lambda: not running(pid), 5)
        converter.to_pdf(tmp_path / "a.docx", tmp_path / "b.pdf")
    assert not list(scratch.iterdir())


def test_nobody_else_can_find_the_way_to_libreoffice(office: Office) -> None:
    assert is_up(office.pid)


def test_a_long_scratch_folder_with_danish_letters_works(tmp_path: Path) -> None:
    scratch = tmp_path / "en meget lang mappe med mellemrum og æøå så stien bliver længere end en socket tåler" / "x"
    scratch.mkdir(parents=True)
    with Converter(scratch=scratch) as converter:
        converter.to_pdf(small(tmp_path / "a.docx"), tmp_path / "a.pdf")
        assert is_up(_the_one_office())


@pytest.mark.parametrize("busy", [False, True])
def test_all_ends_by_itself_when_our_process_is_killed(
    scratch: Path, tmp_path: Path, ten_pages: Path, busy: bool
) -> None:
    script = tmp_path / "parent.py"
    again = "while True: converter.to_pdf(docx, pdf)" if busy else "time.sleep(60)"
    script.write_text(
        "import sys, time\nfrom pathlib import Path\nfrom pipeline.documents.convert import Converter\n"
        "scratch, docx, pdf = map(Path, sys.argv[1:])\nconverter = Converter(scratch=scratch)\n"
        f"converter.to_pdf(docx, pdf)\nprint('ready', flush=True)\n{again}\n"
    )
    command = [sys.executable, script, scratch, ten_pages, tmp_path / "a.pdf"]
    environment = {**os.environ, "PYTHONPATH": str(Path(pipeline.__file__).parents[1])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as us:
        assert us.stdout is not None
        assert us.stdout.readline() == b"ready\n"
        [pid] = offices(us.pid)
        us.kill()
    assert wait_until(lambda: not running(pid), 5)
    assert wait_until(lambda: not list(scratch.iterdir()), 5)


def test_threads_take_turns(warm: Converter, tmp_path: Path) -> None:
    docx = small(tmp_path / "a.docx")
    threads = [threading.Thread(target=warm.to_pdf, args=(docx, tmp_path / f"{number}.pdf")) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(tmp_path.glob("*.pdf"))) == 6


def test_what_is_missing_is_named_with_its_debian_packages(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    docx = small(tmp_path / "a.docx")
    missing = {
        "LibreOffice": Installation(path=str(tmp_path / "empty")),
        "its Python bridge": Installation(python=Path(sys.executable)),
        "Debian's Python": Installation(python=tmp_path / "python3"),
    }
    for what, installation in missing.items():
        with Converter(installation=installation) as converter, pytest.raises(StepFailed) as failed:
            converter.to_pdf(docx, tmp_path / "a.pdf")
        assert all(name in str(failed.value) for name in _PACKAGES), what
        assert not failed.value.permanent
