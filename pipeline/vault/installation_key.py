"""What belongs to no case (employees, sessions) is sealed by the master key of a generation, and says which."""

from pipeline.vault.data_key import OVERHEAD_BYTES, does_not_open
from pipeline.vault.keyring import Keyring
from pipeline.vault.secret import Unspoken

_FORMAT = b"\x02"
_GENERATION_BYTES = 4
_HEAD_BYTES = len(_FORMAT) + _GENERATION_BYTES
_PURPOSE = "installationen"


class InstallationKey(Unspoken):
    """Seals and opens like a `DataKey`; seals with the newest generation, opens every one that is still here.

    Args:
        keyring: where the master keys are.
    """

    __slots__ = ("_keyring",)

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt a value so that it opens only in its place, e.g. “employees/<id>/name”."""
        generation = self._keyring.active_generation
        head = _FORMAT + generation.to_bytes(_GENERATION_BYTES)
        return head + self._keyring.derived(generation, _PURPOSE).seal(plain, place)

    def open(self, sealed: bytes, place: str) -> bytes:
        """Decrypt a value.

        Raises:
            Tampered: it was changed, belongs to another place, or was sealed with another key.
            KeyringError: the master key of its generation is not here.
        """
        generation = _generation(sealed, place)
        return self._keyring.derived(generation, _PURPOSE).open(sealed[_HEAD_BYTES:], place)

    def is_current(self, sealed: bytes) -> bool:
        """Whether the value is sealed with the active generation already; says nothing of its being whole."""
        return sealed[:_HEAD_BYTES] == _FORMAT + self._keyring.active_generation.to_bytes(_GENERATION_BYTES)

    def renew(self, sealed: bytes, place: str) -> bytes:
        """The same value under the active generation; one that is so already comes back as it is.

        Raises:
            Tampered: as `open`.
            KeyringError: as `open`.
        """
        return sealed if self.is_current(sealed) else self.seal(self.open(sealed, place), place)


def _generation(sealed: bytes, place: str) -> int:
    if len(sealed) < _HEAD_BYTES + OVERHEAD_BYTES or sealed[:1] != _FORMAT:
        raise does_not_open(place)
    return int.from_bytes(sealed[1:_HEAD_BYTES])
