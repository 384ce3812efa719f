"""Puts a backup on an empty machine: all of it is checked first, and only the last step makes it count.

Key ring and list of erased cases, then the sealed files, then the rows of the database in one transaction, with the
line of the audit log that tells of it. Interrupted before that, the machine counts as empty still and the restore is
begun again; afterwards the next start does what is left: it erases again what was erased since.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pipeline.audit.anchor import Anchor
from pipeline.audit.chain import Chain, Deed
from pipeline.audit.findings import Verdict
from pipeline.backup.archive import read_archive
from pipeline.backup.as_it_stands import AsItStands
from pipeline.backup.brought_along import BroughtAlong
from pipeline.backup.check import Checked, checked, opened_backup
from pipeline.backup.contents import as_rows, as_stored_name, backup_key
from pipeline.backup.new_places import UNFINISHED, NewFiles, new_database
from pipeline.backup.refusals import BackupDamaged, NotEmpty
from pipeline.backup.rows import Filling, OneMoment, keeps_nothing
from pipeline.cases.record.codec import instant_from_text
from pipeline.errors import StoreUnavailable
from pipeline.store.audit_log import OK, SYSTEM
from pipeline.store.clock import Clock, now
from pipeline.store.database import Database
from pipeline.store.opening import Places, open_store
from pipeline.vault.destroyed_keys import DestroyedKeys
from pipeline.vault.keyring import Keyring

_ACTION = "backup.restore"


@dataclass(frozen=True)
class Restored:
    """What a restore came to.

    Attributes:
        made_at: the moment that the installation is set back to.
        cases: how many cases are there again.
        erased_again: how many the backup would have brought back though they were erased since.
        files: how many sealed files were put in place.
        log: what a look through the audit log has shown.
        cases_with_lost_files: numbers of cases of which a file is missing or damaged; it was so in the backup.
    """

    made_at: datetime
    cases: int
    erased_again: int
    files: int
    log: Verdict
    cases_with_lost_files: tuple[str, ...]


def restore(path: Path, places: Places, brought: BroughtAlong, clock: Clock = now) -> Restored:
    """Put a backup in place.

    Args:
        path: the backup.
        places: where the installation will lie; nothing is kept there yet.
        brought: key ring and list of erased cases, where they do not lie in their places.
        clock: tells the moment.

    Raises:
        UnreadableFile: the backup is damaged, or another release's; nothing was touched.
        BackupOfAnotherKeyring: the backup is another installation's; nothing was touched.
        NotEmpty: something is kept there already; nothing was touched.
        ErasedListMissing: nobody says which cases were erased since; nothing was touched.
        ErasedListTooOld: the list is older than the backup; nothing was touched.
        KeyringError: the key ring is missing, damaged, or lacks a key; nothing was touched.
        Tampered: the list, or an anchor that is there, is not whole; nothing was touched.
        StoreUnavailable: disk or database refused; run it again.
    """
    with opened_backup(path) as file:
        keyring = brought.load_keyring(places)
        backup = checked(file, keyring)
        erased_since = brought.erased_since(places, backup, keyring)
        _refuse_what_is_there(places, backup, keyring)
        file.seek(0)
        with _refused_in_danish():
            brought.put_in_place(places)
            _put_in_place(file, backup, places, clock)
    return _finished(backup, len(erased_since), places, clock)


def _refuse_what_is_there(places: Places, backup: Checked, keyring: Keyring) -> None:
    database = Database.at(places.database)
    try:
        if not keeps_nothing(database):
            raise NotEmpty("en database", database.file)
    finally:
        database.close()
    there = {path.name for path in places.files.glob("??/*") if not path.name.endswith(UNFINISHED)}
    # Those of the backup are there if it was interrupted before; a name is random, so the same one is the same file.
    if there - backup.stored_names:
        raise NotEmpty("filer, som sikkerhedskopien ikke kender,", places.files)
    anchor = Anchor(places.anchor, keyring)
    if anchor.exists:  # it outlived the database; the log goes on, and it remembers what the backup does not
        anchor.head()
        anchor.history()


def _put_in_place(file: BinaryIO, backup: Checked, places: Places, clock: Clock) -> None:
    keyring, files = Keyring.load(places.keyring), NewFiles(places.files)
    DestroyedKeys(places.destroyed_keys, keyring).create_unless_there(clock())
    with new_database(places.database) as database, Filling(database) as filling:
        for part in read_archive(file, backup_key(keyring)):
            if rows := as_rows(part):
                filling.add(rows)
            elif name := as_stored_name(part):
                files.put(name, part.chunks())
        files.settle()
        head = backup.head.audit_head
        filling.note(Chain(keyring).after(head, Deed(clock(), SYSTEM, _ACTION, None, OK)))
        anchor = Anchor(places.anchor, keyring)
        anchor.create_unless_there(clock())
        anchor.set_back(head, clock())


def _finished(backup: Checked, erased_again: int, places: Places, clock: Clock) -> Restored:
    store = open_store(places, clock)  # which erases again
    try:
        there = AsItStands(store.database, store.keyring, store.anchor, store.audit)
        lost = {case_id for case_id, _ in store.files.check()}
        with OneMoment(store.database) as moment:
            return Restored(
                made_at=instant_from_text(backup.head.made_at),
                cases=len(backup.living) - erased_again,
                erased_again=erased_again,
                files=len(backup.stored_names),
                log=there.look_through_log(),
                cases_with_lost_files=tuple(moment.numbers(lost)),
            )
    finally:
        store.close()


@contextmanager
def _refused_in_danish() -> Iterator[None]:
    try:
        yield
    except BackupDamaged:
        raise StoreUnavailable(
            "Sikkerhedskopien kunne læses den ene gang og ikke den anden: Disken, den ligger på, er ved at gå i "
            "stykker. Læg en anden kopi på en anden disk, og kør igen; der begyndes forfra."
        ) from None
    except OSError as fault:
        raise StoreUnavailable(
            "Sikkerhedskopien kunne ikke lægges på plads: En disk kan ikke læses eller skrives, eller der er ikke "
            "plads. Gør plads, og kør igen; der begyndes forfra."
        ) from fault
