"""Fetches lists of revoked certificates (CRL, RFC 5280 section 5) and keeps them a short while."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from cryptography import x509

from pipeline.documents.seal.certificates import read_certificate
from pipeline.documents.seal.fetch import Fetcher, NoAnswer

_LARGEST = 20_000_000


class NoRevocationList(Exception):
    """A list could not be had or is out of date; the message says why, in English, for the log."""


@dataclass(frozen=True)
class _Kept:
    encoded: bytes
    since: datetime
    until: datetime
    fetched: float


class RevocationLists:
    """The lists behind a set of addresses; safe to share between threads.

    Args:
        fetcher: talks to the network.
        keep_seconds: a list is fetched anew after this long, so that a revocation is noticed
            well before the list itself runs out.
    """

    def __init__(self, fetcher: Fetcher, keep_seconds: float) -> None:
        self._fetcher = fetcher
        self._keep_seconds = keep_seconds
        self._kept: dict[str, _Kept] = {}
        self._lock = threading.Lock()

    def in_force(self, urls: Sequence[str], moment: datetime) -> tuple[bytes, ...]:
        """The lists at these addresses, DER, all in force at the moment.

        Raises:
            NoRevocationList: one of them cannot be had, or is not in force.
        """
        with self._lock:
            return tuple(self._one(url, moment) for url in urls)

    def _one(self, url: str, moment: datetime) -> bytes:
        kept = self._kept.get(url)
        if kept is None or time.monotonic() - kept.fetched > self._keep_seconds or moment >= kept.until:
            kept = self._kept[url] = self._fetch(url)
        if not kept.since <= moment < kept.until:
            raise NoRevocationList("not in force")
        return kept.encoded

    def _fetch(self, url: str) -> _Kept:
        try:
            encoded = self._fetcher.get(url, largest=_LARGEST)
            crl = x509.load_der_x509_crl(encoded)
            since, until = crl.last_update_utc, crl.next_update_utc
        except (NoAnswer, ValueError) as problem:
            raise NoRevocationList(str(problem)) from problem
        if until is None:
            raise NoRevocationList("no date of the next list")
        return _Kept(encoded, since, until, time.monotonic())


def revocation_urls(certificates: Sequence[bytes]) -> tuple[str, ...]:
    """The web addresses of the lists that the certificates themselves point to, each once."""
    found: dict[str, None] = {}
    for certificate in certificates:
        try:
            points = read_certificate(certificate).extensions.get_extension_for_class(x509.CRLDistributionPoints)
        except x509.ExtensionNotFound:
            continue
        for point in points.value:
            names = [name.value for name in point.full_name or () if isinstance(name, x509.UniformResourceIdentifier)]
            found |= dict.fromkeys(name for name in names if urlsplit(name).scheme in ("http", "https"))
    return tuple(found)
