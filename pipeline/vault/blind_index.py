"""Finds a person by CPR number in a database that holds none: a keyed digest stands in its place."""

import re

from pipeline.errors import TilsynError
from pipeline.vault.keyring import Keyring
from pipeline.vault.mac_key import MacKey
from pipeline.vault.secret import Unspoken

_BETWEEN = re.compile(r"[\s-]")
# Ten characters: replacement numbers may have letters among the last four.
_NUMBER = re.compile(r"[0-9]{6}[0-9A-Z]{4}")


class BlindIndex(Unspoken):
    """The digests of one installation; without its key ring nobody can try numbers against them.

    Args:
        keyring: holds the index key, which stays when master keys are rotated.
    """

    __slots__ = ("_key",)

    def __init__(self, keyring: Keyring) -> None:
        self._key: MacKey = keyring.blind_index_key

    def of(self, cpr: str) -> bytes:
        """The digest of a number, 32 bytes; however it was written, it is the same.

        Raises:
            TilsynError: it is no number; the message does not repeat it.
        """
        number = _BETWEEN.sub("", cpr).upper()
        if not _NUMBER.fullmatch(number):
            raise TilsynError("Et CPR-nummer er på ti cifre. Se nummeret efter, og skriv det igen.")
        return self._key.of(number.encode())
