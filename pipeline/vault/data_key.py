"""One key, and values sealed with it: AES-256-GCM, each value bound to the place where it is kept."""

import os
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pipeline.errors import Tampered
from pipeline.vault.secret import Secret, Unspoken

_FORMAT = b"\x01"
_NONCE_BYTES = 12
_TAG_BYTES = 16
OVERHEAD_BYTES = len(_FORMAT) + _NONCE_BYTES + _TAG_BYTES
"""How much longer a sealed value is than the plain one."""


class Seals(Protocol):
    """What seals and opens values: the key of a case, or the installation's."""

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt for a place."""

    def open(self, sealed: bytes, place: str) -> bytes:
        """Decrypt what was sealed for that place."""


class DataKey(Unspoken):
    """A key that values are sealed with.

    Nonces are 96 random bits: up to 2**32 values under one key are safe (NIST SP 800-38D, 8.3).

    Args:
        secret: the key itself.
    """

    __slots__ = ("_cipher",)

    def __init__(self, secret: Secret) -> None:
        self._cipher = AESGCM(secret.reveal())

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt a value so that it opens only in its place.

        Args:
            plain: the value; kept whole in memory, files go through `pipeline.vault.stream`.
            place: where it will be kept, of random ids alone, e.g. “cases/<case id>/events/17”.

        Returns:
            format byte, nonce, ciphertext with tag.
        """
        nonce = os.urandom(_NONCE_BYTES)
        return _FORMAT + nonce + self._cipher.encrypt(nonce, plain, bound_to(place))

    def open(self, sealed: bytes, place: str) -> bytes:
        """Decrypt a value.

        Raises:
            Tampered: it was changed, belongs to another place, or was sealed with another key.
        """
        if len(sealed) < OVERHEAD_BYTES or sealed[:1] != _FORMAT:
            raise does_not_open(place)
        nonce, ciphertext = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, ciphertext, bound_to(place))
        except InvalidTag:
            raise does_not_open(place) from None


def bound_to(place: str) -> bytes:
    """A place as the associated data of a cipher."""
    if not place:
        raise ValueError("a sealed value belongs to a place")
    return place.encode()


def does_not_open(place: str) -> Tampered:
    """The refusal; the place goes to the log only, and a place is made of random ids."""
    refusal = Tampered(
        "Noget af det gemte kan ikke åbnes: Det er ændret, flyttet eller låst med en anden nøgle. "
        "Bed it-afdelingen om at hente det fra sikkerhedskopien."
    )
    refusal.add_note(f"place: {place}")
    return refusal
