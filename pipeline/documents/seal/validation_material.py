"""Keeps what can be kept between two seals: accepted certificates and the revocation lists over them."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from pipeline.documents.seal.certificate_paths import PathRefused, Reason, Use, accepted_path
from pipeline.documents.seal.certificates import der_of, read_certificate
from pipeline.documents.seal.revocation_lists import NoRevocationList, RevocationLists, revocation_urls
from pipeline.documents.seal.seal_writer import ValidationData, parsed_validation_data
from pipeline.documents.seal.timestamp_token import TimestampToken


class MaterialRefused(Exception):
    """The seal certificate or the timestamp service's cannot be used now.

    Args:
        what: Danish name of the certificate, as it stands in a sentence.
        reason: why.
    """

    def __init__(self, what: str, reason: Reason) -> None:
        super().__init__(reason.value)
        self.what = what
        self.reason = reason


@dataclass(frozen=True)
class Material:
    """What one seal is made with; good within its window only.

    Args:
        data: goes into the file.
        timestamp_signers: DER of the timestamp certificates that were accepted.
        since: start of the window in which every list is in force.
        until: its end, or the first certificate's.
    """

    data: ValidationData
    timestamp_signers: frozenset[bytes]
    since: datetime
    until: datetime

    def serves(self, token: TimestampToken) -> bool:
        """Whether the token's certificate was accepted, for the time it states."""
        return der_of(token.signed.signer) in self.timestamp_signers and self.since <= token.time < self.until


class MaterialStore:
    """Safe to share between threads.

    Args:
        seal: DER of the seal certificate.
        chain: DER of the certificates between it and a root.
        roots: DER of the roots.
        lists: where revocation lists come from.
        crl_urls: their addresses; empty means those in the certificates.
    """

    def __init__(
        self,
        seal: bytes,
        chain: Sequence[bytes],
        roots: Sequence[bytes],
        lists: RevocationLists,
        crl_urls: Sequence[str],
    ) -> None:
        self._seal = seal
        self._chain = tuple(chain)
        self._roots = tuple(roots)
        self._lists = lists
        self._crl_urls = tuple(crl_urls)
        self._tokens: dict[bytes, TimestampToken] = {}
        self._built_from: object = None
        self._material: Material | None = None
        self._lock = threading.Lock()

    def learn(self, token: TimestampToken) -> None:
        """Take the token's certificate into account from now on; it is judged by the next current()."""
        with self._lock:
            self._tokens = {der_of(token.signed.signer): token}

    def current(self, moment: datetime) -> Material:
        """Material in force at the moment.

        Raises:
            MaterialRefused: a certificate is not accepted, or a list cannot be had.
        """
        with self._lock:
            crls = self._revocation_lists(moment)
            sources = (crls, tuple(self._tokens))
            if self._material is None or self._built_from != sources or moment >= self._material.until:
                self._material = self._build(crls, moment)
                self._built_from = sources
            return self._material

    def _revocation_lists(self, moment: datetime) -> tuple[bytes, ...]:
        bags = [certificate for token in self._tokens.values() for certificate in token.signed.bag]
        urls = self._crl_urls or revocation_urls([self._seal, *self._chain, *bags])
        try:
            return self._lists.in_force(urls, moment)
        except NoRevocationList as problem:
            raise MaterialRefused("seglets certifikat", Reason.UNCHECKED) from problem

    def _build(self, crls: tuple[bytes, ...], moment: datetime) -> Material:
        certificates = self._accepted(self._seal, Use.SIGNATURE, self._chain, crls, moment)
        for signer, token in self._tokens.items():
            certificates += self._accepted(signer, Use.TIMESTAMP, token.signed.bag, crls, moment)
        loaded_lists = [x509.load_der_x509_crl(crl) for crl in crls]
        ends = [crl.next_update_utc for crl in loaded_lists if crl.next_update_utc is not None]
        ends += [read_certificate(certificate).not_valid_after_utc for certificate in certificates]
        since = max(crl.last_update_utc for crl in loaded_lists)
        data = parsed_validation_data(certificates, crls)
        return Material(data, frozenset(self._tokens), since, min(ends))

    def _accepted(
        self, certificate: bytes, use: Use, others: Sequence[bytes], crls: Sequence[bytes], moment: datetime
    ) -> tuple[bytes, ...]:
        """The path below the root: roots are known to every reader and need not be carried along."""
        try:
            path = accepted_path(
                certificate, use, others=[*others, *self._chain], roots=self._roots, crls=crls, moment=moment
            )
        except PathRefused as problem:
            what = "seglets certifikat" if use is Use.SIGNATURE else "tidsstempeltjenestens certifikat"
            raise MaterialRefused(what, problem.reason) from problem
        return path[1:]
