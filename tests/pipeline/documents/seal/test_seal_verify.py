"""The way in for files from outside: everything happens in a limited process, and every file gets an answer."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from pdf_bombs import object_stream_bomb
from sealed_documents import open_small_pdf, saved, write

from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.trust_store import TrustStore
from pipeline.documents.seal.verification import Verdict
from pipeline.documents.seal.verify import verify
from pipeline.errors import StepFailed


def test_a_genuine_file_is_good(sealed_path: Path, trust: TrustStore) -> None:
    answer = verify(sealed_path, trust)
    assert (answer.verdict, answer.verdict.exit_code) == (Verdict.GOOD, 0)
    assert answer.attachments[0].name == "svar.xlsx"


def test_a_changed_file_is_not_good(sealed: bytes, trust: TrustStore, tmp_path: Path) -> None:
    answer = verify(write(tmp_path / "a.pdf", sealed.replace(b"(da-DK)", b"(en-GB)")), trust)
    assert (answer.findings, answer.verdict.exit_code) == ((Finding.CHANGED,), 1)


def test_a_form_that_was_never_sealed_is_called_so(trust: TrustStore, tmp_path: Path) -> None:
    pdf = open_small_pdf()
    field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("navn"), Rect=[0, 0, 100, 20])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.make_indirect(field)])
    answer = verify(write(tmp_path / "a.pdf", saved(pdf)), trust)
    assert (answer.findings, answer.verdict.exit_code) == ((Finding.NOT_SEALED,), 1)


def test_a_file_that_is_no_pdf_is_not_readable(trust: TrustStore, tmp_path: Path) -> None:
    answer = verify(write(tmp_path / "a.pdf", b"hej"), trust)
    assert (answer.findings, answer.verdict.exit_code) == ((Finding.NOT_A_PDF,), 2)


def test_a_missing_file_or_a_folder_is_not_readable(trust: TrustStore, tmp_path: Path) -> None:
    assert verify(tmp_path / "findes-ikke.pdf", trust).verdict is Verdict.NOT_READABLE
    assert verify(tmp_path, trust).verdict is Verdict.NOT_READABLE


def test_the_file_is_left_as_it_was(sealed_path: Path, trust: TrustStore) -> None:
    before = hashlib.sha256(sealed_path.read_bytes()).digest()
    verify(sealed_path, trust)
    assert hashlib.sha256(sealed_path.read_bytes()).digest() == before


def test_a_file_that_unpacks_without_end_is_stopped(trust: TrustStore, tmp_path: Path) -> None:
    assert verify(write(tmp_path / "bombe.pdf", object_stream_bomb()), trust).verdict is not Verdict.GOOD


def test_nested_arrays_without_end_are_stopped(trust: TrustStore, tmp_path: Path) -> None:
    pdf = saved(open_small_pdf()).replace(b"trailer <<", b"trailer <<\n/X " + b"[" * 200_000)
    assert verify(write(tmp_path / "dyb.pdf", pdf), trust).verdict is not Verdict.GOOD


def test_the_child_says_nothing_but_its_answer(sealed_path: Path, trust: TrustStore, capfd) -> None:
    verify(sealed_path, trust)
    assert capfd.readouterr() == ("", "")


def test_the_limits_hold(tmp_path: Path) -> None:
    code = (
        "from pipeline.documents.seal.limits import limit_this_process as limit\n"
        "limit(cpu_seconds=1, memory_megabytes=200)\n"
        "from pathlib import Path\n"
    )
    writing = f"Path({str(tmp_path / 'ny')!r}).write_text('x')"
    for greedy in ("bytearray(300_000_000)", "while True: pass", writing):
        done = subprocess.run([sys.executable, "-c", f"{code}{greedy}"], capture_output=True, check=False)
        assert done.returncode != 0
    assert (tmp_path / "ny").stat().st_size == 0


def test_a_root_put_among_the_real_ones_by_mistake_stays_a_demo_root(services: DemoServices) -> None:
    store = TrustStore.from_files(roots=services.pki.roots)
    assert store.roots[0].is_demo


def test_a_root_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="Ret stien eller filen"):
        TrustStore.from_files(roots=[write(tmp_path / "rod.pem", b"intet")])


def test_pdfsig_finds_the_genuine_file_valid_and_wholly_signed(sealed_path: Path, tmp_path: Path) -> None:
    tool = shutil.which("pdfsig")
    assert tool is not None
    done = subprocess.run([tool, "-nocert", str(sealed_path)], capture_output=True, text=True, check=True)
    assert "Signature is Valid" in done.stdout
    assert "Total document signed" in done.stdout


def test_qpdf_finds_the_genuine_file_sound(sealed_path: Path) -> None:
    with pikepdf.open(sealed_path) as pdf:
        assert pdf.check_pdf_syntax() == []
