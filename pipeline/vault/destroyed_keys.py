"""Which cases were erased, told outside the database: a restored backup is made to forget them again.

The list holds random case ids and moments, nothing about anyone. Erasing a case is: add it here, then destroy its
wrapped key; after a crash in between the next start replays the list. The list belongs to the newest state of the
installation and is never itself restored over a newer one: an older list with its own older head cannot be told from
one to which nothing has been added yet.
"""

from datetime import datetime
from pathlib import Path

from pipeline.vault.chained_lines import ChainedLines
from pipeline.vault.iso_moment import iso_moment
from pipeline.vault.keyring import Keyring


class DestroyedKeys:
    """The list of an installation.

    Args:
        path: the list, beside the key file.
        keyring: vouches for its lines.
    """

    def __init__(self, path: Path, keyring: Keyring) -> None:
        self._lines = ChainedLines(path, keyring.mac_key("slettede sager"), "listen over slettede sager")

    def create_unless_there(self, at: datetime) -> None:
        """Make an empty list; only for an installation that keeps nothing yet.

        Raises:
            Tampered: there is a list that is not whole.
            OSError: the disk refused.
        """
        self._lines.create_unless_there(iso_moment(at))

    def add(self, case_id: str, at: datetime) -> None:
        """Note that a case's key is destroyed; on disk when this returns, once however often it is called.

        Args:
            case_id: the case's random id.
            at: the moment of the decision to erase, aware.

        Raises:
            Tampered: the list is not whole; nothing was added.
            OSError: the disk refused.
        """
        if not case_id or " " in case_id:
            raise ValueError("a case id is one word")
        if case_id not in self.all():
            self._lines.append(f"{case_id} {iso_moment(at)}", iso_moment(at))

    def all(self) -> dict[str, str]:
        """When each erased case was erased, by case id, in the list's order; UTC, as ISO text.

        Raises:
            Tampered: a line was changed or removed, or the list is missing.
        """
        # Only `add` can write a line that is vouched for, so each is an id and a moment.
        return dict(line.split(" ") for line in self._lines.read())
