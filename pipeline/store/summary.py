"""The few names of a case that lists and searches show, sealed beside it: a list need not fold a thousand cases."""

from collections.abc import Iterable

import msgspec

from pipeline.cases.record.case import Case
from pipeline.store.places import summary_place
from pipeline.vault.data_key import DataKey


class Summary(msgspec.Struct, frozen=True):
    """Who a case is about.

    Attributes:
        child: the child's name; empty until it is recorded.
        people: id and name of everybody in the case, the child too.
    """

    child: str
    people: tuple[tuple[str, str], ...]

    def matches(self, words: Iterable[str]) -> tuple[str, ...]:
        """Ids of the people in whose names all the words occur, without regard to capitals."""
        wanted = [word.casefold() for word in words]
        return tuple(i for i, name in self.people if all(word in name.casefold() for word in wanted))


def summary_of(case: Case) -> Summary:
    """The summary of a case as it is now."""
    child = case.child
    return Summary(child.name if child else "", tuple((p.id, p.name) for p in case.people.values()))


def seal_summary(summary: Summary, key: DataKey, case_id: str) -> bytes:
    """The summary as it is kept."""
    return key.seal(msgspec.json.encode(summary), summary_place(case_id))


def open_summary(sealed: bytes, key: DataKey, case_id: str) -> Summary:
    """A summary that was kept.

    Raises:
        Tampered: it is not what was put there.
    """
    return msgspec.json.decode(key.open(sealed, summary_place(case_id)), type=Summary)
