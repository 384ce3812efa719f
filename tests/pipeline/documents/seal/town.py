"""A town with certificates of its own making: the same names as the demo installation, other keys."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sealed_documents import sealed_by_hand

from pipeline.documents.seal.certificates import der_of
from pipeline.documents.seal.demo_certificates import (
    Holder,
    demo_name,
    issue_crl,
    issue_root,
    issue_seal,
    issue_timestamp,
    new_key,
)
from pipeline.documents.seal.seal_writer import parsed_validation_data
from pipeline.documents.seal.signed_data import CmsSigner
from pipeline.documents.seal.timestamp_authority import TimestampAuthority
from pipeline.documents.seal.trust_store import TrustRoot, TrustStore

YEARS = timedelta(days=3650)
DAYS = timedelta(days=7)


@dataclass(frozen=True)
class Town:
    root: Holder
    seal: Holder
    timestamp: Holder
    folder: Path
    revoked: tuple[x509.Certificate, ...] = ()
    crl_since: datetime | None = None

    @property
    def trust(self) -> TrustStore:
        return TrustStore((TrustRoot(der_of(self.root.certificate), is_demo=False),))

    @property
    def crl(self) -> bytes:
        entries = [
            x509.RevokedCertificateBuilder()
            .serial_number(certificate.serial_number)
            .revocation_date(datetime.now(UTC) - timedelta(hours=1))
            .build()
            for certificate in self.revoked
        ]
        # Not of this very second: a list that begins after the moment of the seal is not in force yet.
        since = self.crl_since or datetime.now(UTC) - timedelta(minutes=1)
        issued = issue_crl(self.root, DAYS, revoked=entries, this_update=since)
        return issued.public_bytes(Encoding.DER)

    @property
    def authority(self) -> TimestampAuthority:
        return TimestampAuthority(*written(self.folder / "tidsstempel", self.timestamp))

    def signer(self, *strays: x509.Certificate) -> CmsSigner:
        certificate = der_of(self.seal.certificate)
        return CmsSigner(self.seal.key, certificate, [certificate, *map(der_of, strays)])

    def sealed(self, source: bytes, *strays: x509.Certificate) -> bytes:
        certificates = [der_of(self.seal.certificate), der_of(self.timestamp.certificate)]
        data = parsed_validation_data(certificates, [self.crl])
        return sealed_by_hand(source, self.signer(*strays), self.authority, data)

    def but(self, **changes: object) -> "Town":
        return replace(self, **changes)  # type: ignore[arg-type]  # the field names are checked by replace itself


def found_town(folder: Path) -> Town:
    root_key, seal_key, timestamp_key = new_key(), new_key(), new_key()
    root = Holder(root_key, issue_root(root_key, name("rod"), YEARS))
    seal = Holder(seal_key, issue_seal(root, seal_key.public_key(), name("segl"), YEARS))
    timestamp = issue_timestamp(root, timestamp_key.public_key(), name("tidsstempel"), YEARS)
    return Town(root, seal, Holder(timestamp_key, timestamp), folder)


def name(what: str) -> x509.Name:
    return demo_name("Testkommune (DEMO)", f"DEMO Testkommune {what}")


def issue_intermediate(issuer: Holder, public_key: rsa.RSAPublicKey, subject: x509.Name) -> x509.Certificate:
    """A certificate that issues others and is itself issued by the root; a demo installation has none."""
    since, above = datetime.now(UTC) - timedelta(minutes=1), issuer.certificate.public_key()
    assert isinstance(above, rsa.RSAPublicKey)
    allowed = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder(issuer.certificate.subject, subject, public_key, x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + YEARS)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(allowed, critical=True)
        .sign(issuer.key, hashes.SHA256())
    )


def written(stem: Path, holder: Holder) -> tuple[Path, Path]:
    key, certificate = stem.with_suffix(".key"), stem.with_suffix(".pem")
    key.write_bytes(holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    certificate.write_bytes(holder.certificate.public_bytes(Encoding.PEM))
    return key, certificate
