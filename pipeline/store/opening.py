"""Opens what an installation keeps, and puts right what a crash left half done: the one place where it is wired up.

<home>/noegler/   the key ring, the list of erased cases     not among the backups of the database
<home>/anker/     how far the audit log has come
<home>/filer/     sealed documents and photos
<home>/tilsyn.sqlite   unless a URL names another database
"""

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from pipeline.audit.anchor import Anchor
from pipeline.audit.chain import Chain
from pipeline.errors import Tampered
from pipeline.store.audit_log import AuditLog
from pipeline.store.case_lists import CaseLists
from pipeline.store.case_store import CaseStore
from pipeline.store.clock import Clock, now
from pipeline.store.database import Database, in_file
from pipeline.store.drafts import Drafts
from pipeline.store.employees import Employees
from pipeline.store.erase import Erase
from pipeline.store.file_folder import FileFolder
from pipeline.store.files import Files
from pipeline.store.journeys import Journeys
from pipeline.store.migrate import is_empty, migrate
from pipeline.store.refusals import WrongKeyring
from pipeline.store.reseal import Reseal
from pipeline.store.rewrap import Rewrap
from pipeline.store.tables import audit, installation
from pipeline.vault.destroyed_keys import DestroyedKeys
from pipeline.vault.keyring import Keyring
from pipeline.vault.private_file import PRIVATE_FILE, make_private_folder

_MARK = "keyring-mark"


@dataclass(frozen=True)
class Places:
    """Where the parts of an installation lie."""

    database: str = field(repr=False)  # a URL may hold a password
    keyring: Path
    destroyed_keys: Path
    anchor: Path
    files: Path

    @classmethod
    def in_home(cls, home: Path, database: str | None = None, keyring: Path | None = None) -> "Places":
        """The usual places.

        Args:
            home: the installation's own folder.
            database: URL, unless it is the SQLite file in `home`.
            keyring: the key file, where it is not in `home`; the list of erased cases lies beside it.
        """
        key_file = keyring or home / "noegler" / "noeglering.json"
        return cls(
            database=database or in_file(home.resolve() / "tilsyn.sqlite"),
            keyring=key_file,
            destroyed_keys=key_file.with_name("slettede.txt"),
            anchor=home / "anker",
            files=home / "filer",
        )


@dataclass(frozen=True)
class Store:
    """Everything that an installation keeps, ready for use."""

    database: Database
    keyring: Keyring
    anchor: Anchor
    audit: AuditLog
    cases: CaseStore
    lists: CaseLists
    drafts: Drafts
    files: Files
    journeys: Journeys
    employees: Employees
    erase: Erase
    rewrap: Rewrap
    reseal: Reseal

    def close(self) -> None:
        """Give back all connections."""
        self.database.close()


def open_store(places: Places, clock: Clock = now) -> Store:
    """Open the store of an installation, or make a new one where nothing is kept yet.

    Raises:
        DatabaseNewer: a newer release has written the database.
        KeyringError: the key file is missing, damaged, or may be read by others.
        WrongKeyring: the key file belongs to another database.
        StoreUnavailable: the database does not answer.
        Tampered: the audit log or the list of erased cases is not whole.
    """
    database = Database.at(places.database)
    try:
        return _opened(database, places, clock)
    except BaseException:
        database.close()
        raise


def _opened(database: Database, places: Places, clock: Clock) -> Store:
    if database.file:
        # SQLite would make it as the umask says, and its log with the same rights.
        make_private_folder(database.file.parent)
        os.close(os.open(database.file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, PRIVATE_FILE))
    keyring = Keyring.open_or_create(places.keyring, database_exists=not is_empty(database))
    migrate(database)
    anchor, destroyed = Anchor(places.anchor, keyring), DestroyedKeys(places.destroyed_keys, keyring)
    if _is_new(database, keyring):
        anchor.create_unless_there(clock())
        destroyed.create_unless_there(clock())
        _mark(database, keyring)
    store = _wired(database, keyring, anchor, destroyed, FileFolder(places.files), clock)
    store.audit.catch_up()
    store.erase.replay()
    store.files.sweep()
    return store


def _wired(
    database: Database, keyring: Keyring, anchor: Anchor, destroyed: DestroyedKeys, folder: FileFolder, clock: Clock
) -> Store:
    audit = AuditLog(database, Chain(keyring), anchor, clock)
    cases = CaseStore(database, keyring, audit, clock)
    return Store(
        database=database,
        keyring=keyring,
        anchor=anchor,
        audit=audit,
        cases=cases,
        lists=CaseLists(database, keyring, cases.opened),
        drafts=Drafts(database, keyring, cases.opened, audit, clock),
        files=Files(database, cases, folder),
        journeys=Journeys(database),
        employees=Employees(database, keyring, audit),
        erase=Erase(database, cases.opened, audit, folder, destroyed, clock),
        rewrap=Rewrap(database, keyring, audit),
        reseal=Reseal(database, keyring, audit, cases.opened, folder, clock),
    )


def _is_new(database: Database, keyring: Keyring) -> bool:
    """Whether this database has never been opened with any key ring; with this one or none it may be.

    A beginning that was interrupted has no mark yet, and no line in its log either. With lines, the mark was removed.
    """
    with database.read() as connection:
        mark = connection.execute(select(installation.c.value).where(installation.c.name == _MARK)).scalar()
        has_lines = connection.execute(select(audit.c.seq).limit(1)).scalar() is not None
    if mark is None and has_lines:
        raise Tampered(
            "Databasen har været i brug, men dens mærke efter nøgleringen er væk. Lad alt ligge, som det er, "
            "og kontakt den, der står for jeres informationssikkerhed."
        )
    if mark not in (None, keyring.mark):
        raise WrongKeyring(
            "Nøgleringen hører til en anden database. Læg den rigtige på plads, eller ret indstillingen "
            "HJEMMETILSYN_KEYRING eller HJEMMETILSYN_DATABASE. Intet er ændret."
        )
    return mark is None


def _mark(database: Database, keyring: Keyring) -> None:
    # Last of all: until it stands there, an interrupted beginning is begun again.
    with suppress(IntegrityError), database.write() as connection:  # another program that starts now was quicker
        connection.execute(insert(installation).values(name=_MARK, value=keyring.mark))
