"""Key material that does not show itself: not in a traceback, not in a log, not in a pickle."""

import secrets
from typing import NoReturn

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


class Unspoken:
    """Whatever holds key material says only what it is, and cannot be copied out of the process."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__} holds a key and stays in its process")


class Secret(Unspoken):
    """256 bits of key.

    Args:
        key: exactly 32 bytes.
    """

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        self._key = bytes(key)

    @classmethod
    def fresh(cls) -> "Secret":
        """A new random one."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def reveal(self) -> bytes:
        """The bytes, for a cipher or the key file; keep them in no variable that lives on."""
        return self._key

    def derive(self, purpose: str) -> "Secret":
        """A key for one purpose alone (HKDF-SHA256, RFC 5869): what one gives away says nothing of the others."""
        return Secret(HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(self._key))
