"""Goes through a whole backup, byte for byte, and says what is in it; nothing is touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from pipeline.backup.archive import CHUNK_BYTES, Part, read_archive
from pipeline.backup.contents import BackupHead, Rows, as_head, as_rows, as_stored_name, backup_key, is_rows
from pipeline.backup.refusals import BackupDamaged, BackupOfAnotherKeyring, BackupOfAnotherRelease
from pipeline.backup.rows import OneMoment
from pipeline.errors import KeyringError, UnreadableFile
from pipeline.store.database import Database, in_file
from pipeline.store.migrate import migrate
from pipeline.vault.keyring import Keyring


@dataclass(frozen=True)
class Checked:
    """What a whole backup holds.

    Attributes:
        head: what it is.
        living: ids of the cases that it can bring back.
        erased: ids of the cases that were erased before it was made.
        generations: of the master keys that are needed to open it.
        stored_names: random names of its sealed files.
    """

    head: BackupHead
    living: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)
    generations: set[int] = field(default_factory=set)
    stored_names: set[str] = field(default_factory=set)

    def add(self, rows: Rows) -> None:
        """Take note of some rows."""
        for row in rows.as_dicts() if rows.table in ("cases", "employees") else ():
            if rows.table == "cases":
                (self.living if row["wrapped_key"] else self.erased).add(row["id"])
            if row["key_generation"]:
                self.generations.add(row["key_generation"])


@contextmanager
def opened_backup(path: Path) -> Iterator[BinaryIO]:
    """The file of a backup.

    Raises:
        UnreadableFile: it is not there or cannot be read.
    """
    try:
        with path.open("rb", CHUNK_BYTES) as file:
            yield file
    except (FileNotFoundError, IsADirectoryError):
        raise UnreadableFile(f"“{path.name}” findes ikke eller er ikke en fil. Intet er ændret.") from None


def checked(file: BinaryIO, keyring: Keyring) -> Checked:
    """What is in a backup that is whole, ours, and of this release.

    Args:
        file: at its beginning; read to its end.
        keyring: what it must be vouched for with.

    Raises:
        BackupDamaged: a byte is not as it was written.
        BackupOfAnotherKeyring: it is another installation's.
        BackupOfAnotherRelease: it is written in another way than this release's.
        KeyringError: the key ring lacks a key that the backup needs.
    """
    parts = read_archive(file, backup_key(keyring))
    found = Checked(_known_head(next(parts), keyring))
    for part in parts:
        _note_name(found, part)
    file.seek(0)
    # Only now that every byte is vouched for are the rows looked into.
    for part in read_archive(file, backup_key(keyring)):
        if as_stored_name(part):
            break
        if rows := as_rows(part):
            found.add(rows)
    _refuse_other_shape(found.head)
    if missing := found.generations - set(keyring.generations):
        raise KeyringError(
            f"Nøgleringen mangler nøgle nr. {', '.join(map(str, sorted(missing)))}, som sikkerhedskopien er låst med. "
            "Intet er ændret. Brug en nyere kopi af nøgleringen; er nøglen taget ud med vilje, så brug en nyere "
            "sikkerhedskopi."
        )
    return found


def _known_head(part: Part, keyring: Keyring) -> BackupHead:
    head = as_head(part)
    if head.keyring != keyring.mark:
        raise BackupOfAnotherKeyring
    return head


def _note_name(found: Checked, part: Part) -> None:
    if name := as_stored_name(part):
        found.stored_names.add(name)
    elif not is_rows(part):
        raise BackupDamaged("den rummer andet, end vi lægger i den")


def _refuse_other_shape(head: BackupHead) -> None:
    if head.schema != _this_schema():
        raise BackupOfAnotherRelease(head.program)


@cache
def _this_schema() -> str:
    """The shape that this release gives an empty database."""
    with TemporaryDirectory() as folder:
        database = Database.at(in_file(Path(folder) / "tom.sqlite"))
        try:
            migrate(database)
            with OneMoment(database) as moment:
                return moment.schema
        finally:
            database.close()
