import subprocess
import sys

import requests
from asn1crypto import cms, tsp
from cryptography import x509
from sealed_documents import timestamp_request

from pipeline.documents.seal import der
from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.timestamp_authority import TimestampAuthority
from pipeline.documents.seal.timestamp_token import read_token

QUERY = {"Content-Type": "application/timestamp-query"}


def ask(services: DemoServices, body: bytes) -> bytes:
    answer = requests.post(services.timestamp_url, body, headers=QUERY, timeout=10)
    assert answer.headers["Content-Type"] == "application/timestamp-reply"
    return answer.content


def granted(answer: bytes) -> cms.ContentInfo:
    return tsp.TimeStampResp.load(answer, strict=True)["time_stamp_token"]


def status(answer: bytes) -> tsp.PKIStatusInfo:
    return tsp.PKIStatusInfo.load(der.children(der.read_one(answer))[0].raw)


def test_a_token_is_over_the_data_and_repeats_the_nonce(services: DemoServices) -> None:
    token = read_token(granted(ask(services, timestamp_request(b"data", nonce=12345))).dump())
    assert token.is_over(b"data")
    assert not token.is_over(b"andet")
    assert token.nonce == 12345


def test_a_request_without_nonce_gets_a_token_without(services: DemoServices) -> None:
    answer = ask(services, timestamp_request(b"data", nonce=None))
    assert read_token(granted(answer).dump()).nonce is None


def test_certificates_come_only_when_asked_for(services: DemoServices) -> None:
    token = granted(ask(services, timestamp_request(b"data", certificate=False)))
    signed_data: cms.SignedData = token["content"]
    assert signed_data["certificates"].native is None


def test_the_answer_is_strict_der(services: DemoServices) -> None:
    answer = requests.post(services.timestamp_url, timestamp_request(b"data"), headers=QUERY, timeout=10).content
    assert tsp.TimeStampResp.load(answer, strict=True).dump(force=True) == answer


def test_a_bad_request_is_rejected_in_the_protocol(services: DemoServices) -> None:
    answer = ask(services, b"ikke en anmodning".ljust(40))
    assert status(answer)["status"].native == "rejection"
    assert status(answer)["fail_info"].native == {"bad_data_format"}


def test_a_weak_hash_is_rejected(services: DemoServices) -> None:
    request = tsp.TimeStampReq(
        {
            "version": 1,
            "message_imprint": {"hash_algorithm": {"algorithm": "sha1"}, "hashed_message": bytes(20)},
            "cert_req": True,
        }
    )
    assert status(ask(services, request.dump()))["fail_info"].native == {"bad_alg"}


def test_every_byte_of_a_request_may_be_damaged(services: DemoServices) -> None:
    authority = TimestampAuthority(*services.pki.timestamp)
    request = timestamp_request(b"data")
    statuses = set()
    for index in range(len(request)):
        damaged = bytearray(request)
        damaged[index] ^= 0x55
        statuses.add(status(authority.answer(bytes(damaged)))["status"].native)
    assert statuses == {"granted", "rejection"}


def test_wrong_paths_and_types_are_refused(services: DemoServices) -> None:
    base = services.timestamp_url.rsplit("/", 1)[0]
    assert requests.get(f"{base}/andet", timeout=10).status_code == 404
    assert requests.post(f"{base}/andet", b"x", headers=QUERY, timeout=10).status_code == 404
    assert requests.post(services.timestamp_url, b"x", timeout=10).status_code == 415
    assert requests.post(services.timestamp_url, bytes(20_000), headers=QUERY, timeout=10).status_code == 413


def test_the_revocation_list_is_signed_by_the_root(services: DemoServices) -> None:
    crl = x509.load_der_x509_crl(requests.get(services.crl_url, timeout=10).content)
    root = x509.load_pem_x509_certificate(services.pki.roots[0].read_bytes())
    assert crl.is_signature_valid(root.public_key())  # type: ignore[arg-type]  # the root is RSA


def test_the_services_run_as_a_process_of_their_own(services: DemoServices) -> None:
    command = [sys.executable, "-m", "pipeline.documents.seal.demo_services", str(services.pki.folder.parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            answer = requests.post(url, timestamp_request(b"data"), headers=QUERY, timeout=10)
            assert tsp.TimeStampResp.load(answer.content)["status"]["status"].native == "granted"
        finally:
            process.terminate()
