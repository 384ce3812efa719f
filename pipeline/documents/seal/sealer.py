"""Seals a finished PDF: PAdES B-LT, certifying, invisible, one signature over the whole file.

A seal is made whole or not at all: without a timestamp or a list of revoked certificates there is no file. With the
same key it confirms that somebody who was signed in has signed: one more revision for each signer.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pipeline.documents.seal.atomic_file import write_whole
from pipeline.documents.seal.certificates import common_name
from pipeline.documents.seal.coverage import NotCovered, check_coverage
from pipeline.documents.seal.fetch import Fetcher
from pipeline.documents.seal.identity import SealIdentity
from pipeline.documents.seal.loaded_identity import load_identity
from pipeline.documents.seal.revocation_lists import RevocationLists
from pipeline.documents.seal.seal_problems import why_not_sealed
from pipeline.documents.seal.seal_writer import (
    Revision,
    TooLittleRoom,
    Unsigned,
    ValidationData,
    write_signature,
    write_unsigned,
)
from pipeline.documents.seal.signed_data import DATA, CmsSigner
from pipeline.documents.seal.timestamp_client import NoTimestamp, request_token
from pipeline.documents.seal.timestamp_token import TimestampToken
from pipeline.documents.seal.validation_material import Material, MaterialRefused, MaterialStore
from pipeline.errors import StepFailed

__all__ = ["CheckedWith", "SealIdentity", "SealLevel", "SealReceipt", "Sealer"]

T = TypeVar("T")

_log = logging.getLogger(__name__)

_CRL_KEEP_SECONDS = 3600.0
_CLOCKS_MAY_DIFFER = timedelta(minutes=5)
_SPARE_ROOM = 512
# The service may have a new certificate, or send a longer answer: learn that, then seal with it.
_ATTEMPTS = 3


class SealLevel(StrEnum):
    """How long a seal can be checked (ETSI EN 319 142-1, 6)."""

    B_B = "B-B"
    B_LT = "B-LT"


@dataclass(frozen=True)
class SealReceipt:
    """What was sealed.

    Args:
        sha256: of the sealed file, hexadecimal.
        signer_name: common name in the seal certificate.
        signing_time: aware; from the timestamp, at level B-B our own clock.
        level: the level asked for and reached.
        is_demo: True where only this installation trusts the seal.
    """

    sha256: str
    signer_name: str
    signing_time: datetime
    level: SealLevel
    is_demo: bool


@dataclass(frozen=True)
class CheckedWith:
    """What somebody needs to check a seal of ours without asking anybody; everything DER.

    Args:
        certificates: from the seal's and the timestamp service's up to below the roots.
        crls: the lists of revoked certificates over them.
        roots: where the paths end.
    """

    certificates: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    roots: tuple[bytes, ...]


@dataclass(frozen=True)
class _Sealed:
    file: bytes
    time: datetime


_Write = Callable[[bytes, Revision], Unsigned]
"""Adds one revision to a file, with room for its signature."""


class Sealer:
    """Keeps the key loaded and the validation data at hand; safe to share between threads.

    Args:
        identity: key, certificates and services.
        fetcher: talks to the services; the default gives up after 10 seconds.
        crl_keep_seconds: a list of revoked certificates is fetched anew after this long.

    Raises:
        StepFailed: a file named by the identity cannot be used.
    """

    def __init__(
        self,
        identity: SealIdentity,
        fetcher: Fetcher | None = None,
        *,
        crl_keep_seconds: float = _CRL_KEEP_SECONDS,
    ) -> None:
        loaded = load_identity(identity)
        self._identity = identity
        self._fetcher = fetcher or Fetcher()
        self._signer = CmsSigner(loaded.key, loaded.certificate, (loaded.certificate, *loaded.chain))
        self._signer_name = common_name(loaded.parsed_certificate)
        self._material = MaterialStore(
            loaded.certificate,
            loaded.chain,
            loaded.roots,
            RevocationLists(self._fetcher, crl_keep_seconds),
            identity.crl_urls,
        )
        self._roots = loaded.roots
        self._token_size = 0

    def seal(self, pdf: Path, sealed: Path, *, reason: str, level: SealLevel = SealLevel.B_LT) -> SealReceipt:
        """Write the sealed file; the input is never touched.

        Args:
            pdf: finished PDF without form fields or signatures.
            sealed: where the sealed file goes, in one step.
            reason: Danish, shown by PDF readers as the reason for the signature.
            level: B-B lacks timestamp and validation data and is meant for measurements only.

        Raises:
            StepFailed: permanent where the file is unfit, otherwise worth another try later.
        """
        return self._made(pdf, sealed, reason, level, write_unsigned)

    def seal_for_signers(self, pdf: Path, sealed: Path, *, reason: str, places: Sequence[str]) -> SealReceipt:
        """As `seal`, with an empty, invisible place for each later signature; `sign` fills them.

        Args:
            pdf: as in `seal`.
            sealed: as in `seal`.
            reason: as in `seal`.
            places: names of the places.

        Raises:
            StepFailed: as `seal`.
        """

        def write(source: bytes, revision: Revision) -> Unsigned:
            return write_unsigned(source, revision, places)

        return self._made(pdf, sealed, reason, SealLevel.B_LT, write)

    def sign(self, pdf: Path, signed: Path, *, place: str, reason: str, is_last: bool) -> SealReceipt:
        """Confirm a signature in a sealed file, as one more revision; the input is never touched.

        Args:
            pdf: a file that was sealed with this place in it.
            signed: where the signed file goes, in one step.
            place: name of the place.
            reason: Danish: who signed, and how they had proved who they were.
            is_last: nobody else is to sign, and the file is locked.

        Raises:
            StepFailed: permanent where the place is taken or missing, otherwise worth another try later.
        """

        def write(source: bytes, revision: Revision) -> Unsigned:
            return write_signature(source, place, revision, is_last=is_last)

        return self._made(pdf, signed, reason, SealLevel.B_LT, write)

    def checked_with(self) -> CheckedWith:
        """What a seal made now is checked with.

        Raises:
            StepFailed: worth another try later.
        """
        with _said_in_danish():
            data = self._ready_material().data
        certificates = tuple(one.dump() for one in data.certificates)
        return CheckedWith(certificates, tuple(one.dump() for one in data.crls), self._roots)

    def seal_beside(self, content: bytes) -> bytes:
        """A seal over bytes of any kind that stands beside them: CMS, detached, with a timestamp (RFC 5652).

        Raises:
            StepFailed: worth another try later.
        """

        def attempt(_: ValidationData) -> tuple[bytes, TimestampToken]:
            attributes = self._signer.signed_attributes(DATA, hashlib.sha256(content).digest())
            signature = self._signer.sign(attributes)
            encoded, token = self._token(signature)
            return self._signer.package(attributes, signature, timestamp_token=encoded), token

        with _said_in_danish():
            return self._with_material(attempt)

    def _made(self, pdf: Path, out: Path, reason: str, level: SealLevel, write: _Write) -> SealReceipt:
        with _said_in_danish():
            source = pdf.read_bytes()
            make = self._lasting if level is SealLevel.B_LT else self._basic
            done = make(source, reason, write)
            write_whole(out, done.file, check_coverage)
        digest = hashlib.sha256(done.file).hexdigest()
        return SealReceipt(digest, self._signer_name, done.time, level, self._identity.is_demo)

    def _basic(self, source: bytes, reason: str, write: _Write) -> _Sealed:
        now = datetime.now(UTC)
        unsigned = write(source, Revision(reason, now, self._signer.container_size + _SPARE_ROOM, None))
        attributes = self._signer.signed_attributes(DATA, unsigned.digest)
        return _Sealed(unsigned.filled(self._signer.package(attributes, self._signer.sign(attributes))), now)

    def _lasting(self, source: bytes, reason: str, write: _Write) -> _Sealed:
        return self._with_material(lambda data: self._attempt(source, reason, data, write))

    def _with_material(self, attempt: Callable[[ValidationData], tuple[T, TimestampToken]]) -> T:
        material = self._ready_material()
        for _ in range(_ATTEMPTS):
            try:
                done, token = attempt(material.data)
            except TooLittleRoom:
                continue
            if material.serves(token):
                return done
            material = self._learn(token)
        raise NoTimestamp("its certificate, clock or size of answer changes from one answer to the next")

    def _ready_material(self) -> Material:
        material = self._material.current(datetime.now(UTC))
        if material.timestamp_signers:
            return material
        _, token = self._token(b"")
        return self._learn(token)

    def _attempt(
        self, source: bytes, reason: str, data: ValidationData, write: _Write
    ) -> tuple[_Sealed, TimestampToken]:
        room = self._signer.container_size + self._token_size + _SPARE_ROOM
        unsigned = write(source, Revision(reason, datetime.now(UTC), room, data))
        attributes = self._signer.signed_attributes(DATA, unsigned.digest)
        signature = self._signer.sign(attributes)
        encoded, token = self._token(signature)
        container = self._signer.package(attributes, signature, timestamp_token=encoded)
        return _Sealed(unsigned.filled(container), token.time), token

    def _learn(self, token: TimestampToken) -> Material:
        self._material.learn(token)
        return self._material.current(datetime.now(UTC))

    def _token(self, data: bytes) -> tuple[bytes, TimestampToken]:
        encoded, token = request_token(self._fetcher, self._identity.timestamp_url, data)
        if abs(token.time - datetime.now(UTC)) > _CLOCKS_MAY_DIFFER:
            raise NoTimestamp("its clock and ours differ")
        self._token_size = max(self._token_size, len(encoded))
        return encoded, token


@contextmanager
def _said_in_danish() -> Iterator[None]:
    try:
        yield
    except (NoTimestamp, MaterialRefused, NotCovered, OSError) as problem:
        _log.warning("sealing failed: %s: %s", type(problem).__name__, problem)
        raise StepFailed(why_not_sealed(problem)) from problem
