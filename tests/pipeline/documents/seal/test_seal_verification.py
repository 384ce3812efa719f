import json
from datetime import UTC, datetime, timedelta

import pytest
from later_changes import (
    archive_timestamped,
    co_signed,
    reader_of,
    validation_context,
    with_more_validation_data,
)
from pyhanko.sign.validation import validate_pdf_signature
from sealed_documents import ATTACHED, last_range

from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.verification import SignatureKind, Verdict, Verification, copenhagen_text


def test_a_genuine_file_is_good_and_tells_who_when_and_what(sealed: bytes, judge) -> None:
    answer = judge(sealed)
    (seal,) = answer.signatures
    assert (answer.verdict, answer.findings) == (Verdict.GOOD, ())
    assert (seal.kind, seal.name, seal.organisation) == (
        SignatureKind.SEAL,
        "DEMO Testkommune segl",
        "Testkommune (DEMO)",
    )
    assert (seal.level, seal.intact, seal.covers_whole_file) == ("B-LT", True, True)
    assert seal.time is not None
    assert abs(seal.time - datetime.now(UTC)) < timedelta(minutes=10)


def test_attachments_are_listed(sealed: bytes, judge) -> None:
    (attachment,) = judge(sealed).attachments
    assert (attachment.name, attachment.size, attachment.relationship) == ("svar.xlsx", len(ATTACHED), "Source")
    assert attachment.media_type == "application/vnd.ms-excel"
    assert len(attachment.sha256) == 64


def test_every_sentence_says_demo_when_the_root_is_a_demo_root(sealed: bytes, judge) -> None:
    for file in (sealed, sealed + b"\n%"):
        answer = judge(file)
        assert answer.is_demo
        assert all(sentence.startswith("DEMO") for sentence in answer.sentences)
        assert answer.as_dict()["verdict_text"].startswith("DEMO")


def test_the_answer_survives_json(sealed: bytes, judge) -> None:
    answer = judge(sealed)
    text = json.dumps(answer.as_dict())
    assert Verification.from_dict(json.loads(text)) == answer
    assert json.loads(text)["exit_code"] == 0


def test_pyhanko_itself_accepts_the_genuine_file(sealed: bytes, services: DemoServices) -> None:
    (signature,) = reader_of(sealed).embedded_signatures
    status = validate_pdf_signature(signature, validation_context(services))
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.timestamp_validity is not None


def test_a_second_genuine_signature_is_accepted(sealed: bytes, services: DemoServices, judge) -> None:
    answer = judge(co_signed(sealed, services))
    assert (answer.verdict, answer.findings) == (Verdict.GOOD, ())
    seal, second = answer.signatures
    assert (seal.kind, second.kind) == (SignatureKind.SEAL, SignatureKind.SIGNATURE)
    assert (seal.covers_whole_file, second.covers_whole_file) == (False, True)
    assert seal.later_revisions[0].startswith("Underskrift af DEMO Testkommune segl den")


def test_a_third_signature_is_accepted(sealed: bytes, services: DemoServices, judge) -> None:
    answer = judge(co_signed(co_signed(sealed, services), services, field="Underskrift3"))
    assert (answer.verdict, len(answer.signatures)) == (Verdict.GOOD, 3)


def test_a_document_timestamp_is_accepted_and_lifts_the_level(sealed: bytes, services: DemoServices, judge) -> None:
    answer = judge(archive_timestamped(sealed, services))
    assert (answer.verdict, answer.findings) == (Verdict.GOOD, ())
    seal, archive = answer.signatures
    assert (seal.level, archive.kind) == ("B-LTA", SignatureKind.TIMESTAMP)


def test_validation_data_under_a_document_timestamp_is_accepted(sealed: bytes, services: DemoServices, judge) -> None:
    answer = judge(archive_timestamped(with_more_validation_data(sealed, services), services))
    assert (answer.verdict, answer.findings) == (Verdict.GOOD, ())


def test_validation_data_under_no_signature_is_refused(sealed: bytes, services: DemoServices, judge) -> None:
    assert judge(with_more_validation_data(sealed, services)).findings == (Finding.NOT_WHOLE_FILE,)


def test_after_the_timestamp_certificate_has_run_out_the_file_alone_proves_nothing(sealed: bytes, judge) -> None:
    answer = judge(sealed, datetime.now(UTC) + timedelta(days=365 * 13))
    assert answer.findings == (Finding.TIMESTAMP_EXPIRED,)


def test_years_later_the_file_still_proves_itself(sealed: bytes, judge) -> None:
    assert judge(sealed, datetime.now(UTC) + timedelta(days=365 * 9)).verdict is Verdict.GOOD


def test_a_moment_before_the_timestamp_is_refused(sealed: bytes, judge) -> None:
    assert judge(sealed, datetime.now(UTC) - timedelta(days=1)).findings == (Finding.TIMESTAMP_IN_FUTURE,)


def test_upper_case_digits_throughout_mean_the_same(sealed: bytes, judge) -> None:
    covered = last_range(sealed)
    gap = sealed[covered.gap_start : covered.gap_end].upper()
    assert judge(sealed[: covered.gap_start] + gap + sealed[covered.gap_end :]).verdict is Verdict.GOOD


@pytest.mark.parametrize(("month", "words"), [(1, "5. januar 2027 kl. 13.00.00"), (7, "5. juli 2027 kl. 14.00.00")])
def test_times_are_written_as_in_copenhagen(month: int, words: str) -> None:
    assert copenhagen_text(datetime(2027, month, 5, 12, tzinfo=UTC)) == words
