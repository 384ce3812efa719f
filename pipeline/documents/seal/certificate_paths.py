"""Decides whether a certificate leads to one of our own roots and was not revoked (RFC 5280, section 6)."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from asn1crypto import x509 as asn1_x509  # type: ignore[import-untyped]  # asn1crypto ships no types
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)


class Use(Enum):
    """What a certificate is about to be trusted for: key usage, extended key usage."""

    SIGNATURE = ("non_repudiation", None)
    TIMESTAMP = ("digital_signature", "time_stamping")


class Reason(Enum):
    """Why a certificate is not accepted."""

    UNTRUSTED = "untrusted"
    REVOKED = "revoked"
    EXPIRED = "expired"
    UNCHECKED = "no revocation list in force"
    UNFIT = "not meant for this use"


class PathRefused(Exception):
    """The certificate is not accepted."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def accepted_path(
    certificate: bytes,
    use: Use,
    *,
    others: Sequence[bytes],
    roots: Sequence[bytes],
    crls: Sequence[bytes],
    moment: datetime,
) -> tuple[bytes, ...]:
    """The certificates from the root to the one asked about, all DER.

    Every certificate below the root must be covered by one of the lists, in force at the moment.

    Raises:
        PathRefused: with the reason.
    """
    try:
        return asyncio.run(_path(certificate, use, others, roots, crls, moment))
    except RevokedError as problem:
        raise PathRefused(Reason.REVOKED) from problem
    except ExpiredError as problem:
        raise PathRefused(Reason.EXPIRED) from problem
    except InsufficientRevinfoError as problem:
        raise PathRefused(Reason.UNCHECKED) from problem
    except PathBuildingError as problem:
        raise PathRefused(Reason.UNTRUSTED) from problem
    except (ValidationError, ValueError) as problem:
        raise PathRefused(Reason.UNFIT) from problem


def validation_context(
    others: Sequence[bytes], roots: Sequence[bytes], crls: Sequence[bytes], moment: datetime
) -> ValidationContext:
    """Judges at one moment, with the lists at hand and nothing fetched."""
    return ValidationContext(
        trust_roots=[_parsed(root) for root in roots],
        other_certs=[_parsed(other) for other in others],
        crls=list(crls),
        moment=moment,
        allow_fetching=False,
        revocation_mode="require",
    )


async def _path(
    certificate: bytes,
    use: Use,
    others: Sequence[bytes],
    roots: Sequence[bytes],
    crls: Sequence[bytes],
    moment: datetime,
) -> tuple[bytes, ...]:
    key_usage, extended = use.value
    validator = CertificateValidator(
        _parsed(certificate), validation_context=validation_context(others, roots, crls, moment)
    )
    path = await validator.async_validate_usage({key_usage}, {extended} if extended else None)  # type: ignore[no-untyped-call]  # pyHanko leaves it so
    return tuple(link.dump() for link in path)


def _parsed(certificate: bytes) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate, strict=True)
