"""A configured scanner is asked about every file, and only its clear “no” lets one in."""

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from clamd import Clamd, clamd_at
from fixtures.uploads import pictures
from fixtures.uploads.hostile import EICAR
from fixtures.uploads.offices import docx_file
from fixtures.uploads.pdfs import attached, pdf
from fixtures.uploads.upload import Upload
from inbox import sent

from pipeline.errors import TilsynError
from pipeline.intake.accepted import Accepted
from pipeline.intake.gateway import Gateway, IntakeSettings
from pipeline.intake.refusals import FileRefused, Reason
from pipeline.intake.virus_scan import VirusScanner, scanner_at


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[Clamd]:
    with clamd_at(tmp_path) as running:
        yield running


def _file(folder: Path, data: bytes = b"hej") -> Path:
    path = folder / "fil"
    path.write_bytes(data)
    return path


def _refusal(scanner: VirusScanner, path: Path) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        scanner.refuse_infected(path)
    return refused.value


def test_a_clean_file_is_sent_whole(clamd: Clamd, tmp_path: Path) -> None:
    data = bytes(range(256)) * 2000
    scanner_at(clamd.address).refuse_infected(_file(tmp_path, data))

    assert clamd.seen == [data]


def test_a_scanner_is_found_by_host_and_port_too(tmp_path: Path) -> None:
    with clamd_at(tmp_path, tcp=True) as clamd:
        assert _refusal(scanner_at(clamd.address), _file(tmp_path, EICAR)).reason is Reason.VIRUS


def test_a_virus_is_named_as_such_and_tells_what_to_do(clamd: Clamd, tmp_path: Path) -> None:
    refused = _refusal(scanner_at(clamd.address), _file(tmp_path, b"x" * 100_000 + EICAR))

    assert refused.reason is Reason.VIRUS
    assert "virus" in str(refused)


def test_nobody_listening_is_a_refusal_to_try_again(tmp_path: Path) -> None:
    refused = _refusal(VirusScanner(str(tmp_path / "ingen"), 1), _file(tmp_path))

    assert refused.reason is Reason.SCANNER_SILENT
    assert "Prøv igen" in str(refused)


def test_a_scanner_that_never_answers_is_given_up(clamd: Clamd, tmp_path: Path) -> None:
    clamd.waits = threading.Event()

    assert _refusal(VirusScanner(clamd.address, 0.3), _file(tmp_path)).reason is Reason.SCANNER_SILENT


@pytest.mark.parametrize(
    "answer",
    [b"", b"stream: OK but not quite\0", b"UNKNOWN COMMAND\0", b"stream: Can't allocate memory ERROR\0", b"OK\0"],
)
def test_any_other_answer_is_no_pass(clamd: Clamd, tmp_path: Path, answer: bytes) -> None:
    clamd.answer = answer

    assert _refusal(scanner_at(clamd.address), _file(tmp_path)).reason is Reason.SCANNER_SILENT


def test_a_file_beyond_the_scanners_own_limit_is_refused_for_that(clamd: Clamd, tmp_path: Path) -> None:
    clamd.most_bytes = 100_000
    refused = _refusal(scanner_at(clamd.address), _file(tmp_path, bytes(5_000_000)))

    assert refused.reason is Reason.SCANNER_TOO_SMALL


def test_a_virus_inside_an_otherwise_good_file_is_found_and_the_file_stays_as_it_was(
    clamd: Clamd, tmp_path: Path
) -> None:
    gateway = Gateway(IntakeSettings(virus_scanner=scanner_at(clamd.address)))
    files = {
        "foto.jpg": pictures.photo(comment=EICAR),
        "notat.docx": docx_file(),
        "brev.pdf": pdf(attached("note.txt", EICAR)),
    }
    for name, data in files.items():
        outcome = sent(Upload("virus", name, partial(bytes, data)), tmp_path / name, gateway)
        if name == "notat.docx":
            assert isinstance(outcome.result, Accepted)
            assert outcome.result.virus_scanned
        else:
            assert isinstance(outcome.result, FileRefused)
            assert outcome.result.reason is Reason.VIRUS
        assert outcome.data == data
    assert clamd.seen == list(files.values())


@pytest.mark.parametrize("address", ["", "clamd", ":3310", "vært:", "vært:0", "vært:70000", "vært:x"])
def test_an_address_that_is_none_is_refused_when_the_settings_are_read(address: str) -> None:
    with pytest.raises(TilsynError, match="Virusscannerens adresse"):
        scanner_at(address)
