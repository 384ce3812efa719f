"""What a restore needs beside the backup: key ring and list of erased cases, from the municipality's own safe."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.backup.check import Checked
from pipeline.backup.refusals import ErasedListMissing, ErasedListTooOld, NotEmpty
from pipeline.errors import TilsynError
from pipeline.store.opening import Places
from pipeline.vault.destroyed_keys import DestroyedKeys
from pipeline.vault.keyring import Keyring
from pipeline.vault.private_file import alone_in, make_private_folder, write_private


@dataclass(frozen=True)
class BroughtAlong:
    """Where these lie now, unless they lie in their places already.

    Attributes:
        keyring: the key file.
        destroyed_keys: the list of erased cases; its head lies beside it.
        nothing_erased: the person's word that no case was ever erased, so that there is no list.
    """

    keyring: Path | None = None
    destroyed_keys: Path | None = None
    nothing_erased: bool = False

    def load_keyring(self, places: Places) -> Keyring:
        """The keys.

        Raises:
            KeyringError: the key file is missing, damaged, or may be read by others.
            NotEmpty: another one lies in its place.
        """
        keyring = Keyring.load(self.keyring or places.keyring)
        if self.keyring:
            _refuse_another(self.keyring, places.keyring)
        return keyring

    def erased_since(self, places: Places, backup: Checked, keyring: Keyring) -> set[str]:
        """Ids of the cases that the backup would bring back though they were erased.

        Raises:
            ErasedListMissing: nobody says.
            ErasedListTooOld: the backup knows better.
            Tampered: the list is not whole.
            NotEmpty: another list lies in its place.
        """
        listed = self._listed(places, keyring)
        if unlisted := backup.erased - listed:
            raise ErasedListTooOld(len(unlisted))
        return backup.living & listed

    def put_in_place(self, places: Places) -> None:
        """Put a copy where the program looks for it; what lies there already is the same.

        Raises:
            OSError: the disk refused.
        """
        for given, place in self._files(places):
            make_private_folder(place.parent)
            with alone_in(place.parent):
                if not place.exists():
                    write_private(place, given.read_bytes())

    def _listed(self, places: Places, keyring: Keyring) -> set[str]:
        for given, place in self._files(places):
            _refuse_another(given, place)
        path = self.destroyed_keys or places.destroyed_keys
        if not path.exists():
            if not self.nothing_erased:
                raise ErasedListMissing(path)
            return set()
        listed = set(DestroyedKeys(path, keyring).all())
        if listed and self.nothing_erased:
            raise TilsynError(
                f"Der står {len(listed)} sager på listen over slettede sager, {path}. Intet er ændret. "
                "Kør igen uden --nothing-erased."
            )
        return listed

    def _files(self, places: Places) -> list[tuple[Path, Path]]:
        files = [(self.keyring, places.keyring)] if self.keyring else []
        if self.destroyed_keys:
            files += [
                (self.destroyed_keys, places.destroyed_keys),
                (_head_of(self.destroyed_keys), _head_of(places.destroyed_keys)),
            ]
        return [(given, place) for given, place in files if given.resolve() != place.resolve()]


def _refuse_another(given: Path, place: Path) -> None:
    if given.exists() and place.exists() and given.read_bytes() != place.read_bytes():
        raise NotEmpty(f"en anden {place.name}", place)


def _head_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.hoved")
