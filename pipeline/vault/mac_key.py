"""A key that vouches for text that anyone may read: HMAC-SHA256."""

import hmac

from pipeline.vault.secret import Secret, Unspoken

MAC_BYTES = 32


class MacKey(Unspoken):
    """A key for message authentication codes.

    Args:
        secret: the key itself.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: Secret) -> None:
        self._secret = secret

    def of(self, message: bytes) -> bytes:
        """The code of a message, 32 bytes."""
        return hmac.digest(self._secret.reveal(), message, "sha256")

    def fits(self, message: bytes, mac: bytes) -> bool:
        """Whether the code is this message's; takes the same time whether it is or not."""
        return hmac.compare_digest(self.of(message), mac)

    def for_purpose(self, purpose: str) -> "MacKey":
        """A key whose codes are worth nothing for any other purpose."""
        return MacKey(self._secret.derive(purpose))
