"""A file of evidence verifies without us, and every change in it is found."""

import io
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from evidence_town import JEPPE, SIGNE, Town

from pipeline.documents.evidence.check import check
from pipeline.documents.evidence.inspection import inspect_any
from pipeline.documents.evidence.manifest import MANIFEST, SEAL, decoded
from pipeline.documents.evidence.package import packed, unpacked
from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.trust_store import TrustStore
from pipeline.documents.seal.verification import SignatureKind, Verdict, Verification

FLIPS = 400
OPENSSL = ("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any")


def _judged(town: Town, file: bytes) -> Verification:
    return inspect_any(file, town.trust, datetime.now(UTC))


def test_genuine_evidence_is_good_and_tells_what_happened_with_time_zone(town: Town) -> None:
    found = _judged(town, town.evidence)
    assert (found.verdict, found.findings) == (Verdict.GOOD, ())
    kinds = [one.kind for one in found.signatures]
    assert kinds == [SignatureKind.EVIDENCE, SignatureKind.SEAL, SignatureKind.SIGN_IN, SignatureKind.SIGN_IN]
    assert found.told[0] == "22. november 2026 kl. 10.00 (UTC+0100): Underskrift ved log-ind"
    assert all(sentence.startswith("DEMO: ") for sentence in found.sentences)
    assert Verification.from_dict(found.as_dict()) == found


def test_the_limited_process_says_the_same(town: Town) -> None:
    assert check(town.evidence, town.trust).sentences == _judged(town, town.evidence).sentences


def test_the_same_parts_give_the_same_bytes_and_nothing_is_compressed(town: Town) -> None:
    assert packed(unpacked(town.evidence)) == town.evidence


def test_somebody_without_anything_of_ours_can_check_it(town: Town, tmp_path: Path) -> None:
    """What the text inside says, done by openssl, sha256sum and poppler."""
    with zipfile.ZipFile(io.BytesIO(town.evidence)) as package:
        package.extractall(tmp_path)
    text = (tmp_path / "LAES-MIG.txt").read_text(encoding="utf-8")
    for command in (
        ["sha256sum", "-c", "--quiet", "SHA256SUMS"],
        [*OPENSSL, "-in", SEAL, "-content", MANIFEST, "-CAfile", "certifikater/rod-1.pem", "-out", "/dev/null"],
        ["pdfsig", "-nocert", "dokumenter/aftale.pdf"],
    ):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert f"{command[0]} " in text
    assert done.stdout.count("Signature is Valid") == 3


def test_every_flipped_bit_is_found(town: Town) -> None:
    """Drawn over the whole file, and every byte of the seal's own file."""
    seal = unpacked(town.evidence)[SEAL]
    start = town.evidence.index(seal)
    draw = Random(20261122)
    places = [draw.randrange(len(town.evidence)) for _ in range(FLIPS)]
    places += [draw.randrange(start, start + len(seal)) for _ in range(FLIPS)]
    missed = [place for place in places if _judged(town, _flipped(town.evidence, place, draw)).verdict is Verdict.GOOD]
    assert missed == []


def _flipped(file: bytes, place: int, draw: Random) -> bytes:
    changed = bytearray(file)
    changed[place] ^= 1 << draw.randrange(8)
    return bytes(changed)


def _without(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.pop(name) and None


def _with(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: content})


def _told_otherwise(parts: dict[str, bytes]) -> None:
    parts[MANIFEST] = parts[MANIFEST].replace(b"Signe Opdigtsen", b"Karla Opdigtsen")


@pytest.mark.parametrize(
    ("forge", "finding"),
    [
        (_without("dokumenter/skannet-side-1.png"), Finding.EVIDENCE_OTHER_FILES),
        (_with("dokumenter/mere.pdf", b"%PDF-1.7"), Finding.EVIDENCE_OTHER_FILES),
        (_with("dokumenter/skannet-side-1.png", b"en anden"), Finding.EVIDENCE_FILE_CHANGED),
        (_with("LAES-MIG.txt", b"Send penge"), Finding.EVIDENCE_FILE_CHANGED),
        (_told_otherwise, Finding.EVIDENCE_CHANGED),
        (_without(SEAL), Finding.EVIDENCE_UNREADABLE),
        (_with(SEAL, b"0"), Finding.BAD_CONTAINER),
    ],
)
def test_a_changed_package_is_refused_by_name(
    town: Town, forge: Callable[[dict[str, bytes]], None], finding: Finding
) -> None:
    parts = unpacked(town.evidence)
    forge(parts)
    found = _judged(town, packed(parts))
    assert (found.verdict is not Verdict.GOOD, found.findings) == (True, (finding,))


def test_a_package_that_was_only_packed_again_is_refused(town: Town) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in unpacked(town.evidence).items():
            package.writestr(name, content)
    assert _judged(town, buffer.getvalue()).findings == (Finding.EVIDENCE_REPACKED,)
    for file in (town.evidence + b"\n", b"PK" + town.evidence):
        assert _judged(town, file).verdict is not Verdict.GOOD


def test_a_name_that_leads_out_of_the_folder_is_refused(town: Town) -> None:
    assert _judged(town, packed({"../ud.txt": b"", **unpacked(town.evidence)})).findings == (Finding.EVIDENCE_REPACKED,)


def test_evidence_sealed_by_somebody_else_is_refused(town: Town, tmp_path: Path) -> None:
    with DemoServices(tmp_path / "fremmed") as foreign:
        other = TrustStore.from_files(demo_roots=foreign.pki.roots)
    found = inspect_any(town.evidence, other, datetime.now(UTC))
    assert found.findings == (Finding.TIMESTAMP_UNTRUSTED,)
    pinned = TrustStore(town.trust.roots, frozenset({"0" * 64}))
    assert inspect_any(town.evidence, pinned, datetime.now(UTC)).findings == (Finding.NOT_OUR_SEAL,)


def test_sealed_evidence_that_tells_something_else_than_the_document_is_refused(town: Town) -> None:
    for statements in ((SIGNE,), (SIGNE, JEPPE, "Karla Opdigtsen har skrevet under ved log-ind."), ()):
        assert _judged(town, town.packed(town.agreement, *statements)).findings == (Finding.EVIDENCE_DISAGREES,)
    assert _judged(town, town.packed(town.half, SIGNE)).verdict is Verdict.GOOD


def test_a_changed_document_in_sealed_evidence_is_found(town: Town) -> None:
    changed = town.agreement[:-1] + b" "
    statements = decoded(unpacked(town.evidence)[MANIFEST]).events
    assert len(statements) == 2
    parts = unpacked(town.evidence) | {"dokumenter/aftale.pdf": changed}
    assert _judged(town, packed(parts)).findings == (Finding.EVIDENCE_FILE_CHANGED,)


@pytest.mark.parametrize("file", [b"", b"PK", b"PK\x03\x04" + b"\0" * 40, b"hej", b"\x89PNG"])
def test_what_is_neither_kind_cannot_be_read(town: Town, file: bytes) -> None:
    assert _judged(town, file).verdict is Verdict.NOT_READABLE


def test_the_documents_inside_are_judged_at_the_time_of_the_seal_on_the_list(town: Town) -> None:
    found = inspect_any(town.evidence, town.trust, datetime.now(UTC) + timedelta(days=30))
    assert found.verdict is Verdict.GOOD
