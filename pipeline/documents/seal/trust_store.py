"""The roots a seal must lead to. Trust is in certificates byte for byte, never in names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from pipeline.documents.seal.certificates import NotACertificate, common_name, der_of, read_certificate
from pipeline.errors import StepFailed

_DEMO_MARK = "DEMO"


@dataclass(frozen=True)
class TrustRoot:
    """One root.

    Args:
        certificate: DER.
        is_demo: True where it proves nothing outside this installation.
    """

    certificate: bytes
    is_demo: bool


@dataclass(frozen=True)
class TrustStore:
    """What verification trusts.

    Args:
        roots: for seals, later signatures and timestamps.
        seals: SHA-256 (hexadecimal) of the municipality's own seal certificates. A public root issues
            certificates to many organisations, so with such a root they must be named here; empty
            accepts any seal certificate under the roots.
    """

    roots: tuple[TrustRoot, ...]
    seals: frozenset[str] = frozenset()

    @classmethod
    def from_files(cls, roots: Iterable[Path] = (), demo_roots: Iterable[Path] = (), seals: Iterable[str] = ()) -> Self:
        """A store from certificate files, PEM or DER.

        Raises:
            StepFailed: a file cannot be read as a certificate.
        """
        real = [_root(path, is_demo=False) for path in roots]
        demo = [_root(path, is_demo=True) for path in demo_roots]
        return cls((*real, *demo), frozenset(seal.lower() for seal in seals))

    def is_demo(self, root: bytes) -> bool:
        """Whether a path that ends in this root proves nothing; unknown roots prove nothing either."""
        return all(known.is_demo for known in self.roots if known.certificate == root)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        roots = [{"certificate": root.certificate.hex(), "is_demo": root.is_demo} for root in self.roots]
        return {"roots": roots, "seals": sorted(self.seals)}

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> Self:
        """The store again, from what as_dict gave."""
        roots = tuple(TrustRoot(bytes.fromhex(root["certificate"]), root["is_demo"]) for root in found["roots"])
        return cls(roots, frozenset(found["seals"]))


def _root(path: Path, *, is_demo: bool) -> TrustRoot:
    try:
        certificate = read_certificate(path.read_bytes())
    except (NotACertificate, OSError) as problem:
        raise StepFailed(
            f"Rodcertifikatet {path} kan ikke læses. Ret stien eller filen i opsætningen.", permanent=True
        ) from problem
    # A demo root that was put among the real ones by mistake still says what it is.
    return TrustRoot(der_of(certificate), is_demo or _DEMO_MARK in common_name(certificate))
