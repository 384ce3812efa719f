"""The hash and signature algorithms a seal may use, each with the exact bytes that name it in a CMS."""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from pipeline.documents.seal import der

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_NULL = der.encode(der.NULL)
_RSA_ENCRYPTION = der.oid("1.2.840.113549.1.1.1")
_MIN_RSA_BITS = 2048


class UnknownAlgorithm(ValueError):
    """The file names an algorithm, or an encoding of one, that no seal of ours uses."""


@dataclass(frozen=True, slots=True)
class Digest:
    """One of the SHA-2 family (ETSI TS 119 312).

    Args:
        name: as hashlib knows it.
        identifier: its OID, encoded.
        rsa: OID of its RSA PKCS #1 v1.5 signature (RFC 8017).
        ecdsa: OID of its ECDSA signature (RFC 5758).
    """

    name: str
    identifier: bytes
    rsa: bytes
    ecdsa: bytes
    algorithm: hashes.HashAlgorithm

    @property
    def algorithm_identifier(self) -> bytes:
        """AlgorithmIdentifier without parameters, as RFC 5754 section 2 wants it written."""
        return der.encode(der.SEQUENCE, self.identifier)


def _digest(name: str, last_arc: int, rsa_arc: int, ecdsa_arc: int, algorithm: hashes.HashAlgorithm) -> Digest:
    return Digest(
        name,
        der.oid(f"2.16.840.1.101.3.4.2.{last_arc}"),
        der.oid(f"1.2.840.113549.1.1.{rsa_arc}"),
        der.oid(f"1.2.840.10045.4.3.{ecdsa_arc}"),
        algorithm,
    )


SHA256 = _digest("sha256", 1, 11, 2, hashes.SHA256())
DIGESTS = (
    SHA256,
    _digest("sha384", 2, 12, 3, hashes.SHA384()),
    _digest("sha512", 3, 13, 4, hashes.SHA512()),
)


def digest_named_by(algorithm_identifier: bytes) -> Digest:
    """The hash an AlgorithmIdentifier names; parameters absent or NULL (RFC 5754, section 2).

    Raises:
        UnknownAlgorithm: any other hash or encoding.
    """
    for digest in DIGESTS:
        with_null = der.encode(der.SEQUENCE, digest.identifier, _NULL)
        if algorithm_identifier in (digest.algorithm_identifier, with_null):
            return digest
    raise UnknownAlgorithm("digest")


def signature_identifier(key: PrivateKey, digest: Digest) -> bytes:
    """The AlgorithmIdentifier written beside a signature made by the key."""
    if isinstance(key, rsa.RSAPrivateKey):
        return der.encode(der.SEQUENCE, digest.rsa, _NULL)
    return der.encode(der.SEQUENCE, digest.ecdsa)


def sign(key: PrivateKey, data: bytes, digest: Digest) -> bytes:
    """A signature over the data, RSA PKCS #1 v1.5 or ECDSA according to the key."""
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), digest.algorithm)
    return key.sign(data, ec.ECDSA(digest.algorithm))


def signature_holds(key: object, signature: bytes, data: bytes, digest: Digest, algorithm_identifier: bytes) -> bool:
    """Whether the signature is by the key, and the algorithm named is the very one used.

    Args:
        key: a public key of any kind; kinds we do not accept never hold.
        signature: the signature value.
        data: what it is said to be over.
        digest: the hash it was made with.
        algorithm_identifier: the whole AlgorithmIdentifier from the file.
    """
    try:
        if isinstance(key, rsa.RSAPublicKey) and key.key_size >= _MIN_RSA_BITS:
            named = {der.encode(der.SEQUENCE, name, _NULL) for name in (digest.rsa, _RSA_ENCRYPTION)}
            key.verify(signature, data, padding.PKCS1v15(), digest.algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            named = {der.encode(der.SEQUENCE, digest.ecdsa)}
            der.read_one(signature)
            key.verify(signature, data, ec.ECDSA(digest.algorithm))
        else:
            return False
    except (InvalidSignature, der.NotDer):
        return False
    return algorithm_identifier in named
