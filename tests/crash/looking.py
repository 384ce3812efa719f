"""What is looked for after a kill: all that was acknowledged is there, nothing is there by halves, the log is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from writers import SLOTS, VISIT, Writer

from pipeline.audit.chain import Chain
from pipeline.audit.verify import ask_anchor, verify
from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Slot
from pipeline.store.drafts import DraftOf
from pipeline.store.opening import Places, Store, open_store


@dataclass(frozen=True)
class Seen:
    """What was found: how many lines the audit log has, and what is wrong."""

    audit_lines: int
    faults: list[str]


def look_through(places: Places, writers: list[Writer]) -> Seen:
    """Open the store as any start does, and look; what was found once is not looked for again."""
    store = open_store(places)
    try:
        faults = [fault for writer in writers for fault in _of_a_case(store, writer)]
        faults += _of_the_log(store, writers)
        faults += _of_the_database(store, places)
        return Seen(store.audit.head().seq, faults)
    finally:
        store.close()


def _of_a_case(store: Store, writer: Writer) -> Iterator[str]:
    case = store.cases.case(writer.case)
    visit = case.visits[VISIT]
    said = {slot: [v.value["text"] for v in _versions(case, slot, writer) if v.value] for slot in SLOTS}
    if len({tuple(words) for words in said.values()}) > 1:
        yield f"{writer.person}: half a save"
    if lost := set(writer.answers) - set(said[SLOTS[0]]):
        yield f"{writer.person}: lost answers {sorted(lost)}"
    for file, words in writer.files.items():
        if file not in case.documents or b"".join(store.files.read(writer.case, file)).decode() != words * 1000:
            yield f"{writer.person}: lost file {words}"
    draft = store.drafts.of(DraftOf(writer.case, VISIT, "b", writer.person))
    if writer.draft and (draft is None or draft.revision < writer.draft):
        yield f"{writer.person}: lost draft {writer.draft}"
    # What was committed and not acknowledged is what the next save is based on.
    writer.based_on = {slot: visit.revision_of(Slot(slot, writer.person)) for slot in SLOTS}
    writer.answers, writer.files = [], {}


def _versions(case: Case, slot: str, writer: Writer) -> Any:
    return case.visits[VISIT].answers.get(Slot(slot, writer.person), ())


def _of_the_log(store: Store, writers: list[Writer]) -> Iterator[str]:
    said = ask_anchor(store.anchor)
    entries = list(store.audit.entries())
    verdict = verify(entries, Chain(store.keyring), said)
    if not verdict.good:
        yield verdict.message
    outcomes = {entry.outcome for entry in entries}
    for writer in writers:
        if lost := set(writer.reads) - outcomes:
            yield f"{writer.person}: lost lines of the log {sorted(lost)}"
        writer.reads = []


def _of_the_database(store: Store, places: Places) -> Iterator[str]:
    with store.database.read() as connection:
        known = set(connection.exec_driver_sql("SELECT stored_name FROM files").scalars())
        if store.database.is_sqlite:
            said = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
            if said != "ok":
                yield str(said)
    if known != {path.name for path in places.files.glob("??/*")}:
        yield "the folder of files is not what the database says"
