"""The known attacks on signed PDFs (USF, ISA, SWA, shadow, certification attacks) and some of our own."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from later_changes import CHANGES, archive_timestamped, carelessly_sealed, co_signed, updated
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, append_signature_field
from sealed_documents import (
    last_range,
    open_small_pdf,
    saved,
    sealed_by_hand,
    small_pdf,
    token_over,
    with_container,
)
from town import DAYS, Town, found_town, issue_intermediate, name

from pipeline.documents.seal import der
from pipeline.documents.seal.certificates import der_of, read_certificate_file
from pipeline.documents.seal.demo_certificates import Holder, issue_seal, new_key
from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.seal_writer import parsed_validation_data
from pipeline.documents.seal.signed_data import TIMESTAMP_TOKEN
from pipeline.documents.seal.strict_cms import read_pdf_signature
from pipeline.documents.seal.timestamp_authority import TimestampAuthority
from pipeline.documents.seal.trust_store import TrustStore
from pipeline.documents.seal.verification import Verdict, Verification

Judge = Callable[..., Verification]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return found_town(tmp_path_factory.mktemp("town"))


def swapped(file: bytes, old: bytes, new: bytes) -> bytes:
    """The bytes exchanged at their last place, with no offset moved."""
    assert len(old) == len(new)
    at = file.rindex(old)
    return file[:at] + new + file[at + len(old) :]


def inserted(file: bytes, at: int, piece: bytes) -> bytes:
    return file[:at] + piece + file[at:]


class TestChangesToTheBytes:
    def test_a_byte_in_the_signed_range(self, sealed: bytes, judge: Judge) -> None:
        answer = judge(swapped(sealed, b"(da-DK)", b"(en-GB)"))
        assert answer.findings == (Finding.CHANGED,)
        assert not answer.signatures[0].intact

    @pytest.mark.parametrize("tail", [b"\n", b"x", b"\n% kommentar\n", b"\n1 0 obj\n<<>>\nendobj\n"])
    def test_bytes_after_the_end(self, sealed: bytes, judge: Judge, tail: bytes) -> None:
        assert judge(sealed + tail).verdict is not Verdict.GOOD

    def test_a_byte_cut_off(self, sealed: bytes, judge: Judge) -> None:
        assert judge(sealed[:-1]).verdict is not Verdict.GOOD

    @pytest.mark.parametrize("junk", [b"x", b"\n", b"%!PS\n", b"PK\x03\x04"])
    def test_junk_in_front(self, sealed: bytes, judge: Judge, junk: bytes) -> None:
        assert judge(junk + sealed).findings == (Finding.JUNK_BEFORE,)

    def test_another_file_in_front(self, sealed: bytes, judge: Judge) -> None:
        assert judge(small_pdf() + sealed).verdict is not Verdict.GOOD

    def test_a_rewrite_by_another_tool(self, sealed: bytes, judge: Judge) -> None:
        with pikepdf.open(BytesIO(sealed)) as pdf:
            assert judge(saved(pdf)).verdict is not Verdict.GOOD


class TestUniversalSignatureForgery:
    """USF: the signature is there, but made unreadable in the hope that it is then taken for good."""

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"/ByteRange [", b"/ByteXange ["),
            (b"/ByteRange [0", b"/ByteRange [9"),
            (b"/ByteRange [0 ", b"/ByteRange [-0"),
            (b"/ByteRange [0 ", b"/ByteRange [[] "[:14]),
            (b"/Contents <", b"/Xontents <"),
            (b"/SubFilter /ETSI.CAdES.detached", b"/SubFilter /ETSI.CAdES.detacheX"),
            (b"/SubFilter /ETSI.CAdES.detached", b"/SubXilter /ETSI.CAdES.detached"),
            (b"/SubFilter /ETSI.CAdES.detached", b"/SubFilter /adbe.pkcs7.detached"),
            (b"/Type /Sig\n", b"/Type /Sxg\n"),
            (b"/Filter /Adobe.PPKLite", b"/Filter /Adobe.XXXLite"),
        ],
    )
    def test_a_key_made_useless(self, sealed: bytes, judge: Judge, old: bytes, new: bytes) -> None:
        assert judge(swapped(sealed, old, new)).verdict is not Verdict.GOOD

    @pytest.mark.parametrize("numbers", [b"0 0 0 0", b"0 1 2 3", b"0 9999999 99999999 9", b"null", b"(x)", b"0 0"])
    def test_garbage_for_a_byte_range(self, sealed: bytes, judge: Judge, numbers: bytes) -> None:
        old = re.findall(rb"/ByteRange \[[^\]]*\] *", sealed)[-1]
        new = (b"/ByteRange [" + numbers + b"]").ljust(len(old))
        assert judge(swapped(sealed, old, new)).verdict is not Verdict.GOOD

    def test_contents_emptied(self, sealed: bytes, judge: Judge) -> None:
        covered = last_range(sealed)
        room = covered.gap_end - covered.gap_start - 2
        for filling in (b"0" * room, b" " * room, b"00".ljust(room, b" ")):
            gap = b"<" + filling + b">"
            assert judge(sealed[: covered.gap_start] + gap + sealed[covered.gap_end :]).verdict is not Verdict.GOOD

    def test_contents_null(self, sealed: bytes, judge: Judge) -> None:
        covered = last_range(sealed)
        gap = b"null".ljust(covered.gap_end - covered.gap_start)
        assert judge(sealed[: covered.gap_start] + gap + sealed[covered.gap_end :]).verdict is not Verdict.GOOD

    def test_the_signature_removed(self, judge: Judge) -> None:
        assert judge(small_pdf()).findings == (Finding.NOT_SEALED,)

    def test_the_signature_cut_away_with_its_revision(self, sealed: bytes, judge: Judge) -> None:
        assert judge(sealed[: sealed.index(b"%%EOF") + 6]).findings == (Finding.NOT_SEALED,)


class TestSignatureWrapping:
    """SWA: the gap is made to hold more than the signature value."""

    def test_an_object_in_the_gap(self, sealed: bytes, judge: Judge) -> None:
        covered = last_range(sealed)
        piece = b"> /Injected 1 0 R /Rest <"
        at = covered.gap_end - 1 - 200
        assert judge(sealed[:at] + piece + sealed[at + len(piece) :]).verdict is not Verdict.GOOD

    def test_a_gap_grown_over_following_bytes(self, sealed: bytes, judge: Judge) -> None:
        covered = last_range(sealed)
        numbers = [0, covered.gap_start, covered.gap_end + 40, len(sealed) - covered.gap_end - 40]
        old = re.findall(rb"/ByteRange \[[^\]]*\] *", sealed)[-1]
        new = b"/ByteRange [%d %d %d %d]" % tuple(numbers)
        assert judge(swapped(sealed, old, new.ljust(len(old)))).findings == (Finding.BAD_CONTAINER,)

    def test_white_space_and_comments_in_the_hexadecimal_string(self, sealed: bytes, judge: Judge) -> None:
        covered = last_range(sealed)
        for piece in (b"  ", b"\n\n", b"\0\0"):
            at = covered.gap_end - 101
            assert judge(sealed[:at] + piece + sealed[at + 2 :]).verdict is not Verdict.GOOD

    def test_something_in_the_padding(self, sealed: bytes, judge: Judge) -> None:
        at = last_range(sealed).gap_end - 11
        assert judge(sealed[:at] + b"ab" + sealed[at + 2 :]).findings == (Finding.BAD_CONTAINER,)


class TestIncrementalUpdates:
    """ISA and the certification attacks: a later revision that changes what a reader sees."""

    @pytest.mark.parametrize("change", sorted(CHANGES))
    def test_a_change_without_a_signature(self, sealed: bytes, judge: Judge, change: str) -> None:
        assert judge(updated(sealed, CHANGES[change])).verdict is Verdict.NOT_GOOD

    @pytest.mark.parametrize("change", sorted(set(CHANGES) - {"remove_signature"}))
    def test_a_change_under_a_later_genuine_signature(
        self, sealed: bytes, services: DemoServices, judge: Judge, change: str
    ) -> None:
        answer = judge(co_signed(updated(sealed, CHANGES[change]), services))
        assert answer.verdict is Verdict.NOT_GOOD
        assert set(answer.findings) <= {Finding.LATER_CHANGE, Finding.OTHER_FIELDS}

    def test_a_change_under_a_later_document_timestamp(
        self, sealed: bytes, services: DemoServices, judge: Judge
    ) -> None:
        answer = judge(archive_timestamped(updated(sealed, CHANGES["replace_page_content"]), services))
        assert answer.findings == (Finding.LATER_CHANGE,)

    def test_a_later_signature_that_shows(self, sealed: bytes, services: DemoServices, judge: Judge) -> None:
        assert judge(co_signed(sealed, services, visible=True)).findings == (Finding.VISIBLE_SIGNATURE,)

    def test_a_field_value_changed_after_sealing(self, services: DemoServices, judge: Judge) -> None:
        """PyHanko alone finds the changed value in order."""
        pdf = open_small_pdf()
        field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("bel")))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        file = carelessly_sealed(saved(pdf), services)

        def fill(writer: IncrementalPdfFileWriter) -> None:
            first = writer.root["/AcroForm"]["/Fields"].raw_get(0).get_object()
            first[pdf_name("/V")] = generic.pdf_string("100.000 kr.")
            writer.update_container(first)

        assert judge(file).findings == (Finding.OTHER_FIELDS,)
        assert judge(updated(file, fill)).findings == (Finding.OTHER_FIELDS,)
        assert judge(co_signed(updated(file, fill), services)).findings == (Finding.OTHER_FIELDS,)


class TestTheFirstSignature:
    def test_a_careless_seal_without_anything_to_hide_is_good(self, services: DemoServices, judge: Judge) -> None:
        """What the refusals below are measured against."""
        assert judge(carelessly_sealed(small_pdf(), services)).findings == ()

    def test_it_must_certify(self, services: DemoServices, judge: Judge) -> None:
        assert judge(co_signed(small_pdf(), services)).findings == (Finding.NOT_CERTIFYING,)

    @pytest.mark.parametrize("permission", [MDPPerm.NO_CHANGES, MDPPerm.ANNOTATE])
    def test_it_must_allow_signatures_and_nothing_more(
        self, services: DemoServices, judge: Judge, permission: MDPPerm
    ) -> None:
        file = co_signed(small_pdf(), services, certify=True, permission=permission)
        assert judge(file).findings == (Finding.NOT_CERTIFYING,)

    def test_a_document_timestamp_alone_is_no_seal(self, services: DemoServices, judge: Judge) -> None:
        assert Finding.NOT_CERTIFYING in judge(archive_timestamped(small_pdf(), services)).findings


class TestShadowAttacks:
    def test_a_hidden_box_prepared_before_sealing(self, services: DemoServices, judge: Judge) -> None:
        pdf = open_small_pdf()
        box = pikepdf.Dictionary(Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, Rect=[0, 0, 9, 9], F=2)
        pdf.pages[1].Annots = pikepdf.Array([pdf.make_indirect(box)])
        with pytest.warns(UserWarning, match="form widget"):
            file = saved(pdf)
        assert judge(carelessly_sealed(file, services)).findings == (Finding.OTHER_FIELDS,)

    def test_an_empty_signature_field_prepared_before_sealing(self, services: DemoServices, judge: Judge) -> None:
        def prepare(writer: IncrementalPdfFileWriter) -> None:
            append_signature_field(writer, SigFieldSpec("Senere"))

        file = carelessly_sealed(updated(small_pdf(), prepare), services)
        assert judge(file).findings == (Finding.OTHER_FIELDS,)

    def test_a_form_that_draws_itself(self, services: DemoServices, judge: Judge) -> None:
        def prepare(writer: IncrementalPdfFileWriter) -> None:
            form = {pdf_name("/Fields"): generic.ArrayObject(), pdf_name("/XFA"): generic.ArrayObject()}
            writer.root[pdf_name("/AcroForm")] = writer.add_object(generic.DictionaryObject(form))
            writer.update_root()

        file = carelessly_sealed(updated(small_pdf(), prepare), services)
        assert judge(file).findings == (Finding.OTHER_FIELDS,)


class TestOtherKeys:
    def test_the_same_names_with_other_keys(self, town: Town, judge: Judge) -> None:
        forged = town.sealed(small_pdf())
        assert judge(forged, store=town.trust).verdict is Verdict.GOOD
        answer = judge(forged)
        assert Finding.TIMESTAMP_UNTRUSTED in answer.findings
        assert answer.is_demo

    def test_our_timestamp_but_another_seal(self, town: Town, services: DemoServices, judge: Judge) -> None:
        certificate = read_certificate_file(services.pki.timestamp[1])
        data = parsed_validation_data(
            [der_of(certificate), der_of(town.seal.certificate)], [services.pki.crl.read_bytes(), town.crl]
        )
        authority = TimestampAuthority(*services.pki.timestamp)
        forged = sealed_by_hand(small_pdf(), town.signer(), authority, data)
        assert judge(forged).findings == (Finding.SIGNER_UNTRUSTED,)

    def test_a_seal_that_is_not_one_of_those_named(self, town: Town, judge: Judge) -> None:
        file = town.sealed(small_pdf())
        ours = hashlib.sha256(der_of(town.seal.certificate)).hexdigest()
        named, other = (TrustStore(town.trust.roots, frozenset({seal})) for seal in (ours, "00" * 32))
        assert judge(file, store=named).verdict is Verdict.GOOD
        assert judge(file, store=other).findings == (Finding.NOT_OUR_SEAL,)

    def test_no_roots_at_all(self, sealed: bytes, judge: Judge) -> None:
        assert judge(sealed, store=TrustStore(())).verdict is Verdict.NOT_GOOD

    def test_a_timestamp_certificate_used_to_seal(self, town: Town, judge: Judge) -> None:
        forged = town.but(seal=town.timestamp).sealed(small_pdf())
        assert judge(forged, store=town.trust).findings == (Finding.SIGNER_UNFIT,)

    def test_a_seal_certificate_used_for_timestamps(self, town: Town, judge: Judge) -> None:
        forged = town.but(timestamp=town.seal).sealed(small_pdf())
        assert judge(forged, store=town.trust).findings == (Finding.TIMESTAMP_UNFIT,)

    def test_a_chain_with_a_certificate_in_between(self, town: Town, judge: Judge) -> None:
        """Its revocation list is missing, so it cannot be accepted; with the list it is."""
        key, middle_key = new_key(), new_key()
        middle = Holder(middle_key, issue_intermediate(town.root, middle_key.public_key(), name("mellem")))
        seal = Holder(key, issue_seal(middle, key.public_key(), name("segl"), DAYS))
        longer = town.but(seal=seal)
        certificates = [der_of(each) for each in (seal.certificate, middle.certificate, town.timestamp.certificate)]
        lists = {False: [town.crl], True: [town.crl, town.but(root=middle).crl]}
        answers = {}
        for complete, crls in lists.items():
            data = parsed_validation_data(certificates, crls)
            file = sealed_by_hand(small_pdf(), longer.signer(middle.certificate), town.authority, data)
            answers[complete] = judge(file, store=town.trust).findings
        assert answers == {False: (Finding.NO_VALIDATION_DATA,), True: ()}


class TestRevokedAndExpired:
    def test_a_revoked_seal(self, town: Town, judge: Judge) -> None:
        forged = town.but(revoked=(town.seal.certificate,)).sealed(small_pdf())
        assert judge(forged, store=town.trust).findings == (Finding.SIGNER_REVOKED,)

    def test_a_revoked_timestamp_service(self, town: Town, judge: Judge) -> None:
        forged = town.but(revoked=(town.timestamp.certificate,)).sealed(small_pdf())
        assert judge(forged, store=town.trust).findings == (Finding.TIMESTAMP_REVOKED,)

    def test_a_seal_certificate_that_had_run_out(self, town: Town, judge: Judge) -> None:
        long_ago = datetime.now(UTC) - timedelta(days=30)
        old = issue_seal(town.root, town.seal.key.public_key(), name("segl"), timedelta(days=1), not_before=long_ago)
        forged = town.but(seal=replace(town.seal, certificate=old)).sealed(small_pdf())
        assert judge(forged, store=town.trust).findings == (Finding.SIGNER_EXPIRED,)

    def test_a_revocation_list_out_of_date(self, town: Town, judge: Judge) -> None:
        forged = town.but(crl_since=datetime.now(UTC) - timedelta(days=30)).sealed(small_pdf())
        assert judge(forged, store=town.trust).findings == (Finding.NO_VALIDATION_DATA,)

    def test_no_validation_data(self, town: Town, judge: Judge) -> None:
        forged = sealed_by_hand(small_pdf(), town.signer(), town.authority, None)
        answer = judge(forged, store=town.trust)
        assert answer.findings == (Finding.NO_VALIDATION_DATA,)
        assert answer.signatures[0].level == "B-T"

    def test_no_timestamp(self, town: Town, judge: Judge) -> None:
        data = parsed_validation_data([der_of(town.seal.certificate)], [town.crl])
        answer = judge(sealed_by_hand(small_pdf(), town.signer(), None, data), store=town.trust)
        assert answer.findings == (Finding.NO_TIMESTAMP,)
        assert answer.signatures[0].level == "B-B"


class TestTheContainer:
    """Bytes of the CMS that no signature covers by itself."""

    def test_a_certificate_that_does_not_belong(self, town: Town, judge: Judge) -> None:
        other = issue_seal(town.root, new_key().public_key(), name("fremmed"), DAYS)
        assert judge(town.sealed(small_pdf(), other), store=town.trust).findings == (Finding.STRAY_CERTIFICATE,)

    def test_the_timestamp_of_another_signature(self, sealed: bytes, services: DemoServices, judge: Judge) -> None:
        other = token_over(TimestampAuthority(*services.pki.timestamp), b"andet")
        forged = with_unsigned(sealed, attribute(TIMESTAMP_TOKEN, other))
        assert judge(forged).findings == (Finding.BAD_TIMESTAMP,)

    def test_the_timestamp_taken_out(self, sealed: bytes, judge: Judge) -> None:
        assert judge(with_unsigned(sealed)).findings == (Finding.NO_TIMESTAMP,)

    def test_an_attribute_added(self, sealed: bytes, judge: Judge) -> None:
        token = read_pdf_signature(last_range(sealed).container(sealed)).timestamp_token
        assert token is not None
        genuine, extra = attribute(TIMESTAMP_TOKEN, token), attribute(der.oid("1.2.3.4"), der.integer(1))
        assert with_unsigned(sealed, genuine) == sealed
        assert judge(with_unsigned(sealed, genuine, extra)).findings == (Finding.BAD_CONTAINER,)
        assert judge(with_unsigned(sealed, extra)).findings == (Finding.BAD_CONTAINER,)

    def test_the_seal_of_another_document(self, sealed: bytes, services: DemoServices, judge: Judge) -> None:
        other = co_signed(sealed, services)
        container = last_range(sealed).container(sealed)
        assert judge(with_container(other, container)).findings == (Finding.CHANGED,)

    def test_indefinite_length(self, sealed: bytes, judge: Judge) -> None:
        container = last_range(sealed).container(sealed)
        assert container[:2] == b"\x30\x82"
        loose = b"\x30\x80" + container[4:] + b"\0\0"
        assert judge(with_container(sealed, loose)).findings == (Finding.BAD_CONTAINER,)

    def test_a_length_written_longer_than_needed(self, sealed: bytes, judge: Judge) -> None:
        container = last_range(sealed).container(sealed)
        loose = b"\x30\x83\x00" + container[2:]
        assert judge(with_container(sealed, loose)).findings == (Finding.BAD_CONTAINER,)


class TestUnreadableFiles:
    @pytest.mark.parametrize("content", [b"", b"tekst", b"PK\x03\x04zip", b"%PDF", bytes(2000)])
    def test_what_is_no_pdf(self, judge: Judge, content: bytes) -> None:
        assert judge(content).findings == (Finding.NOT_A_PDF,)

    def test_a_pdf_cut_in_the_middle(self, sealed: bytes, judge: Judge) -> None:
        assert judge(sealed[: len(sealed) // 3]).verdict is Verdict.NOT_READABLE

    def test_an_encrypted_pdf(self, judge: Judge, tmp_path: Path) -> None:
        open_small_pdf().save(tmp_path / "laast.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
        assert judge((tmp_path / "laast.pdf").read_bytes()).findings == (Finding.ENCRYPTED,)


def attribute(kind: bytes, value: bytes) -> bytes:
    return der.encode(der.SEQUENCE, kind, der.encode(der.SET, value))


def with_unsigned(file: bytes, *attributes: bytes) -> bytes:
    """The file with other unsigned attributes in its last signature; all else is as it was."""
    kind, explicit = der.children(der.read_one(last_range(file).container(file)))
    *head, signers = der.children(der.children(explicit)[0])
    parts = [part.raw for part in der.children(der.children(signers)[0])[:6]]
    unsigned = [der.encode_set(0xA1, *attributes)] if attributes else []
    info = der.encode(der.SEQUENCE, *parts, *unsigned)
    signed_data = der.encode(der.SEQUENCE, *(part.raw for part in head), der.encode(der.SET, info))
    return with_container(file, der.encode(der.SEQUENCE, kind.raw, der.encode(0xA0, signed_data)))
