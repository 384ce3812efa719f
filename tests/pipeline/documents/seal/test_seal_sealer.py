import hashlib
import re
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import crl as asn1_crl
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from fake_service import Answer, service
from sealed_documents import ATTACHED, last_range, open_small_pdf, saved, small_pdf, timestamp_request, write
from town import Town, found_town, written

from pipeline.documents.seal.demo_certificates import issue_crl, issue_seal, issue_timestamp, new_key
from pipeline.documents.seal.demo_pki import load_holder
from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.fetch import Fetcher
from pipeline.documents.seal.sealer import Sealer, SealIdentity, SealLevel
from pipeline.documents.seal.strict_cms import read_pdf_signature
from pipeline.documents.seal.timestamp_authority import TimestampAuthority
from pipeline.documents.seal.verification import Verdict
from pipeline.errors import StepFailed

IMPATIENT = 0.5


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return found_town(tmp_path_factory.mktemp("town"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "forseglet.pdf"


@pytest.fixture(scope="module")
def authority(services: DemoServices) -> TimestampAuthority:
    return TimestampAuthority(*services.pki.timestamp)


def seal_with(identity: SealIdentity, source: Path, out: Path) -> StepFailed:
    """Expects a failure, and that nothing was left behind."""
    with pytest.raises(StepFailed) as told:
        Sealer(identity, Fetcher(deadline=IMPATIENT)).seal(source, out, reason="Tilsynsrapport")
    assert not list(out.parent.iterdir())
    return told.value


class TestTheSealedFile:
    def test_the_receipt_tells_what_is_on_disk(self, sealer: Sealer, source: Path, out: Path) -> None:
        receipt = sealer.seal(source, out, reason="Tilsynsrapport")
        assert receipt.sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
        assert receipt.signer_name == "DEMO Testkommune segl"
        assert abs(receipt.signing_time - datetime.now(UTC)) < timedelta(minutes=1)
        assert (receipt.level, receipt.is_demo) == (SealLevel.B_LT, True)

    def test_the_input_is_a_prefix_of_the_output_and_stays_untouched(self, source: Path, sealed: bytes) -> None:
        assert source.read_bytes() == small_pdf()
        assert sealed.startswith(source.read_bytes())

    def test_the_one_signature_covers_all_but_its_own_value(self, sealed: bytes) -> None:
        covered = last_range(sealed)
        assert covered.covers_all_of(sealed)
        assert len(re.findall(rb"/ByteRange", sealed)) == 1
        assert re.fullmatch(rb"<[0-9a-f]+>", sealed[covered.gap_start : covered.gap_end])

    def test_metadata_and_attachment_stay_byte_for_byte(self, source: Path, sealed_path: Path) -> None:
        with pikepdf.open(source) as before, pikepdf.open(sealed_path) as pdf:
            assert pdf.Root.Metadata.read_raw_bytes() == before.Root.Metadata.read_raw_bytes()
            assert pdf.Root.Metadata.objgen == before.Root.Metadata.objgen
            assert pdf.attachments["svar.xlsx"].get_file().read_bytes() == ATTACHED

    def test_the_seal_certifies_and_lets_signatures_follow(self, sealed_path: Path) -> None:
        with pikepdf.open(sealed_path) as pdf:
            signature = pdf.Root.Perms.DocMDP
            assert signature.SubFilter == "/ETSI.CAdES.detached"
            assert signature.Reference[0].TransformParams.P == 2
            assert str(signature.Reason) == "Tilsynsrapport"
            assert [float(side) for side in pdf.Root.AcroForm.Fields[0].Rect] == [0, 0, 0, 0]

    def test_validation_data_is_in_the_signed_revision_without_vri(self, sealed_path: Path) -> None:
        with pikepdf.open(sealed_path) as pdf:
            store = pdf.Root.DSS
            assert len(store.Certs) == 2
            assert "/VRI" not in store
            assert asn1_crl.CertificateList.load(store.CRLs[0].read_bytes()).native

    def test_a_file_that_ends_without_newline_gets_one_first(self, sealer: Sealer, tmp_path: Path, out: Path) -> None:
        bare = write(tmp_path / "uden.pdf", small_pdf().rstrip(b"\n"))
        sealer.seal(bare, out, reason="x")
        assert re.search(rb"%%EOF\n\d+ 0 obj", out.read_bytes())

    def test_a_file_with_object_streams_can_be_sealed(self, sealer: Sealer, tmp_path: Path, out: Path, judge) -> None:
        compressed = write(tmp_path / "pakket.pdf", saved(open_small_pdf(), compressed=True))
        sealer.seal(compressed, out, reason="x")
        assert judge(out.read_bytes()).verdict is Verdict.GOOD

    def test_level_b_b_has_neither_timestamp_nor_validation_data(self, sealer: Sealer, source: Path, out: Path) -> None:
        receipt = sealer.seal(source, out, reason="x", level=SealLevel.B_B)
        file = out.read_bytes()
        assert receipt.level is SealLevel.B_B
        assert b"/DSS" not in file
        assert read_pdf_signature(last_range(file).container(file)).timestamp_token is None

    def test_threads_can_seal_at_once(self, services: DemoServices, source: Path, tmp_path: Path, judge) -> None:
        fresh = Sealer(services.identity())
        outs = [tmp_path / f"{number}.pdf" for number in range(8)]
        threads = [threading.Thread(target=fresh.seal, args=(source, out), kwargs={"reason": "x"}) for out in outs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {judge(out.read_bytes()).verdict for out in outs} == {Verdict.GOOD}


class TestFilesThatCannotBeSealed:
    def test_a_form_field_is_refused(self, sealer: Sealer, tmp_path: Path, out: Path) -> None:
        pdf = open_small_pdf()
        field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("navn")))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        self.refused(sealer, write(tmp_path / "felt.pdf", saved(pdf)), out, "felter, der kan udfyldes")

    @pytest.mark.parametrize("compressed", [False, True])
    def test_a_hidden_box_in_no_field_list_is_refused(
        self, sealer: Sealer, tmp_path: Path, out: Path, compressed: bool
    ) -> None:
        pdf = open_small_pdf()
        box = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, Rect=[0, 0, 9, 9], F=2
        )
        pdf.pages[1].Annots = pikepdf.Array([pdf.make_indirect(box)])
        with pytest.warns(UserWarning, match="form widget"):
            file = saved(pdf, compressed=compressed)
        self.refused(sealer, write(tmp_path / "skjult.pdf", file), out, "felter, der kan udfyldes")

    def test_a_hidden_box_with_a_disguised_name_is_refused(self, sealer: Sealer, tmp_path: Path, out: Path) -> None:
        pdf = open_small_pdf()
        pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Wxxxdget, Rect=[0, 0, 9, 9])])
        file = saved(pdf).replace(b"/Wxxxdget", b"/W#69dget")
        self.refused(sealer, write(tmp_path / "forklaedt.pdf", file), out, "felter, der kan udfyldes")

    def test_a_sealed_file_is_refused(self, sealer: Sealer, sealed_path: Path, out: Path) -> None:
        self.refused(sealer, sealed_path, out, "allerede underskrevet eller forseglet")

    def test_an_encrypted_file_is_refused(self, sealer: Sealer, tmp_path: Path, out: Path) -> None:
        pdf = open_small_pdf()
        pdf.save(tmp_path / "laast.pdf", encryption=pikepdf.Encryption(owner="a", user=""))
        self.refused(sealer, tmp_path / "laast.pdf", out, "krypteret")

    @pytest.mark.parametrize("content", [b"", b"ikke en pdf", b"%PDF-1.7\n", small_pdf()[:900], b"x" + small_pdf()])
    def test_what_is_no_whole_pdf_is_refused(self, sealer: Sealer, tmp_path: Path, out: Path, content: bytes) -> None:
        self.refused(sealer, write(tmp_path / "skidt.pdf", content), out, "ikke kan læses")

    @staticmethod
    def refused(sealer: Sealer, pdf: Path, out: Path, words: str) -> None:
        with pytest.raises(StepFailed, match=words) as told:
            sealer.seal(pdf, out, reason="x")
        assert told.value.permanent
        assert not out.exists()

    def test_a_missing_file_is_told(self, sealer: Sealer, tmp_path: Path, out: Path) -> None:
        with pytest.raises(StepFailed, match="ikke forseglet"):
            sealer.seal(tmp_path / "findes-ikke.pdf", out, reason="x")

    def test_a_full_or_missing_disk_leaves_no_file(self, sealer: Sealer, source: Path, tmp_path: Path) -> None:
        with pytest.raises(StepFailed, match="kunne ikke gemmes"):
            sealer.seal(source, tmp_path / "findes" / "ikke.pdf", reason="x")


class TestATimestampServiceThatFails:
    @pytest.fixture
    def fails(self, services: DemoServices, source: Path, tmp_path: Path) -> Callable[..., None]:
        out = tmp_path / "ud" / "forseglet.pdf"
        out.parent.mkdir()

        def _fails(answer: Callable[[bytes], Answer]) -> None:
            with service(answer) as url:
                problem = seal_with(replace(services.identity(), timestamp_url=url), source, out)
            assert "Tidsstempeltjenesten svarer ikke" in str(problem)
            assert "ikke forseglet" in str(problem)
            assert "Prøv igen" in str(problem)
            assert not problem.permanent

        return _fails

    def test_server_error(self, fails) -> None:
        fails(lambda _: Answer(b"", status=500))

    def test_redirect(self, fails) -> None:
        fails(lambda _: Answer(b"", status=302))

    def test_silence(self, fails) -> None:
        fails(lambda _: (time.sleep(IMPATIENT * 2), Answer(b""))[1])

    def test_an_answer_cut_short(self, fails, authority: TimestampAuthority) -> None:
        fails(lambda body: Answer(authority.answer(body), promised=100_000))

    def test_garbage(self, fails) -> None:
        fails(lambda _: Answer(b"\x30\x80garbage"))

    def test_empty_answer(self, fails) -> None:
        fails(lambda _: Answer(b""))

    def test_a_huge_answer(self, fails) -> None:
        fails(lambda _: Answer(bytes(200_000)))

    def test_a_web_page(self, fails, authority: TimestampAuthority) -> None:
        fails(lambda body: Answer(authority.answer(body), media_type="text/html"))

    def test_a_rejection(self, fails, authority: TimestampAuthority) -> None:
        fails(lambda _: Answer(authority.answer(b"no request")))

    def test_another_nonce(self, fails, authority: TimestampAuthority) -> None:
        fails(lambda _: Answer(authority.answer(timestamp_request(b"", nonce=1))))

    def test_a_token_over_something_else(self, fails, authority: TimestampAuthority) -> None:
        fails(lambda body: Answer(authority.answer(other_question(body))))

    def test_a_damaged_token(self, fails, authority: TimestampAuthority) -> None:
        def damaged(body: bytes) -> Answer:
            answer = bytearray(authority.answer(body))
            answer[-20] ^= 1
            return Answer(bytes(answer))

        fails(damaged)

    def test_refused_connection(self, services: DemoServices, source: Path, out: Path) -> None:
        with service(lambda _: Answer(b"")) as url:
            pass
        problem = seal_with(replace(services.identity(), timestamp_url=url), source, out)
        assert "Tidsstempeltjenesten svarer ikke" in str(problem)

    def test_a_service_of_another_root(self, services: DemoServices, source: Path, out: Path, town: Town) -> None:
        authority = town.authority
        with service(lambda body: Answer(authority.answer(body))) as url:
            problem = seal_with(replace(services.identity(), timestamp_url=url), source, out)
        assert str(problem).startswith("Tidsstempeltjenestens certifikat fører ikke til et rodcertifikat")

    def test_a_certificate_that_is_not_for_timestamps(self, services: DemoServices, source: Path, out: Path) -> None:
        authority = TimestampAuthority(*services.pki.seal)
        with service(lambda body: Answer(authority.answer(body))) as url:
            problem = seal_with(replace(services.identity(), timestamp_url=url), source, out)
        assert str(problem).startswith("Tidsstempeltjenestens certifikat er ikke beregnet til formålet")

    def test_it_works_again_as_soon_as_the_service_does(
        self, services: DemoServices, source: Path, out: Path, authority: TimestampAuthority
    ) -> None:
        broken = [True]
        with service(lambda body: Answer(b"", 503) if broken[0] else Answer(authority.answer(body))) as url:
            sealer = Sealer(replace(services.identity(), timestamp_url=url))
            with pytest.raises(StepFailed):
                sealer.seal(source, out, reason="x")
            broken[0] = False
            assert sealer.seal(source, out, reason="x").level is SealLevel.B_LT


def other_question(body: bytes) -> bytes:
    """The same request with the same nonce over another hash."""
    at = body.index(b"\x04\x20") + 2
    return body[:at] + bytes(32) + body[at + 32 :]


class TestRevocation:
    @pytest.fixture
    def told(self, services: DemoServices, source: Path, tmp_path: Path) -> Callable[[Answer], str]:
        out = tmp_path / "ud" / "forseglet.pdf"
        out.parent.mkdir()

        def _told(answer: Answer) -> str:
            with service(lambda _: answer) as url:
                return str(seal_with(replace(services.identity(), crl_urls=(url,)), source, out))

        return _told

    def crl(self, services: DemoServices, **settings) -> Answer:
        root = load_holder(services.pki.folder / "rod.key", services.pki.roots[0])
        issued = issue_crl(root, timedelta(days=7), **settings)
        return Answer(issued.public_bytes(Encoding.DER), media_type="application/pkix-crl")

    def test_no_list(self, told) -> None:
        assert "spærreliste ikke kan hentes" in told(Answer(b"", status=404))

    def test_garbage_for_a_list(self, told) -> None:
        assert "spærreliste ikke kan hentes" in told(Answer(b"nonsense"))

    def test_a_list_out_of_date(self, told, services: DemoServices) -> None:
        old = self.crl(services, this_update=datetime.now(UTC) - timedelta(days=8))
        assert "spærreliste ikke kan hentes" in told(old)

    def test_a_list_from_the_future(self, told, services: DemoServices) -> None:
        early = self.crl(services, this_update=datetime.now(UTC) + timedelta(days=1))
        assert "spærreliste ikke kan hentes" in told(early)

    def test_a_list_by_someone_else(self, told, town: Town) -> None:
        assert "spærreliste ikke kan hentes" in told(Answer(town.crl))

    def test_no_address_at_all(self, services: DemoServices, source: Path, out: Path) -> None:
        problem = seal_with(replace(services.identity(), crl_urls=()), source, out)
        assert "spærreliste ikke kan hentes" in str(problem)

    def test_the_seal_certificate_is_revoked(self, town: Town, source: Path, tmp_path: Path) -> None:
        assert self.told_by(town.but(revoked=(town.seal.certificate,)), source, tmp_path).startswith(
            "Seglets certifikat er spærret."
        )

    def test_the_timestamp_certificate_is_revoked(self, town: Town, source: Path, tmp_path: Path) -> None:
        revoked = town.but(revoked=(town.timestamp.certificate,))
        assert self.told_by(revoked, source, tmp_path).startswith("Tidsstempeltjenestens certifikat er spærret.")

    def test_the_seal_certificate_has_run_out(self, town: Town, source: Path, tmp_path: Path) -> None:
        long_ago = datetime.now(UTC) - timedelta(days=30)
        old = issue_seal(
            town.root, town.seal.key.public_key(), town.seal.certificate.subject, timedelta(days=1), not_before=long_ago
        )
        expired = town.but(seal=replace(town.seal, certificate=old))
        assert self.told_by(expired, source, tmp_path).startswith("Seglets certifikat er udløbet")

    def test_a_revocation_is_noticed_when_the_list_is_fetched_anew(
        self, town: Town, source: Path, tmp_path: Path
    ) -> None:
        current = [town]
        with self.running(town, lambda: current[0].crl, tmp_path) as identity:
            sealer = Sealer(identity, crl_keep_seconds=0)
            sealer.seal(source, tmp_path / "foer.pdf", reason="x")
            current[0] = town.but(revoked=(town.seal.certificate,))
            with pytest.raises(StepFailed, match="spærret"):
                sealer.seal(source, tmp_path / "efter.pdf", reason="x")

    def told_by(self, town: Town, source: Path, tmp_path: Path) -> str:
        out = tmp_path / "ud" / "forseglet.pdf"
        out.parent.mkdir()
        with self.running(town, lambda: town.crl, tmp_path) as identity:
            return str(seal_with(identity, source, out))

    @staticmethod
    def running(town: Town, crl: Callable[[], bytes], tmp_path: Path):
        @contextmanager
        def _running():
            authority = town.authority
            key, certificate = written(tmp_path / "segl", town.seal)
            _, root = written(tmp_path / "rod", town.root)
            with service(lambda body: Answer(authority.answer(body))) as tsa, service(lambda _: Answer(crl())) as url:
                yield SealIdentity(key, certificate, (), (root,), tsa, is_demo=False, crl_urls=(url,))

        return _running()


class TestTheIdentity:
    def test_a_missing_key_is_told(self, services: DemoServices, tmp_path: Path) -> None:
        self.refused(replace(services.identity(), key=tmp_path / "vaek.key"), "kan ikke læses som en nøgle")

    def test_a_key_of_another_certificate_is_told(self, services: DemoServices) -> None:
        self.refused(replace(services.identity(), key=services.pki.timestamp[0]), "hører ikke til")

    def test_a_certificate_that_is_none_is_told(self, services: DemoServices, tmp_path: Path) -> None:
        path = write(tmp_path / "skidt.pem", b"-----BEGIN CERTIFICATE-----\nnej\n-----END CERTIFICATE-----\n")
        self.refused(replace(services.identity(), certificate=path), "kan ikke læses som et certifikat")

    def test_an_encrypted_key_needs_its_password(
        self, services: DemoServices, tmp_path: Path, source: Path, out: Path
    ) -> None:
        key = load_holder(*services.pki.seal).key
        locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"hemmelig"))
        identity = replace(services.identity(), key=write(tmp_path / "laast.key", locked))
        self.refused(identity, "kodeordet")
        opened = replace(identity, key_password=b"hemmelig")
        assert "hemmelig" not in repr(opened)
        assert Sealer(opened).seal(source, out, reason="x").is_demo

    @staticmethod
    def refused(identity: SealIdentity, words: str) -> None:
        with pytest.raises(StepFailed, match=words) as told:
            Sealer(identity)
        assert told.value.permanent


def test_another_timestamp_certificate_is_learnt_on_the_way(town: Town, source: Path, tmp_path: Path, judge) -> None:
    """The service may change its certificate between two documents; the validation data follows."""
    key = new_key()
    certificate = issue_timestamp(town.root, key.public_key(), town.timestamp.certificate.subject, timedelta(days=99))
    second = town.but(timestamp=replace(town.timestamp, key=key, certificate=certificate), folder=tmp_path)
    current = [town.authority]
    with (
        service(lambda body: Answer(current[0].answer(body))) as tsa,
        service(lambda _: Answer(town.crl)) as crl,
    ):
        seal_key, seal_certificate = written(tmp_path / "segl", town.seal)
        _, root = written(tmp_path / "rod", town.root)
        sealer = Sealer(SealIdentity(seal_key, seal_certificate, (), (root,), tsa, is_demo=False, crl_urls=(crl,)))
        sealer.seal(source, tmp_path / "1.pdf", reason="x")
        current[0] = second.authority
        sealer.seal(source, tmp_path / "2.pdf", reason="x")
    for number in (1, 2):
        assert judge((tmp_path / f"{number}.pdf").read_bytes(), store=town.trust).verdict is Verdict.GOOD
