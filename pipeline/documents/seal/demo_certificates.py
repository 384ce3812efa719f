"""Issues the certificates and revocation lists (RFC 5280) of a demo installation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

KEY_BITS = 3072
_CLOCKS_DIFFER = timedelta(minutes=1)
_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@dataclass(frozen=True)
class Holder:
    """A certificate together with its private key."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate


def new_key() -> rsa.RSAPrivateKey:
    """A fresh RSA key of the size all demo certificates use."""
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def demo_name(organisation: str, common_name: str) -> x509.Name:
    """A Danish subject name."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "DK"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def issue_root(key: rsa.RSAPrivateKey, name: x509.Name, lifetime: timedelta) -> x509.Certificate:
    """A self-signed certificate that may issue certificates and revocation lists."""
    builder = _certificate(key.public_key(), name, name, lifetime)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    builder = builder.add_extension(_key_usage("key_cert_sign", "crl_sign"), critical=True)
    return builder.sign(key, hashes.SHA256())


def issue_seal(
    issuer: Holder,
    public_key: rsa.RSAPublicKey,
    name: x509.Name,
    lifetime: timedelta,
    *,
    not_before: datetime | None = None,
) -> x509.Certificate:
    """A certificate for an organisation's seal (ETSI EN 319 412-3)."""
    builder = _issued_by(issuer, public_key, name, lifetime, not_before)
    builder = builder.add_extension(_key_usage("digital_signature", "content_commitment"), critical=True)
    return builder.sign(issuer.key, hashes.SHA256())


def issue_timestamp(
    issuer: Holder, public_key: rsa.RSAPublicKey, name: x509.Name, lifetime: timedelta
) -> x509.Certificate:
    """A certificate for a timestamp service: timeStamping alone, and critical (RFC 3161, section 2.3)."""
    builder = _issued_by(issuer, public_key, name, lifetime)
    builder = builder.add_extension(_key_usage("digital_signature"), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(issuer.key, hashes.SHA256())


def issue_crl(
    issuer: Holder,
    lifetime: timedelta,
    *,
    revoked: Sequence[x509.RevokedCertificate] = (),
    this_update: datetime | None = None,
) -> x509.CertificateRevocationList:
    """The list of the issuer's revoked certificates, good for its lifetime."""
    since = this_update or datetime.now(UTC)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(since)
        .next_update(since + lifetime)
        .add_extension(x509.CRLNumber(int(since.timestamp() * 1000)), critical=False)
        .add_extension(_authority_key_of(issuer), critical=False)
    )
    for entry in revoked:
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(issuer.key, hashes.SHA256())


def revocation(certificate: x509.Certificate, when: datetime) -> x509.RevokedCertificate:
    """One line for a revocation list."""
    return x509.RevokedCertificateBuilder().serial_number(certificate.serial_number).revocation_date(when).build()


def _issued_by(
    issuer: Holder,
    public_key: rsa.RSAPublicKey,
    name: x509.Name,
    lifetime: timedelta,
    not_before: datetime | None = None,
) -> x509.CertificateBuilder:
    builder = _certificate(public_key, name, issuer.certificate.subject, lifetime, not_before)
    return builder.add_extension(_authority_key_of(issuer), critical=False)


def _certificate(
    public_key: rsa.RSAPublicKey,
    subject: x509.Name,
    issuer: x509.Name,
    lifetime: timedelta,
    not_before: datetime | None = None,
) -> x509.CertificateBuilder:
    since = not_before or datetime.now(UTC) - _CLOCKS_DIFFER
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + lifetime)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _authority_key_of(issuer: Holder) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())


def _key_usage(*wanted: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{usage: usage in wanted for usage in _USAGES})
