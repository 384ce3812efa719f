"""Brings a database to the shape that this release works with; Alembic has this room and no other."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from pipeline.store.database import Database
from pipeline.store.refusals import DatabaseNewer

_MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Bring the tables up to date, in one transaction: interrupted, the database is as it was.

    Raises:
        DatabaseNewer: a newer release was here before.
        StoreUnavailable: the database does not answer or the disk is full.
    """
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with database.reshape() as connection:
        _refuse_a_newer(connection, ScriptDirectory.from_config(config))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_empty(database: Database) -> bool:
    """Whether no release has ever made tables here.

    Raises:
        StoreUnavailable: the database does not answer.
    """
    with database.read() as connection:
        return not MigrationContext.configure(connection).get_current_heads()


def _refuse_a_newer(connection: Connection, known: ScriptDirectory) -> None:
    here = set(MigrationContext.configure(connection).get_current_heads())
    if not here <= {script.revision for script in known.walk_revisions()}:
        raise DatabaseNewer(
            "Databasen er skrevet af en nyere udgave af programmet. Intet er ændret. "
            "Installer den nyeste udgave, eller hent en sikkerhedskopi, der hører til denne."
        )
