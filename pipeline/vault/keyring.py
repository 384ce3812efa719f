"""The installation's keys: master keys by generation, and what the blind index and the audit log are keyed with.

Losing the key file is losing the case files: a copy belongs in the municipality's own safe, not among the backups.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from pipeline.errors import KeyringError
from pipeline.vault.data_key import DataKey
from pipeline.vault.key_file import Keys, Stamp, first_keys, read_keys, stamp_of, write_keys
from pipeline.vault.mac_key import MacKey
from pipeline.vault.private_file import alone_in, make_private_folder
from pipeline.vault.secret import Secret, Unspoken


class _Loaded(NamedTuple):
    keys: Keys
    stamp: Stamp
    derived: dict[tuple[int, str], DataKey]


class Keyring(Unspoken):
    """The key file, followed: what another process changes in it counts from the next use on.

    Without that a server that runs while keys are changed would go on wrapping with a key that is about to be
    retired. Made by `create`, `load` or `open_or_create`.
    """

    __slots__ = ("_loaded", "_path")

    def __init__(self, path: Path) -> None:
        self._path = path
        self._loaded = _load(path)

    @classmethod
    def create(cls, path: Path) -> "Keyring":
        """A new key file with new keys.

        Raises:
            KeyringError: there is one already, or the folder cannot be written.
        """
        return cls._made(path, keep=False)

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """The keys of an installation.

        Raises:
            KeyringError: the file is missing, damaged, or may be read by others.
        """
        return cls(path)

    @classmethod
    def open_or_create(cls, path: Path, *, database_exists: bool) -> "Keyring":
        """The keys at the start of the program; several processes may start at once.

        Args:
            path: the key file.
            database_exists: whether anything was ever kept; then a missing key file is never made anew.

        Raises:
            KeyringError: as `load`.
        """
        return cls(path) if database_exists else cls._made(path, keep=True)

    @classmethod
    def _made(cls, path: Path, *, keep: bool) -> "Keyring":
        with _writing(path):
            if not path.exists():
                write_keys(path, first_keys())
            elif not keep:
                raise KeyringError(f"Der er allerede en nøglering i {path}. Brug den; en ny kan ikke læse det gemte.")
        return cls(path)

    @property
    def active_generation(self) -> int:
        """The generation of the master key that is used for what is new."""
        return self._now().keys.active

    @property
    def generations(self) -> tuple[int, ...]:
        """The generations whose master key is still here, oldest first."""
        return tuple(sorted(self._now().keys.masters))

    @property
    def mark(self) -> str:
        """A public mark by which a database or backup knows its key ring; stays when generations come and go."""
        return self.mac_key("nøgleringens mærke").of(b"").hex()[:16]

    @property
    def blind_index_key(self) -> MacKey:
        """What `BlindIndex` works with."""
        return MacKey(self._now().keys.blind_index)

    def mac_key(self, purpose: str) -> MacKey:
        """A key to vouch with; the same for the life of the installation."""
        return MacKey(self._now().keys.audit.derive(purpose))

    def derived(self, generation: int, purpose: str) -> DataKey:
        """The key for one purpose that stands under the master key of a generation.

        Raises:
            KeyringError: that generation is not here.
        """
        loaded = self._now()
        if generation not in loaded.keys.masters:
            raise KeyringError(
                f"Nøgleringen {self._path} mangler nøgle nr. {generation}. Læg den nyeste kopi af nøgleringen på plads."
            )
        if (generation, purpose) not in loaded.derived:
            loaded.derived[generation, purpose] = DataKey(loaded.keys.masters[generation].derive(purpose))
        return loaded.derived[generation, purpose]

    def add_generation(self) -> int:
        """Add a master key and make it the active one; what older ones have sealed still opens.

        Returns:
            the new generation.

        Raises:
            KeyringError: the file cannot be written; it is as it was.
        """

        def with_one_more(keys: Keys) -> Keys:
            masters = {**keys.masters, keys.active + 1: Secret.fresh()}
            return replace(keys, masters=MappingProxyType(masters))

        return self._change(with_one_more).active

    def retire(self, generation: int) -> None:
        """Destroy a master key; nothing that is still wrapped with it, also in older backups, opens ever again.

        The store counts first, in a write transaction, that nothing of that generation is left.

        Raises:
            KeyringError: it is the active one, or is not here.
        """

        def without(keys: Keys) -> Keys:
            if generation == keys.active or generation not in keys.masters:
                raise KeyringError(
                    f"Nøgle nr. {generation} kan ikke tages ud: Den er i brug, eller den findes ikke. "
                    "Lav først en ny nøgle, og lås alt om til den."
                )
            left = {number: key for number, key in keys.masters.items() if number != generation}
            return replace(keys, masters=MappingProxyType(left))

        self._change(without)

    def _change(self, change: Callable[[Keys], Keys]) -> Keys:
        with _writing(self._path):
            # Read anew behind the lock: another process may have added a generation since.
            changed = change(_load(self._path).keys)
            write_keys(self._path, changed)
        return changed

    def _now(self) -> _Loaded:
        loaded = self._loaded
        try:
            if stamp_of(self._path) == loaded.stamp:
                return loaded
        except OSError:
            raise _missing(self._path) from None
        self._loaded = _followed(self._path, loaded.keys)
        return self._loaded


def _load(path: Path) -> _Loaded:
    try:
        keys, stamp = read_keys(path)
    except FileNotFoundError:
        raise _missing(path) from None
    except OSError as problem:
        raise KeyringError(
            f"Nøgleringen {path} kan ikke læses. Giv den bruger, som programmet kører som, adgang til filen."
        ) from problem
    return _Loaded(keys, stamp, {})


def _followed(path: Path, earlier: Keys) -> _Loaded:
    loaded = _load(path)
    if loaded.keys.audit.reveal() != earlier.audit.reveal():
        raise KeyringError(
            f"Nøgleringen {path} er byttet ud med en anden, mens programmet kører. "
            "Læg den rigtige tilbage, og start igen."
        )
    return loaded


def _missing(path: Path) -> KeyringError:
    return KeyringError(
        f"Nøgleringen {path} mangler. Læg den tilbage fra jeres kopi; der må ikke laves en ny, for så kan intet af det "
        "gemte læses. Ligger den et andet sted, så ret indstillingen HJEMMETILSYN_KEYRING."
    )


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        make_private_folder(path.parent)
        with alone_in(path.parent):
            yield
    except OSError as problem:
        raise KeyringError(
            f"Nøgleringen {path} kan ikke skrives. Giv programmet skriveadgang til mappen, "
            "se efter, om disken er fuld, og prøv igen."
        ) from problem
