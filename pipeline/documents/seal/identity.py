"""Which key, certificates and services a municipality seals with."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class SealIdentity:
    """Where to find what a seal is made with; nothing is loaded yet.

    Args:
        key: private key, PEM.
        certificate: the seal certificate, PEM or DER.
        chain: certificates between it and a root.
        trust_roots: roots that the seal and the timestamp service must lead to.
        timestamp_url: RFC 3161 service.
        is_demo: True where no one outside this installation can trust the seal.
        key_password: opens the key, where it is encrypted.
        crl_urls: lists of revoked certificates; empty means the addresses in the certificates themselves.
    """

    key: Path
    certificate: Path
    chain: tuple[Path, ...]
    trust_roots: tuple[Path, ...]
    timestamp_url: str
    is_demo: bool
    key_password: bytes | None = field(default=None, repr=False)
    crl_urls: tuple[str, ...] = ()
