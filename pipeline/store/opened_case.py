"""A case read within a transaction: its row, its key, and its state folded from its events.

Folded cases are kept in memory: an open page asks for the same case again and again, and only what has happened
since needs to be opened and folded.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, select

from pipeline.cases.record.case import EMPTY, Case, fold_all
from pipeline.cases.record.codec import Stamped, decode, instant_from_text
from pipeline.store.places import event_place
from pipeline.store.ready import Constant
from pipeline.store.refusals import CaseNotFound
from pipeline.store.tables import cases, events
from pipeline.vault.case_keys import WrappedKey, unwrap
from pipeline.vault.data_key import DataKey
from pipeline.vault.keyring import Keyring

# Built once: SQLAlchemy takes longer to build a statement than SQLite to answer it.
CASE = select(cases).where(cases.c.id == bindparam("id"))
_CASE, _CASE_TO_CHANGE = Constant(CASE), Constant(CASE.with_for_update())
_HAPPENED = Constant(
    select(events.c.seq, events.c.at, events.c.sealed)
    .where(events.c.case_id == bindparam("id"), events.c.seq > bindparam("after"))
    .order_by(events.c.seq)
)


class CaseRow(NamedTuple):
    """The row of a case; the columns of its table have these names in this order.

    Attributes:
        wrapped_key: None where the case was erased; generation and summary then are as well, and `key_of` refuses.
    """

    id: str
    number: str
    team: str
    state: str
    outcome: str | None
    next_deadline: str | None
    revision: int
    fictional: bool
    opened_at: str
    closed_at: str | None
    wrapped_key: bytes | None
    key_generation: int
    key_made_at: str
    summary: bytes


@dataclass(frozen=True)
class OpenedCase:
    """A case as one moment of the database shows it.

    Attributes:
        row: what stands in the clear.
        key: opens and seals what belongs to the case.
    """

    id: str
    row: CaseRow
    key: DataKey
    case: Case


class OpenedCases:
    """Reads cases, and remembers the ones that were read last.

    Args:
        keyring: unwraps the cases' keys.
        remembered: how many folded cases are kept in memory.
    """

    def __init__(self, keyring: Keyring, remembered: int) -> None:
        self._keyring, self._most = keyring, remembered
        self._folded: OrderedDict[str, tuple[bytes | None, DataKey, Case]] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, connection: Connection, case_id: str, *, to_change: bool = False) -> OpenedCase:
        """The case; `to_change` holds its row until the transaction ends, so that nobody else changes it meanwhile.

        Raises:
            CaseNotFound: there is none, or it was erased.
            Tampered: its key or one of its events is not what was put there.
        """
        row = case_row(connection, case_id, to_change=to_change)
        key, case = self._known(case_id, row)
        if case.revision != row.revision:
            before = case if case.revision < row.revision else EMPTY
            case = fold_all(happened(connection, case_id, key, after=before.revision), before)
            self.remember(case_id, row.wrapped_key, key, case)
        return OpenedCase(case_id, row, key, case)

    def unchanged(self, row: Row[Any]) -> Case | None:
        """The case of this row as it was folded last; None where more has happened since, or it is not remembered.

        Raises:
            CaseNotFound: the case was erased.
            Tampered: its key is not what was put there.
        """
        case = self._known(row.id, row)[1]
        return case if case.revision == row.revision else None

    def key_of(self, row: CaseRow | Row[Any]) -> DataKey:
        """The key of the case whose row this is.

        Raises:
            CaseNotFound: the case was erased.
            Tampered: the key is not what was put there.
        """
        return self._known(row.id, row)[0]

    def remember(self, case_id: str, wrapped_key: bytes | None, key: DataKey, case: Case) -> None:
        """Keep a folded case for the next who asks; only what was committed may be remembered."""
        with self._lock:
            self._folded[case_id] = (wrapped_key, key, case)
            self._folded.move_to_end(case_id)
            while len(self._folded) > self._most:
                self._folded.popitem(last=False)

    def forget(self, case_id: str) -> None:
        """Drop a case that was erased, or whose key is another now."""
        with self._lock:
            self._folded.pop(case_id, None)

    def _known(self, case_id: str, row: CaseRow | Row[Any]) -> tuple[DataKey, Case]:
        if row.wrapped_key is None:
            self.forget(case_id)
            raise CaseNotFound
        with self._lock:
            remembered = self._folded.get(case_id)
            if remembered and remembered[0] == row.wrapped_key:
                self._folded.move_to_end(case_id)
                return remembered[1:]
        return unwrap(self._keyring, WrappedKey(row.key_generation, row.wrapped_key), case_id), EMPTY


def case_row(connection: Connection, case_id: str, *, to_change: bool = False) -> CaseRow:
    """The row of a case.

    Raises:
        CaseNotFound: there is none.
    """
    row = (_CASE_TO_CHANGE if to_change else _CASE).one(connection, id=case_id)
    if row is None:
        raise CaseNotFound
    return CaseRow(*row)


def happened(connection: Connection, case_id: str, key: DataKey, after: int = 0) -> Iterator[Stamped]:
    """The events of a case, oldest first, opened one by one.

    Raises:
        Tampered: an event is not what was put there.
    """
    for seq, at, sealed in _HAPPENED.all(connection, id=case_id, after=after):
        yield decode(key.open(sealed, event_place(case_id, seq, at)), seq, instant_from_text(at))
