"""What is looked for after a kill: all that was acknowledged is there, nothing is there by halves, the log is whole."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from writers import Writer

from pipeline.audit.chain import Chain
from pipeline.audit.verify import ask_anchor, verify
from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Slot
from pipeline.errors import TilsynError
from pipeline.store.opening import Places, Store, open_store


@dataclass(frozen=True)
class Seen:
    """What was found: how many lines the audit log has, and what is wrong."""

    audit_lines: int
    faults: list[str]


def look_through(places: Places, writers: Sequence[Writer]) -> Seen:
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
    desk = writer.desk
    case = store.cases.case(desk.case)
    yield from _of_the_answers(case, writer)
    yield from _of_the_files(store, case, writer)
    draft = store.drafts.of(desk.draft)
    if writer.draft and (draft is None or draft.revision < writer.draft):
        yield f"{desk.person}: lost draft {writer.draft}"
    elif draft and f"{writer.mark}{draft.revision}" not in str(draft.words):
        yield f"{desk.person}: the draft is another one's"
    writer.look_back({slot: case.visits[desk.visit].revision_of(Slot(slot, desk.voice)) for slot in desk.slots})
    writer.answers, writer.files, writer.seen = [], [], case.revision


def _of_the_answers(case: Case, writer: Writer) -> Iterator[str]:
    """Of each slot the words that this writer gave it."""
    said = {slot: _said(case, slot, writer) for slot in writer.desk.slots}
    if len(set(said.values())) > 1:
        yield f"{writer.desk.person}: half a save"
    if lost := set(writer.answers).difference(*said.values()):
        yield f"{writer.desk.person}: lost answers {sorted(lost)}"


def _said(case: Case, slot: str, writer: Writer) -> tuple[str, ...]:
    versions = case.visits[writer.desk.visit].answers.get(Slot(slot, writer.desk.voice), ())
    words = (str(version.value["text"]) for version in versions if version.value)
    return tuple(text for text in words if text.startswith(writer.mark))


def _of_the_files(store: Store, case: Case, writer: Writer) -> Iterator[str]:
    """Those that came since the last look, acknowledged or not: what is there is whole."""
    new = [kept.document for kept in case.documents.values() if kept.seq > writer.seen]
    if lost := set(writer.files) - {document.title for document in new}:
        yield f"{writer.desk.person}: lost files {sorted(lost)}"
    for document in new:
        try:
            content = b"".join(store.files.read(writer.desk.case, document.file))
        except TilsynError as fault:
            yield f"{writer.desk.person}: {document.title}: {fault}"
            continue
        if not writer.is_whole(document.title, content):
            yield f"{writer.desk.person}: half a file {document.title}"


def _of_the_log(store: Store, writers: Sequence[Writer]) -> Iterator[str]:
    said = ask_anchor(store.anchor)
    entries = list(store.audit.entries())
    verdict = verify(entries, Chain(store.keyring), said)
    if not verdict.good:
        yield verdict.message
    lines = Counter((entry.actor, entry.action, entry.outcome) for entry in entries)
    for writer in writers:
        if lost := writer.reads - lines:
            yield f"{writer.desk.person}: lost lines of the log {lost}"


def _of_the_database(store: Store, places: Places) -> Iterator[str]:
    with store.database.read() as connection:
        known = set(connection.exec_driver_sql("SELECT stored_name FROM files").scalars())
        if store.database.is_sqlite:
            said = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
            if said != "ok":
                yield str(said)
    if known != {path.name for path in places.files.glob("??/*")}:
        yield "the folder of files is not what the database says"
