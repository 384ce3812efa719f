import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from pipeline.documents.seal.certificates import common_name
from pipeline.documents.seal.demo_certificates import issue_crl, issue_root, issue_seal, issue_timestamp
from pipeline.documents.seal.demo_pki import DemoPki, ensure_demo_pki, load_holder
from pipeline.errors import StepFailed


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> DemoPki:
    return ensure_demo_pki(tmp_path_factory.mktemp("pki") / "demo")


def certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_every_subject_says_demo(pki: DemoPki) -> None:
    for path in (pki.roots[0], pki.seal[1], pki.timestamp[1]):
        assert "DEMO" in common_name(certificate(path))
        assert "DEMO" in certificate(path).issuer.rfc4514_string()


def test_keys_are_for_the_owner_alone(pki: DemoPki) -> None:
    assert stat.S_IMODE(pki.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(pki.folder.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in pki.folder.iterdir()} == {0o600}


def test_the_seal_key_is_rsa_3072_and_the_timestamp_certificate_is_for_timestamps_alone(pki: DemoPki) -> None:
    assert load_holder(*pki.seal).key.key_size == 3072
    usage = certificate(pki.timestamp[1]).extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    assert usage.critical
    assert list(usage.value) == [x509.ExtendedKeyUsageOID.TIME_STAMPING]


def test_asking_again_changes_nothing(pki: DemoPki) -> None:
    before = {path.name: path.read_bytes() for path in pki.folder.iterdir()}
    assert ensure_demo_pki(pki.folder.parent) == pki
    assert {path.name: path.read_bytes() for path in pki.folder.iterdir()} == before


def test_starting_at_the_same_time_makes_one_set_of_certificates(tmp_path: Path) -> None:
    found: list[DemoPki] = []
    threads = [threading.Thread(target=lambda: found.append(ensure_demo_pki(tmp_path / "pki"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    certificate(found[0].seal[1]).verify_directly_issued_by(certificate(found[0].roots[0]))
    assert sorted(path.name for path in (tmp_path / "pki").iterdir()) == [".laas", "gaeldende"]


def test_certificates_that_run_out_are_renewed_for_the_same_keys(pki: DemoPki, tmp_path: Path) -> None:
    folder = copied(pki, tmp_path)
    root = load_holder(folder / "rod.key", folder / "rod.pem")
    seal, timestamp = (load_holder(folder / f"{name}.key", folder / f"{name}.pem") for name in ("segl", "tidsstempel"))
    soon = timedelta(days=1)
    for name, issue, holder in (("segl", issue_seal, seal), ("tidsstempel", issue_timestamp, timestamp)):
        short = issue(root, holder.key.public_key(), holder.certificate.subject, soon)
        (folder / f"{name}.pem").write_bytes(short.public_bytes(Encoding.PEM))
    (folder / "rod.crl").write_bytes(issue_crl(root, soon).public_bytes(Encoding.DER))

    renewed = ensure_demo_pki(folder.parent)

    assert load_holder(*renewed.seal).certificate.not_valid_after_utc > datetime.now(UTC) + timedelta(days=300)
    assert load_holder(*renewed.seal).certificate.public_key() == seal.key.public_key()
    assert load_holder(*renewed.timestamp).certificate.not_valid_after_utc > datetime.now(UTC) + timedelta(days=3000)
    crl = x509.load_der_x509_crl(renewed.crl.read_bytes())
    assert crl.next_update_utc is not None
    assert crl.next_update_utc > datetime.now(UTC) + timedelta(days=5)


def test_a_root_that_runs_out_is_replaced_and_kept_for_old_documents(pki: DemoPki, tmp_path: Path) -> None:
    folder = copied(pki, tmp_path)
    root = load_holder(folder / "rod.key", folder / "rod.pem")
    short = issue_root(root.key, root.certificate.subject, timedelta(days=30))
    (folder / "rod.pem").write_bytes(short.public_bytes(Encoding.PEM))

    renewed = ensure_demo_pki(folder.parent)

    assert len(renewed.roots) == 2
    assert certificate(renewed.roots[1]) == short
    certificate(renewed.seal[1]).verify_directly_issued_by(certificate(renewed.roots[0]))


def test_a_folder_that_cannot_be_written_is_told_in_danish(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("en fil, ikke en mappe")
    with pytest.raises(StepFailed, match="Giv programmet skriveadgang") as told:
        ensure_demo_pki(tmp_path / "fil" / "pki")
    assert told.value.permanent


def copied(pki: DemoPki, tmp_path: Path) -> Path:
    folder = tmp_path / "pki" / "gaeldende"
    folder.mkdir(parents=True)
    for path in pki.folder.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder
