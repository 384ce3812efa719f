"""What every archive does: say what it holds under a key, and take a package in under one, once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from exports.package import Part


@dataclass(frozen=True)
class Receipt:
    """An archive has something.

    Attributes:
        reference: by which it is found there.
        sha256: of the list of contents that stands for the whole package, hexadecimal.
        info: what was told of the package that the archive holds, which may be that of an earlier try.
    """

    reference: str
    sha256: str
    info: Mapping[str, str]


class Target(Protocol):
    """An archive.

    Attributes:
        name: as the case notes it.
    """

    @property
    def name(self) -> str:
        """As the case notes it."""

    def held(self, key: str) -> Receipt | None:
        """What it holds under a key; whoever tries again asks first."""

    def deliver(self, key: str, parts: Iterable[Part], info: Mapping[str, str]) -> Receipt:
        """Take a package in.

        However often and by however many it is called with one key, the archive holds one package under it, and every
        call returns the receipt for that one.

        Raises:
            OSError: it could not be taken in now; nothing is held.
        """
