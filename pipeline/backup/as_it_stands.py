"""An installation as it stands: opened to be copied or looked at, with nothing made, moved on or put right.

So a backup can also be had of one that does not start any more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pipeline.audit.anchor import Anchor
from pipeline.audit.chain import Chain
from pipeline.audit.findings import Verdict
from pipeline.audit.verify import ask_anchor, verify
from pipeline.backup.rows import OneMoment
from pipeline.errors import TilsynError
from pipeline.store.audit_log import AuditLog
from pipeline.store.clock import Clock, now
from pipeline.store.database import Database
from pipeline.store.migrate import is_empty
from pipeline.store.opening import Places
from pipeline.store.refusals import WrongKeyring
from pipeline.vault.keyring import Keyring


@dataclass(frozen=True)
class AsItStands:
    """What is there."""

    database: Database
    keyring: Keyring
    anchor: Anchor
    audit: AuditLog

    def look_through_log(self) -> Verdict:
        """Look through the whole audit log.

        Raises:
            StoreUnavailable: the database does not answer.
        """
        anchor = ask_anchor(self.anchor)  # first: the log may grow meanwhile
        return verify(self.audit.entries(), Chain(self.keyring), anchor)


@contextmanager
def as_it_stands(places: Places, clock: Clock = now) -> Iterator[AsItStands]:
    """An installation for as long as the block lasts.

    Raises:
        TilsynError: there is none.
        KeyringError: the key file is missing, damaged, or may be read by others.
        WrongKeyring: the key file belongs to another database.
        StoreUnavailable: the database does not answer.
    """
    database = Database.at(places.database)
    try:
        # Looked for first: SQLite would make what is not there.
        if (database.file and not database.file.exists()) or is_empty(database):
            raise TilsynError(
                "Her er ingen sager endnu. Se efter, om indstillingen HJEMMETILSYN_HOME eller HJEMMETILSYN_DATABASE "
                "peger på det rigtige sted."
            )
        keyring = Keyring.load(places.keyring)
        _refuse_anothers(database, keyring)
        anchor = Anchor(places.anchor, keyring)
        yield AsItStands(database, keyring, anchor, AuditLog(database, Chain(keyring), anchor, clock))
    finally:
        database.close()


def _refuse_anothers(database: Database, keyring: Keyring) -> None:
    with OneMoment(database) as moment:
        if not moment.knows(keyring.mark):
            raise WrongKeyring(
                "Nøgleringen hører til en anden database. Læg den rigtige på plads, eller ret indstillingen "
                "HJEMMETILSYN_KEYRING eller HJEMMETILSYN_DATABASE. Intet er ændret."
            )
