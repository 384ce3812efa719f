"""What the parts of a backup say, and how they are called."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from pipeline.backup.archive import Part
from pipeline.backup.refusals import BackupDamaged, BackupOfAnotherRelease
from pipeline.vault.head_file import Head
from pipeline.vault.keyring import Keyring
from pipeline.vault.mac_key import MacKey

FORMAT = 1
_Said = TypeVar("_Said")
HEAD = "hoved.json"
_ROWS = re.compile(r"raekker/[0-9]{6}\.msgpack")
_FILE = re.compile(r"filer/([0-9a-f]{32})")
_MOST_BYTES = 256 * 1024 * 1024
"""So long a part may be that is read whole: far longer than we write, far shorter than a damaged length may say."""


class BackupHead(msgspec.Struct, frozen=True):
    """What a backup is, said before all else.

    Attributes:
        format: of the file; another number is for another release.
        program: release that made it.
        schema: shape of the tables.
        keyring: public mark of the keys that open it.
        made_at: the moment of the database that it holds, UTC, as ISO text.
        audit_seq: number of the newest line of the audit log.
        audit_mac: its code, hexadecimal.
        audit_at: its moment.
    """

    format: int
    program: str
    schema: str
    keyring: str
    made_at: str
    audit_seq: int
    audit_mac: str
    audit_at: str

    @property
    def audit_head(self) -> Head:
        """How far the audit log had come."""
        return Head(self.audit_seq, bytes.fromhex(self.audit_mac), self.audit_at)


class _Format(msgspec.Struct, frozen=True):
    """What the heads of all formats say."""

    format: int
    program: str


class Rows(msgspec.Struct, frozen=True):
    """Some rows of one table: texts, numbers, truths, bytes and nothing, the same for both databases."""

    table: str
    columns: tuple[str, ...]
    rows: list[list[Any]]

    def as_dicts(self) -> list[dict[str, Any]]:
        """Each row by the names of its columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class RowsOut(msgspec.Struct, frozen=True):
    """The same on the way out, each row written already, so that their size was known."""

    table: str
    columns: tuple[str, ...]
    rows: list[msgspec.Raw]


def backup_key(keyring: Keyring) -> MacKey:
    """What a backup is vouched for with."""
    return keyring.mac_key("sikkerhedskopier")


def rows_name(number: int) -> str:
    """Name of the n-th part with rows."""
    return f"raekker/{number:06d}.msgpack"


def file_name(stored_name: str) -> str:
    """Name of the part with a sealed file."""
    return f"filer/{stored_name}"


def is_rows(part: Part) -> bool:
    """Whether a part holds rows."""
    return bool(_ROWS.fullmatch(part.name))


def as_rows(part: Part) -> Rows | None:
    """The rows that a part holds; None where it is another kind of part."""
    return _decoded(_content(part), Rows, msgspec.msgpack.decode) if is_rows(part) else None


def as_stored_name(part: Part) -> str | None:
    """The random name of the sealed file that a part is; None where it is another kind of part."""
    match = _FILE.fullmatch(part.name)
    return match[1] if match else None


def as_head(part: Part) -> BackupHead:
    """The head that a part holds.

    Raises:
        BackupDamaged: it is none.
        BackupOfAnotherRelease: it is of another format.
    """
    if part.name != HEAD:
        raise BackupDamaged("den begynder ikke som en")
    content = _content(part)
    said = _decoded(content, _Format, msgspec.json.decode)
    if said.format != FORMAT:
        raise BackupOfAnotherRelease(said.program)
    return _decoded(content, BackupHead, msgspec.json.decode)


def _content(part: Part) -> bytes:
    if part.size > _MOST_BYTES:
        raise BackupDamaged("en af delene er for lang")
    return part.content()


def _decoded(content: bytes, kind: type[_Said], decode: Callable[..., _Said]) -> _Said:
    try:
        return decode(content, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise BackupDamaged("en af delene kan ikke læses") from None
