"""Seals a finished PDF: PAdES B-LT, certifying, invisible, one signature over the whole file.

A seal is made whole or not at all: without a timestamp or a list of revoked certificates there is no file.
"""

import hashlib
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from pipeline.documents.seal.atomic_file import write_whole
from pipeline.documents.seal.certificates import common_name
from pipeline.documents.seal.coverage import NotCovered, check_coverage
from pipeline.documents.seal.fetch import Fetcher
from pipeline.documents.seal.identity import SealIdentity
from pipeline.documents.seal.loaded_identity import load_identity
from pipeline.documents.seal.revocation_lists import RevocationLists
from pipeline.documents.seal.seal_problems import why_not_sealed
from pipeline.documents.seal.seal_writer import TooLittleRoom, ValidationData, write_unsigned
from pipeline.documents.seal.signed_data import DATA, CmsSigner
from pipeline.documents.seal.timestamp_client import NoTimestamp, request_token
from pipeline.documents.seal.timestamp_token import TimestampToken
from pipeline.documents.seal.validation_material import Material, MaterialRefused, MaterialStore
from pipeline.errors import StepFailed

__all__ = ["SealIdentity", "SealLevel", "SealReceipt", "Sealer"]

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
class _Sealed:
    file: bytes
    time: datetime


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
        try:
            source = pdf.read_bytes()
            done = (
                self._sealed_lasting(source, reason) if level is SealLevel.B_LT else self._sealed_basic(source, reason)
            )
            write_whole(sealed, done.file, check_coverage)
        except (NoTimestamp, MaterialRefused, NotCovered, OSError) as problem:
            _log.warning("sealing failed: %s: %s", type(problem).__name__, problem)
            raise StepFailed(why_not_sealed(problem)) from problem
        digest = hashlib.sha256(done.file).hexdigest()
        return SealReceipt(digest, self._signer_name, done.time, level, self._identity.is_demo)

    def _sealed_basic(self, source: bytes, reason: str) -> _Sealed:
        now = datetime.now(UTC)
        room = self._signer.container_size + _SPARE_ROOM
        unsigned = write_unsigned(source, reason=reason, claimed_time=now, room=room, validation_data=None)
        attributes = self._signer.signed_attributes(DATA, unsigned.digest)
        return _Sealed(unsigned.filled(self._signer.package(attributes, self._signer.sign(attributes))), now)

    def _sealed_lasting(self, source: bytes, reason: str) -> _Sealed:
        material = self._material.current(datetime.now(UTC))
        if not material.timestamp_signers:
            _, token = self._token(b"")
            material = self._learn(token)
        for _ in range(_ATTEMPTS):
            try:
                done, token = self._attempt(source, reason, material.data)
            except TooLittleRoom:
                continue
            if material.serves(token):
                return done
            material = self._learn(token)
        raise NoTimestamp("its certificate, clock or size of answer changes from one answer to the next")

    def _attempt(self, source: bytes, reason: str, data: ValidationData) -> tuple[_Sealed, TimestampToken]:
        room = self._signer.container_size + self._token_size + _SPARE_ROOM
        now = datetime.now(UTC)
        unsigned = write_unsigned(source, reason=reason, claimed_time=now, room=room, validation_data=data)
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
